"""Cassettes hold no secrets, and replay what a client asks for."""

import base64
import binascii
import contextlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import pytest
import vcr
import yaml

import omise
from omise.sandbox import Server
from omise.testing import recorder

pytestmark = [pytest.mark.usefixtures("forgetful"), pytest.mark.filterwarnings("ignore::ResourceWarning")]

CASSETTES = sorted((Path(__file__).parent.parent.parent / "cassettes").rglob("*.yaml"))
CARD = {
    "name": "Somchai Prasert",
    "number": "4111111111111111",
    "expiration_month": 10,
    "expiration_year": 2035,
    "security_code": "987",
}

KEY = re.compile(r"[a-z]key_(?:test_)?\w+")
UUID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
LONG_NUMBER = re.compile(r"(?<!\w)(?:\d[ -]?){12,18}\d(?!\w)")
ENCODED = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")


def texts(value: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text at any depth of *value*, under its field's name, in each encoding that it can be read in."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from texts(name)
            yield from texts(item, str(name))
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from texts(item, field)
    elif isinstance(value, bytes):
        yield from texts(value.decode("utf-8", "replace"), field)
    elif value is not None:
        text = str(value)
        yield field, text
        if isinstance(value, str):
            yield from decoded(text, field)


def decoded(text: str, field: str) -> Iterator[tuple[str, str]]:
    """Yield what *text* holds as JSON, percent encoding or base64."""
    try:
        inside = json.loads(text)
        if not isinstance(inside, str):
            yield from texts(inside, field)
    except ValueError:
        pass
    if unquote_plus(text) != text:
        yield from texts(unquote_plus(text), field)
    for found in ENCODED.findall(text):
        with contextlib.suppress(binascii.Error, UnicodeDecodeError):
            yield field, base64.b64decode(found + "=" * (-len(found) % 4), "-_").decode()


def secrets_in(value: Any) -> list[str]:
    """Return what looks like a secret anywhere in *value*."""
    found = []
    for field, text in texts(value):
        found += [match for match in KEY.findall(text) if match not in ("skey_test_", "pkey_test_")]
        found += LONG_NUMBER.findall(UUID.sub("", text))
        if field in ("security_code", "number", "Authorization") and "[redacted]" not in text:
            found.append(f"{field}={text}")
    return found


@pytest.mark.parametrize("path", CASSETTES, ids=lambda path: path.stem)
def test_no_cassette_of_this_repository_holds_a_secret(path: Path) -> None:
    """No key, card number or security code is in a cassette, at any depth, in any encoding."""
    recording = yaml.safe_load(path.read_text())

    assert recording["interactions"]
    assert secrets_in(recording) == []
    assert path.read_text().startswith("# Recorded from ")


@pytest.mark.parametrize(
    "leak",
    [
        {"card": {"number": "4111111111111111"}},
        '{"card": {"number": "4111 1111 1111 1111"}}',
        "card%5Bnumber%5D=4111111111111111",
        {"Authorization": ["Basic c2tleV90ZXN0X3NlY3JldDp4"]},
        base64.b64encode(b"skey_test_secret:").decode(),
        {"deep": [{"security_code": "987"}]},
        "the key was skey_test_5secret",
    ],
)
def test_the_search_for_secrets_finds_them(leak: Any) -> None:
    """The search above would see a secret if there were one."""
    assert secrets_in({"interactions": [{"request": {"body": leak}}]})


def record(server: Server, path: Path) -> None:
    with recorder(record_mode="all", sandbox_url=server.url).use_cassette(str(path)):
        john = omise.Customer.create(email="john@example.com", card=CARD)
        john.cards.create({**CARD, "number": 5555555555554444})
        with pytest.raises(omise.errors.InvalidCardError):
            john.update(card={**CARD, "number": "4111111111111112"})


def test_a_recording_replays_without_the_server(sandbox_server: Server, tmp_path: Path) -> None:
    """What was recorded from a sandbox replays at the API's own addresses, with any key."""
    record(sandbox_server, tmp_path / "john.yaml")
    received = len(sandbox_server.application.requests)
    del omise.api_url, omise.vault_url
    omise.secret_api_key = "skey_test_another"

    with recorder().use_cassette(str(tmp_path / "john.yaml")) as cassette:
        john = omise.Customer.create(email="john@example.com", card=CARD)

    assert john.default_card is not None
    assert john.default_card.last_digits == "1111"
    assert {interaction.host for interaction in cassette.requests} == {"api.omise.co", "vault.omise.co"}
    assert len(sandbox_server.application.requests) == received


def test_a_recording_of_a_checkout_replays_at_its_host(sandbox_server: Server, tmp_path: Path) -> None:
    """Each request is filed under the host of the API that its record is kept by."""
    order = {"amount": 100_00, "currency": "thb", "redirect_urls": {"complete_url": "https://shop.example.com"}}
    with recorder(record_mode="all", sandbox_url=sandbox_server.url).use_cassette(str(tmp_path / "order.yaml")):
        session = omise.CheckoutSession.create(order).reload()
    del omise.api_url, omise.vault_url, omise.checkout_url

    with recorder().use_cassette(str(tmp_path / "order.yaml")) as cassette:
        assert omise.CheckoutSession.create(order).reload() == session
    assert {interaction.host for interaction in cassette.requests} == {"checkout-page.omise.co"}


def test_a_recording_holds_no_secret(sandbox_server: Server, tmp_path: Path) -> None:
    """Card data, keys and security codes are left out as the cassette is written."""
    record(sandbox_server, tmp_path / "john.yaml")

    recording = yaml.safe_load((tmp_path / "john.yaml").read_text())
    assert len(recording["interactions"]) == 5
    assert secrets_in(recording) == []
    assert sandbox_server.url not in (tmp_path / "john.yaml").read_text()


def test_a_request_that_was_not_recorded_fails(sandbox_server: Server, tmp_path: Path) -> None:
    """With recording off, another body is another request: nothing is sent, and nothing else is played for it."""
    record(sandbox_server, tmp_path / "john.yaml")
    received = len(sandbox_server.application.requests)
    del omise.api_url, omise.vault_url

    with (
        recorder().use_cassette(str(tmp_path / "john.yaml")),
        pytest.raises(vcr.errors.CannotOverwriteExistingCassetteException),
    ):
        omise.Customer.create(email="jane@example.com")

    assert len(sandbox_server.application.requests) == received


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (
            b"card%5Bnumber%5D=4111111111111111&card%5Bname%5D=Somchai",
            b"card%5Bnumber%5D=%5Bredacted%5D1111&card%5Bname%5D=Somchai",
        ),
        (b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\n4111111111111111', b"[redacted]"),
        (b"<p>4111 1111 1111 1111</p>", b"<p>[redacted]1111</p>"),
        (b"", b""),
    ],
)
def test_bodies_that_are_not_json_are_redacted_too(body: bytes, kept: bytes) -> None:
    """Forms, multipart and text lose their secrets as JSON does."""
    from omise.testing.cassettes import redact_body

    assert redact_body(body) == kept


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without VCR the recorder says what to install."""
    monkeypatch.setitem(sys.modules, "vcr", None)

    with pytest.raises(ModuleNotFoundError, match=r"pip install vcrpy"):
        recorder()


def record_twice(server: Server, tmp_path: Path, play: Any, **settings: Any) -> str:
    """Record what *play* does, then replay it, and return the cassette's text."""
    path = tmp_path / "twice.yaml"
    with recorder(sandbox_url=server.url, record_mode="once", **settings).use_cassette(str(path)):
        play()
    omise.api_url, omise.vault_url = "https://api.omise.co", "https://vault.omise.co"
    with recorder().use_cassette(str(path)) as cassette:
        play()
        assert cassette.all_played
    return path.read_text()


def test_what_the_library_made_up_takes_no_part_in_matching(sandbox_server: Server, tmp_path: Path) -> None:
    """A transfer is recorded with the key it was sent with this time, and replays with another one."""
    omise.Charge.create(amount=1000_00, currency="thb", card=omise.Token.create(CARD))
    omise.Balance.retrieve()
    text = record_twice(sandbox_server, tmp_path, lambda: omise.Transfer.create(amount=100_00))

    assert "auto_made_up" in text


def test_a_key_of_the_users_own_does_take_part(sandbox_server: Server, tmp_path: Path) -> None:
    """Another one is another transfer, which was not recorded."""
    omise.Charge.create(amount=1000_00, currency="thb", card=omise.Token.create(CARD))
    keys = iter(["batch-1", "batch-2"])

    with pytest.raises(vcr.errors.CannotOverwriteExistingCassetteException):
        record_twice(sandbox_server, tmp_path, lambda: omise.Transfer.create(amount=100_00, idemp_key=next(keys)))


RECORDED_SUITE = """
    import omise, omise.testing, pytest

    @pytest.fixture(scope="module")
    def vcr_config():
        return omise.testing.vcr_config()

    @pytest.mark.vcr
    def test_a_charge():
        omise.secret_api_key, omise.public_api_key = "skey_test_canary", "pkey_test_canary"
        omise.api_url = omise.vault_url = "{url}"
        charge = omise.Charge.create(amount=100_00, currency="thb", card={card})
        omise.Transfer.create(amount=50_00)
        assert charge.card.last_digits == "1111"
"""


def test_cassettes_of_pytest_recording_hold_no_secrets(sandbox_server: Server, pytester: pytest.Pytester) -> None:
    """With `vcr_config` as its fixture, its recordings replay, and have neither key nor card number nor code."""
    pytester.makepyfile(RECORDED_SUITE.format(url=sandbox_server.url, card=CARD))
    pytester.runpytest_subprocess("--record-mode=once").assert_outcomes(passed=1)
    pytester.runpytest_subprocess("--block-network").assert_outcomes(passed=1)

    [cassette] = pytester.path.rglob("*.yaml")
    for secret in ("canary", CARD["number"], '"987"', "Authorization"):
        assert str(secret) not in cassette.read_text()
