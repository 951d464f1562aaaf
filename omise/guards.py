"""What is refused before anything is sent: writes of who only reads, live keys in tests, card data with a live key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .errors import ConfigurationError

CODES = frozenset({"csc", "cvc", "cvn", "cvv", "security_code", "securitycode"})
"""Names of the security code of a card."""

EXPIRATION = frozenset({"expiration_month", "expiration_year"})

test_runs: list[bool] = []
"""For each run of pytest that is under way in this process, whether live keys are allowed in it; the last counts."""


def refuse_write(what: str) -> ConfigurationError:
    """Return the error of who only reads, for *what*, such as ``POST /charges``."""
    return _error(
        f"{what} was not sent: readonly is set, and so this client only reads (omise.readonly, OMISE_READONLY, or "
        "omise.Client(readonly=True))"
    )


def holds_card(path: str, params: Mapping[str, Any], files: Mapping[str, Any] | None = None) -> bool:
    """Tell whether *params* or *files* hold the data of a card, at any depth, or as a form; a wallet's are no such."""
    flat = path.rstrip("/") == "/tokens" and "number" in params
    return flat or _holds_card(params) or (files is not None and _holds_card(files))


def _holds_card(fields: Mapping[str, Any]) -> bool:
    if "number" in fields and not EXPIRATION.isdisjoint(fields):  # of a bank account there is none
        return True
    return any(map(_is_card, fields, fields.values()))


def _is_card(name: object, value: Any) -> bool:
    """Tell whether the field *name* holds card data; what users put into metadata is their own business."""
    *outer, last = str(name).lower().replace("]", "").split("[")
    if last == "metadata" or "metadata" in outer:
        return False
    if last in CODES or "card" in outer:
        return True
    if last == "card":
        from .redaction import is_secret, opened  # not for the plugin of pytest, as below

        value = opened(value)
        return bool(value) and (not isinstance(value, str) or is_secret(value))
    if isinstance(value, Mapping):
        return _holds_card(value)
    return isinstance(value, (list, tuple)) and any(_holds_card(part) for part in value if isinstance(part, Mapping))


def refuse_card(what: str) -> ConfigurationError:
    """Return the error of card data that were to go with a live key in *what*."""
    return _error(
        f"{what} was not sent: it holds the data of a card, and the key is a live one. A server that handles card "
        "numbers is subject to all of PCI DSS: have Omise.js make the token in the payer's browser, and give its id as "
        "card. If you are certified, set allow_raw_card (omise.allow_raw_card = True, or OMISE_ALLOW_RAW_CARD=1)"
    )


def refuse_live(why: str, advice: str) -> ConfigurationError:
    """Return the error of a live key where none belongs, with what to do."""
    return _error(f"a live key is not used {why}. Nothing was sent: set test keys (skey_test_…, pkey_test_…){advice}")


def _error(message: str) -> ConfigurationError:
    from .errors import ConfigurationError  # the plugin of pytest imports this module, and should not pay for more

    return ConfigurationError(message)
