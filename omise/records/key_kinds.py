"""The kinds of keys, how they look, and what is wrong with one that cannot be."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..config import Config


class KeyKind(NamedTuple):
    """A kind of key: the setting that holds it, and how such keys begin."""

    setting: str
    prefixes: tuple[str, ...]
    purpose: str

    @property
    def environment(self) -> str:
        """The variable of the environment that the setting is read from."""
        return str(getattr(Config, self.setting).env)


KEY_KINDS = {
    "secret": KeyKind("secret_api_key", ("skey_", "ckey_"), "a secret key (skey_…)"),
    "public": KeyKind("public_api_key", ("pkey_",), "a public key (pkey_…)"),
    "app": KeyKind("app_key", (), "the key of a platform app"),
}

PREFIXES = tuple(prefix for kind in KEY_KINDS.values() for prefix in kind.prefixes)
KEY = re.compile(r"[A-Za-z0-9_]+")


def fault_of(key: object) -> str:
    """Return what is wrong with a malformed *key*, without showing it."""
    if not isinstance(key, (str, bytes)):
        return f"is no text but {type(key).__name__}"
    if not key or isinstance(key, bytes):
        return "is bytes, not text" if key else "is empty"
    if {key[0], key[-1]} & {*"\"'`"}:
        return "has quotation marks around it, as an env file may have them"
    if re.search(r"\s", key):
        return "has a space or a line break in it"
    return "has another character in it"
