"""What a setting may be: which values are kept, and which are refused when they are set."""

import sys
from pathlib import Path
from typing import Any

import pytest

import omise
from omise.checks import (
    check_flag,
    check_hooks,
    check_most,
    check_rate,
    check_shared,
    is_loopback,
    is_test_key,
    looks_test,
)
from omise.errors import ConfigurationError

from .canaries import shown


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "::1", "Localhost"])
def test_this_machine_is_known(host: str) -> None:
    """Loopback by name, and every loopback address."""
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host", ["api.omise.co", "0.0.0.0", "10.0.0.1", "localhost.example.com", "api.localhost", "", "127.1"]
)
def test_no_other_machine_is_taken_for_this_one(host: str) -> None:
    """A name that the network may resolve is not this machine, whatever it looks like."""
    assert not is_loopback(host)


@pytest.mark.parametrize(
    ("key", "is_test", "looks"),
    [
        ("skey_test_5xuy4w91xqz7d1w9u0t", True, True),
        ("ckey_test", True, True),
        ("skey_5xuy4w91xqz7d1w9u0t", False, False),
        ("pkey_testing", False, False),
        ("something_else", False, None),
    ],
)
def test_keys_by_their_looks(key: str, is_test: bool, looks: bool | None) -> None:
    """What is no key of the API at all is no test key, and no live one either."""
    assert is_test_key(key) is is_test
    assert looks_test(key) is looks


@pytest.mark.parametrize(
    ("value", "kept"), [(True, True), (False, False), ("1", True), ("TRUE", True), ("0", False), (" false ", False)]
)
def test_a_flag_is_true_or_false(value: Any, kept: bool) -> None:
    """Or says so in the environment."""
    assert check_flag("readonly", value) is kept


def notice(info: Any) -> None:
    """A hook."""


def test_hooks_are_one_or_several() -> None:
    """They are kept as a tuple, whatever they come in."""
    assert check_hooks("on_wait", None) == ()
    assert check_hooks("on_wait", notice) == (notice,)
    assert check_hooks("on_wait", [notice, print]) == (notice, print)
    assert check_hooks("on_wait", iter([notice])) == (notice,)


def test_no_limit_is_said_with_0_or_none() -> None:
    """Both are kept as 0."""
    assert (check_most("m", None), check_most("m", 0), check_most("m", "7")) == (0, 0, 7)
    assert (check_rate("r", None), check_rate("r", 0), check_rate("r", 0.5)) == (0.0, 0.0, 0.5)


def test_what_limits_are_shared_by(tmp_path: Path) -> None:
    """A file, as text or as a path, which need not be there yet; or the address of a redis."""
    file = tmp_path / "limits"
    assert check_shared("limits_shared_by", None) is None
    assert check_shared("limits_shared_by", file) == check_shared("limits_shared_by", str(file)) == str(file)
    assert check_shared("limits_shared_by", "redis://localhost/0") == "redis://localhost/0"


BAD: list[tuple[Any, Any]] = [
    *[(check_flag, value) for value in (None, 1, 0, "yes please", [])],
    *[(check_hooks, value) for value in (7, "print", b"print", [print, 7], [None])],
    *[(check_most, value) for value in (-1, 1.5, True, "many", [])],
    *[(check_rate, value) for value in (-1, True, "20", float("inf"), float("nan"))],
    *[(check_shared, value) for value in (7, "", " ", b"limits", "memcached://host", "/no/such/folder/limits", "/")],
]


@pytest.mark.parametrize(("check", "value"), BAD)
def test_nonsense_is_refused_by_name(check: Any, value: Any) -> None:
    """The message begins with the setting."""
    with pytest.raises(ConfigurationError, match=r"^the_setting "):
        check("the_setting", value)


@pytest.mark.parametrize(
    ("module", "value", "advice"),
    [("redis", "redis://:pass-word-1@host/0", "the extra redis"), ("fcntl", "limits", "a system with fcntl")],
)
def test_what_a_place_needs_is_said_when_it_is_set(
    monkeypatch: pytest.MonkeyPatch, module: str, value: str, advice: str
) -> None:
    """Not when a payment is under way; the password in an address is not shown."""
    monkeypatch.setattr("omise.checks.find_spec", lambda name: None if name == module else object())

    with pytest.raises(ConfigurationError, match=advice) as refused:
        check_shared("limits_shared_by", value)
    assert "pass-word" not in str(refused.value)


def test_the_checks_of_modules_import_none_of_them() -> None:
    """A look at whether redis is there does not load it."""
    loaded = {*sys.modules}
    check_shared("limits_shared_by", "redis://localhost/0")

    assert {*sys.modules} - loaded == set()


@pytest.mark.parametrize(
    "place",
    [
        "redi://:{}@localhost:6379/0",
        "redis://:{}@localhost:99999/0",
        "redis://:{}/x@localhost/0",
        "redis://:x/{}@localhost:99999/0",
        "redis://:x@{}@localhost:99999/0",
        "redis://user:{}@[::1/0",
        "redis://localhost:99999/0?password={}",
        "redis:/:{}@localhost/0",
        "redis//:{}@localhost/0",
        "redis:{}@localhost/0",
        " redis://:{}@localhost/0",
        "http://user:{}@localhost",
    ],
)
def test_the_password_of_a_misspelt_redis_is_not_shown(place: str) -> None:
    """Whatever is wrong with its address, and whichever characters the password has."""
    with pytest.raises(ConfigurationError, match="limits_shared_by") as refused:
        omise.Client(limits_shared_by=place.format("hunter2"))

    assert "hunter2" not in "".join(text for _, text in shown(refused.value))


@pytest.mark.parametrize(
    "place", ["redis://:{}@h/0", "redis://:x@{}@h/0", "unix://u:{}@/run/s", "redis://h?password={}"]
)
def test_the_password_of_a_redis_is_not_shown(place: str) -> None:
    """Where the settings are."""
    assert "hunter2" not in repr(omise.Client(limits_shared_by=place.format("hunter2")))
