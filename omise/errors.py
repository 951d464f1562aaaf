"""
Every exception of this package, and which of the API's error codes becomes which class.

::

    Error                        anything below; nothing else is raised on purpose, but for TypeError,
     │                           ValueError and AttributeError where Python itself would raise them
     ├─ ConfigurationError       a setting is missing or wrong                    nothing was sent
     ├─ DestroyedError           the record was destroyed before                  nothing was sent
     ├─ APIConnectionError       no usable answer                                 nothing was changed
     ├─ OutcomeUnknown           a write was sent and its answer lost             it may have been carried out
     ├─ SignatureError           a webhook that the API did not sign
     └─ APIError                 the API refused                                  nothing was changed
         └─ NotFoundError, InvalidCardError, …   one class per error code

A declined charge is not an error: the API answers with a charge whose ``status`` is ``"failed"``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar, overload

from .directory import load
from .redaction import redact, redact_text

if TYPE_CHECKING:
    from .resolution import Resolved  # whose dataclasses a first call need not wait for

__all__ = [
    "APIConnectionError",
    "APIError",
    "AuthenticationFailureError",
    "BackendError",
    "BadRequestError",
    "BaseError",
    "BrandNotSupportedError",
    "ConfigurationError",
    "DestroyedError",
    "DocumentsLockedError",
    "Error",
    "ExpiredChargeError",
    "FailedCaptureError",
    "FailedExpireError",
    "FailedFraudCheckError",
    "FailedMultiCurrencyError",
    "FailedRefundError",
    "FailedReverseError",
    "FailedVoidError",
    "InternalError",
    "InvalidAmountError",
    "InvalidBankAccountError",
    "InvalidCardError",
    "InvalidCardTokenError",
    "InvalidChargeError",
    "InvalidFileTypeError",
    "InvalidFiltersError",
    "InvalidLinkError",
    "InvalidPageError",
    "InvalidRecipientError",
    "InvalidScopeError",
    "KeyExpiredError",
    "LockedAccountError",
    "MissingCardError",
    "NotAuthorizedError",
    "NotFoundError",
    "OutcomeUnknown",
    "ProcessedChargeError",
    "ServiceNotFoundError",
    "SignatureError",
    "TooManyRequestsError",
    "UsedTokenError",
]

R = TypeVar("R")


class Error(Exception):
    """Anything that this package raises on purpose."""

    def __init__(self, message: str = "", **facts: Any) -> None:
        message = redact_text(message)
        super().__init__(message)
        self.message = message
        for name, value in facts.items():
            setattr(self, name, value)

    def __reduce__(self) -> tuple[Any, ...]:
        # Exceptions pickle by their positional arguments alone; the facts travel as state.
        return type(self), self.args, self.__dict__


BaseError = Error
"""The name that the official Python package gives to `Error`."""


class ConfigurationError(Error):
    """A setting is missing, of the wrong kind, or unknown. Nothing was sent."""


class DestroyedError(Error):
    """The record was destroyed before, so that nothing can be done with it any more. Nothing was sent."""


class SignatureError(Error):
    """A webhook was not signed by the API, or not recently, or not this body."""


class APIConnectionError(Error):
    """
    No usable answer came back, and nothing was changed by the request.

    Either it never reached the API (no connection, an unknown host, TLS, a timeout while connecting), or it was
    a read whose answer was lost or could not be understood.

    Attributes:
        method: The verb of the request, such as ``"GET"``.
        url: Its address.
        status: HTTP status of the answer, None if there was none.
        request_id: The ``X-Request-Id`` of the answer, None if there was none.
    """

    method: str | None = None
    url: str | None = None
    status: int | None = None
    request_id: str | None = None


class OutcomeUnknown(Error):
    """
    A write was sent, and its answer was lost or could not be understood: it may have been carried out, or not.

    It was not sent again, since that could charge a card twice. `resolve` finds out. It can be pickled, and resolved
    later, by another process.

    Attributes:
        method: The verb of the request, such as ``"POST"``.
        path: Its path, as the API has it: ``/charges``.
        url: Its address.
        params: What was sent, without card numbers, security codes and keys.
        sent_at: When it was first sent, in UTC.
        lost_at: When its answer was given up, in UTC.
        tries: How often it was sent, or tried to be.
        status: HTTP status of the answer, where there was one (a 5xx).
        code: Error code of that answer.
        request_id: The ``X-Request-Id`` of the answer, None if there was none.
        account: What tells the account's key from others, and does not tell the key.
        reference: The key in ``metadata`` whose value nothing else has, where `omise.reference_key` named one.
        known: What else it is found by: the fields as they were before, or the id of the card.
    """

    method: str | None = None
    path: str | None = None
    url: str | None = None
    params: Any = None
    sent_at: datetime | None = None
    lost_at: datetime | None = None
    tries: int | None = None
    status: int | None = None
    code: str | None = None
    request_id: str | None = None
    account: str | None = None
    reference: str | None = None
    known: Mapping[str, Any] | None = None

    @overload
    def resolve(self, client: Any = None, *, within: float = 0, settled_after: float = 30) -> Resolved[Any]: ...
    @overload
    def resolve(
        self, client: Any = None, *, of: type[R], within: float = 0, settled_after: float = 30
    ) -> Resolved[R]: ...
    def resolve(
        self, client: Any = None, *, of: type[Any] | None = None, within: float = 0, settled_after: float = 30
    ) -> Resolved[Any]:
        """
        Ask the API what became of the write. Nothing is written; it may be asked as often as you like.

        Returns `Done` with the record, `NotDone`, or `StillUnknown` with the reason and the records that it may be.

        Args:
            client: The account, an `omise.Client`, for an error that was pickled; by default the current one.
            of: The type of record that is expected, for type checkers.
            within: Seconds to go on asking while the API may still be at work.
            settled_after: Seconds after the loss of the answer for which that is assumed. (inferred)

        Raises `ConfigurationError` for the key of another account, TypeError for a record of another type, and what
        the API's refusal of the reading raises, such as `AuthenticationFailureError`.
        """
        if not _resolvers:  # unpickled, in a program that made no call yet
            load("Client")
        return _resolvers[0](self, client, of, within, settled_after)

    def learn(self, **facts: Any) -> None:
        """Add *facts* to what is known of it."""
        self.known = {**(self.known or {}), **facts}


_resolvers: list[Callable[..., Resolved[Any]]] = []


def resolve_with(resolver: Callable[..., Resolved[Any]]) -> Callable[..., Resolved[Any]]:
    """Have `OutcomeUnknown.resolve` ask *resolver*: the client knows the resources, and how each write is found."""
    _resolvers[:] = [resolver]
    return resolver


class APIError(Error):
    """
    The API refused the request: its answer was an error object, and nothing was changed.

    Attributes:
        code: The reason to match on, such as ``"failed_capture"``. New ones appear without notice.
        message: The API's text for people; it may change.
        status: HTTP status of the answer.
        location: Address of the article about this error.
        request_id: The ``X-Request-Id`` of the answer, to quote to Omise's support.
        body: The answer's JSON, as a dict.

    Source: https://docs.omise.co/api-errors
    """

    code: str | None = None
    status: int | None = None
    location: str | None = None
    request_id: str | None = None
    body: dict[str, Any] | None = None

    def __str__(self) -> str:
        return f"{self.message} ({self.code})" if self.code else self.message


class AuthenticationFailureError(APIError):
    """The key is not valid (401)."""


class BackendError(APIError):
    """The payment provider could not be reached."""


class BadRequestError(APIError):
    """A parameter is missing or wrong; the message says which."""


class BrandNotSupportedError(APIError):
    """The account cannot charge cards of this brand."""


class DocumentsLockedError(APIError):
    """The dispute is not open, so that its documents cannot change."""


class ExpiredChargeError(APIError):
    """The charge's authorization or payment code has run out."""


class FailedCaptureError(APIError):
    """The charge cannot be captured."""


class FailedExpireError(APIError):
    """The charge cannot be expired."""


class FailedFraudCheckError(APIError):
    """The card was flagged as fraudulent."""


class FailedMultiCurrencyError(APIError):
    """The currency could not be converted."""


class FailedRefundError(APIError):
    """The charge cannot be refunded, or not by this amount."""


class FailedReverseError(APIError):
    """The charge cannot be reversed."""


class FailedVoidError(APIError):
    """The refund cannot be carried out as a void."""


class InternalError(APIError):
    """A fault inside the API (500)."""


class InvalidAmountError(APIError):
    """The amount is out of range."""


class InvalidBankAccountError(APIError):
    """The recipient's bank account is not valid."""


class InvalidCardError(APIError):
    """The card's data is not valid; the message says which."""


class InvalidCardTokenError(APIError):
    """The card token is not usable."""


class InvalidChargeError(APIError):
    """The charge's parameters are not valid; the message says which."""


class InvalidFileTypeError(APIError):
    """The file is not a PNG, JPG or PDF."""


class InvalidFiltersError(APIError):
    """A search filter is unknown, or its value malformed."""


class InvalidLinkError(APIError):
    """The payment link's parameters are not valid."""


class InvalidPageError(APIError):
    """The search has no such page."""


class InvalidRecipientError(APIError):
    """The recipient's parameters are not valid."""


class InvalidScopeError(APIError):
    """The search scope is missing or unknown."""


class KeyExpiredError(APIError):
    """The key has expired."""


class LockedAccountError(APIError):
    """The account is locked."""


class MissingCardError(APIError):
    """The request holds no card."""


class NotAuthorizedError(APIError):
    """This account may not do that (403)."""


class NotFoundError(APIError):
    """No record of that id in this account and mode (404)."""


class ProcessedChargeError(APIError):
    """The charge was paid, or failed, before; it cannot be marked again."""


class ServiceNotFoundError(APIError):
    """This version of the API has no such address."""


class TooManyRequestsError(APIError):
    """The rate limit was reached (429), and stayed so through every try. Nothing was carried out."""


class UsedTokenError(APIError):
    """The token was used before; a token can be used once."""


BY_CODE: dict[str, type[APIError]] = {
    "authentication_failure": AuthenticationFailureError,
    "backend_error": BackendError,
    "bad_request": BadRequestError,
    "brand_not_supported": BrandNotSupportedError,
    "documents_locked": DocumentsLockedError,
    "expired_charge": ExpiredChargeError,
    "failed_capture": FailedCaptureError,
    "failed_expire": FailedExpireError,
    "failed_fraud_check": FailedFraudCheckError,
    "failed_multi_currency": FailedMultiCurrencyError,
    "failed_refund": FailedRefundError,
    "failed_reverse": FailedReverseError,
    "failed_void": FailedVoidError,
    "internal_error": InternalError,
    "invalid_amount": InvalidAmountError,
    "invalid_bank_account": InvalidBankAccountError,
    "invalid_card": InvalidCardError,
    "invalid_card_token": InvalidCardTokenError,
    "invalid_charge": InvalidChargeError,
    "invalid_file_type": InvalidFileTypeError,
    "invalid_filter": InvalidFiltersError,
    "invalid_filters": InvalidFiltersError,
    "invalid_link": InvalidLinkError,
    "invalid_page": InvalidPageError,
    "invalid_recipient": InvalidRecipientError,
    "invalid_scope": InvalidScopeError,
    "key_expired_error": KeyExpiredError,
    "locked_account_error": LockedAccountError,
    "locked_out": LockedAccountError,
    "missing_card": MissingCardError,
    "not_authorized": NotAuthorizedError,
    "not_found": NotFoundError,
    "processed_charge": ProcessedChargeError,
    "service_not_found": ServiceNotFoundError,
    "too_many_requests": TooManyRequestsError,
    "used_token": UsedTokenError,
}
"""Which error code becomes which class. A code that is not here becomes a plain `APIError` that keeps it."""


def error_from(body: dict[str, Any], status: int, request_id: str | None) -> APIError:
    """
    Return the exception for the error object *body*.

    Its texts are redacted, since the API may echo what was sent.
    """
    body = redact(body)
    code = body.get("code")
    message = body.get("message") or f"the API answered HTTP {status} without a message"
    kind = BY_CODE.get(code, APIError) if isinstance(code, str) else APIError
    if code is None and status == 429:
        kind = TooManyRequestsError

    return kind(
        str(message),
        code=code,
        status=status,
        location=body.get("location"),
        request_id=request_id,
        body=body,
    )
