"""`omise.records.priced`: the amounts of records as `Money`."""

from typing import Any

import pytest

import omise
from omise import Money, resources
from omise.records.frames import declared
from omise.records.priced import HasAmounts, Priced
from omise.sandbox import Sandbox

CHARGE = {
    "object": "charge",
    "id": "chrg_1",
    "amount": 100,
    "currency": "JPY",
    "funding_currency": "THB",
    "fee": 105,
    "refunded_amount": 0,
    "interest": None,
}


def test_each_amount_has_its_currency() -> None:
    """``money`` is the amount; any other is asked for by name."""
    charge = omise.Charge.from_data(CHARGE)

    assert charge.money == Money(100, "JPY")
    assert charge.money_of("refunded_amount") == Money(0, "JPY")
    assert charge.money_of("fee") == Money("1.05", "THB")
    assert charge.money_of("interest") is None
    assert "money" in dir(charge)


def test_every_resource_with_an_amount_and_a_currency_has_money() -> None:
    """A walk over all of them: whatever declares both has it, and what has other amounts tells them by name."""
    for name in resources.__all__:
        cls: Any = getattr(resources, name)
        fields = {column for column, _ in declared(cls) if "." not in column} if issubclass(cls, omise.Resource) else {}
        amounts = {column for column in fields if f"{column}_main" in fields}
        assert ("amount" in amounts) == (hasattr(cls, "money")), name
        assert bool(amounts) == issubclass(cls, HasAmounts), name


def test_what_has_no_amount_has_no_money() -> None:
    """It is neither guessed nor suggested; null is None."""
    percentage = resources.ScheduledTransfer.from_data({"amount": None, "currency": "THB", "percentage_of_balance": 5})
    odd = omise.Charge.from_data({**CHARGE, "currency": "PHP"})

    assert percentage.money is None
    assert "money" in dir(percentage)
    assert "money" not in dir(odd)
    assert not hasattr(omise.Charge(), "money")
    with pytest.raises(ValueError, match="is in PHP, which Money does not know"):
        _ = odd.money
    with pytest.raises(ValueError, match=r"id of .* is no amount"):
        odd.money_of("id")
    with pytest.raises(AttributeError, match=r"has no attribute 'refunded_amoun'"):
        odd.money_of("refunded_amoun")


def test_a_record_that_is_not_loaded_is_fetched(omise_sandbox: Sandbox) -> None:
    """As it is for any other field; what was assigned counts."""
    charge = omise.Charge.create(amount=Money("100.50", "THB"), card=omise_sandbox.card())
    charge.refund(amount=Money("0.50", "THB"))
    transfer = omise.Transfer.create(amount=5000)
    transfer.amount = 4000

    assert charge.money == Money("100.50", "THB")
    assert charge.money_of("refunded_amount") == Money("0.50", "THB")
    assert transfer.money == Money("40.00", "THB")
    assert omise.Balance.retrieve().money_of("transferable") is not None
    assert issubclass(omise.Charge, Priced)
