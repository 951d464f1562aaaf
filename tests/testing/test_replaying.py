"""The recording of one test."""

from pathlib import Path
from typing import Any

import pytest
from vcr.errors import CannotOverwriteExistingCassetteException

import omise
from omise.sandbox import Server
from omise.testing import api_refused, cassette

pytestmark = [pytest.mark.usefixtures("forgetful"), pytest.mark.filterwarnings("ignore::ResourceWarning")]

CARD: Any = {
    "name": "Somchai Prasert",
    "number": "4242424242424242",
    "expiration_month": 10,
    "expiration_year": 2035,
    "security_code": "123",
}


def pay() -> str:
    return omise.Charge.create(amount=100_00, currency="thb", card=CARD).id


def test_a_recording_is_made_from_a_sandbox_and_replayed(tmp_path: Path) -> None:
    """Without keys of one's own, with nobody asked, and with no secret in the file."""
    path = tmp_path / "shop" / "pay.yaml"
    with api_refused():
        with cassette(path, record=True):
            recorded = pay()
        with cassette(path) as tape:
            replayed = pay()

    assert replayed == recorded
    assert tape.all_played
    assert omise.secret_api_key is None
    assert not {"4242424242424242", "key_test"} & set(path.read_text().split('"'))


def test_a_recording_is_made_anew(tmp_path: Path) -> None:
    """Nothing of the one before is left."""
    path = tmp_path / "pay.yaml"
    with cassette(path, record=True):
        first = pay()
    with cassette(path, record=True):
        second = pay()

    assert first != second
    assert first not in path.read_text()


def test_a_recording_stays_where_nothing_comes_of_another(tmp_path: Path) -> None:
    """Without keys nobody is asked, and what was recorded before is what there is; nor is anything left beside it."""
    path = tmp_path / "pay.yaml"
    with cassette(path, record=True):
        first = pay()
    with pytest.raises(omise.ConfigurationError), cassette(path, record=True, live=True):
        pay()

    with cassette(path):
        assert pay() == first
    assert [*tmp_path.iterdir()] == [path]


def test_a_recording_is_added_to(tmp_path: Path) -> None:
    """By what is another part of the same test."""
    path = tmp_path / "pay.yaml"
    for more in (False, True):
        with cassette(path, record=True, more=more):
            recorded = omise.Customer.create(email="mali@example.com").id if more else pay()

    with cassette(path) as tape:
        assert len(tape) == 3  # a token and a charge, and a customer
        assert omise.Customer.create(email="mali@example.com").id == recorded


def test_what_was_not_recorded_is_refused(tmp_path: Path) -> None:
    """It is not asked elsewhere."""
    path = tmp_path / "pay.yaml"
    with cassette(path, record=True):
        pay()

    with cassette(path), pytest.raises(CannotOverwriteExistingCassetteException):
        omise.Customer.list()


def test_a_recording_that_is_missing_is_told(tmp_path: Path) -> None:
    """With how to make it."""
    missing = cassette(tmp_path / "nothing.yaml")

    with pytest.raises(
        FileNotFoundError, match=r"no recording .*nothing\.yaml: .* --omise-record, or with record=True"
    ):
        missing.__enter__()


def test_keys_that_are_set_are_kept(tmp_path: Path) -> None:
    """Code that looks at its settings finds them."""
    path = tmp_path / "pay.yaml"
    with cassette(path, record=True):
        pay()
    omise.secret_api_key = "skey_test_of_my_own"

    with cassette(path):
        assert omise.secret_api_key == "skey_test_of_my_own"
        assert str(omise.public_api_key).startswith("pkey_test_")


@pytest.mark.parametrize("name", ["secret_api_key", "public_api_key"])
def test_a_live_account_is_not_recorded(tmp_path: Path, name: str) -> None:
    """Its data are somebody's; what was recorded before is still there."""
    path = tmp_path / "pay.yaml"
    path.write_text("before")
    setattr(omise, name, f"{name[0]}key_0000000example00live")

    with pytest.raises(ValueError, match=rf"omise\.{name} is no test key") as refusal:
        cassette(path, record=True, live=True).__enter__()

    assert "example00live" not in str(refusal.value)
    assert path.read_text() == "before"


def test_a_test_account_is_recorded(tmp_path: Path, sandbox_server: Server) -> None:
    """By the addresses and the keys that are set; here, those of a sandbox that stands for it."""
    path = tmp_path / "pay.yaml"
    with cassette(path, record=True, live=True):
        paid = pay()

    assert [request.path for request in sandbox_server.application.requests] == ["/tokens", "/charges"]
    assert paid in path.read_text()
    assert "from a sandbox" not in path.read_text()
