"""Exchange rates: one currency in the account's own."""

from typing import Any

import pytest

import omise
from omise.sandbox import Sandbox

from .calls import asked, last


@pytest.mark.parametrize("call", [omise.Forex.from_, omise.Forex.retrieve])
@pytest.mark.parametrize("currency", ["usd", "USD", "Usd"])
def test_from_and_retrieve(omise_sandbox: Sandbox, call: Any, currency: str) -> None:
    """The two are the same, and the path is in lower case."""
    forex = call(currency)

    assert last(omise_sandbox) == ("GET", "/forex/usd", {})
    assert isinstance(forex, omise.Forex)
    assert (forex.base, forex.quote) == ("USD", "THB")
    assert isinstance(forex.rate, float)
    assert repr(forex) == f"<Forex base='USD' quote='THB' rate={forex.rate}>"


def test_reload(omise_sandbox: Sandbox) -> None:
    """From where it came."""
    forex = omise.Forex.from_("jpy")

    assert forex.reload() is forex
    assert last(omise_sandbox) == ("GET", "/forex/jpy", {})


def test_an_unknown_currency(omise_sandbox: Sandbox) -> None:
    """The API's refusal is raised."""
    with pytest.raises(omise.APIError) as refused:
        omise.Forex.from_("xxx")

    assert refused.value.status in (400, 404)


@pytest.mark.parametrize(("currency", "error"), [("", ValueError), ("us/d", ValueError), (7, TypeError)])
def test_what_is_no_currency(omise_sandbox: Sandbox, currency: Any, error: type[Exception]) -> None:
    """Refused before anything is sent."""
    with asked(omise_sandbox) as made, pytest.raises(error, match="currency"):
        omise.Forex.from_(currency)

    assert made == []


def test_a_clients_forex_stays_with_it(omise_sandbox: Sandbox) -> None:
    """Both names of the verb are bound, and so is what they return."""
    with omise_sandbox.client() as shop:
        forex = shop.Forex.from_("usd")
        forex.reload()

        assert omise_sandbox.requests[-1].used_key(str(shop.config.secret_api_key))


def test_from_of_a_record(omise_sandbox: Sandbox) -> None:
    """Older versions have a field of that name; otherwise the verb says that it belongs to the class."""
    with pytest.raises(TypeError, match=r"omise\.Forex\.from_"):
        omise.Forex.from_("usd").from_("jpy")  # type: ignore[arg-type]

    omise.api_version = "2017-11-02"
    old = omise.Forex.from_("usd")
    assert (old.from_, old["from"], old.to) == ("usd", "usd", "thb")
