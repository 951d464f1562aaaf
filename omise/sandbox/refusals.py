"""
The API's error object, its codes and their statuses.

Source: https://docs.omise.co/api-errors
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

__all__ = ["ApiError", "bad_request", "not_found", "sentence", "too_large"]

ARTICLES = "https://www.omise.co/api-errors#"

#: HTTP status of each code that is not answered with 400.
STATUSES = {
    "authentication_failure": 401,
    "not_authorized": 403,
    "not_found": 404,
    "service_not_found": 404,
    "internal_error": 500,
}

#: What a code says when the case at hand has nothing more exact to say.
MESSAGES = {
    "authentication_failure": "authentication failed",
    "invalid_card_token": "invalid card token",
    "missing_card": "request contains no card parameters",
    "used_token": "token was already used",
    "internal_error": "internal error",
}


class ApiError(Exception):
    """
    A refusal: the request is answered with this error, and nothing that it did is kept.

    *status* is only given where one code has several (a body that is too large is a ``bad_request`` with 413).
    """

    def __init__(self, code: str, message: str | None = None, *, status: int | None = None) -> None:
        self.code = code
        self.message: str = message if message is not None else MESSAGES[code]
        self.status: int = status if status is not None else STATUSES.get(code, 400)
        super().__init__(self.message)

    def body(self) -> dict[str, Any]:
        """The error object, its four keys in the order of the API."""
        return {
            "object": "error",
            "location": ARTICLES + self.code.replace("_", "-"),
            "code": self.code,
            "message": self.message,
        }


def not_found(noun: str, identifier: str) -> ApiError:
    """The answer to an id that names nothing here: the id is echoed as given, even a malformed one."""
    return ApiError("not_found", f"{noun} {identifier} was not found")


def bad_request(*messages: str) -> ApiError:
    """The general refusal, with all that was wrong in one sentence."""
    return ApiError("bad_request", sentence(messages))


def too_large() -> ApiError:
    """The answer to a body beyond the limits of `parameters`."""
    return ApiError("bad_request", "request body is too large", status=413)


def sentence(messages: Sequence[str]) -> str:
    """
    Join *messages* as the API does: ``a``, ``a and b``, ``a, b, and c``.
    """
    if len(messages) < 3:
        return " and ".join(messages)
    return ", ".join(messages[:-1]) + ", and " + messages[-1]
