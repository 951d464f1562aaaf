"""
Signatures of webhooks, and the secrets that they are made with.

Source: https://docs.omise.co/api-webhooks
"""

from __future__ import annotations

import base64
import binascii
import hmac

from ..state.salts import derive
from ..state.store import Document, Selection, Transaction

__all__ = ["default_secret", "is_usable", "secret_key", "set_default_secret", "sign", "signing_secrets"]

PURPOSE = SETTING = "webhook_secret"


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """
    The signature of *body*: HMAC-SHA256 of ``timestamp.body``, in 64 hex digits. *secret* is base64, as merchants see
    it; its bytes are the key.
    """
    return hmac.new(base64.b64decode(secret), timestamp.encode() + b"." + body, "sha256").hexdigest()


def secret_key(store: Transaction, secret: Document) -> str:
    """A webhook secret itself: 32 bytes in base64."""
    return base64.b64encode(derive(store, PURPOSE, secret.id)).decode()


def default_secret(store: Transaction) -> str:
    """What signs for accounts that have no secret of their own: the one that was set, or one of this database's."""
    return store.setting(SETTING) or base64.b64encode(derive(store, PURPOSE, "")).decode()


def set_default_secret(store: Transaction, secret: str | None) -> None:
    """From now on, let *secret* be that; None leaves it as it is. Raises ValueError if it cannot, without it."""
    if secret is None:
        return
    try:
        usable = bool(base64.b64decode(secret, validate=True))
    except (binascii.Error, ValueError):
        usable = False
    if not usable:
        raise ValueError("a webhook secret is base64, as the dashboard shows it")
    store.set_setting(SETTING, secret)


def is_usable(secret: Document, now_ms: int) -> bool:
    """Whether a webhook secret signs: it is neither revoked, nor was it replaced too long ago."""
    return secret["revoked"] is None and (secret["expires"] is None or now_ms < secret["expires"])


def signing_secrets(store: Transaction, account: str, now_ms: int) -> list[str]:
    """The secrets that sign for an account now: the current one, then the one it replaced, as long as that is good."""
    secrets = store.select(Selection("webhook_secret", account=account), reverse=True)
    return [secret_key(store, secret) for secret in secrets if is_usable(secret, now_ms)] or [default_secret(store)]
