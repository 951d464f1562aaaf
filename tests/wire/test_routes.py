"""The path of a request without ids."""

import pytest

from omise.sandbox import Application
from omise.sandbox.http.routing import ROUTES
from omise.wire.routes import WORDS, route_of


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/", "/"),
        ("/charges", "/charges"),
        ("/charges/chrg_test_5x", "/charges/{id}"),
        ("/customers/cust_test_5x/cards/card_test_5y", "/customers/{id}/cards/{id}"),
        ("/forex/thb", "/forex/{id}"),
        ("/webhooks/secrets/whsec_1", "/webhooks/secrets/{id}"),
        ("/skey_test_oops", "/{id}"),
        ("/4242424242424242", "/{id}"),
        ("/charges/charges_of_mali", "/charges/{id}"),
        ("/new-things/thing_1", "/{id}/{id}"),
    ],
)
def test_what_is_no_word_of_the_api_is_an_id(path: str, route: str) -> None:
    """Whatever it looks like: an id may be made of letters alone."""
    assert route_of(path) == route


def test_the_words_are_those_of_all_routes() -> None:
    """Of the sandbox, for every path that takes a key; pages for payers are none of this library's business."""
    Application()
    paths = [route.path for route in ROUTES if route.keys]

    assert {word for path in paths for word in path.split("/") if word and "<" not in word} == WORDS
    for path in paths:
        named = "/".join("{id}" if "<" in word else word for word in path.split("/"))
        assert route_of(path.replace("<", "some_").replace(">", "_test_1")) == named
