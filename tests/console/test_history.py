"""What of the things that are typed is kept, and where."""

import stat
from pathlib import Path

import pytest

from omise.console.history import folder, holds_secret, private


@pytest.mark.parametrize(
    "text",
    [
        "omise.secret_api_key = 'skey_test_5xuy4w91xqz7d1w9u0t'",
        "Client(secret_api_key=key)",
        "card = {'number': '4242 4242 4242 4242'}",
        "card['number'] = ask()",
        "'4242424242424242'",
        "Token.create(number='4111111111111111', security_code='123')",
        "dict(security_code=123)",
        "recipient.update(bank_account={'number': '1234567890'})",
        "Charge.list(key='x')",
        "account_number = '1234567890'",
        "{\"citizen_id\": '1'}",
    ],
)
def test_secrets_are_known(text: str) -> None:
    """By their looks, or by the name that they are given to."""
    assert holds_secret(text)


@pytest.mark.parametrize(
    "text",
    [
        "charge = Charge.list()[0]",
        "Charge.create(amount=100_00, currency='thb', customer='cust_test_5xuy4w91xqz7d1w9u0t')",
        "charge.card.last_digits == '4242'",
        "event.key == 'charge.create'",
        "number == 5",
        "Charge.list(from_=date(2026, 1, 31))",
    ],
)
def test_what_is_none_is_kept(text: str) -> None:
    """Ids, amounts, comparisons."""
    assert not holds_secret(text)


def test_what_is_kept_is_its_owners_alone(state: Path) -> None:
    """The folder and the file, even where they were there with other rights."""
    state.mkdir(mode=0o755)
    (state / "history").touch(0o644)
    path = private("history")

    assert path == state / "history"
    assert [stat.S_IMODE(one.stat().st_mode) for one in (state, path)] == [0o700, 0o600]


def test_where_nothing_can_be_kept_it_goes_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file in the place of the folder, a folder in the place of the file."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert folder() is None
    assert private("history") is None
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    (tmp_path / "omise" / "history").mkdir(parents=True)

    assert private("history") is None


def test_the_folder_is_where_such_things_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the home, or in what stands for it on Windows."""
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert folder() == tmp_path / ".local" / "state" / "omise"
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))

    assert folder() == tmp_path / "local" / "omise"
