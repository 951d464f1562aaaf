from __future__ import annotations

from typing import Any

import pytest

from ..conftest import Caller
from .schedules import DAILY, TOMORROW, charging, create, reload, transferring

pytestmark = pytest.mark.usefixtures("noon")


def test_the_card_is_the_default_one_by_then_or_the_one_that_was_chosen(api: Caller) -> None:
    """
    As the customer has it when the run comes.
    """
    customer = api.customer(cards=2)
    first, second = (card["id"] for card in customer["cards"]["data"])
    half = {"customer": customer["id"], "amount": 5_000}
    by_default = create(api, {"charge": half}, start_date=TOMORROW)
    chosen = create(api, {"charge": half | {"card": first}}, start_date=TOMORROW)
    api.ok("PATCH", f"/customers/{customer['id']}", {"default_card": second})
    api.application.clock.advance(days=1)
    cards = {charge["schedule"]: charge["card"]["id"] for charge in api.ok("GET", "/charges")["data"]}

    assert (chosen["charge"]["card"], chosen["charge"]["default_card"]) == (first, False)
    assert cards == {by_default["id"]: second, chosen["id"]: first}


def test_transfers_run_at_their_own_hour(api: Caller) -> None:
    """
    At five past one; the transfer carries the schedule, the occurrence the amount.
    """
    api.fund(200_000)
    schedule = create(api, transferring(api, amount=50_000), start_date=TOMORROW)
    api.turn_to("2030-01-11T01:10:00")
    (run,) = reload(api, schedule)["occurrences"]["data"]
    transfer = api.ok("GET", f"/transfers/{run['result']}")

    assert (run["processed_at"], run["transfer_amount"]) == ("2030-01-11T01:05:00Z", 50_000)
    assert (transfer["amount"], transfer["schedule"], transfer["sendable"]) == (50_000, schedule["id"], True)
    assert transfer["created_at"] == "2030-01-11T01:05:00Z"


def test_a_share_is_one_of_the_balance_by_then(api: Caller) -> None:
    """
    Rounded down; if it is less than a transfer can be, the run is skipped.
    """
    api.fund(99_999)
    some = create(api, transferring(api, percentage_of_balance="12.5"))
    little = create(api, transferring(api, percentage_of_balance=0.5))
    every_bit = create(api, transferring(api, percentage_of_balance=100))
    (skipped,) = little["occurrences"]["data"]

    assert some["occurrences"]["data"][0]["transfer_amount"] == 12_499
    assert every_bit["occurrences"]["data"][0]["transfer_amount"] == 99_999
    assert (skipped["status"], skipped["result"], skipped["transfer_amount"]) == ("skipped", None, 0)
    assert skipped["message"] == "there is not enough balance to transfer"
    assert little["status"] == "running"


def test_a_run_that_cannot_be_made_fails_with_the_apis_message(api: Caller) -> None:
    """
    There is nothing that it came to.
    """
    schedule = create(api, transferring(api, amount=5_000))
    (run,) = schedule["occurrences"]["data"]

    assert (run["status"], run["result"], run["retry_on"]) == ("failed", None, "2030-01-12")
    assert run["message"] == "amount must be less than or equal to 0 (thb subunits)"
    api.fund(5_000)
    api.turn_to("2030-01-12T01:06:00")
    assert api.ok("GET", run["location"])["transfer_amount"] == 5_000


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"customer": None}, (400, "bad_request", "customer can't be blank")),
        ({"customer": "cust_test_1"}, (404, "not_found", "customer cust_test_1 was not found")),
        ({"card": "card_test_1"}, (404, "not_found", "card card_test_1 was not found")),
        ({"amount": None}, (400, "bad_request", "amount is not a number")),
        (
            {"amount": 1_999},
            (400, "bad_request", "amount must be greater than or equal to 2000 (thb subunits)"),
        ),
        ({"currency": "xxx"}, (400, "bad_request", "currency is currently not supported")),
        ({"metadata": "m"}, (400, "bad_request", "metadata must be an object")),
    ],
)
def test_a_bad_charge_is_refused(api: Caller, changes: dict[str, Any], refusal: tuple[int, str, str]) -> None:
    """
    Before anything is charged.
    """
    half = charging(api)["charge"] | changes

    assert api.refused("POST", "/schedules", DAILY | {"charge": half}) == refusal
    assert api.ok("GET", "/schedules")["total"] == api.ok("GET", "/charges")["total"] == 0


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"recipient": None}, (400, "bad_request", "recipient can't be blank")),
        ({"recipient": "recp_test_1"}, (404, "not_found", "recipient recp_test_1 was not found")),
        ({"amount": 2_999}, (400, "bad_request", "amount must be greater than or equal to 3000")),
        ({"amount": None}, (400, "bad_request", "either amount or percentage_of_balance must be given")),
        ({"percentage_of_balance": 50}, (400, "bad_request", "either amount or percentage_of_balance must be given")),
        (
            {"amount": None, "percentage_of_balance": 0},
            (400, "bad_request", "percentage_of_balance must be greater than 0 and less than or equal to 100"),
        ),
        (
            {"amount": "", "percentage_of_balance": 100.1},
            (400, "bad_request", "percentage_of_balance must be greater than 0 and less than or equal to 100"),
        ),
        ({"percentage_of_balance": "all"}, (400, "bad_request", "percentage_of_balance is not a number")),
        ({"percentage_of_balance": True}, (400, "bad_request", "percentage_of_balance is not a number")),
        ({"percentage_of_balance": "nan"}, (400, "bad_request", "percentage_of_balance is not a number")),
    ],
)
def test_a_bad_transfer_is_refused(api: Caller, changes: dict[str, Any], refusal: tuple[int, str, str]) -> None:
    """
    Before anything is transferred.
    """
    half = transferring(api, amount=5_000)["transfer"] | changes

    assert api.refused("POST", "/schedules", DAILY | {"transfer": half}) == refusal
    assert api.ok("GET", "/schedules")["total"] == 0
