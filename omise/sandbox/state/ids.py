"""
Identifiers that carry their time of creation, so that sorting by id is sorting by time.

The 19 characters are a number in base 36: the Unix time in milliseconds, then 55 bits that are random in the API.
"""

from __future__ import annotations

import secrets
import threading

__all__ = ["Ids", "created_ms", "identifier", "suffix"]

ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
RANDOM_BITS = 55
#: Ids made within one millisecond follow each other at random distances of up to 2 ** STEP_BITS.
STEP_BITS = 32


class Ids:
    """
    Makes the numbers behind identifiers, each larger than the one before, whatever the clock does.

    *after_ms* is the time of the newest id that exists already.
    """

    def __init__(self, after_ms: int = 0) -> None:
        self._last = ((after_ms + 1) << RANDOM_BITS) - 1
        self._lock = threading.Lock()

    def next(self, now_ms: int) -> int:
        """A number for something created at *now_ms* (Unix time in milliseconds)."""
        with self._lock:
            if now_ms > created_ms(self._last):
                self._last = (now_ms << RANDOM_BITS) | secrets.randbits(RANDOM_BITS)
            else:
                self._last += 1 + secrets.randbits(STEP_BITS)
            return self._last


def identifier(prefix: str, livemode: bool, number: int) -> str:
    """The id as clients see it, such as ``cust_test_65l7h9uwyyj2ihhaj3s``."""
    return f"{prefix}_{suffix(number)}" if livemode else f"{prefix}_test_{suffix(number)}"


def suffix(number: int) -> str:
    """*number* in base 36; 19 characters for every date between 1979 and 2296."""
    digits = []
    while number:
        number, digit = divmod(number, 36)
        digits.append(ALPHABET[digit])
    return "".join(reversed(digits))


def created_ms(number: int) -> int:
    """The time in *number*: Unix time in milliseconds."""
    return number >> RANDOM_BITS
