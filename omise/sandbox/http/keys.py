"""
API keys: which account a request is made for, what it may do, and whether it sees test or live data.

A key is never kept, only its digest.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..refusals import ApiError
from ..state.store import Document, Transaction
from .versions import LATEST

__all__ = ["APP", "PUBLIC", "SECRET", "Key", "Keyring", "digest_of", "open_account"]

PUBLIC, SECRET, APP = "public", "secret", "app"

#: ``skey_test_…`` and ``skey_…`` are documented; the official Python package's tests use the bare ``skey_test``.
#: The form of a platform app's key, ``akey_…``, is inferred.
FORM = re.compile(r"(?P<kind>[spca])key_(?:(?P<test>test)(?:_\w{1,200})?|(?!test_?$)\w{1,200})", re.ASCII)
KINDS = {"s": SECRET, "p": PUBLIC, "c": SECRET, "a": APP}
#: The key of a chain: a secret key of another's account, which only making the chain makes good.
CHAIN = "c"

#: The key for those who want to see one refused.
REFUSED = "please_let_me_in"


@dataclass(frozen=True)
class Key:
    """
    A key that was accepted.

    Attributes:
        kind: `SECRET`, `PUBLIC`, or `APP`.
        account: The document of the account that it opens.
        digest: Stands for the key itself; see `digest_of`.
    """

    kind: str
    livemode: bool
    account: Document
    digest: str


class Keyring:
    """
    Decides which keys are good. Without any given, every well-formed key is, and opens an account of its own when it is
    first used; otherwise only those given are. *on_open* is called for every new account.

    Raises ValueError for a given key that is not well-formed, without showing it.
    """

    def __init__(
        self,
        secret_keys: Iterable[str] = (),
        public_keys: Iterable[str] = (),
        on_open: Callable[[Transaction, Document], None] = lambda transaction, account: None,
    ) -> None:
        self._on_open = on_open
        given = [(key, SECRET) for key in secret_keys] + [(key, PUBLIC) for key in public_keys]
        for key, kind in given:
            match = _match(key)
            if match is None or match["kind"] != kind[0]:
                raise ValueError(f"a {kind} key reads {kind[0]}key_test_… or {kind[0]}key_…, in letters, digits and _")
        self._given = {digest_of(key) for key, _ in given}

    def authenticate(self, transaction: Transaction, header: str | None, now_ms: int) -> Key:
        """The key in an ``Authorization`` header, or the error ``authentication_failure``."""
        key = key_in(header)
        match, digest = _match(key), digest_of(key)
        account = transaction.account_of_key(digest)
        if match is None or not self._is_good(match["kind"], digest, account):
            raise ApiError("authentication_failure")
        livemode = match["test"] is None
        if account is None:
            account = open_account(transaction, digest, livemode, now_ms)
            self._on_open(transaction, account)
        return Key(KINDS[match["kind"]], livemode, account, digest)

    def _is_good(self, kind: str, digest: str, account: Document | None) -> bool:
        if kind == CHAIN:
            return account is not None
        return not self._given or digest in self._given


def digest_of(key: str) -> str:
    """What stands for *key* where the key itself must not be."""
    return hashlib.sha256(key.encode(errors="replace")).hexdigest()


def key_in(header: str | None) -> str:
    """The user name of HTTP Basic authentication; empty if there is none. The password does not matter."""
    scheme, _, encoded = (header or "").partition(" ")
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(encoded.strip(), validate=True).decode().partition(":")[0]
    except (binascii.Error, ValueError):
        return ""


def _match(key: str) -> re.Match[str] | None:
    return None if key.endswith(REFUSED) else FORM.fullmatch(key)


def open_account(transaction: Transaction, digest: str, livemode: bool, now_ms: int) -> Document:
    """A new account, empty as yet, for the key of that digest."""
    account = transaction.create(
        "account", "account", {"api_version": LATEST}, now_ms=now_ms, livemode=livemode, account=None
    )
    transaction.add_key(digest, account)
    return account
