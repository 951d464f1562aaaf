"""The settings of the default account as attributes of the module."""

import types
from typing import Any
from unittest import mock

import pytest

import omise
from omise.client import default_client
from omise.config import Config
from omise.errors import ConfigurationError

ONE, TWO, THREE = "skey_test_one", "skey_test_two", "skey_test_three"

SPELLINGS = ["secret_api_key", "api_key", "api_secret"]


def test_unset_settings_read_as_their_defaults() -> None:
    """A key that nobody set is None, everything else has a default."""
    assert omise.secret_api_key is None
    assert omise.api_version == "2019-05-29"
    assert omise.timeout == (10.0, 60.0)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_setting_is_read_set_and_deleted_by_any_of_its_names(spelling: str) -> None:
    """The module's attribute and the default client's setting are the same thing."""
    setattr(omise, spelling, ONE)
    assert [getattr(omise, name) for name in SPELLINGS] == [ONE] * 3
    assert default_client.config.secret_api_key == ONE

    default_client.config.secret_api_key = TWO
    assert getattr(omise, spelling) == TWO

    delattr(omise, spelling)
    assert [getattr(omise, name) for name in SPELLINGS] == [None] * 3


def test_a_setting_can_be_deleted_twice() -> None:
    """Deleting puts the default back, and says nothing if it is there already."""
    omise.timeout = 5
    del omise.timeout
    del omise.timeout

    assert omise.timeout == (10.0, 60.0)


def test_values_are_checked_when_they_are_set() -> None:
    """Nonsense is refused, and what was set before stays."""
    omise.timeout = 5
    with pytest.raises(ConfigurationError, match="timeout must be seconds"):
        omise.timeout = -1  # type: ignore[assignment]

    assert omise.timeout == 5


@pytest.mark.parametrize(
    ("name", "near"), [("secret_key", "secret_api_key"), ("timeouts", "timeout"), ("max_retry", "max_retries")]
)
def test_a_misspelt_setting_is_refused_with_a_suggestion(name: str, near: str) -> None:
    """Nothing is kept under a name that nobody looks at; reading it says what there is."""
    with pytest.raises(AttributeError, match=f"no setting '{name}'; did you mean '{near}'"):
        setattr(omise, name, "x")
    with pytest.raises(AttributeError, match=f"no attribute '{name}'; did you mean '{near}'"):
        getattr(omise, name)
    with pytest.raises(AttributeError):
        delattr(omise, name)

    assert name not in vars(omise)


def test_a_misspelt_class_is_refused_with_a_suggestion() -> None:
    """The same for the resources; private names are simply not there."""
    with pytest.raises(AttributeError, match=r"no attribute 'Custmer'; did you mean 'Customer'\?"):
        omise.Custmer  # type: ignore[attr-defined]  # noqa: B018
    with pytest.raises(AttributeError, match=r"no attribute '__wrapped__'$"):
        omise.__wrapped__  # type: ignore[attr-defined]  # noqa: B018


def test_what_modules_need_can_still_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Classes can be replaced in tests, private names and submodules set, as in any module."""
    monkeypatch.setattr(omise, "Customer", None)
    monkeypatch.setattr(omise, "_private", 1, raising=False)
    monkeypatch.setattr(omise, "extension", types.ModuleType("omise.extension"), raising=False)

    assert omise.Customer is None
    assert vars(omise)["_private"] == 1
    monkeypatch.undo()
    assert not {"_private", "extension"} & set(vars(omise))


def test_subpackages_are_imported_when_they_are_used() -> None:
    """``omise.sandbox`` needs no import statement."""
    import omise.sandbox as sandbox

    vars(omise).pop("sandbox")

    assert omise.sandbox is sandbox


# Patching: what was there is there again at the end, to the letter


State = tuple[dict[str, Any], dict[str, Any]]


def state() -> State:
    """All that there is to restore: what is read, and what was set."""
    read = {name: getattr(omise, name) for name in Config.settings}
    return read, {name: vars(omise)[name] for name in Config.settings if name in vars(omise)}


@pytest.fixture(params=["unset", "set", "set to None", "in the environment"])
def before(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> State:
    """A key that is there, or not, in one way or another."""
    if request.param == "set":
        omise.secret_api_key = ONE
    elif request.param == "set to None":
        omise.api_version = None
    elif request.param == "in the environment":
        monkeypatch.setenv("OMISE_SECRET_KEY", ONE)
    return state()


@pytest.mark.parametrize("outer", SPELLINGS)
@pytest.mark.parametrize("inner", SPELLINGS)
def test_mock_patch_restores(before: State, outer: str, inner: str) -> None:
    """`mock.patch` leaves no trace, by any name, nested, and after an exception."""

    def fail() -> None:
        with mock.patch(f"omise.{outer}", TWO), mock.patch(f"omise.{inner}", THREE):
            assert [getattr(omise, name) for name in SPELLINGS] == [THREE] * 3
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert state() == before


@pytest.mark.parametrize("name", [*SPELLINGS, "api_version", "timeout", "max_retries", "api_main"])
def test_monkeypatch_restores(before: State, name: str) -> None:
    """pytest's `monkeypatch` puts back what it read; what nobody had set is not set after that either."""
    value = {"api_version": None, "timeout": 7, "max_retries": 9, "api_main": "https://example.com"}.get(name, TWO)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(omise, name, value)
        assert getattr(omise, name) == value
        with pytest.MonkeyPatch.context() as nested:
            nested.setattr(f"omise.{name}", getattr(Config(), name))
            assert getattr(omise, name) == getattr(Config(), name)
        assert getattr(omise, name) == value

    assert state() == before


@pytest.mark.parametrize("name", [*SPELLINGS, "api_version", "timeout"])
@pytest.mark.parametrize("was", ["unset", "set"])
def test_monkeypatch_restores_what_it_deleted(was: str, name: str) -> None:
    """The same for `monkeypatch.delattr`."""
    if was == "set":
        setattr(omise, name, {"api_version": "2017-11-02", "timeout": 7}.get(name, TWO))
    before = state()
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(omise, name)
        assert getattr(omise, name) == getattr(Config(), name)

    assert state() == before


@pytest.mark.parametrize("name", SPELLINGS)
def test_what_was_read_can_be_put_back(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Older patchers put back what they read: that is not kept then when the environment changes."""
    for key, left in ((ONE, None), ("", TWO)):
        monkeypatch.setenv("OMISE_SECRET_KEY", key)
        read = getattr(omise, name)
        setattr(omise, name, THREE)
        setattr(omise, name, read)
        assert getattr(omise, name) == (key or None)

        monkeypatch.setenv("OMISE_SECRET_KEY", left or "")
        assert getattr(omise, name) == left


def test_a_key_that_was_set_from_the_environment_outlives_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """An application may read its environment and then clear it."""
    monkeypatch.setenv("OMISE_SECRET_KEY", ONE)
    omise.secret_api_key = ONE
    monkeypatch.delenv("OMISE_SECRET_KEY")

    assert omise.secret_api_key == ONE


def test_hosts_for_plain_http_are_set_before_the_address() -> None:
    """As attributes of the module; what is set afterwards does not count for an address that was refused."""
    with pytest.raises(ConfigurationError, match="allow_http_hosts"):
        omise.api_url = "http://sandbox:4010"
    omise.allow_http_hosts = "sandbox"
    omise.api_url = omise.vault_url = "http://sandbox:4010"

    assert (omise.api_url, omise.allow_http_hosts) == ("http://sandbox:4010", ("sandbox",))


@pytest.mark.parametrize(
    ("name", "variable", "other"),
    [
        ("api_url", "OMISE_API_URL", "https://other.example"),
        ("timeout", "OMISE_TIMEOUT", "7"),
        ("max_retries", "OMISE_MAX_RETRIES", "9"),
        ("api_version", "OMISE_API_VERSION", "2017-11-02"),
    ],
)
def test_a_default_that_is_set_on_purpose_comes_before_the_environment(
    monkeypatch: pytest.MonkeyPatch, name: str, variable: str, other: str
) -> None:
    """Whoever sets the value that is the default anyway wants it, whatever the environment says."""
    default = getattr(omise, name)
    monkeypatch.setenv(variable, other)
    assert getattr(omise, name) != default

    setattr(omise, name, default)
    assert getattr(omise, name) == default
