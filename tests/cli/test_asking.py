"""What is asked and shown before something is sent."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from omise.checks import is_live
from omise.client import default_client
from omise.sandbox import Sandbox
from omise.sandbox.embedded import ApplicationAdapter

from .conftest import Typed

CARD = [
    "card[name]=Arunee Dee",
    "card[number]=4242424242424242",
    "card[expiration_month]=8",
    "card[expiration_year]=2035",
    "card[security_code]=987",
]


@pytest.fixture
def live() -> Iterator[Sandbox]:
    """A sandbox that the default client uses with live keys: not one that is mounted for all, which refuses them."""
    sandbox = Sandbox()
    keys: Any = {"secret_api_key": "skey_5example00000000live", "public_api_key": "pkey_5example00000000live"}
    with default_client.replaced(ApplicationAdapter(sandbox.application), **keys):
        yield sandbox


def test_a_dry_run_sends_nothing(typed: Typed, omise_sandbox: Sandbox) -> None:
    """It shows each request, the token's too, without card number, security code and keys."""
    said = typed("charges", "create", "amount=10000", "currency=thb", *CARD, "--dry-run")
    token, charge = said.out.split("POST ")[1:]

    assert (said.status, said.err, omise_sandbox.requests) == (0, "Nothing was sent.\n", [])
    assert token.startswith("https://vault.omise.co/tokens\n")
    assert json.loads(charge.partition("\n")[2]) == {"amount": 10000, "currency": "thb", "card": "tokn_made_up"}
    assert not any(secret in said.out for secret in ("4242424242424242", "987", "key_"))


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (["charges", "list", "from=2026-01-01"], "GET https://api.omise.co/charges?from=2026-01-01\n"),
        (["charges", "capture", "chrg_test_1"], "POST https://api.omise.co/charges/chrg_test_1/capture\n"),
        (["customers", "destroy", "cust_test_1"], "DELETE https://api.omise.co/customers/cust_test_1\n"),
        (["tokens", "create", "card[name]=A"], 'POST https://vault.omise.co/tokens\n{\n  "card": {\n    "name": "A"'),
        (["balance", "get"], "GET https://api.omise.co/balance\n"),
    ],
)
def test_a_dry_run_shows_any_request(typed: Typed, omise_sandbox: Sandbox, arguments: list[str], shown: str) -> None:
    """Reads too."""
    said = typed(*arguments, "--dry-run")

    assert (said.status, said.err, omise_sandbox.requests) == (0, "Nothing was sent.\n", [])
    assert said.out.startswith(shown)


def test_a_live_key_asks_before_a_write(typed: Typed, live: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is answered no to is not sent."""
    answers = iter(["n", "y"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda prompt: next(answers))
    refused = typed("customers", "create")
    sent = len(live.requests)
    done = typed("customers", "create")

    assert (refused.status, sent) == (130, 0)
    assert (done.status, len(live.requests)) == (0, 1)


def test_a_live_key_where_nobody_can_be_asked(typed: Typed, live: Sandbox) -> None:
    """It is refused, unless it was agreed to; reads and dry runs are not asked for."""
    said = typed("customers", "create")

    assert said.status == 1
    assert said.err.splitlines()[1] == "Add --yes, or ask first with --dry-run."
    assert live.requests == []
    assert typed("customers", "create", "--dry-run").status == 0
    assert typed("customers", "list").status == 0
    assert typed("customers", "create", "--yes").status == 0


@pytest.mark.parametrize(
    ("key", "live"),
    [(None, False), ("skey_test_1", False), ("ckey_test_1", False), ("skey_1", True), ("ckey_1", True), ("odd", True)],
)
def test_what_is_not_surely_a_test_key_is_live(key: str | None, live: bool) -> None:
    """A chain's key too."""
    assert is_live(key) is live
