from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import date
from pkgutil import iter_modules
from typing import Any

import pytest

from omise.sandbox import resources
from omise.sandbox.http.parameters import Upload
from omise.sandbox.refusals import ApiError
from omise.sandbox.resources import load
from omise.sandbox.rules.validation import (
    Invalid,
    Rule,
    boolean,
    calendar_day,
    check,
    check_all,
    email,
    integer,
    metadata,
    moment,
    one_of,
    optional,
    required,
    text,
    uri,
)

NOWHERE = (
    "javascript:alert(1)",
    "JavaScript://%0aalert(1)",
    "java\tscript://%0aalert(1)",
    " javascript://%0aalert(1)",
    "vbscript://x",
    "data:text/html,x",
    "data://text/html,x",
    "file:///etc/passwd",
    "FILE://server/share",
    "blob:https://shop.example.com/1",
    "blob://1",
    "view-source:https://shop.example.com",
    "view-source://shop.example.com",
    "filesystem:https://shop.example.com/temporary/1",
    "about://blank",
    "chrome://settings",
    "chrome-extension://a/b",
    "edge://settings",
    "ms-settings://privacy",
    "search-ms://query",
    "jar://a",
    "ftp://shop.example.com",
    "ws://shop.example.com",
    "smb://server/share",
    "https://",
    "https:///done",
    "https://:443/done",
    "https://[::1/done",
    "https://shop.example.com:x/",
    "https://shop.example.com:99999/",
    "https://shop.example.com\\@other.example.com/",
)
"""Where no payer's browser is to be sent."""


def test_check_keeps_what_is_given_and_known() -> None:
    """
    Values come back converted; unknown names are ignored; what is absent stays absent.
    """
    rules = {"limit": integer(), "name": text, "email": email}

    assert check({"limit": "5", "name": None, "other": 1}, rules) == {"limit": 5, "name": None}


def test_check_all_knows_what_is_missing() -> None:
    """
    It is null in the result, unless it is required.
    """
    assert check_all({"name": "n"}, {"name": required(text), "email": email}) == {"name": "n", "email": None}
    with pytest.raises(ApiError, match="name can't be blank"):
        check_all({}, {"name": required(text), "email": email})


def test_dates_are_kept_as_such() -> None:
    """
    As far as the clock can go.
    """
    assert calendar_day("2024-02-29") == date(2024, 2, 29)
    assert calendar_day("2295-12-31") == date(2295, 12, 31)


def test_check_names_everything_that_is_wrong() -> None:
    """
    One error, in the order of the rules, with the code asked for.
    """
    with pytest.raises(ApiError) as refused:
        check({"b": "x", "a": "y", "c": []}, {"a": integer(), "b": boolean, "c": text}, "invalid_charge")

    assert refused.value.code == "invalid_charge"
    assert refused.value.message == "a is not a number, b must be true or false, and c must be a string"


@pytest.mark.parametrize(
    ("rule", "value", "kept"),
    [
        (text, "abc", "abc"),
        (text, "", ""),
        (text, None, None),
        (text, 42, "42"),
        (text, "ส" * 255, "ส" * 255),
        (email, "john@example.com", "john@example.com"),
        (email, "", ""),
        (email, None, None),
        (metadata, {"a": [1, {"b": None}]}, {"a": [1, {"b": None}]}),
        (metadata, None, {}),
        (metadata, "", {}),
        (metadata, {"a": "x" * 14_992}, {"a": "x" * 14_992}),
        (boolean, True, True),
        (boolean, "false", False),
        (boolean, "TRUE", True),
        (boolean, "1", True),
        (boolean, "0", False),
        (integer(), 5, 5),
        (integer(), "-5", -5),
        (integer(minimum=0, maximum=9), "9", 9),
        (one_of("a", "b"), "b", "b"),
        (moment, "1970-01-02", 86400),
        (optional(boolean), "true", True),
        (optional(boolean), "", None),
        (optional(boolean), None, None),
        (uri, "https://shop.example.com/ร้าน?a=1", "https://shop.example.com/ร้าน?a=1"),
        (uri, "http://localhost:3000/done", "http://localhost:3000/done"),
        (uri, "https://[::1]/done", "https://[::1]/done"),
        (uri, "shopapp://paid", "shopapp://paid"),
        (uri, "com.example.shop://paid", "com.example.shop://paid"),
        (uri, "database://paid", "database://paid"),
        (uri, "", None),
        (uri, None, None),
    ],
)
def test_good_values_are_kept(rule: Rule, value: Any, kept: Any) -> None:
    """
    In the type that they are kept in.
    """
    assert rule(value) == kept
    assert type(rule(value)) is type(kept)


@pytest.mark.parametrize(
    ("rule", "value", "problem"),
    [
        (text, True, "must be a string"),
        (text, ["a"], "must be a string"),
        (text, Upload("a", "b", b""), "must be a string"),
        (text, "ส" * 256, "is too long (maximum is 255 characters)"),
        (email, "john", "is invalid"),
        (email, "john@", "is invalid"),
        (email, "j hn@example.com", "is invalid"),
        (email, "a@b@c", "is invalid"),
        (email, "a" * 250 + "@example.com", "is too long (maximum is 255 characters)"),
        (metadata, "text", "must be an object"),
        (metadata, ["a"], "must be an object"),
        (metadata, 0, "must be an object"),
        (metadata, {"file": Upload("a", "b", b"")}, "must be an object"),
        (metadata, {"a": "x" * 14_993}, "is too long (maximum is 15000 characters)"),
        (boolean, 1, "must be true or false"),
        (boolean, "yes please", "must be true or false"),
        (integer(), "1.5", "must be an integer"),
        (integer(), 1.0, "must be an integer"),
        (integer(), True, "is not a number"),
        (integer(), "", "is not a number"),
        (integer(), "٣", "is not a number"),
        (integer(), "9" * 5000, "is not a number"),
        (integer(minimum=1), 0, "must be greater than or equal to 1"),
        (integer(maximum=1), "2", "must be less than or equal to 1"),
        (one_of("a", "b"), "c", "is not included in the list"),
        (one_of("a", "b"), ["a"], "is not included in the list"),
        (moment, "soon", "is not a valid time"),
        (moment, 5, "is not a valid time"),
        (calendar_day, "2026-02-30", "is not a valid date"),
        (calendar_day, "20260228", "is not a valid date"),
        (calendar_day, "2026-02-28T00:00:00Z", "is not a valid date"),
        (calendar_day, "2296-01-01", "is not a valid date"),
        (calendar_day, 20260228, "is not a valid date"),
        (calendar_day, None, "is not a valid date"),
        (optional(boolean), "x", "must be true or false"),
        (uri, "shop.example.com", "is not a valid URI"),
        (uri, "https://shop.example.com/\r\nSet-Cookie: a=b", "is not a valid URI"),
        (uri, "https://shop.example.com/a b", "is not a valid URI"),
        *((uri, address, "is not a valid URI") for address in NOWHERE),
        (uri, "https://" + "a" * 2000, "is not a valid URI"),
        (uri, 5, "is not a valid URI"),
        (required(text), None, "can't be blank"),
        (required(text), " ", "can't be blank"),
        (required(text), True, "must be a string"),
    ],
)
def test_bad_values_are_refused(rule: Rule, value: Any, problem: str) -> None:
    """
    With the end of a sentence about them.
    """
    with pytest.raises(Invalid) as refused:
        rule(value)

    assert str(refused.value) == problem


def parameters() -> Iterator[tuple[str, str, Rule]]:
    """All parameters of all resources that are addresses: the module, the name, the rule."""
    load()
    for module in iter_modules(resources.__path__, f"{resources.__name__}."):
        for table in vars(sys.modules[module.name]).values():
            if isinstance(table, dict):
                for name, rule in table.items():
                    if isinstance(name, str) and re.search("ur[il]s?$|endpoint", name) and callable(rule):
                        yield module.name.rpartition(".")[2], name, rule


@pytest.mark.parametrize("address", NOWHERE)
def test_no_address_parameter_leads_where_no_browser_may_go(address: str) -> None:
    """
    Whatever the resource, and wherever in its parameters: a walk over all of them.
    """
    found = list(parameters())
    for module, name, rule in found:
        for value in (
            address,
            [address],
            {"complete_url": address},
            {"complete_url": "app://x", "cancel_url": address},
        ):
            with pytest.raises(Invalid):
                print(module, name, value, rule(value))

    assert {(module, name) for module, name, _ in found} == {
        ("account", "chain_return_uri"),
        ("account", "webhook_uri"),
        ("charge", "return_uri"),
        ("charge", "webhook_endpoints"),
        ("charging", "return_uri"),
        ("charging", "webhook_endpoints"),
        ("checkout_session", "cancel_url"),
        ("checkout_session", "complete_url"),
        ("checkout_session", "redirect_urls"),
        ("linked_account", "return_uri"),
    }
