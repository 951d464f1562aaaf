"""``omise check-cassettes``: secrets in recordings."""

import json
import sys
from pathlib import Path

import pytest

from ..canaries import CODE, NUMBER, SECRET_KEY, kinds_in
from .conftest import Typed

CASSETTES = Path(__file__).parent.parent.parent / "cassettes"


def test_recordings_without_secrets(typed: Typed) -> None:
    """Those of this repository, and one alone."""
    one = next(CASSETTES.rglob("*.yaml"))

    assert typed("check-cassettes", str(CASSETTES)) == (
        0,
        "",
        f"No secret in {len([*CASSETTES.rglob('*.yaml')])} files.\n",
    )
    assert typed("check-cassettes", str(one)) == (0, "", "No secret in 1 file.\n")


def test_each_secret_is_a_line(typed: Typed, tmp_path: Path) -> None:
    """On standard output, for other programs; the count beside it."""
    path = tmp_path / "a.yaml"
    path.write_text(
        "interactions:\n- request:\n    uri: https://x/?cvv=0917\n    headers:\n      X: skey_test_5example\n"
    )
    (tmp_path / "b.json").write_text("{}")
    said = typed("check-cassettes", str(tmp_path))

    assert said.status == 1
    assert said.out.splitlines() == [
        f"{path}:3: interaction 1, request URI: security code",
        f"{path}:5: interaction 1, request header X: secret key",
    ]
    assert said.err == "2 in 1 of 2 files. Withdraw the keys, record anew.\n"


def test_the_name_of_a_recording_shows_no_secret(typed: Typed, tmp_path: Path) -> None:
    """A key in it is one more; the number of a card is what a test was given, and is not shown."""
    for name in (f"test_pay[{NUMBER}]", f"test_key[{SECRET_KEY}]", "20261127194156"):
        (tmp_path / f"{name}.json").write_text(json.dumps({"cvc": CODE}))
    said = typed("check-cassettes", str(tmp_path))

    assert kinds_in(said.out) == set()
    assert [line.partition(": ")[2] for line in said.out.splitlines()] == [
        "cvc: security code",
        "its name: secret key",
        "cvc: security code",
        "cvc: security code",
    ]
    assert f"{tmp_path}/test_pay[[redacted]5454].json: cvc" in said.out


def test_a_folder_without_recordings(typed: Typed, tmp_path: Path) -> None:
    """Is one that was moved, perhaps; one that is not there is a wrong command."""
    assert typed("check-cassettes", str(tmp_path)).status == 1
    assert typed("check-cassettes", str(tmp_path / "nothing")).status == 2


def test_a_missing_library_is_named(typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """JSON needs none."""
    monkeypatch.setitem(sys.modules, "yaml", None)
    (tmp_path / "a.json").write_text("{}")
    assert typed("check-cassettes", str(tmp_path)).status == 0

    (tmp_path / "a.yaml").write_text("{}")
    said = typed("check-cassettes", str(tmp_path))
    assert (said.status, said.err) == (
        1,
        "omise: recordings in YAML cannot be read without PyYAML\n"
        "pip install pyyaml; it comes with vcrpy too, and so with the extra testing.\n",
    )
