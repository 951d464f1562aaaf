"""`omise.records.key_kinds`: kinds of keys by their looks, and what is wrong with what cannot be one."""

from typing import Any

import pytest

from omise.checks import looks_test
from omise.records.key_kinds import KEY, KEY_KINDS, fault_of

MALFORMED = [
    ('"skey_test_quoted"', "has quotation marks around it"),
    ("'skey_test_quoted'", "has quotation marks around it"),
    ("skey_test_half_a_quote'", "has quotation marks around it"),
    ("skey test", "has a space or a line break in it"),
    ("skey_test_x\n", "has a space or a line break in it"),
    (" ", "has a space or a line break in it"),
    ("skey_test_x;", "has another character in it"),
    ("<skey_test_x>", "has another character in it"),
    ("skey-test-x", "has another character in it"),
    ("skey:", "has another character in it"),
    ("skéy", "has another character in it"),
    ("skey_\x00", "has another character in it"),
    (7, "is no text but int"),
    (b"skey_1", "is bytes, not text"),
]


@pytest.mark.parametrize(("key", "fault"), MALFORMED)
def test_a_malformed_key_is_told_its_fault(key: Any, fault: str) -> None:
    """Without a word of the key."""
    assert not isinstance(key, str) or not KEY.fullmatch(key)
    assert fault_of(key).startswith(fault)


@pytest.mark.parametrize(
    ("key", "test"),
    [
        ("skey_test_5xuy4w91xqz7d1w9u0t", True),
        ("pkey_test_1", True),
        ("ckey_test", True),
        ("skey_5xuy4w91xqz7d1w9u0t", False),
        ("skey_testing", False),
        ("pkey_1", False),
        ("something_else", None),
        ("", None),
    ],
)
def test_the_looks_tell_test_from_live(key: str, test: bool | None) -> None:
    """Or nothing, for what other servers call a key."""
    assert looks_test(key) is test


def test_each_kind_has_its_variable() -> None:
    """The environment variable of the setting that holds it."""
    variables = {name: kind.environment for name, kind in KEY_KINDS.items()}

    assert variables == {"secret": "OMISE_SECRET_KEY", "public": "OMISE_PUBLIC_KEY", "app": "OMISE_APP_KEY"}
