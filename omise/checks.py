"""What a setting may be: each check returns its value as it is kept, or raises `ConfigurationError` that names it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from functools import lru_cache
from importlib.util import find_spec
from ipaddress import ip_address
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from .hooks import Hook
from .neighbour import CLASH

try:
    from .errors import ConfigurationError
except ImportError:  # the file is the official package's, or went with it; whatever is used of this package gets here
    raise ImportError(CLASH) from None

from .redaction import MASK, redact_text, short

Timeout: TypeAlias = "float | tuple[float, float]"
"""Seconds to wait: for connecting and for each part of an answer, or one number for both."""

_HEADER = re.compile(r"[!-~]([ -~]*[!-~])?")
_HOST = r"[\w-]+(?:\.[\w-]+)*|\[[\da-f:.]+]"
_ADDRESS = re.compile(rf"(https?)://({_HOST})(?::(\d{{1,5}}))?(?:/[\w.~-]+)*/?", re.ASCII | re.IGNORECASE)


def check_text(name: str, value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise ConfigurationError(f"{name} must be text or None, got {type(value).__name__}")


def check_name(name: str, value: Any) -> str | None:
    if value is None or (isinstance(value, str) and value.strip()):
        return value
    raise ConfigurationError(f"{name} must be None or the name of a key in metadata, such as 'ref'")


def check_header(name: str, value: Any) -> str | None:
    """Return *value* if it can stand in a header: a line break would begin another one."""
    if value is None or (isinstance(value, str) and _HEADER.fullmatch(value)):
        return value
    raise ConfigurationError(f"{name} must be None or printable ASCII text, without spaces at its ends")


def check_address(name: str, value: Any) -> str:
    """Return an address without a slash at its end."""
    found = _ADDRESS.fullmatch(value) if isinstance(value, str) else None
    if found is None or int(found[3] or 443) not in range(1, 65536):
        raise ConfigurationError(f"{name} must be an address such as https://api.omise.co, and nothing more")
    return found[0].removesuffix("/")


def check_hosts(name: str, value: Any) -> tuple[str, ...]:
    """Return names of hosts in lower case, which come as text (``"sandbox, ci"``) or one by one."""
    names = re.split(r"[\s,]+", value.strip(" ,")) if isinstance(value, str) and value.strip(" ,") else value or ()
    hosts = [*names] if isinstance(names, Iterable) else [names]
    for host in hosts:
        if not isinstance(host, str) or not re.fullmatch(_HOST, host, re.ASCII | re.IGNORECASE):
            raise ConfigurationError(f"{name} must be names of hosts such as 'sandbox', without port and address")
    return tuple(host.lower() for host in hosts)


@lru_cache(maxsize=64)
def check_reach(name: str, address: str, allowed: tuple[str, ...], is_test: bool = True) -> None:
    """
    Raise `ConfigurationError` if *address* is of plain http to another machine, unless its host is *allowed*.

    A key that is no test key (*is_test*) never goes to one, allowed or not.
    """
    if not address.lower().startswith("http://"):
        return
    found = _ADDRESS.fullmatch(address)
    host = found[2].lower() if found else ""
    if is_loopback(host.strip("[]")):
        return
    if host not in allowed:
        raise ConfigurationError(
            f"{name} is {address}: a key never goes over plain http to another machine; use https, a loopback address, "
            "or for test keys a host that is named in allow_http_hosts (or OMISE_ALLOW_HTTP_HOSTS)"
        )
    if not is_test:
        raise ConfigurationError(
            f"{name} is {address}: only a test key (skey_test_…) goes over plain http, to any host"
        )


def is_test_key(key: str) -> bool:
    """Tell whether *key* is one for test data, by its looks."""
    return looks_test(key) is True


def is_live(key: str | None) -> bool:
    """Tell whether *key* may move money: what is not surely a test key may."""
    return key is not None and not is_test_key(key)


_MODE = re.compile(r"[a-z]key_(test(?:_|$))?")


def looks_test(key: str) -> bool | None:
    """Tell whether *key* is one for test data; None if its looks do not say."""
    found = _MODE.match(key)
    return None if found is None else found[1] is not None


LONGEST = 10**9
"""Seconds, some thirty years: about what a system can wait."""


def check_timeout(name: str, value: Any) -> Timeout:
    """Return *value* if it is a number of seconds, or a pair of them."""
    if isinstance(value, str):
        value = number_in(name, value)
    pair = value if isinstance(value, (tuple, list)) else (value, value)
    if len(pair) != 2 or not all(is_number(seconds) and 0 < seconds <= LONGEST for seconds in pair):
        raise ConfigurationError(
            f"{name} must be seconds above 0, or a pair of them (connect, read), got {short(value)}"
        )
    return value if not isinstance(value, list) else (pair[0], pair[1])


def check_seconds(name: str, value: Any) -> float:
    """Return *value* if it is a number of seconds, 0 or more."""
    if not is_number(value) or not 0 <= value <= LONGEST:
        raise ConfigurationError(f"{name} must be seconds, 0 or more, got {short(value)}")
    return float(value)


def check_deadline(name: str, value: Any) -> float | None:
    """Return *value* if it is a number of seconds above 0, or None."""
    if value is None or (is_number(value) and 0 < value <= LONGEST):
        return value  # type: ignore[no-any-return]
    raise ConfigurationError(f"{name} must be seconds above 0, or None, got {short(value)}")


def check_count(name: str, value: Any) -> int:
    if isinstance(value, str):
        value = number_in(name, value)
    if not is_number(value) or not 0 <= value < float("inf") or value != int(value):
        raise ConfigurationError(f"{name} must be a whole number, 0 or more, got {short(value)}")
    return int(value)


def number_in(name: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ConfigurationError(f"{name} must be a number, got {short(text)}") from None


def is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def is_loopback(host: str) -> bool:
    """Tell whether *host* is this machine, by name or address."""
    if host.lower() == "localhost":  # not api.localhost: many a resolver asks the network for it
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def check_flag(name: str, value: Any) -> bool:
    """Return *value* if it is true or false; the environment says it with ``1`` or ``0``."""
    known = {True: True, False: False, "1": True, "true": True, "0": False, "false": False}
    word = value.strip().lower() if isinstance(value, str) else value
    if isinstance(word, (bool, str)) and word in known:
        return known[word]
    raise ConfigurationError(f"{name} must be true or false, got {short(value)}")


def check_most(name: str, value: Any) -> int:
    """Return *value* if it is a whole number; None is 0, which is no limit."""
    return 0 if value is None else check_count(name, value)


def check_rate(name: str, value: Any) -> float:
    """Return *value* if it is a number, 0 or more; None is 0, which is no limit."""
    if value is not None and (not is_number(value) or not 0 <= value < float("inf")):
        raise ConfigurationError(f"{name} must be a number, 0 or more, or None, got {short(value)}")
    return float(value or 0)


def _has_port(address: str) -> bool:
    """Tell whether the port in *address* is one, or there is none."""
    try:
        return urlsplit(address).port != 0
    except ValueError:
        return False


REDIS = ("redis://", "rediss://", "unix://")
_USER = re.compile(r"(:/*).*@", re.DOTALL)
"""Who connects, in an address that may be misspelt: the password may have any character in it."""


def check_shared(name: str, value: Any) -> str | None:
    """Return *value* if it is the address of a redis, or a file in a folder that there is."""
    if value is None:
        return None
    place = os.fspath(value) if isinstance(value, (str, os.PathLike)) else b""
    if not isinstance(place, str) or not place.strip():
        raise ConfigurationError(f"{name} must be None, a file, or the address of a redis (redis://…)")
    is_redis, shown = place.startswith(REDIS), redact_text(_USER.sub(rf"\1{MASK}@", place))
    if "://" in place and not (is_redis and _has_port(place)):
        raise ConfigurationError(f"{name} is {shown}: it must be like redis://host:6379/0, or rediss:// or unix://")
    if find_spec("redis" if is_redis else "fcntl") is None:
        lack = "the package redis, which the extra redis brings" if is_redis else "a system with fcntl; name a redis"
        raise ConfigurationError(f"{name} is {shown}: that needs {lack}")
    if not is_redis and (os.path.isdir(place) or not os.path.isdir(os.path.dirname(os.path.abspath(place)))):
        raise ConfigurationError(f"{name} is {shown}: it must be a file in a folder that there is")
    return place


def check_hooks(name: str, value: Any) -> tuple[Hook, ...]:
    """Return the functions that *value* is, one or several."""
    hooks = () if value is None else (value,) if callable(value) else value
    if isinstance(hooks, Iterable) and not isinstance(hooks, (str, bytes)) and all(map(callable, hooks := [*hooks])):
        return tuple(hooks)
    raise ConfigurationError(f"{name} must be a function that takes one argument, or several of them")
