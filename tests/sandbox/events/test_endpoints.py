from __future__ import annotations

from typing import Any

import pytest

from omise.sandbox.app import Application
from omise.sandbox.events.endpoints import endpoint
from omise.sandbox.rules.validation import Invalid


@pytest.mark.parametrize(
    "uri",
    [
        "https://shop.example.com/omise/events",
        "https://shop.example.com:8443/?a=1#b",
        "http://localhost/hook",
        "http://127.0.0.1:8000",
        "http://[::1]:8000/hook",
    ],
)
def test_https_is_taken_and_http_to_this_machine(uri: str) -> None:
    """
    The address is kept as it is.
    """
    assert endpoint(uri) == uri


@pytest.mark.parametrize("nothing", ["", None])
def test_an_empty_one_clears_it(nothing: Any) -> None:
    """
    So does null.
    """
    assert endpoint(nothing) is None


@pytest.mark.parametrize(
    "uri",
    [
        "http://shop.example.com/hook",
        "http://127.0.0.1.example.com/",
        "http://localhost@example.com/",
        "ftp://localhost/",
        "https://",
        "https:///path",
        "https://[::1/",
        "https://host:port/",
        "https://host/a b",
        "https://host/\n",
        "https://höst/",
        "localhost:8000",
        ["https://host/"],
    ],
)
def test_everything_else_is_refused(uri: Any) -> None:
    """
    Above all http to other machines, however they are called.
    """
    with pytest.raises(Invalid):
        endpoint(uri)


def test_an_application_takes_only_endpoints() -> None:
    """
    It says which one is wrong.
    """
    with pytest.raises(ValueError, match=r"webhook 'http://example.com' must be an https URI"):
        Application(webhooks=["http://localhost:1", "http://example.com"])
