from __future__ import annotations

import pytest

from omise.sandbox.refusals import ApiError, bad_request, not_found, sentence, too_large


@pytest.mark.parametrize(
    ("messages", "joined"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b, and c"),
        (list("abcd"), "a, b, c, and d"),
    ],
)
def test_messages_are_joined_like_a_sentence(messages: list[str], joined: str) -> None:
    """
    From three messages on there is a comma before the "and".
    """
    assert sentence(messages) == joined


def test_the_error_object_has_four_keys_in_order() -> None:
    """
    The location is the code's article, with dashes.
    """
    body = ApiError("used_token").body()

    assert list(body.items()) == [
        ("object", "error"),
        ("location", "https://www.omise.co/api-errors#used-token"),
        ("code", "used_token"),
        ("message", "token was already used"),
    ]


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (ApiError("authentication_failure"), 401),
        (ApiError("not_authorized", "no"), 403),
        (not_found("customer", "cust_test_1"), 404),
        (ApiError("service_not_found", "no such service"), 404),
        (ApiError("internal_error"), 500),
        (bad_request("amount is not a number"), 400),
        (ApiError("a_code_of_tomorrow", "something"), 400),
        (too_large(), 413),
    ],
)
def test_each_code_has_its_status(error: ApiError, status: int) -> None:
    """
    Nearly everything is a 400, unknown codes too.
    """
    assert error.status == status


def test_not_found_echoes_the_id_as_given() -> None:
    """
    Even an id that cannot exist is repeated.
    """
    assert not_found("token", "404?").message == "token 404? was not found"


def test_bad_request_names_all_that_was_wrong() -> None:
    """
    Several messages become one.
    """
    assert bad_request("a is invalid", "b is invalid").message == "a is invalid and b is invalid"
