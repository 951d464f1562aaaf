from __future__ import annotations

from typing import Any

import pytest

from omise.sandbox.app import Application
from omise.sandbox.events.endpoints import allowing, endpoint, host_names
from omise.sandbox.rules.validation import Invalid

from ..conftest import Caller


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


def test_http_to_hosts_that_are_allowed() -> None:
    """
    However they are written, and to no other one, and only as long as they are.
    """
    with allowing(host_names(["Shop", "10.0.0.7"])):
        assert endpoint("http://SHOP:8000/hook") == "http://SHOP:8000/hook"
        assert endpoint("http://10.0.0.7/") == "http://10.0.0.7/"
        for other in ("http://shop.example.com/", "http://shop@example.com/", "http://10.0.0.70/", "ftp://shop/"):
            with pytest.raises(Invalid):
                endpoint(other)

    with pytest.raises(Invalid):
        endpoint("http://shop:8000/hook")


@pytest.mark.parametrize("host", ["http://shop", "shop:80", "*", "", "a b", "shop/"])
def test_what_is_no_host_cannot_be_allowed(host: str) -> None:
    """
    Nor an address, nor a pattern.
    """
    with pytest.raises(ValueError, match="is not the name of a host"):
        host_names([host])


def test_each_application_has_its_own_hosts() -> None:
    """
    Where an address is set, of the account as of a charge, its own application's hosts count.
    """
    open_one, closed_one = Caller(Application(webhook_hosts=["shop"])), Caller(Application())
    uri = "http://shop:8000/hook"
    charge = {"amount": 5_000, "currency": "thb", "source": {"type": "promptpay"}, "webhook_endpoints": [uri]}

    assert open_one.ok("PATCH", "/account", {"webhook_uri": uri})["webhook_uri"] == uri
    assert open_one.ok("POST", "/charges", charge)
    assert closed_one.refused("PATCH", "/account", {"webhook_uri": uri})[1] == "bad_request"
    assert closed_one.refused("POST", "/charges", charge)[0] == 400
