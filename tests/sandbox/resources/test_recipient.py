from __future__ import annotations

from typing import Any

import pytest

from omise.sandbox import Application

from ..conftest import Caller

FIELDS: dict[str, type] = {
    "object": str,
    "id": str,
    "livemode": bool,
    "location": str,
    "deleted": bool,
    "bank_account": dict,
    "active": bool,
    "default": bool,
    "verified": bool,
    "description": str,
    "email": str,
    "failure_code": str,
    "name": str,
    "tax_id": str,
    "type": str,
    "created_at": str,
    "schedule": str,
    "metadata": dict,
    "verified_at": str,
    "activated_at": str,
}
BANK = {"name": "Arun Dee", "number": "1234567890", "brand": "scb"}
ARUN = {"name": "Arun Dee", "type": "individual", "bank_account": BANK}
LIVE = "skey_live_sandbox"


def create(api: Caller, **attributes: Any) -> Any:
    return api.ok("POST", "/recipients", ARUN | attributes)


def test_a_recipient_has_the_documented_fields_in_order(api: Caller) -> None:
    """
    With their types; what was not given is null, but for the tax id.
    """
    recipient = create(api, email="a@example.com", description="Courier", metadata={"a": 1})
    bare = create(api)

    assert list(recipient) == list(bare) == list(FIELDS)
    assert {name: type(value) for name, value in recipient.items() if value is not None}.items() <= FIELDS.items()
    assert recipient["location"] == f"/recipients/{recipient['id']}"
    assert (recipient["email"], recipient["description"], recipient["metadata"]) == (
        "a@example.com",
        "Courier",
        {"a": 1},
    )
    assert {name for name, value in bare.items() if value is None} == {
        "description",
        "email",
        "failure_code",
        "schedule",
        "verified_at",
        "activated_at",
    }
    assert (bare["tax_id"], bare["active"], bare["verified"], bare["default"]) == ("", False, False, False)
    assert bare["bank_account"]["account_number"] == "1234567890"


def test_every_account_has_a_default_recipient(api: Caller) -> None:
    """
    It is there from the start, verified and active, and each account has its own.
    """
    (mine,) = api.ok("GET", "/recipients")["data"]
    (other,) = api.ok("GET", "/recipients", key="skey_test_other")["data"]

    assert (mine["default"], mine["verified"], mine["active"]) == (True, True, True)
    assert mine["description"] == "Default recipient"
    assert mine["bank_account"]["name"] == "DEFAULT BANK ACCOUNT"
    assert (mine["bank_account"]["bank_code"], mine["bank_account"]["account_number"]) == ("test", "123456789")
    assert mine["verified_at"] == mine["activated_at"] == mine["created_at"]
    assert mine["id"] != other["id"]
    assert api.refused("GET", f"/recipients/{other['id']}")[:2] == (404, "not_found")
    assert "recipient.create" not in api.events()


def test_verifying_makes_a_recipient_ready(api: Caller) -> None:
    """
    Verified, and active as well, since there is no dashboard to activate it in.
    """
    recipient = create(api)
    ready = api.ok("PATCH", f"/recipients/{recipient['id']}/verify")
    state = {
        "verified": True,
        "active": True,
        "verified_at": ready["verified_at"],
        "activated_at": ready["verified_at"],
    }

    assert ready == recipient | state
    assert ready["verified_at"] is not None
    assert api.events() == ["recipient.create", "recipient.verify", "recipient.activate"]


def test_an_account_can_activate_by_itself(api: Caller) -> None:
    """
    Then recipients are active from the start, and are only verified later.
    """
    api.ok("PATCH", "/account", {"auto_activate_recipients": True})
    recipient = create(api)
    assert (recipient["active"], recipient["verified"]) == (True, False)
    assert recipient["activated_at"] == recipient["created_at"]

    api.ok("PATCH", f"/recipients/{recipient['id']}/verify")
    assert api.events() == ["recipient.create", "recipient.verify"]


@pytest.mark.parametrize(
    ("number", "code"),
    [("0000000011", "name_mismatch"), ("0000000012", "account_not_found"), ("0000000013", "bank_not_found")],
)
def test_some_numbers_fail_verification(api: Caller, number: str, code: str) -> None:
    """
    The code says why, and the recipient stays as it was; another account can be verified after all.
    """
    path = f"/recipients/{create(api, bank_account=BANK | {'number': number})['id']}"
    failed = api.ok("PATCH", f"{path}/verify")
    assert (failed["verified"], failed["active"], failed["failure_code"]) == (False, False, code)
    assert failed["verified_at"] is None

    changed = api.ok("PATCH", path, {"bank_account": BANK})
    assert changed["failure_code"] is None
    assert api.ok("PATCH", f"{path}/verify")["verified"] is True


def test_an_update_changes_what_is_given(api: Caller) -> None:
    """
    Everything else stays; metadata is replaced as a whole.
    """
    recipient = create(api, email="a@example.com", metadata={"a": 1})
    changes = {"name": "New", "type": "corporation", "tax_id": "123", "description": "d", "metadata": {"b": 2}}

    assert api.ok("PATCH", f"/recipients/{recipient['id']}", changes) == recipient | changes
    assert api.events() == ["recipient.create", "recipient.update"]


def test_another_bank_account_has_to_be_verified_anew(api: Caller) -> None:
    """
    It replaces the old one; everything else leaves the verification alone.
    """
    path = f"/recipients/{create(api)['id']}"
    api.ok("PATCH", f"{path}/verify")
    assert api.ok("PATCH", path, {"name": "New"})["verified"] is True

    changed = api.ok("PATCH", path, {"bank_account": BANK | {"number": "987654321"}})
    assert (changed["verified"], changed["verified_at"], changed["active"]) == (False, None, True)
    assert changed["bank_account"]["last_digits"] == "4321"


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({}, "name can't be blank, type can't be blank, and bank_account can't be blank"),
        (ARUN | {"name": " "}, "name can't be blank"),
        (ARUN | {"type": "person"}, "type is not included in the list"),
        (ARUN | {"email": "nobody"}, "email is invalid"),
        (ARUN | {"metadata": "m"}, "metadata must be an object"),
        (ARUN | {"bank_account": "1234567890"}, "bank_account must be an object"),
        (
            ARUN | {"bank_account": {"name": "A"}},
            "bank_account number can't be blank and bank_account brand can't be blank",
        ),
    ],
)
def test_bad_parameters_are_refused(api: Caller, params: dict[str, Any], refusal: str) -> None:
    """
    Nothing is left behind.
    """
    assert api.refused("POST", "/recipients", params) == (400, "bad_request", refusal)
    assert api.ok("GET", "/recipients")["total"] == 1


def test_a_bad_bank_account_has_a_code_of_its_own(api: Caller) -> None:
    """
    At creation and at an update, which changes nothing.
    """
    bad = {"bank_account": BANK | {"brand": "none"}}
    refusal = (400, "invalid_bank_account", "brand is not supported")
    recipient = create(api)
    path = f"/recipients/{recipient['id']}"

    assert api.refused("POST", "/recipients", ARUN | bad) == refusal
    assert api.refused("PATCH", path, {"name": "New"} | bad) == refusal
    assert api.refused("PATCH", path, {"name": ""}) == (400, "bad_request", "name can't be blank")
    assert api.ok("GET", path) == recipient


def test_deleting_shows_the_recipient_for_the_last_time(api: Caller) -> None:
    """
    Deleted, but otherwise as before; then it is gone.
    """
    recipient = create(api)
    path = f"/recipients/{recipient['id']}"

    assert api.ok("DELETE", path) == recipient | {"deleted": True}
    for method, sub in [("GET", ""), ("PATCH", ""), ("DELETE", ""), ("PATCH", "/verify"), ("GET", "/schedules")]:
        assert api.refused(method, path + sub) == (404, "not_found", f"recipient {recipient['id']} was not found")
    assert api.events() == ["recipient.create", "recipient.destroy"]


def test_the_default_recipient_stays(api: Caller) -> None:
    """
    It cannot be deleted.
    """
    (default,) = api.ok("GET", "/recipients")["data"]
    message = "the default recipient cannot be deleted"

    assert api.refused("DELETE", f"/recipients/{default['id']}") == (400, "bad_request", message)
    assert api.ok("GET", "/recipients")["total"] == 1


def test_in_live_mode_recipients_are_verified_by_time(api: Caller) -> None:
    """
    After two days, and not by request; a number that fails does there, too.
    """
    good = api.ok("POST", "/recipients", ARUN, key=LIVE)
    bad = api.ok("POST", "/recipients", ARUN | {"bank_account": BANK | {"number": "0000000011"}}, key=LIVE)
    path = f"/recipients/{good['id']}"
    assert api.refused("PATCH", f"{path}/verify", key=LIVE)[:2] == (403, "not_authorized")
    api.application.clock.advance(days=1)
    assert api.ok("GET", path, key=LIVE)["verified"] is False

    gone = api.ok("POST", "/recipients", ARUN, key=LIVE)
    api.ok("DELETE", f"/recipients/{gone['id']}", key=LIVE)
    api.application.clock.advance(days=9)
    assert api.ok("GET", path, key=LIVE)["verified"] is True
    assert api.ok("GET", f"/recipients/{bad['id']}", key=LIVE)["failure_code"] == "name_mismatch"
    assert api.events(LIVE).count("recipient.verify") == 2


def test_live_accounts_have_a_default_recipient_at_a_real_bank(api: Caller) -> None:
    """
    The test bank does not exist there.
    """
    (default,) = api.ok("GET", "/recipients", key=LIVE)["data"]

    assert (default["livemode"], default["verified"], default["active"]) == (True, True, True)
    assert default["bank_account"]["bank_code"] == "scb"


def test_in_live_mode_another_bank_account_is_verified_by_time_too(api: Caller) -> None:
    """
    Two days after it was given.
    """
    path = f"/recipients/{api.ok('POST', '/recipients', ARUN, key=LIVE)['id']}"
    api.application.clock.advance(days=3)
    assert api.ok("PATCH", path, {"bank_account": BANK | {"number": "987654321"}}, key=LIVE)["verified"] is False

    api.application.clock.advance(days=1)
    assert api.ok("GET", path, key=LIVE)["verified"] is False
    api.application.clock.advance(days=1)
    assert api.ok("GET", path, key=LIVE)["verified"] is True


def test_a_part_of_a_bank_account_can_be_changed(api: Caller) -> None:
    """
    The rest stays; it has to be verified anew.
    """
    account = {"name": "Taro", "number": "1234567", "bank_code": "0001", "branch_code": "001", "account_type": "normal"}
    japan = Caller(Application(country="JP"))
    recipient = japan.ok("POST", "/recipients", {"name": "Taro", "type": "individual", "bank_account": account})
    japan.ok("PATCH", f"/recipients/{recipient['id']}/verify")
    changed = japan.ok("PATCH", f"/recipients/{recipient['id']}", {"bank_account": {"account_type": "current"}})
    moved = japan.ok("PATCH", f"/recipients/{recipient['id']}", {"bank_account": {"number": "7654321"}})

    assert recipient["bank_account"]["type"] == "normal"
    assert changed["bank_account"] | {"type": "normal", "created_at": ""} == (
        recipient["bank_account"] | {"created_at": ""}
    )
    assert (changed["verified"], changed["verified_at"], changed["bank_account"]["type"]) == (False, None, "current")
    assert (moved["bank_account"]["account_number"], moved["bank_account"]["bank_code"]) == ("7654321", "0001")
    for bad in ({"account_type": "gold"}, {"name": ""}):
        assert japan.refused("PATCH", f"/recipients/{recipient['id']}", {"bank_account": bad})[0] == 400
