"""One request as data."""

from __future__ import annotations

from omise.wire.request import Request

SECRETS = ("skey_test_5xuy4w91xqz7d1w9u0t", "4242424242424242", "98765")


def test_a_request_shows_no_secret() -> None:
    """Requests stand in the frames that error reporters print."""
    key, number, code = SECRETS
    request = Request("POST", "https://api.omise.co", "/charges", key, {"number": number}, {"file": code}, 5, key)

    assert repr(request) == "<Request POST https://api.omise.co/charges>"
    assert f"{request}" == repr(request)
    assert request.url == "https://api.omise.co/charges"
