"""The settings of an account: how they are read and checked."""

import copy
import os
import pickle
from typing import Any, get_args, get_type_hints

import pytest

from omise.config import API_ADDRESSES, HOSTS, AccountConfig, Config, Host
from omise.errors import ConfigurationError
from omise.records.access import Settings

KEY = "skey_test_5xuy4w91xqz7d1w9u0t"

ENVIRONMENT = [
    ("OMISE_SECRET_KEY", "secret_api_key", KEY, KEY),
    ("OMISE_PUBLIC_KEY", "public_api_key", "pkey_test_1", "pkey_test_1"),
    ("OMISE_APP_KEY", "app_key", "app_1", "app_1"),
    ("OMISE_API_VERSION", "api_version", "2017-11-02", "2017-11-02"),
    ("OMISE_API_URL", "api_url", "http://127.0.0.1:4010/", "http://127.0.0.1:4010"),
    ("OMISE_VAULT_URL", "vault_url", "https://vault.example.com", "https://vault.example.com"),
    ("OMISE_CHECKOUT_URL", "checkout_url", "http://[::1]:4010", "http://[::1]:4010"),
    ("OMISE_TIMEOUT", "timeout", "2.5", 2.5),
    ("OMISE_MAX_RETRIES", "max_retries", "0", 0),
    ("OMISE_READONLY", "readonly", "1", True),
    ("OMISE_ALLOW_RAW_CARD", "allow_raw_card", "True", True),
]

ALIASES = [
    ("secret_api_key", "api_key"),
    ("secret_api_key", "api_secret"),
    ("public_api_key", "vault_key"),
    ("public_api_key", "api_public"),
    ("api_url", "api_main"),
    ("vault_url", "api_vault"),
]


def test_the_defaults() -> None:
    """Without any setting: the API's own hosts, its newest version, patience for slow card schemes, no key."""
    config = Config()

    assert {name: getattr(config, name) for name in config} == {
        "secret_api_key": None,
        "public_api_key": None,
        "app_key": None,
        "api_version": "2019-05-29",
        "api_url": "https://api.omise.co",
        "vault_url": "https://vault.omise.co",
        "checkout_url": "https://checkout-page.omise.co",
        "timeout": (10.0, 60.0),
        "max_response_bytes": 16 * 1024 * 1024,
        "deadline": None,
        "max_retries": 2,
        "user_agent_suffix": None,
        "reference_key": None,
        "allow_http_hosts": (),
        "max_concurrency": 10,
        "requests_per_second": 20.0,
        "limits_shared_by": None,
        "on_request": (),
        "on_response": (),
        "on_retry": (),
        "on_wait": (),
        "readonly": False,
        "allow_raw_card": False,
    }


def test_each_host_has_a_setting_for_its_address() -> None:
    """One table: what a record's class may name as its host, and where that is."""
    assert set(get_args(Host)) == set(HOSTS)
    assert {name: getattr(Config(), name) for name in HOSTS.values()} == API_ADDRESSES
    assert [name for name in Config() if name.endswith("_url")] == [*HOSTS.values()]


def test_a_client_takes_the_same_settings() -> None:
    """The type that checkers see for `Client` names every setting, once."""
    assert set(get_type_hints(Settings)) == set(Config())


@pytest.mark.parametrize(("variable", "name", "text", "value"), ENVIRONMENT)
@pytest.mark.parametrize("cls", [Config, AccountConfig])
def test_the_environment_gives_what_is_not_set(
    monkeypatch: pytest.MonkeyPatch, cls: type[Config], variable: str, name: str, text: str, value: Any
) -> None:
    """A variable is read whenever the setting is, converted and checked; what is set goes first."""
    config, default = cls(), getattr(Config(), name)
    monkeypatch.setenv(variable, text)
    assert getattr(config, name) == value

    monkeypatch.setenv(variable, "")
    assert getattr(config, name) == default

    monkeypatch.setenv(variable, text)
    setattr(config, name, default)
    assert getattr(config, name) == default


@pytest.mark.parametrize(
    ("variable", "name", "text"),
    [
        ("OMISE_API_URL", "api_url", "http://api.omise.co"),
        ("OMISE_TIMEOUT", "timeout", "soon"),
        ("OMISE_TIMEOUT", "timeout", "-1"),
        ("OMISE_MAX_RETRIES", "max_retries", "many"),
        ("OMISE_MAX_RETRIES", "max_retries", "inf"),
        ("OMISE_MAX_RETRIES", "max_retries", "nan"),
        ("OMISE_API_VERSION", "api_version", "2019\n"),
        ("OMISE_READONLY", "readonly", "perhaps"),
    ],
)
def test_nonsense_in_the_environment_is_an_error_that_names_the_variable(
    monkeypatch: pytest.MonkeyPatch, variable: str, name: str, text: str
) -> None:
    """Who set the variable must find it."""
    monkeypatch.setenv(variable, text)

    with pytest.raises(ConfigurationError, match=f"^{variable} "):
        getattr(Config(), name)


def test_an_environment_that_was_replaced_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """By a dict, as some tests do, or by more variables in the same."""
    monkeypatch.setattr(os, "environ", {"OMISE_TIMEOUT": "7"})
    assert (Config().timeout, Config().max_retries) == (7.0, 2)


@pytest.mark.parametrize(("name", "alias"), ALIASES)
def test_aliases_are_the_same_setting(name: str, alias: str) -> None:
    """Set, read or deleted by either name, it is one setting."""
    value = "https://example.com" if "url" in name else KEY
    config = Config()
    default = getattr(config, name)

    setattr(config, alias, value)
    assert (getattr(config, name), getattr(config, alias)) == (value, value)

    delattr(config, alias)
    assert (getattr(config, name), getattr(config, alias)) == (default, default)

    assert getattr(Config(**{alias: value}), name) == value


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("secret_key", "there is no setting 'secret_key'; did you mean 'secret_api_key'?"),
        ("time_out", "there is no setting 'time_out'; did you mean 'timeout'?"),
        ("xyz", "there is no setting 'xyz'; there are allow_http_hosts, allow_raw_card, api_key, api_main, "),
    ],
)
def test_a_misspelt_setting_is_refused_with_a_suggestion(name: str, message: str) -> None:
    """Set, deleted, passed or read: nothing is kept under a name that nobody looks at."""
    for refused in (
        lambda: setattr(Config(), name, 1),
        lambda: delattr(Config(), name),
        lambda: Config(**{name: 1}),
    ):
        with pytest.raises(ConfigurationError) as caught:
            refused()
        assert str(caught.value).startswith(message)
    with pytest.raises(AttributeError) as unknown:
        getattr(Config(), name)
    assert str(unknown.value).startswith(message)


BAD = [
    *[("secret_api_key", value) for value in (1, b"skey", ["skey"], True)],
    *[
        (name, value)
        for name in ("api_version", "user_agent_suffix")
        for value in ("a\r\nX-Evil: 1", "a\n", " a", "a ", "ร้าน", "", 1)
    ],
    *[
        ("api_url", value)
        for value in (
            None,
            "",
            7,
            "api.omise.co",
            "ftp://api.omise.co",
            "https://",
            "https://user@api.omise.co",
            "https://:password@api.omise.co",
            "https://api.omise.co?a=1",
            "https://api.omise.co#a",
            "https://api.omise.co\n",
            "https://api omise.co",
            "https://[",
            "https://api..co",
            "https://.co",
            "https://*.co",
            "https://api.omise.co:99999",
            "https://api.omise.co:0",
            "https://api.omise.co:x",
            "https://ömise.co",
        )
    ],
    *[
        ("vault_url", value)
        for value in ("http://vault.omise.co", "HTTP://10.0.0.1", "http://api.localhost", "http://0.0.0.0:1")
    ],
    ("checkout_url", "http://checkout-page.omise.co"),
    ("checkout_url", None),
    *[
        ("timeout", value)
        for value in (0, -1, float("inf"), float("nan"), True, None, (1,), (1, 2, 3), (1, 0), "soon", {}, (1, None))
    ],
    *[("deadline", value) for value in (0, -1, float("inf"), float("nan"), True, "5", (1, 2))],
    *[
        ("allow_http_hosts", value)
        for value in (
            7,
            [7],
            "http://sandbox",
            "sandbox:4010",
            "*",
            "*.example.com",
            ["a", ""],
            "sand box/",
            b"sandbox",
        )
    ],
    *[("max_retries", value) for value in (-1, 1.5, True, None, "many", float("inf"), float("nan"), (1,))],
]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_nonsense_is_refused_when_it_is_set(name: str, value: Any) -> None:
    """A wrong value is found at once, not when a payment is under way, and what was set before stays."""
    config = Config()
    before = getattr(config, name)

    with pytest.raises(ConfigurationError, match=f"^{name} "):
        setattr(config, name, value)

    assert getattr(config, name) == before


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("api_url", "https://api.omise.co/", "https://api.omise.co"),
        ("api_url", "https://gate.example.com:8443/omise/", "https://gate.example.com:8443/omise"),
        ("api_url", "http://localhost:4010", "http://localhost:4010"),
        ("api_url", "http://LOCALHOST", "http://LOCALHOST"),
        ("api_url", "http://[::1]:4010", "http://[::1]:4010"),
        ("api_url", "https://[2001:db8::1]", "https://[2001:db8::1]"),
        ("api_version", None, None),
        ("user_agent_suffix", "shop/2.1 (+https://shop.example)", "shop/2.1 (+https://shop.example)"),
        ("timeout", 3, 3),
        ("timeout", (3, 0.5), (3, 0.5)),
        ("timeout", [3, 0.5], (3, 0.5)),
        ("timeout", "30", 30.0),
        ("deadline", 30, 30),
        ("deadline", None, None),
        ("allow_http_hosts", "Sandbox, ci.example.com", ("sandbox", "ci.example.com")),
        ("allow_http_hosts", ["sandbox", "10.0.0.7"], ("sandbox", "10.0.0.7")),
        ("allow_http_hosts", None, ()),
        ("allow_http_hosts", "", ()),
        ("max_retries", 0, 0),
        ("max_retries", 3.0, 3),
    ],
)
def test_what_makes_sense_is_kept(name: str, value: Any, kept: Any) -> None:
    """Addresses lose the slash at their end, lists become pairs, text becomes numbers."""
    config = Config(**{name: value})

    assert getattr(config, name) == kept
    assert type(getattr(config, name)) is type(kept)


@pytest.mark.parametrize("name", ["api_url", "vault_url", "api_main", "api_vault"])
def test_plain_http_goes_to_hosts_that_were_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given with the address, in whatever order, set before it, or in the environment, and to no other host."""
    config = Config(allow_http_hosts="sandbox")
    setattr(config, name, "http://SANDBOX:4010")

    assert getattr(Config(**{name: "http://sandbox:4010", "allow_http_hosts": ["sandbox"]}), name)
    for other in ("http://sandbox.example.com", "http://box", "http://sandbox2:4010"):
        with pytest.raises(ConfigurationError, match="OMISE_ALLOW_HTTP_HOSTS"):
            setattr(config, name, other)
    monkeypatch.setenv("OMISE_ALLOW_HTTP_HOSTS", "ci, sandbox")
    assert getattr(Config(**{name: "http://ci"}), name) == "http://ci"


def test_an_address_from_the_environment_obeys_the_named_hosts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both come from there in a container; without the name the address is refused when it is read."""
    monkeypatch.setenv("OMISE_API_URL", "http://sandbox:4010")
    with pytest.raises(ConfigurationError, match=r"^OMISE_API_URL is http://sandbox:4010: a key never goes"):
        print(Config().api_url)

    monkeypatch.setenv("OMISE_ALLOW_HTTP_HOSTS", "sandbox")
    assert Config().api_url == "http://sandbox:4010"


def test_keys_of_two_accounts_never_mix(monkeypatch: pytest.MonkeyPatch) -> None:
    """An account that was given one key does not take another from the environment, nor when it was given None."""
    monkeypatch.setenv("OMISE_SECRET_KEY", "skey_environment")
    monkeypatch.setenv("OMISE_PUBLIC_KEY", "pkey_environment")

    assert AccountConfig(secret_api_key=KEY).public_api_key is None
    assert AccountConfig(public_api_key="pkey_1").secret_api_key is None
    assert AccountConfig(app_key="app").secret_api_key is None
    assert AccountConfig(secret_api_key=None).secret_api_key is None
    assert AccountConfig(secret_api_key=None).public_api_key is None
    assert AccountConfig(timeout=1).secret_api_key == "skey_environment"
    assert Config(secret_api_key=KEY).public_api_key == "pkey_environment"


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        (KEY, "skey_test_…"),
        ("skey_5xuy4w91xqz7d1w9u0t", "skey_…"),
        ("ckey_test_1", "ckey_test_…"),
        ("5xuy4w91xqz7d1w9u0t", "…"),
        ("5xuy4w91x_qz7d1w9u0t", "…"),
        ("", "…"),
        (None, None),
    ],
)
def test_a_repr_shows_no_key(key: str | None, shown: str | None) -> None:
    """The kind and mode of a key are shown, and nothing of a key without a kind; what is not set is not."""
    config = Config(secret_api_key=key, app_key=key, timeout=5)

    assert repr(config) == f"Config(secret_api_key={shown!r}, app_key={shown!r}, timeout=5)"


def test_a_config_cannot_be_copied_or_pickled() -> None:
    """Keys do not end up in a queue or a cache by accident."""
    for attempt in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="holds keys"):
            attempt(Config(secret_api_key=KEY))  # type: ignore[operator]


def test_a_setting_is_described_by_its_class() -> None:
    """Reached on the class it is the declaration, which tools can read."""
    assert Config.timeout.env == "OMISE_TIMEOUT"
    assert Config.secret_api_key.aliases == ("api_key", "api_secret")
