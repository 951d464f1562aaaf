from __future__ import annotations

import pytest

from ..conftest import Caller


@pytest.mark.parametrize("code", ["USD", "usd"])
def test_a_rate_has_the_documented_fields_in_order(api: Caller, code: str) -> None:
    """
    In upper or lower case; the API says ``livemode`` even to a test key.
    """
    forex = api.ok("GET", f"/forex/{code}")

    assert list(forex) == ["object", "rate", "location", "livemode", "base", "quote"]
    assert isinstance(forex["rate"], float)
    assert 25 < forex["rate"] < 40
    assert forex | {"rate": 0} == {
        "object": "forex",
        "rate": 0,
        "location": "/forex/usd",
        "livemode": True,
        "base": "USD",
        "quote": "THB",
    }


def test_all_currencies_of_the_account_have_a_rate(api: Caller) -> None:
    """
    Its own is worth itself.
    """
    rates = {
        code: api.ok("GET", f"/forex/{code}")["rate"] for code in api.ok("GET", "/account")["supported_currencies"]
    }

    assert rates["THB"] == 1
    assert all(rate > 0 for rate in rates.values())


def test_unknown_currencies_are_not_found(api: Caller) -> None:
    """
    As given.
    """
    assert api.refused("GET", "/forex/xxx") == (404, "not_found", "forex xxx was not found")
