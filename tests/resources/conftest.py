"""Records, and a schedule in the making, that several of these tests begin with."""

from typing import Any

import pytest

import omise
from omise.resources.scheduler import Scheduler
from omise.sandbox import Sandbox

CHARGE = {"customer": "cust_test_1", "amount": 100_00}
END = {"end_date": "2026-12-31"}


@pytest.fixture
def customer(omise_sandbox: Sandbox) -> omise.Customer:
    """A customer with a Visa, the default, and a MasterCard."""
    customer = omise.Customer.create(email="john@example.com", card=omise_sandbox.card_token())
    return customer.update(card=omise_sandbox.card_token("5555555555554444"))


@pytest.fixture
def charge(omise_sandbox: Sandbox) -> omise.Charge:
    """A card charge of THB 1,000.00 that was paid."""
    return omise.Charge.create(amount=1000_00, currency="thb", card=omise_sandbox.card_token())


@pytest.fixture
def authorized(omise_sandbox: Sandbox) -> omise.Charge:
    """A card charge of THB 1,000.00 that may be captured in part."""
    card = omise_sandbox.card_token()
    return omise.Charge.create(amount=1000_00, currency="thb", card=card, capture=False, authorization_type="pre_auth")


@pytest.fixture
def dispute(charge: omise.Charge) -> omise.Dispute:
    """An open dispute of that charge."""
    return omise.Dispute.create(charge)


@pytest.fixture
def scheduler() -> Scheduler:
    """A schedule of that charge, of which nothing else is said yet."""
    return Scheduler("charge", CHARGE)


def plan(scheduler: Scheduler) -> dict[str, Any]:
    """What was set beside the charge."""
    return {name: value for name, value in scheduler.to_attributes().items() if name != "charge"}
