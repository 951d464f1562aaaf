"""Some of everything, for a sandbox to look around in."""

from __future__ import annotations

from typing import Any

from .. import resources
from ..money import Money
from ..sandbox import Sandbox

DECLINED = "4111111111140011"
"""A test card without sufficient funds.  Source: https://docs.omise.co/api-testing"""


def fill(sandbox: Sandbox) -> None:
    """Let some days go by in a little shop: customers, charges good and bad, a refund, a transfer, a schedule."""
    _buyer(sandbox, "Mali", Money("1299.00", "THB"))
    customer = _buyer(sandbox, "Arunee", Money("450.00", "THB"))
    charge = customer.charge(amount=Money("250.00", "THB"), description="Too much")
    charge.refund(amount=Money("100.00", "THB"))
    resources.Charge.create(amount=Money("99.00", "THB"), card=sandbox.card(DECLINED), description="Declined")
    customer.charge(amount=Money("800.00", "THB"), capture=False, description="Held until it ships")
    source: Any = {"type": "promptpay"}
    resources.Charge.create(amount=Money("350.00", "THB"), source=source, description="Not paid yet")
    resources.Link.create(amount=Money("599.00", "THB"), title="A cup", description="One large coffee cup")
    resources.Transfer.create(amount=Money("1000.00", "THB"))
    plan = resources.Charge.schedule(customer=customer, amount=Money("199.00", "THB"))
    plan.months(on=1).end_date(f"{sandbox.clock.now().year + 1}-12-31").start()


def _buyer(sandbox: Sandbox, name: str, price: Money) -> resources.Customer:
    """Return a new customer, who bought something three times, on several days."""
    email = f"{name.lower()}@example.com"
    customer = resources.Customer.create(email=email, description=name, card=sandbox.card(name=name))
    for number in range(1, 4):
        customer.charge(amount=price * number, description=f"{name}'s order {number}")
        sandbox.clock.advance(days=3)
    return customer
