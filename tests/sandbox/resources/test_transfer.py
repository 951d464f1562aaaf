from __future__ import annotations

from typing import Any

import pytest

from omise.sandbox.app import Application

from ..conftest import Caller

FIELDS: dict[str, type] = {
    "object": str,
    "id": str,
    "livemode": bool,
    "location": str,
    "deleted": bool,
    "fail_fast": bool,
    "paid": bool,
    "sent": bool,
    "sendable": bool,
    "currency": str,
    "amount": int,
    "fee": int,
    "metadata": dict,
    "recipient": str,
    "bank_account": dict,
    "failure_code": str,
    "failure_message": str,
    "paid_at": str,
    "sent_at": str,
    "balance_hold_at": str,
    "created_at": str,
    "transactions": list,
    "schedule": str,
    "fee_vat": int,
    "net": int,
    "total_fee": int,
    "split_transfer_group_id": str,
}
NULLABLE = {
    "failure_code",
    "failure_message",
    "paid_at",
    "sent_at",
    "balance_hold_at",
    "schedule",
    "split_transfer_group_id",
}
BANK = {"name": "Arun Dee", "number": "1234567890", "brand": "scb"}
LIVE = "skey_live_sandbox"


def create(api: Caller, amount: int = 100_000, **params: Any) -> Any:
    api.fund(amount)
    return api.ok("POST", "/transfers", {"amount": amount, **params})


def recipient(api: Caller, number: str = "1234567890", verified: bool = True) -> str:
    params = {"name": "A", "type": "individual", "bank_account": BANK | {"number": number}}
    made = api.ok("POST", "/recipients", params)["id"]
    if verified:
        api.ok("PATCH", f"/recipients/{made}/verify")
    return str(made)


def balance(api: Caller, key: str = "skey_test_sandbox") -> int:
    return int(api.ok("GET", "/balance", key=key)["total"])


def test_a_transfer_has_the_documented_fields_in_order(api: Caller) -> None:
    """
    With their types, to the default recipient, fee and tax taken from the amount.
    """
    transfer = create(api, metadata={"a": 1})
    (default,) = api.ok("GET", "/recipients")["data"]

    assert list(transfer) == list(FIELDS)
    assert {name for name, value in transfer.items() if value is None} == NULLABLE
    assert all(type(value) is FIELDS[name] for name, value in transfer.items() if value is not None)
    assert (transfer["recipient"], transfer["bank_account"]) == (default["id"], default["bank_account"])
    assert (transfer["amount"], transfer["fee"], transfer["fee_vat"], transfer["total_fee"], transfer["net"]) == (
        100_000,
        2_804,
        196,
        3_000,
        97_000,
    )
    assert (transfer["sendable"], transfer["sent"], transfer["paid"], transfer["transactions"]) == (
        True,
        False,
        False,
        [],
    )
    assert (transfer["metadata"], transfer["fail_fast"], transfer["currency"]) == ({"a": 1}, False, "THB")


def test_expand_shows_the_recipient(api: Caller) -> None:
    """
    In the place of its id.
    """
    transfer = create(api)
    expanded = api.ok("GET", f"/transfers/{transfer['id']}", query_string={"expand": "true"})

    assert expanded["recipient"]["id"] == transfer["recipient"]


def test_without_an_amount_all_that_there_is_goes(api: Caller) -> None:
    """
    To the recipient that is named.
    """
    api.fund(54_321)
    to = recipient(api)
    transfer = api.ok("POST", "/transfers", {"recipient": to, "fail_fast": "true"})

    assert (transfer["amount"], transfer["recipient"], transfer["fail_fast"]) == (54_321, to, True)
    assert transfer["bank_account"]["account_number"] == "1234567890"


def test_sending_takes_the_money_and_paying_ends_it(api: Caller) -> None:
    """
    Nothing leaves the balance before it is sent; then the whole amount does, the fee in it.
    """
    transfer = create(api)
    path = f"/transfers/{transfer['id']}"
    assert balance(api) == 100_000

    sent = api.ok("POST", f"{path}/mark_as_sent")
    (line,) = sent["transactions"]
    assert (sent["sent"], sent["paid"], sent["sendable"]) == (True, False, False)
    assert sent["sent_at"] is not None
    assert (line["key"], line["direction"], line["amount"]) == ("transfer.sent.debit", "debit", 100_000)
    assert line["origin"] == transfer["id"]
    assert balance(api) == 0

    paid = api.ok("POST", f"{path}/mark_as_paid")
    assert paid == sent | {"paid": True, "paid_at": paid["paid_at"]}
    assert paid["paid_at"] is not None
    assert balance(api) == 0
    assert api.events() == ["transfer.create", "transfer.send", "transfer.pay"]


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"amount": 2_999}, "amount must be greater than or equal to 3000 (thb subunits)"),
        ({"amount": 0}, "amount must be greater than or equal to 3000 (thb subunits)"),
        ({"amount": -5_000}, "amount must be greater than or equal to 3000 (thb subunits)"),
        ({"amount": 10_001}, "amount must be less than or equal to 10000 (thb subunits)"),
        ({"amount": "5e3"}, "amount is not a number"),
        ({"amount": 5_000.5}, "amount must be an integer"),
        ({"amount": 5_000, "metadata": "m"}, "metadata must be an object"),
        ({"amount": 5_000, "fail_fast": "maybe"}, "fail_fast must be true or false"),
        ({"amount": 5_000, "idemp_key": ["k"]}, "idemp_key must be a string"),
        ({"amount": 5_000, "recipient": 5}, "recipient must be a string"),
    ],
)
def test_bad_parameters_are_refused(api: Caller, params: dict[str, Any], message: str) -> None:
    """
    Nothing is left behind.
    """
    api.fund(10_000)

    assert api.refused("POST", "/transfers", params) == (400, "bad_request", message)
    assert api.ok("GET", "/transfers")["total"] == 0
    assert api.events() == []


def test_the_least_amount_is_the_fee(api: Caller) -> None:
    """
    Then nothing arrives.
    """
    transfer = create(api, 3_000)

    assert (transfer["amount"], transfer["net"], transfer["sendable"]) == (3_000, 0, True)


def test_without_money_there_is_nothing_to_transfer(api: Caller) -> None:
    """
    Not even everything.
    """
    message = "amount must be greater than or equal to 3000 (thb subunits)"

    assert api.refused("POST", "/transfers") == (400, "bad_request", message)


def test_recipients_have_to_exist(api: Caller) -> None:
    """
    Deleted ones do not.
    """
    api.fund(10_000)
    gone = recipient(api)
    api.ok("DELETE", f"/recipients/{gone}")

    for to in ("recp_test_1", gone):
        refusal = (404, "not_found", f"recipient {to} was not found")
        assert api.refused("POST", "/transfers", {"recipient": to}) == refusal


def test_a_transfer_can_be_changed_before_it_is_sent(api: Caller) -> None:
    """
    Amount, with what is left of it, and metadata, and not beyond the limits.
    """
    transfer = create(api)
    path = f"/transfers/{transfer['id']}"
    changes = {"amount": 5_000, "metadata": {"b": 2}}

    assert api.ok("PATCH", path, changes) == transfer | changes | {"net": 2_000}
    for amount, message in [
        (2_999, "amount must be greater than or equal to 3000 (thb subunits)"),
        (100_001, "amount must be less than or equal to 100000 (thb subunits)"),
        (None, "amount is not a number"),
    ]:
        assert api.refused("PATCH", path, {"amount": amount, "metadata": {}}) == (400, "bad_request", message)
    assert api.ok("GET", path) == transfer | changes | {"net": 2_000}
    assert api.events() == ["transfer.create", "transfer.update"]


def test_a_transfer_can_be_deleted_before_it_is_sent(api: Caller) -> None:
    """
    It is shown for the last time, otherwise as before, and the money stays.
    """
    transfer = create(api)
    path = f"/transfers/{transfer['id']}"

    assert api.ok("DELETE", path) == transfer | {"deleted": True}
    assert balance(api) == 100_000
    assert api.refused("GET", path)[:2] == (404, "not_found")
    assert api.events() == ["transfer.create", "transfer.destroy"]


def test_afterwards_it_is_too_late(api: Caller) -> None:
    """
    A refusal for every step that cannot follow the one before, and nothing changes.
    """
    path = f"/transfers/{create(api)['id']}"

    def refused(*requests: tuple[str, str], message: str) -> None:
        before = api.ok("GET", path)
        for method, sub in requests:
            assert api.refused(method, path + sub) == (400, "bad_request", message)
        assert api.ok("GET", path) == before

    sending = [("PATCH", ""), ("DELETE", ""), ("POST", "/mark_as_sent")]
    refused(("POST", "/mark_as_paid"), message="transfer was not sent yet")
    api.ok("POST", f"{path}/mark_as_sent")
    refused(*sending, message="transfer was already sent")
    api.ok("POST", f"{path}/mark_as_paid")
    refused(*sending, message="transfer was already sent")
    refused(("POST", "/mark_as_paid"), message="transfer was already paid")


@pytest.mark.parametrize("active", [False, True])
def test_a_recipient_that_is_not_ready_cannot_be_paid(api: Caller, active: bool) -> None:
    """
    Being active is not enough. The transfer waits until it is verified, too.
    """
    api.ok("PATCH", "/account", {"auto_activate_recipients": active})
    to = recipient(api, verified=False)
    transfer = create(api, recipient=to)
    path = f"/transfers/{transfer['id']}"
    message = "transfer is not sendable, the recipient is not active and verified"
    assert transfer["sendable"] is False
    assert api.refused("POST", f"{path}/mark_as_sent") == (400, "bad_request", message)

    api.ok("PATCH", f"/recipients/{to}/verify")
    assert api.ok("GET", path)["sendable"] is True
    assert api.ok("POST", f"{path}/mark_as_sent")["sent"] is True


def test_a_recipient_that_is_gone_cannot_be_paid(api: Caller) -> None:
    """
    Though it was ready.
    """
    to = recipient(api)
    path = f"/transfers/{create(api, recipient=to)['id']}"
    api.ok("DELETE", f"/recipients/{to}")

    assert api.ok("GET", path)["sendable"] is False
    assert api.refused("POST", f"{path}/mark_as_sent")[:2] == (400, "bad_request")


def test_the_same_money_is_not_sent_twice(api: Caller) -> None:
    """
    Both transfers may be planned; the second is no longer covered.
    """
    first, second = create(api), api.ok("POST", "/transfers", {"amount": 60_000})
    api.ok("POST", f"/transfers/{first['id']}/mark_as_sent")
    path = f"/transfers/{second['id']}"
    message = "transfer is not sendable, the balance does not cover the transfer"

    assert second["sendable"] is True
    assert api.ok("GET", path)["sendable"] is False
    assert api.refused("POST", f"{path}/mark_as_sent") == (400, "bad_request", message)
    assert balance(api) == 0


def test_a_bank_can_fail_to_send(api: Caller) -> None:
    """
    The sandbox has a number for that: the transfer fails, and the money stays.
    """
    path = f"/transfers/{create(api, recipient=recipient(api, '0000000021'))['id']}"
    failed = api.ok("POST", f"{path}/mark_as_sent")

    assert (failed["sent"], failed["failure_code"], failed["transactions"]) == (False, "transfer_send_failure", [])
    assert failed["failure_message"] == "the bank did not accept the transfer"
    assert failed["sendable"] is False
    assert balance(api) == 100_000
    for method, sub in [("PATCH", ""), ("DELETE", ""), ("POST", "/mark_as_sent"), ("POST", "/mark_as_paid")]:
        assert api.refused(method, path + sub) == (400, "bad_request", "transfer has failed")
    assert api.events()[-1] == "transfer.fail"


def test_a_bank_can_fail_to_pay(api: Caller) -> None:
    """
    There is a number for that, too: the money comes back.
    """
    path = f"/transfers/{create(api, recipient=recipient(api, '0000000022'))['id']}"
    api.ok("POST", f"{path}/mark_as_sent")
    assert balance(api) == 0

    failed = api.ok("POST", f"{path}/mark_as_paid")
    assert (failed["sent"], failed["paid"], failed["failure_code"]) == (True, False, "transfer_pay_failure")
    assert [line["key"] for line in failed["transactions"]] == ["transfer.failed.credit", "transfer.sent.debit"]
    assert balance(api) == 100_000
    assert api.refused("POST", f"{path}/mark_as_paid") == (400, "bad_request", "transfer has failed")
    assert api.events()[-2:] == ["transfer.send", "transfer.fail"]


def test_the_same_idempotency_key_gives_the_same_transfer(api: Caller) -> None:
    """
    As it is by now, whatever else is asked for; another key, and another account, get one of their own.
    """
    api.fund(100_000)
    api.fund(100_000, key="skey_test_other")
    first = api.ok("POST", "/transfers", {"amount": 5_000, "idemp_key": "k"})
    api.ok("POST", f"/transfers/{first['id']}/mark_as_sent")
    again = api.ok("POST", "/transfers", {"amount": 6_000, "idemp_key": "k"})
    new = api.ok("POST", "/transfers", {"amount": 6_000, "idemp_key": "l"})
    other = api.ok("POST", "/transfers", {"amount": 6_000, "idemp_key": "k"}, key="skey_test_other")

    assert (again["id"], again["amount"], again["sent"]) == (first["id"], 5_000, True)
    assert len({first["id"], new["id"], other["id"]}) == 3
    assert api.events().count("transfer.create") == 2
    assert "idemp_key" not in first


def test_a_refused_transfer_does_not_use_its_key_up(api: Caller) -> None:
    """
    Once it is right, it is made.
    """
    api.fund(10_000)
    api.refused("POST", "/transfers", {"amount": 1, "idemp_key": "k"})

    assert api.ok("POST", "/transfers", {"amount": 5_000, "idemp_key": "k"})["amount"] == 5_000


def live_transfer(api: Caller, number: str = "1234567890", **params: Any) -> str:
    api.fund(100_000, key=LIVE)
    api.application.clock.advance(days=8)
    account = {"name": "A", "type": "individual", "bank_account": BANK | {"number": number}}
    to = api.ok("POST", "/recipients", account, key=LIVE)["id"]
    made = api.ok("POST", "/transfers", {"amount": 50_000, "recipient": to, **params}, key=LIVE)
    return f"/transfers/{made['id']}"


def test_in_live_mode_time_sends_and_pays(api: Caller) -> None:
    """
    Not a request. The recipient has to be verified first, which takes two days.
    """
    path = live_transfer(api)
    for verb in ("mark_as_sent", "mark_as_paid"):
        assert api.refused("POST", f"{path}/{verb}", key=LIVE)[:2] == (403, "not_authorized")
    api.application.clock.advance(days=1)
    assert api.ok("GET", path, key=LIVE)["sent"] is False

    api.application.clock.advance(days=1)
    sent = api.ok("GET", path, key=LIVE)
    assert (sent["sent"], sent["paid"]) == (True, False)
    api.application.clock.advance(days=1)
    assert api.ok("GET", path, key=LIVE)["paid"] is True
    assert balance(api, LIVE) == 50_000


def test_in_live_mode_sending_is_tried_again_unless_it_should_fail_fast(api: Caller) -> None:
    """
    Three days at most.
    """
    fast, slow = live_transfer(api, "0000000021", fail_fast=True), live_transfer(api, "0000000021")

    def code(path: str) -> Any:
        return api.ok("GET", path, key=LIVE)["failure_code"]

    assert code(fast) == "invalid_recipient"
    api.application.clock.advance(days=2)
    assert code(slow) is None
    api.application.clock.advance(days=1)
    assert code(slow) == "transfer_send_failure"


def test_in_live_mode_a_transfer_can_fail_to_be_paid(api: Caller) -> None:
    """
    The money comes back.
    """
    path = live_transfer(api, "0000000022")
    api.application.clock.advance(days=30)
    failed = api.ok("GET", path, key=LIVE)

    assert (failed["sent"], failed["paid"], failed["failure_code"]) == (True, False, "transfer_pay_failure")
    assert balance(api, LIVE) == 100_000


def test_a_deleted_transfer_is_not_sent_later(api: Caller) -> None:
    """
    In live mode, when its time comes.
    """
    path = live_transfer(api)
    api.ok("DELETE", path, key=LIVE)
    api.application.clock.advance(days=30)

    assert balance(api, LIVE) == 100_000


def test_fees_and_limits_are_those_of_the_country() -> None:
    """
    In Japan there are no subunits.
    """
    api = Caller(Application(country="JP"))
    transfer = create(api, 1_000)
    message = "amount must be greater than or equal to 261 (jpy subunits)"

    assert (transfer["currency"], transfer["total_fee"], transfer["net"]) == ("JPY", 260, 740)
    assert api.refused("POST", "/transfers", {"amount": 260}) == (400, "bad_request", message)
