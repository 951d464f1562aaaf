from __future__ import annotations

from typing import Any

import pytest

from omise.sandbox.refusals import ApiError
from omise.sandbox.rules.bank_accounts import BANKS, bank_account, kept_bank_account, shown_bank_account
from omise.sandbox.rules.validation import Invalid

GIVEN = {"name": "Arun Dee", "number": "1234567890", "brand": "scb"}


def kept(given: dict[str, Any], *, livemode: bool = False) -> dict[str, Any]:
    return kept_bank_account(given, now_ms=1_770_004_740_000, livemode=livemode)


def test_a_bank_account_as_the_api_shows_it() -> None:
    """
    The fields in order; the number in full; the bank by name and by code; nothing said of Japan is null.
    """
    shown = shown_bank_account(kept(GIVEN), livemode=False)

    assert list(shown.items()) == [
        ("object", "bank_account"),
        ("livemode", False),
        ("last_digits", "7890"),
        ("account_number", "1234567890"),
        ("name", "Arun Dee"),
        ("type", None),
        ("created_at", "2026-02-02T03:59:00Z"),
        ("brand", "Siam Commercial Bank"),
        ("bank_code", "scb"),
        ("branch_code", None),
    ]


def test_japanese_banks_have_numbers() -> None:
    """
    The code stands where a name would.
    """
    given = {"name": "A", "number": "1234567", "bank_code": "0001", "branch_code": "002", "type": "current"}
    shown = shown_bank_account(kept(given, livemode=True), livemode=True)

    assert (shown["brand"], shown["bank_code"], shown["branch_code"], shown["type"]) == (
        "0001",
        "0001",
        "002",
        "current",
    )
    assert shown["livemode"] is True


def test_every_bank_is_taken() -> None:
    """
    The test bank in test mode only.
    """
    assert [kept(GIVEN | {"brand": code})["bank_code"] for code in BANKS] == list(BANKS)
    with pytest.raises(ApiError, match="brand is not supported"):
        kept(GIVEN | {"brand": "test"}, livemode=True)


@pytest.mark.parametrize(
    ("changes", "code", "message"),
    [
        ({"name": ""}, "bad_request", "bank_account name can't be blank"),
        (
            {"name": None, "number": None, "brand": None},
            "bad_request",
            "bank_account name can't be blank, bank_account number can't be blank, "
            "and bank_account brand can't be blank",
        ),
        ({"brand": "none"}, "invalid_bank_account", "brand is not supported"),
        ({"brand": ["scb"]}, "invalid_bank_account", "brand is not supported"),
        ({"brand": "0001"}, "invalid_bank_account", "brand is not supported"),
        ({"number": "123"}, "invalid_bank_account", "number is invalid"),
        ({"number": "12-34"}, "invalid_bank_account", "number is invalid"),
        ({"number": True}, "invalid_bank_account", "number is invalid"),
        ({"name": 5}, "invalid_bank_account", "name is invalid"),
        ({"name": "n" * 256}, "invalid_bank_account", "name is invalid"),
        ({"type": "savings"}, "invalid_bank_account", "type is not included in the list"),
        ({"account_type": "savings"}, "invalid_bank_account", "account_type is not included in the list"),
        ({"branch_code": "1"}, "invalid_bank_account", "branch_code is invalid"),
        ({"number": "1", "name": {}}, "invalid_bank_account", "name is invalid and number is invalid"),
    ],
)
def test_bad_accounts_are_refused(changes: dict[str, Any], code: str, message: str) -> None:
    """
    What is missing as any missing parameter, what is wrong with a code of its own.
    """
    with pytest.raises(ApiError) as refused:
        kept(GIVEN | changes)

    assert (refused.value.code, refused.value.message) == (code, message)


@pytest.mark.parametrize(
    ("value", "message"), [(None, "can't be blank"), ("", "can't be blank"), ("1", "must be an object")]
)
def test_a_bank_account_is_an_object(value: Any, message: str) -> None:
    """
    Whatever is in it.
    """
    with pytest.raises(Invalid, match=message):
        bank_account(value)
