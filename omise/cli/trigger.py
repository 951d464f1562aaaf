"""``omise trigger``: what makes an event happen, in a sandbox or a test account, from the beginning."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from itertools import takewhile
from typing import Any

import click

from .. import resources
from ..checks import is_live
from ..client import default_client
from ..resources.customer import Customer
from .ending import Failed
from .menu import OneOf, listed
from .printing import told

AMOUNT = 1000_00
CURRENCY = "thb"
CARD = "4242424242424242"
"""The test card that every charge succeeds with.  Source: https://docs.omise.co/api-testing"""


def card() -> Any:
    """Return card data that is good for a token."""
    expiry = datetime.now(timezone.utc).year + 3
    return {
        "name": "Somchai Prasert",
        "number": CARD,
        "expiration_month": 10,
        "expiration_year": expiry,
        "security_code": "123",
    }


def customer() -> Customer:
    """Return a new customer with a card."""
    return resources.Customer.create(email="trigger@example.com", card=card())


def charge(**fields: Any) -> Any:
    """Return a new charge of a card."""
    return resources.Charge.create({"amount": AMOUNT, "currency": CURRENCY, "card": card(), **fields})


def pending() -> Any:
    """Return a new charge that waits for its payer."""
    return resources.Charge.create(amount=AMOUNT, currency=CURRENCY, source={"type": "promptpay"})


def expirable() -> Any:
    """Return a new charge that waits for its payer, and can be given up."""
    source: Any = {"type": "alipay_cn"}
    return resources.Charge.create(amount=AMOUNT, currency=CURRENCY, source=source, return_uri="https://example.com/")


def dispute() -> Any:
    """Return a dispute of a new charge."""
    return resources.Dispute.create(charge())


def recipient() -> Any:
    """Return a new recipient."""
    bank: Any = {"brand": "scb", "number": "1234567890", "name": "Somchai Prasert"}
    return resources.Recipient.create(name="Somchai Prasert", type="individual", bank_account=bank)


def transfer() -> Any:
    """Return a transfer of a part of what a new charge brought."""
    charge()
    return resources.Transfer.create(amount=AMOUNT // 2)


def link() -> Any:
    """Return a new link."""
    return resources.Link.create(amount=AMOUNT, currency=CURRENCY, title="A cup", description="One cup")


def schedule() -> Any:
    """Return a new schedule of charges."""
    until = datetime.now(timezone.utc) + timedelta(days=365)
    plan: Any = resources.Charge.schedule(customer=customer(), amount=AMOUNT)
    return plan.months(on=1).end_date(until.date()).start()


FLOWS: dict[str, Callable[[], Any]] = {
    "card.destroy": lambda: customer().cards[0].destroy(),
    "card.update": lambda: customer().cards[0].update(city="Bangkok"),
    "charge.capture": lambda: charge(capture=False).capture(),
    "charge.complete": lambda: pending().mark_as_paid(),
    "charge.create": charge,
    "charge.expire": lambda: expirable().expire(),
    "charge.reverse": lambda: charge(capture=False).reverse(),
    "charge.update": lambda: charge().update(description="Triggered"),
    "customer.create": customer,
    "customer.destroy": lambda: customer().destroy(),
    "customer.update": lambda: customer().update(description="Triggered"),
    "customer.update.card": lambda: customer().cards[0].update(city="Bangkok"),
    "dispute.accept": lambda: dispute().accept(),
    "dispute.close": lambda: dispute().close(status="won"),
    "dispute.create": dispute,
    "dispute.update": lambda: dispute().update(message="It was delivered."),
    "link.create": link,
    "recipient.create": recipient,
    "recipient.destroy": lambda: recipient().destroy(),
    "recipient.update": lambda: recipient().update(description="Triggered"),
    "recipient.verify": lambda: recipient().verify(),
    "refund.create": lambda: charge().refund(amount=AMOUNT // 2),
    "schedule.create": schedule,
    "schedule.destroy": lambda: schedule().destroy(),
    "transfer.create": transfer,
    "transfer.destroy": lambda: transfer().destroy(),
    "transfer.pay": lambda: transfer().mark_as_sent().mark_as_paid(),
    "transfer.send": lambda: transfer().mark_as_sent(),
    "transfer.update": lambda: transfer().update(amount=AMOUNT // 4),
}
"""What to do for each event to happen."""


@click.command(epilog=listed("EVENT", FLOWS))
@click.argument("event", type=OneOf("event that can be made to happen", FLOWS), metavar="EVENT")
def trigger(event: str) -> None:
    """
    Make EVENT, such as charge.complete, happen: create what it takes and do what it follows from. With test keys only.
    """
    config = default_client.config
    if is_live(config.secret_api_key) or is_live(config.public_api_key):
        raise Failed("the key is a live one, and money would move", "Use the keys of a test account, or omise sandbox.")
    before = {each.id for each in resources.Event.list(limit=1, order="reverse_chronological").data}
    click.echo(told(FLOWS[event]()))
    fresh = takewhile(lambda each: each.id not in before, resources.Event.list(order="reverse_chronological"))
    found = next((each for each in fresh if each.key == event), None)
    if found is None:
        raise Failed(f"no event {event} came of it", "The account may have it set otherwise, or be behind.")
    click.echo(f"{event}  {found.id}")
