"""Whose records the console shows."""

import pytest

import omise
from omise.console.whose import opened
from omise.sandbox import Sandbox, Server


def test_the_keys_of_the_environment_say_whose(sandbox_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The account is asked who it is; an answer is waited for, but not for ever."""
    monkeypatch.setenv("OMISE_SECRET_KEY", "skey_test_somebody")
    del omise.secret_api_key, omise.public_api_key
    with opened() as whose:
        account = omise.Account.retrieve()

    assert whose.lines == [f"Account {account.id}, {account.email}, TH, THB: test data."]
    assert (whose.label(), whose.names) == ("test", {})


def test_without_keys_it_is_a_sandbox() -> None:
    """With sample records, and its clock in scope; gone afterwards."""
    with opened() as whose:
        assert whose.lines[0].startswith("No key is set (OMISE_SECRET_KEY): this is a sandbox in this process")
        assert whose.label() == "sandbox"
        assert isinstance(whose.names["sandbox"], Sandbox)
        assert len(omise.Charge.list()) == 10
    assert omise.secret_api_key is None


@pytest.mark.parametrize(
    ("settings", "said", "label"),
    [
        (
            {"OMISE_SECRET_KEY": "skey_test_1"},
            "The account of OMISE_SECRET_KEY, test data. It does not answer: ",
            "test",
        ),
        ({"OMISE_SECRET_KEY": "skey_1"}, "LIVE data: before the first write you are asked. It does not", "LIVE"),
        ({"OMISE_PUBLIC_KEY": "pkey_test_1"}, "With a public key alone (OMISE_PUBLIC_KEY), test data", "test"),
        ({"OMISE_PUBLIC_KEY": "pkey_1"}, "With a public key alone (OMISE_PUBLIC_KEY), LIVE data", "LIVE"),
    ],
)
def test_what_cannot_be_asked_is_said(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], said: str, label: str
) -> None:
    """Where nobody answers, or there is no key to ask with."""
    monkeypatch.setenv("OMISE_API_URL", "http://127.0.0.1:9")
    omise.max_retries = 0
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    with opened() as whose:
        assert said in whose.lines[0]
        assert whose.label() == label
