from __future__ import annotations

from typing import Any

import pytest

from omise.sandbox.dashboard.values import Row, captured, expiry, refunded, scheduled, state_of_charge

from ..conftest import Caller


def row_of(api: Caller, document_id: str) -> Row:
    with api.workspace() as workspace:
        document = workspace.store.get(document_id)
        assert document is not None
        return Row(workspace, document, workspace.show(document))


@pytest.mark.parametrize(
    ("params", "then", "states"),
    [
        ({}, {}, ["successful"]),
        ({"capture": False}, {}, ["pending", "authorized"]),
        ({"source": {"type": "promptpay"}}, {}, ["pending"]),
        ({}, {"refunds": {"amount": 100_000}}, ["successful", "refunded"]),
        ({}, {"refunds": {"amount": 1}}, ["successful", "partly refunded"]),
        ({}, {"disputes": {}}, ["successful", "dispute open"]),
        ({"capture": False}, {"reverse": {}}, ["reversed"]),
    ],
)
def test_how_a_charge_stands(api: Caller, params: dict[str, Any], then: dict[str, Any], states: list[str]) -> None:
    """
    Its status, and what was done with it since.
    """
    charge = api.charge(**params)
    for path, sent in then.items():
        api.ok("POST", f"/charges/{charge['id']}/{path}", sent)

    assert state_of_charge(row_of(api, charge["id"])) == states


def test_only_what_is_so_is_said(api: Caller) -> None:
    """
    Of a charge: what was taken if it is not all, what was given back if anything was, and an end if it waits.
    """
    held = api.charge(100_000, capture=False, authorization_type="pre_auth")
    paid = api.charge(100_000)
    before = row_of(api, held["id"])
    api.ok("POST", f"/charges/{held['id']}/capture", {"capture_amount": 40_000})
    api.ok("POST", f"/charges/{held['id']}/refunds", {"amount": 10_000})
    after, whole = row_of(api, held["id"]), row_of(api, paid["id"])

    assert (captured(before), refunded(before), expiry(before)) == (None, None, before.shown["expires_at"])
    assert (captured(after), refunded(after), expiry(after)) == ("400.00 THB", "100.00 THB", None)
    assert (captured(whole), refunded(whole), expiry(whole)) == (None, None, None)


def test_what_a_schedule_does(api: Caller) -> None:
    """
    An amount, or a part of the balance.
    """
    rhythm = {"every": 1, "period": "day", "end_date": "2200-01-01"}
    charge = {"charge": {"customer": api.customer(1)["id"], "amount": 10_000}}
    account = {"name": "Somchai", "number": "1234567890", "brand": "bbl"}
    recipient = api.ok("POST", "/recipients", {"name": "S", "type": "individual", "bank_account": account})
    api.ok("PATCH", f"/recipients/{recipient['id']}/verify")
    transfer = {"transfer": {"recipient": recipient["id"], "percentage_of_balance": 12.5}}
    ids = [api.ok("POST", "/schedules", rhythm | half)["id"] for half in (charge, transfer)]

    assert [scheduled(row_of(api, each)) for each in ids] == [
        "charge of 100.00 THB",
        "transfer of 12.5 % of the balance",
    ]
