from __future__ import annotations

import base64
from collections.abc import Iterable
from pathlib import Path

import pytest

from omise.sandbox.app import Application
from omise.sandbox.http.keys import PUBLIC, SECRET, Key, Keyring, key_in
from omise.sandbox.refusals import ApiError
from omise.sandbox.state.store import Store

from ..conftest import Caller


def basic(key: str, password: str = "") -> str:
    return "Basic " + base64.b64encode(f"{key}:{password}".encode()).decode()


def authenticate(header: str | None, *, store: Store | None = None, secret: Iterable[str] = ()) -> Key:
    with (store or Store()).transaction() as transaction:
        return Keyring(secret).authenticate(transaction, header, 1_700_000_000_000)


@pytest.mark.parametrize(
    ("key", "kind", "livemode"),
    [
        ("skey_test_4xs8breq3htbkj03d2x", SECRET, False),
        ("pkey_test_4xs8breq32civvobx15", PUBLIC, False),
        ("skey_4xs8breq3htbkj03d2x", SECRET, True),
        ("pkey_4xs8breq32civvobx15", PUBLIC, True),
        ("skey_test_x", SECRET, False),
        ("skey_test_My_Own_Key_1", SECRET, False),
        ("skey_test", SECRET, False),
        ("pkey_test", PUBLIC, False),
    ],
)
def test_well_formed_keys_are_good(key: str, kind: str, livemode: bool) -> None:
    """
    Their form tells what they may do and which data they see.
    """
    opened = authenticate(basic(key))

    assert (opened.kind, opened.livemode, opened.account.livemode) == (kind, livemode, livemode)
    assert (opened.account["api_version"], opened.account.created) == ("2019-05-29", 1_700_000_000_000)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "skey_test_please_let_me_in",
        "pkey_test_please_let_me_in",
        "skey_please_let_me_in",
        "skey_test_",
        "skey_",
        "skey",
        "zkey_test_1",
        "ckey_test_1",
        "skey-test-1",
        "skey_test_ü",
        "skey_test_1 ",
        "skey_test_1\n",
        "xskey_test_1",
        "skey_test_" + "x" * 300,
    ],
)
def test_other_keys_are_refused(key: str) -> None:
    """
    With the same words for every reason.
    """
    with pytest.raises(ApiError) as refused:
        authenticate(basic(key))

    assert (refused.value.status, refused.value.code) == (401, "authentication_failure")
    assert refused.value.message == "authentication failed"


@pytest.mark.parametrize(
    "header",
    [None, "", "Basic", "Basic ", "Basic !!!", "Basic /////w==", "Bearer skey_test_1", "skey_test_1", "Basic é"],
)
def test_headers_that_hold_no_key_are_refused(header: str | None) -> None:
    """
    Missing, of another scheme, not base64, not text.
    """
    with pytest.raises(ApiError, match="authentication failed"):
        authenticate(header)


def test_the_password_does_not_matter() -> None:
    """
    It is empty in every client; the scheme's letter case is free.
    """
    assert key_in(basic("skey_test_1", "x:y")) == "skey_test_1"
    assert key_in(basic("skey_test_1").replace("Basic", "basic")) == "skey_test_1"
    assert key_in("Basic " + base64.b64encode(b"skey_test_1").decode()) == "skey_test_1"


def test_each_key_has_an_account_of_its_own() -> None:
    """
    The same one at every use.
    """
    store = Store()
    first, again = (authenticate(basic("skey_test_1"), store=store).account for _ in range(2))
    other = authenticate(basic("skey_test_2"), store=store).account

    assert first.id == again.id
    assert first.id != other.id
    assert first.id.startswith("account_test_")


def test_given_keys_are_the_only_good_ones() -> None:
    """
    Then no other key opens anything, however well-formed.
    """
    application = Application(secret_keys=["skey_test_mine"], public_keys=["pkey_test_mine"])
    api = Caller(application)

    assert api.ok("GET", "/customers", key="skey_test_mine")["total"] == 0
    assert api.token(key="pkey_test_mine")
    assert api.refused("GET", "/customers", key="skey_test_other")[0] == 401
    assert api.refused("POST", "/tokens", {}, key="pkey_test_other")[0] == 401


@pytest.mark.parametrize("key", ["", "nonsense", "pkey_test_1", "skey_test_please_let_me_in"])
def test_a_given_key_must_be_a_key(key: str) -> None:
    """
    A mistake is told at once, without repeating what may be a secret.
    """
    with pytest.raises(ValueError, match="a secret key reads skey_test_") as refused:
        Application(secret_keys=[key])

    assert not key or key not in str(refused.value)


def test_keys_are_not_in_the_database(tmp_path: Path) -> None:
    """
    Only what was computed from them is.
    """
    store = Store(tmp_path / "sandbox.db")
    api = Caller(Application(store))
    api.ok("GET", "/customers", key="skey_test_verysecret")
    api.ok("POST", "/customers", {"card": api.token(key="pkey_test_notsosecret")}, key="skey_test_verysecret")
    store.close()

    assert b"secret" not in b"".join(file.read_bytes() for file in tmp_path.iterdir())


def test_routes_take_one_kind_of_key(api: Caller) -> None:
    """
    Secret keys open the API, public keys the vault, and neither the other.
    """
    failure = (401, "authentication_failure", "authentication failed")

    assert api.refused("GET", "/customers", key="pkey_test_1") == failure
    assert api.refused("POST", "/tokens", {}, key="skey_test_1") == failure
    assert api.refused("GET", "/tokens/tokn_test_1", key="skey_test_1") == failure


def test_test_and_live_data_are_apart(api: Caller) -> None:
    """
    What one mode has, the other cannot find, tokens included; live ids lack the part that says test.
    """
    test, live = api.token(), api.token(key="pkey_live1")
    customer = api.ok("POST", "/customers", {}, key="skey_live1")

    assert customer["livemode"] is True
    assert customer["id"].count("_") == live.count("_") == 1
    assert api.refused("POST", "/customers", {"card": test}, key="skey_live1")[1] == "not_found"
    assert api.refused("POST", "/customers", {"card": live})[1] == "not_found"
    assert api.refused("GET", f"/tokens/{test}", key="pkey_live1")[1] == "not_found"
    assert api.ok("POST", "/customers", {"card": live}, key="skey_live1")["cards"]["total"] == 1


def test_accounts_are_apart(api: Caller) -> None:
    """
    Customers of one account neither show in another nor can be used there.
    """
    mine = api.customer(cards=1)
    path = f"/customers/{mine['id']}"

    for method, sub in [("GET", ""), ("PATCH", ""), ("DELETE", ""), ("GET", "/cards")]:
        assert api.refused(method, path + sub, key="skey_test_other")[0] == 404
    assert api.ok("GET", "/customers", key="skey_test_other")["total"] == 0
    assert api.ok("GET", path)["deleted"] is False
