"""Before the first write with a live key: a question."""

import pytest

import omise
from omise.console.guard import NotSent, asking
from omise.sandbox import Sandbox
from omise.wire import transport

LIVE = "skey_5xuy4w91xqz7d1w9u0t"


def test_each_live_key_is_asked_for_once(omise_sandbox: Sandbox) -> None:
    """Of whichever client, or of one call; reads and test keys are free."""
    asked: list[str] = []

    def yes(what: str) -> bool:
        asked.append(what)
        return True

    live = omise_sandbox.client(secret_api_key=LIVE, public_api_key=None)
    with asking(yes):
        omise.Customer.create()
        live.Customer.list()
        assert asked == []
        for _ in range(2):
            live.Customer.create()
        live.Customer.create(key="skey_5xuy4w91xqz7d1w9u0u")

    assert asked == ["POST /customers with a live key, the first write of this session"] * 2


@pytest.mark.parametrize("ask", [None, lambda what: False], ids=["nobody", "no"])
def test_nothing_is_sent_without_a_yes(omise_sandbox: Sandbox, ask: None) -> None:
    """The write raises, and the next one asks again; outside the block nobody is asked."""
    live = omise_sandbox.client(secret_api_key=LIVE, public_api_key=None)
    with asking(ask):
        for _ in range(2):
            with pytest.raises(NotSent, match=r"POST /customers was not sent: the key is a live one") as refused:
                live.Customer.create()
            assert LIVE not in str(refused.value)
    assert omise_sandbox.requests == []
    assert transport.before_sending is None
