"""
What only one database knows: keys, signatures and secrets that must last are worked out from it, and not kept.
"""

from __future__ import annotations

import hmac
import secrets

from .store import Transaction

__all__ = ["derive"]

SALT = "salt"


def derive(store: Transaction, purpose: str, name: str) -> bytes:
    """32 bytes for *name* that are the same at every call, and that nobody can tell without the database."""
    salt = store.setting(SALT)
    if salt is None:
        salt = secrets.token_hex()
        store.set_setting(SALT, salt)
    return hmac.digest(bytes.fromhex(salt), f"{purpose}:{name}".encode(), "sha256")
