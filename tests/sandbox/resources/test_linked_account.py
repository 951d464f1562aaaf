from __future__ import annotations

from typing import Any

import pytest

from ..conftest import Caller

#: Name, and the type it has when it is not null; in the order of the API.
FIELDS: dict[str, type] = {
    "object": str,
    "id": str,
    "livemode": bool,
    "location": str,
    "registration_uri": str,
    "return_uri": str,
    "type": str,
    "status": str,
    "last_digits": str,
    "metadata": dict,
    "failure_code": str,
    "failure_message": str,
    "registered_at": str,
    "expires_at": str,
    "created_at": str,
}
PENDING_NULLS = {"last_digits", "failure_code", "failure_message", "registered_at"}

RETURN_URI = "https://shop.example.com/linked"
GOOD = {"type": "direct_debit_kbank", "return_uri": RETURN_URI}


def link(api: Caller, **params: Any) -> Any:
    return api.ok("POST", "/linked_accounts", GOOD | params)


def press(api: Caller, account: Any, action: str) -> Any:
    """The answer to a press of a button on the account's page."""
    return api.client.post(f"/linked_accounts/{account['id']}/pay", data={"action": action})


def test_a_linked_account_has_the_documented_fields_in_order(api: Caller) -> None:
    """
    With their types, and null where that is allowed.
    """
    account = link(api, metadata={"a": 1}, citizen_id="1234567890123")
    assert "1234567890123" not in repr(api.snapshot())  # it is checked, and shown nowhere
    enrolled, refused = link(api), link(api)
    press(api, enrolled, "enrol")
    press(api, refused, "refuse")
    enrolled, refused = (api.ok("GET", other["location"]) for other in (enrolled, refused))

    assert list(account) == list(enrolled) == list(FIELDS)
    assert {name for name, value in account.items() if value is None} == PENDING_NULLS
    merged = {name: enrolled[name] or refused[name] for name in FIELDS}
    merged |= {"livemode": False, "metadata": account["metadata"]}
    assert {name: type(value) for name, value in merged.items()} == FIELDS
    assert (account["object"], account["status"], account["metadata"]) == ("linked_account", "pending", {"a": 1})
    assert account["location"] == f"/linked_accounts/{account['id']}"


@pytest.mark.parametrize("bank", ["bay", "kbank", "ktb", "scb"])
def test_four_banks_can_be_linked(api: Caller, bank: str) -> None:
    """
    Each is a type.
    """
    assert link(api, type=f"direct_debit_{bank}")["type"] == f"direct_debit_{bank}"


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"type": "direct_debit_xyz"}, "Type is not supported"),
        ({"type": None}, "Type is not supported"),
        ({"type": ["direct_debit_bay"]}, "Type is not supported"),
        ({"return_uri": None}, "return_uri can't be blank"),
        ({"return_uri": " "}, "return_uri can't be blank"),
        ({"metadata": "m"}, "metadata must be an object"),
    ],
)
def test_bad_parameters_are_refused(api: Caller, params: dict[str, Any], message: str) -> None:
    """
    And nothing is made.
    """
    assert api.refused("POST", "/linked_accounts", GOOD | params) == (400, "bad_request", message)
    assert api.ok("GET", "/linked_accounts")["total"] == 0


def test_the_page_is_where_the_sandbox_is(api: Caller) -> None:
    """
    Under the API's own name where the sandbox stands in for it, under its own address otherwise.
    """
    own = link(api)
    named = api.ok("POST", "/linked_accounts", GOOD, base_url="https://api.omise.co")
    served = api.ok("POST", "/linked_accounts", GOOD, base_url="http://127.0.0.1:4010")

    assert named["registration_uri"] == f"https://pay.omise.co/linked_accounts/{named['id']}/pay"
    assert served["registration_uri"] == f"http://127.0.0.1:4010/linked_accounts/{served['id']}/pay"
    page = api.client.get(f"/linked_accounts/{own['id']}/pay")
    assert (page.status_code, page.text.count("<button")) == (200, 2)


@pytest.mark.parametrize(
    ("action", "status", "last_digits", "failure_code"),
    [("enrol", "successful", "6789", None), ("refuse", "failed", None, "registration_rejected")],
)
def test_the_owner_enrols_or_does_not(
    api: Caller, action: str, status: str, last_digits: str | None, failure_code: str | None
) -> None:
    """
    The browser goes back to the merchant; the first choice counts.
    """
    account = link(api)
    pressed = press(api, account, action)
    again = press(api, account, "refuse" if action == "enrol" else "enrol")
    account = api.ok("GET", account["location"])

    assert (pressed.status_code, pressed.headers["Location"]) == (303, RETURN_URI)
    assert again.status_code == 303
    assert (account["status"], account["last_digits"], account["failure_code"]) == (status, last_digits, failure_code)
    assert (account["registered_at"] is not None) == (action == "enrol")
    page = api.client.get(f"/linked_accounts/{account['id']}/pay")
    assert "<button" not in page.text
    assert ("This account is linked." if action == "enrol" else "This account was not linked: failed.") in page.text
    assert f'href="{RETURN_URI}"' in page.text


def test_other_choices_are_refused(api: Caller) -> None:
    """
    And change nothing.
    """
    account = link(api)

    assert press(api, account, "nothing").status_code == 400
    assert api.ok("GET", account["location"])["status"] == "pending"
    assert api.client.get("/linked_accounts/lnac_test_1/pay").status_code == 404


def test_nobody_enrols_after_a_day(api: Caller) -> None:
    """
    A pending account expires; one that was enrolled stays.
    """
    enrolled, late = link(api), link(api)
    press(api, enrolled, "enrol")
    api.application.clock.advance(hours=23)
    assert api.ok("GET", late["location"])["status"] == "pending"
    api.application.clock.advance(hours=1)

    assert api.ok("GET", late["location"])["status"] == "expired"
    assert api.ok("GET", enrolled["location"])["status"] == "successful"
    press(api, late, "enrol")
    assert api.ok("GET", late["location"])["status"] == "expired"


def test_a_link_can_be_cut(api: Caller) -> None:
    """
    It is shown as deleted for the last time, and no event tells of any of it.
    """
    account = link(api)
    gone = api.ok("DELETE", account["location"])

    assert gone == account | {"status": "deleted"}
    message = f"linked_account {account['id']} was not found"
    assert api.refused("GET", account["location"]) == (404, "not_found", message)
    assert api.ok("GET", "/linked_accounts")["total"] == 0
    assert api.ok("GET", "/events")["total"] == 0


def test_a_customer_keeps_it(api: Caller) -> None:
    """
    It is listed there, and can still be found by itself.
    """
    account = link(api)
    press(api, account, "enrol")
    customer = api.customer(linked_account=account["id"])

    (listed,) = customer["linked_accounts"]["data"]
    assert listed == api.ok("GET", account["location"])
    assert api.ok("GET", f"/customers/{customer['id']}/linked_accounts")["total"] == 1
    assert api.ok("GET", "/linked_accounts")["total"] == 1
