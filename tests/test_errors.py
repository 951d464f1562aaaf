"""The exceptions, and which of the API's codes becomes which."""

import copy
import inspect
import pickle
import re
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from omise import errors
from omise.errors import APIError, Error, error_from

KEY, CARD = "skey_test_5xuy4w91xqz7d1w9u0t", "4242424242424242"

CLASSES = [cls for cls in vars(errors).values() if inspect.isclass(cls) and issubclass(cls, Error)]

FACTS = {
    "method": "POST",
    "url": "https://api.omise.co/charges",
    "status": 500,
    "code": "internal_error",
    "request_id": "req_1",
    "params": {"amount": 1, "metadata": {"a": [1]}},
    "body": {"object": "error"},
    "location": "https://www.omise.co/api-errors#internal-error",
    "sent_at": datetime(2026, 1, 31, tzinfo=timezone.utc),
}

CODES = [
    "authentication_failure",
    "backend_error",
    "bad_request",
    "brand_not_supported",
    "documents_locked",
    "expired_charge",
    "failed_capture",
    "failed_expire",
    "failed_fraud_check",
    "failed_multi_currency",
    "failed_refund",
    "failed_reverse",
    "failed_void",
    "internal_error",
    "invalid_amount",
    "invalid_bank_account",
    "invalid_card",
    "invalid_card_token",
    "invalid_charge",
    "invalid_file_type",
    "invalid_filter",
    "invalid_filters",
    "invalid_link",
    "invalid_page",
    "invalid_recipient",
    "invalid_scope",
    "key_expired_error",
    "locked_account_error",
    "locked_out",
    "missing_card",
    "not_authorized",
    "not_found",
    "processed_charge",
    "service_not_found",
    "too_many_requests",
    "used_token",
]


@pytest.mark.parametrize("cls", CLASSES)
@pytest.mark.parametrize(
    "remake",
    [lambda error: pickle.loads(pickle.dumps(error)), copy.copy, copy.deepcopy],
    ids=["pickle", "copy", "deepcopy"],
)
def test_errors_survive_being_copied(cls: type[Error], remake: Any) -> None:
    """An error that crosses a process (a task queue) or is copied keeps its type, its text and its facts."""
    error = cls("went wrong", **FACTS)

    twin = remake(error)

    assert type(twin) is cls
    assert str(twin) == str(error)
    assert twin.message == "went wrong"
    assert vars(twin) == vars(error)


@pytest.mark.parametrize("cls", CLASSES)
def test_every_error_can_be_made_of_a_message(cls: type[Error]) -> None:
    """Users raise them in their own tests; the facts that are not given are there, and None."""
    error = cls("went wrong")
    facts = [name for base in cls.__mro__ for name in vars(base).get("__annotations__", {})]

    assert str(error) == "went wrong"
    assert [getattr(error, name) for name in facts] == [None] * len(facts)
    assert str(cls()) == ""


@pytest.mark.parametrize("cls", CLASSES)
def test_every_error_is_explained_and_exported_by_its_name(cls: type[Error]) -> None:
    """Each class has a docstring of its own, and one family."""
    assert cls.__dict__["__doc__"]
    assert issubclass(cls, Error)
    assert getattr(errors, cls.__name__) is cls


def test_the_tree_keeps_apart_what_must_be() -> None:
    """Catching one kind does not catch another: above all, an unknown outcome is never taken for a harmless failure."""
    family = [
        errors.ConfigurationError,
        errors.DestroyedError,
        errors.APIConnectionError,
        errors.OutcomeUnknown,
        errors.SignatureError,
        errors.APIError,
    ]

    assert all(one is other or not issubclass(one, other) for one in family for other in family)


@pytest.mark.parametrize("code", CODES)
def test_every_code_of_the_api_has_its_class(code: str) -> None:
    """The class is named as the code is, so that it can be guessed."""
    error = error_from({"object": "error", "code": code, "message": "no"}, 400, None)

    assert type(error) is not APIError
    assert error.code == code
    expected = {"invalid_filter": "InvalidFilters", "locked_out": "LockedAccount"}.get(
        code, code.title().replace("_", "")
    )
    assert type(error).__name__ == expected.removesuffix("Error") + "Error"


def test_the_table_has_every_code_and_every_class() -> None:
    """No code is missing, and no class without a code."""
    assert sorted(errors.BY_CODE) == sorted(CODES)
    assert set(errors.BY_CODE.values()) == {cls for cls in CLASSES if issubclass(cls, APIError) and cls is not APIError}


def test_an_unknown_code_is_kept() -> None:
    """Codes are an open set: a new one is an APIError that says which."""
    error = error_from({"object": "error", "code": "brand_new", "message": "never seen"}, 400, "req_1")

    assert type(error) is APIError
    assert (error.code, error.message, error.status, error.request_id) == ("brand_new", "never seen", 400, "req_1")
    assert str(error) == "never seen (brand_new)"


def test_an_error_holds_what_the_api_said() -> None:
    """Code, message, status, article, request id and the whole body."""
    body = {
        "object": "error",
        "location": "https://x/#not-found",
        "code": "not_found",
        "message": "customer x was not found",
    }

    error = error_from(body, 404, "req_1")

    assert isinstance(error, errors.NotFoundError)
    assert (error.location, error.status, error.request_id) == ("https://x/#not-found", 404, "req_1")
    assert error.body == body
    assert str(error) == "customer x was not found (not_found)"


@pytest.mark.parametrize("code", [None, 7, ["a"], {}, ""])
def test_a_strange_code_is_no_reason_to_fail(code: Any) -> None:
    """Whatever stands where the code should, the error is raised and holds it."""
    error = error_from({"object": "error", "code": code}, 400, None)

    assert type(error) is APIError
    assert error.code == code
    assert "the API answered HTTP 400 without a message" in str(error)


def test_a_429_without_a_code_is_a_rate_limit() -> None:
    """The status says it, whatever the body is."""
    assert isinstance(error_from({"error": "slow down"}, 429, None), errors.TooManyRequestsError)
    assert isinstance(error_from({"code": "not_found"}, 429, None), errors.NotFoundError)


def test_an_error_repeats_no_secret_that_the_api_echoes() -> None:
    """A message or body with what was sent in it is redacted."""
    body = {
        "code": KEY,
        "message": f"{KEY} cannot use {CARD}",
        "location": f"https://{KEY}:@api.omise.co",
        "request": {"card": {"number": CARD, "security_code": "987"}, CARD: KEY},
    }

    error = error_from(body, 400, None)

    for shown in (str(error), repr(error), repr(vars(error)), pickle.dumps(error).decode("latin-1")):
        assert not [secret for secret in (KEY, CARD, "987") if secret in shown]
    assert body["request"]["card"]["number"] == CARD  # type: ignore[index]


def test_all_names_every_exception() -> None:
    """``from omise.errors import *`` brings all of them, and nothing else."""
    from omise import errors

    public = {
        name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, errors.Error)
    }

    assert errors.__all__ == sorted(public)


PAGE = (Path(__file__).parent.parent / "docs" / "errors.md").read_text()


@pytest.mark.parametrize("cls", CLASSES)
def test_every_error_is_in_the_documentation(cls: type[Error]) -> None:
    """Its name, and the codes that become it, in one row of a table."""
    codes = [code for code, kind in errors.BY_CODE.items() if kind is cls]
    row = re.search(rf"^\| `{cls.__name__}` \|.*$", PAGE, re.MULTILINE)
    row = row or re.search(rf"`omise.{cls.__name__}`", PAGE)

    assert row
    assert all(f"`{code}`" in row[0] for code in codes)


def test_what_is_learned_of_a_lost_write_is_added() -> None:
    """One fact after the other, as the call goes back to who made it."""
    error = errors.OutcomeUnknown("lost")
    error.learn(card="card_1")
    error.learn(wanted="card")

    assert error.known == {"card": "card_1", "wanted": "card"}


def test_an_error_that_was_made_by_hand_is_unknown() -> None:
    """Users raise it in their own tests: it says nothing that could be looked for."""
    answer = errors.OutcomeUnknown("lost").resolve()

    assert answer.status == "unknown"
