"""`omise.records.amounts`: which currency an amount is in, and `Money` in the place of the API's integers."""

import subprocess
import sys
from typing import Any

import pytest

import omise
from omise import Money
from omise.records.amounts import currency_of, money_of
from omise.sandbox import Sandbox

HUNDRED = Money("100.00", "THB")


def test_currencies_of_fields() -> None:
    """An amount's is that of its object, or a part's around it; fees and what is left are in the account's."""
    data = {"object": "charge", "currency": "JPY", "funding_currency": "THB", "amount": 1}

    assert [currency_of(data, name) for name in ("amount", "refunded_amount")] == ["JPY", "JPY"]
    assert [currency_of(data, name) for name in ("fee", "net", "funding_amount")] == ["THB"] * 3
    assert currency_of({"currency": "THB"}, "fee") == "THB"
    assert currency_of({"customer_currency": "CNY", "currency": "THB"}, "customer_amount") == "CNY"
    assert currency_of({"fixed": 1}, "fixed", "THB") == "THB"
    assert currency_of({"object": "list", "total": 1}, "total", "THB") is None
    assert currency_of(data, "expiration_month") is None
    assert currency_of({"currency": 5, "amount": 1}, "amount") is None


@pytest.mark.parametrize(
    ("value", "currency"),
    [(1.0, "THB"), ("1", "THB"), (None, "THB"), (True, "THB"), (1, None), (1, "PHP"), (10**40, "THB")],
)
def test_what_is_no_amount_is_no_money(value: Any, currency: Any) -> None:
    """Nothing is guessed of it."""
    assert money_of(value, currency) is None


@pytest.fixture
def customer(omise_sandbox: Sandbox) -> omise.Customer:
    """A customer with a card, and something in the balance."""
    customer = omise.Customer.create(card=omise_sandbox.card())
    customer.charge(amount=1000_00, currency="thb")
    return customer


CREATED: list[Any] = [
    lambda customer, **money: omise.Charge.create(customer=customer, **money),
    lambda customer, **money: omise.Charge.create({"customer": customer, **money}),
    lambda customer, **money: omise.Charge(customer=customer, **money).save(),
    lambda customer, **money: customer.charge(**money),
    lambda customer, **money: omise.Link.create(title="Cup", description="One", **money),
    lambda customer, **money: omise.Source.create(type="promptpay", **money),
    lambda customer, **money: omise.CheckoutSession.create(
        redirect_urls={"complete_url": "https://x.example"}, **money
    ),
]
"""What is created with an amount and a currency."""


@pytest.mark.parametrize("create", CREATED)
def test_money_brings_its_currency(omise_sandbox: Sandbox, customer: omise.Customer, create: Any) -> None:
    """It is sent as the integer, with the currency beside it, or with the one that is given too."""
    for given in ({}, {"currency": "thb"}, {"currency": None}):
        create(customer, amount=HUNDRED, **given)
        sent = omise_sandbox.requests[-1].params

        assert (sent["amount"], sent["currency"].upper()) == (10000, "THB")


@pytest.mark.parametrize("create", CREATED)
def test_another_currency_is_refused(omise_sandbox: Sandbox, customer: omise.Customer, create: Any) -> None:
    """Before anything is sent: nothing is converted."""
    count = len(omise_sandbox.requests)
    with pytest.raises(ValueError, match=r"amount is THB 100\.00, where the currency is JPY: nothing is converted"):
        create(customer, amount=HUNDRED, currency="jpy")

    assert len(omise_sandbox.requests) == count


def test_what_is_done_with_a_record_is_in_its_currency(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """A refund, a capture and a change take no currency: money of another one is refused before it is sent."""
    held = customer.charge(amount=HUNDRED, capture=False, authorization_type="pre_auth")
    held.capture(capture_amount=Money("60.00", "THB"))
    assert held.captured_amount == 6000
    refund = held.refund(amount=Money("10.50", "THB"))
    assert omise_sandbox.requests[-1].params == {"amount": 1050}
    assert refund.money == Money("10.50", "THB")
    transfer = omise.Transfer.create(amount=5000).update(amount=Money("40.00", "THB"))
    assert transfer.amount == 4000
    transfer.amount = Money("41.00", "THB")  # type: ignore[assignment]
    assert transfer.save().money == Money("41.00", "THB")
    count = len(omise_sandbox.requests)
    yen: Any = Money(50, "JPY")
    for call in (held.reload().capture, held.refund, held.refunds.create, transfer.update):
        with pytest.raises(ValueError, match="nothing is converted"):
            call(**{"capture_amount" if "capture" in repr(call) else "amount": yen})

    assert [request.method for request in omise_sandbox.requests[count:]] == ["GET"]  # the reload


def test_a_transfer_is_in_the_currency_of_the_balance(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """Which the API takes for granted, and which is asked for before money is sent."""
    with pytest.raises(ValueError, match="where the currency is THB"):
        omise.Transfer.create(amount=Money(50, "JPY"))
    assert omise_sandbox.requests[-1].path == "/balance"
    assert omise.Transfer.create(amount=HUNDRED).amount == 10000
    assert "currency" not in omise_sandbox.requests[-1].params


def test_what_a_schedule_repeats_has_its_currency(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """Built in steps, or created at once."""
    built = omise.Charge.schedule(customer=customer, amount=HUNDRED).every(1).days().end_date("2200-01-01")
    plain: Any = {"every": 1, "period": "day", "end_date": "2200-01-01"}
    made = omise.Schedule.create(**plain, charge={"customer": customer, "amount": HUNDRED})

    assert built.to_attributes()["charge"] == {"customer": customer.id, "amount": 10000, "currency": "THB"}
    assert made.charge is not None
    assert made.charge.money == HUNDRED
    with pytest.raises(ValueError, match=r"charge\.amount is THB 100\.00, where the currency is JPY"):
        omise.Charge.schedule(customer=customer, amount=HUNDRED, currency="jpy")


def test_parts_are_in_the_currency_around_them(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """The fee of a platform, the price of an item."""
    customer.charge(amount=HUNDRED, platform_fee={"fixed": Money("5.00", "THB")})
    sent = omise_sandbox.requests[-1].params

    assert sent["platform_fee"] == {"fixed": 500}
    with pytest.raises(ValueError, match=r"platform_fee\.fixed is JPY 5, where the currency is THB"):
        customer.charge(amount=HUNDRED, platform_fee={"fixed": Money(5, "JPY")})
    items: Any = [{"name": "cup", "amount": Money(5, "JPY")}]
    with pytest.raises(ValueError, match=r"items\.amount is JPY 5, where the currency is THB"):
        omise.Source.create(type="atome", amount=HUNDRED, items=items)


def test_any_address_is_told_the_currency(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """Where nobody knows what an address takes, nothing is filled in."""
    made = omise.request("POST", "/charges", amount=HUNDRED, currency="thb", customer=customer.id)
    assert made.amount == 10000
    count = len(omise_sandbox.requests)
    with pytest.raises(ValueError, match="no currency is given"):
        omise.request("POST", "/charges", amount=HUNDRED, customer=customer.id)
    with pytest.raises(ValueError, match="nothing is converted"):
        omise.request("POST", "/charges", amount=HUNDRED, currency="jpy", customer=customer.id)
    with pytest.raises(ValueError, match="no currency is given"):
        omise.Refund.from_data({"object": "refund", "id": "rfnd_1", "location": "/refunds/1"})._call(
            "POST", params={"amount": HUNDRED}
        )
    with pytest.raises(ValueError, match="platform_fee has Money in it"):
        omise.Charge.create({"amount": 100, "platform_fee": {"fixed": HUNDRED}})

    assert len(omise_sandbox.requests) == count


@pytest.mark.parametrize("params", [{"description": HUNDRED}, {"metadata": {"amount": HUNDRED}}])
def test_what_is_no_amount_takes_no_money(omise_sandbox: Sandbox, params: Any) -> None:
    """It would be a number that says nothing of its currency."""
    with pytest.raises(TypeError, match=r"is no amount, and takes no Money: give str\(money\), or its subunits"):
        omise.Charge.create(amount=100, currency="thb", **params)

    assert omise_sandbox.requests == []


def test_searches_take_money_for_main_units(omise_sandbox: Sandbox) -> None:
    """Alone, and as the ends of a range."""
    scope = omise.Charge.search().filter(amount=(HUNDRED, Money("4096.69", "THB")))

    assert scope.to_attributes()["filters"] == {"amount": "100.00..4096.69"}
    assert omise.Charge.search().filter(amount=HUNDRED).execute().total == 0


def test_who_has_no_money_loads_nothing_for_it() -> None:
    """Neither `decimal` with the import, nor `omise.money` with a call."""
    code = (
        "import sys, omise; assert 'decimal' not in sys.modules; "
        "from omise.records.amounts import settled; "
        "assert settled({'amount': 1}, lambda: None) == {'amount': 1}; assert 'omise.money' not in sys.modules"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
