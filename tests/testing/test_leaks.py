"""Secrets are found in recordings of whichever library, and told without being shown."""

import base64
import gzip
import json
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import vcr
import yaml

import omise
from omise.sandbox import Server
from omise.testing import check_cassettes, recorder
from omise.testing.leaks import Leak, leaks_in

from ..canaries import ACCOUNT, BANK, CARD, CITIZEN, CODE, HOOK, NUMBER, PUBLIC_KEY, SECRET_KEY, WALLET, kinds_in

CASSETTES = Path(__file__).parent.parent.parent / "cassettes"
BASIC = "Basic " + base64.b64encode(f"{SECRET_KEY}:".encode()).decode()


def interaction(**parts: Any) -> dict[str, Any]:
    """What VCR.py keeps of one request."""
    request: dict[str, Any] = {"method": "POST", "uri": "https://api.omise.co/charges", "headers": {}, "body": ""}
    response: dict[str, Any] = {"status": {"code": 200, "message": "OK"}, "headers": {}, "body": {"string": "{}"}}
    for name, value in parts.items():
        (request if name in request and name != "answer" else response)["body" if name == "answer" else name] = value
    return {"request": request, "response": response}


def of_vcr(each: dict[str, Any]) -> dict[str, Any]:
    return {"version": 1, "interactions": [interaction(), each]}


def of_betamax(each: dict[str, Any]) -> dict[str, Any]:
    request = {**each["request"], "body": {"encoding": "utf-8", "string": each["request"]["body"]}}
    return {"http_interactions": [interaction(), {**each, "request": request}], "recorded_with": "betamax/0.9.0"}


KINDS_OF_FILES: dict[str, Callable[[dict[str, Any]], str]] = {
    "vcr.yaml": lambda each: yaml.dump(of_vcr(each)),
    "vcr.yml": lambda each: yaml.safe_dump(of_vcr(each), default_flow_style=True),
    "vcr.json": lambda each: json.dumps(of_vcr(each)),
    "betamax.json": lambda each: json.dumps(of_betamax(each), indent=2),
}

LIVE, CHAIN = "skey_5canary000000000live00", "ckey_test_5canary00000chain00"

LEAKS: dict[str, tuple[dict[str, Any], set[tuple[str, str]]]] = {
    "header": ({"headers": {"Authorization": [BASIC]}}, {("request header Authorization", "secret key")}),
    "header, odd": ({"headers": {"X-Note": f"key {CHAIN}"}}, {("request header X-Note", "chain key")}),
    "live key": ({"uri": f"https://api.omise.co/charges?key={LIVE}"}, {("request URI", "live secret key")}),
    "user": (
        {"uri": f"https://{PUBLIC_KEY}:@api.omise.co/"},
        {("request URI", "public key"), ("request URI", "user of an address")},
    ),
    "search": ({"uri": "https://api.omise.co/search?query=5454+5454+5454+5454"}, {("request URI", "card number")}),
    "JSON": (
        {"body": json.dumps({"card": CARD})},
        {("request body, card.number", "card number"), ("request body, card.security_code", "security code")},
    ),
    "form": (
        {"body": urlencode({"card[number]": NUMBER, "card[security_code]": CODE})},
        {("request body, card.number", "card number"), ("request body, card.security_code", "security code")},
    ),
    "multipart": (
        {"body": f'--x\r\nContent-Disposition: form-data; name="security_code"\r\n\r\n{CODE}\r\n--x--\r\n'},
        {("request body, security_code", "security code")},
    ),
    "text": ({"body": f"<p>paid with {NUMBER}</p>"}, {("request body", "card number")}),
    "JSON in a text": ({"body": f"note {json.dumps(json.dumps({'cvv': CODE}))}"}, {("request body", "security code")}),
    "bank account": (
        {"body": json.dumps({"bank_account": BANK})},
        {("request body, bank_account.number", "bank account number")},
    ),
    "citizen": ({"body": json.dumps({"citizen_id": CITIZEN})}, {("request body, citizen_id", "citizen number")}),
    "wallet": (
        {"body": json.dumps({"tokenization": {"method": "applepay", "data": WALLET}})},
        {("request body, tokenization.data", "wallet's payment data")},
    ),
    "answer": (
        {"answer": {"string": json.dumps({"account_number": ACCOUNT})}},
        {("response body, account_number", "bank account number")},
    ),
    "webhook secret": ({"answer": {"string": json.dumps({"key": HOOK})}}, {("response body, key", "webhook secret")}),
    "base64": (
        {"answer": {"base64_string": base64.b64encode(json.dumps({"cvc": CODE}).encode()).decode()}},
        {("response body, cvc", "security code")},
    ),
    "name": ({"body": json.dumps({"metadata": {NUMBER: 1}})}, {("request body, metadata.a name", "card number")}),
    "location": ({"location": [f"https://x.example/{SECRET_KEY}"]}, {("response location", "secret key")}),
}
"""What stands in a recording, and what is to be said of it."""

PACKINGS: dict[str, Callable[[bytes], bytes]] = {"plain": bytes, "gzip": gzip.compress, "deflate": zlib.compress}


def found(path: Path) -> Iterator[Leak]:
    """What is found in *path*, none of which shows the secret."""
    for leak in leaks_in(path):
        assert kinds_in(str(leak)) == set()
        yield leak


@pytest.mark.parametrize("leak", LEAKS)
@pytest.mark.parametrize("file", KINDS_OF_FILES)
def test_a_secret_is_found_wherever_it_is(tmp_path: Path, file: str, leak: str) -> None:
    """By its file, its interaction, its place and its kind; in YAML by its line too."""
    parts, wanted = LEAKS[leak]
    path = tmp_path / file
    path.write_text(KINDS_OF_FILES[file](interaction(**parts)))
    leaks = [*found(path)]

    assert {(each.where, each.kind) for each in leaks} == {(f"interaction 2, {where}", kind) for where, kind in wanted}
    assert all(each.path == path and (each.line is None) == (path.suffix == ".json") for each in leaks)


@pytest.mark.parametrize("packing", PACKINGS)
def test_packed_bodies_are_looked_into(tmp_path: Path, packing: str) -> None:
    """As VCR.py keeps bytes, in YAML."""
    body = PACKINGS[packing](json.dumps({"card": CARD}).encode())
    (tmp_path / "a.yaml").write_text(yaml.dump(of_vcr(interaction(answer={"string": body}))))

    assert {each.kind for each in found(tmp_path / "a.yaml")} == {"card number", "security code"}


@pytest.mark.parametrize(
    "harmless",
    [
        {"headers": {"Authorization": ["REDACTED"], "Cookie": None}},
        {"headers": {"Authorization": "Basic <key>"}},
        {"body": json.dumps({"card": {"number": "XXXXXXXXXXXX4242", "security_code": "***"}})},
        {"body": json.dumps({"card": {"number": "[redacted]4242", "security_code": "[redacted]", "cvc": None}})},
        {"body": "card[number]=%5Bredacted%5D4242&card[security_code]=FILTERED1"},
        {"body": json.dumps({"key": "charge.create", "object": "event", "number": "OMTH202601200001"})},
        {"body": json.dumps({"last_digits": "4242", "fingerprint": HOOK, "amount": 100000, "ok": True})},
        {"uri": "https://api.omise.co/tokens/tokn_test_5xuy4w91xqz7d1w9u0t"},
        {"body": "skey_test_REDACTED"},
    ],
)
def test_what_stands_in_for_a_secret_is_none(tmp_path: Path, harmless: dict[str, Any]) -> None:
    """Nor what only resembles one."""
    for file, write in KINDS_OF_FILES.items():
        (tmp_path / file).write_text(write(interaction(**harmless)))
        assert [*found(tmp_path / file)] == []


def test_a_plain_recording_has_many(sandbox_server: Server, tmp_path: Path) -> None:
    """One of VCR.py without any settings; one that this package made of the same calls has none."""

    def play() -> None:
        omise.secret_api_key, omise.public_api_key = SECRET_KEY, PUBLIC_KEY
        omise.Charge.create(amount=100_00, currency="thb", card=CARD)
        omise.Recipient.create(name="M", type="individual", bank_account=BANK)
        omise.WebhookSecret.create()

    with vcr.use_cassette(str(tmp_path / "plain" / "a.yaml"), record_mode="all"):
        play()
    with recorder(record_mode="all", sandbox_url=sandbox_server.url).use_cassette(str(tmp_path / "ours" / "a.yaml")):
        play()

    leaks = {(each.where.partition(", ")[2], each.kind) for each in found(tmp_path / "plain" / "a.yaml")}
    assert leaks >= {
        ("request header Authorization", "secret key"),
        ("request header Authorization", "public key"),
        ("request body, card.number", "card number"),
        ("request body, card.security_code", "security code"),
        ("request body, bank_account.number", "bank account number"),
        ("response body, bank_account.account_number", "bank account number"),
        ("response body, key", "webhook secret"),
    }
    check_cassettes(tmp_path / "ours")


@pytest.mark.parametrize("text", ["a: [", "\tx: 1", "a: !!binary '%'", "{", '{"a": '])
def test_what_cannot_be_read_is_told(tmp_path: Path, text: str) -> None:
    """Since there may be anything in it."""
    for path in (tmp_path / "a.yaml", tmp_path / "a.json"):
        path.write_text(text)
        assert [each.kind for each in leaks_in(path)] == ["cannot be read, and so not be checked"]


def test_nothing_in_a_recording_is_run(tmp_path: Path) -> None:
    """YAML can name functions to call; they are texts here."""
    (tmp_path / "a.yaml").write_text(f"interactions: [!!python/object/apply:os.mkdir ['{tmp_path}/made']]")

    assert [*leaks_in(tmp_path / "a.yaml")] == []
    assert not (tmp_path / "made").exists()


def test_a_test_of_ones_own_fails_with_what_was_found(tmp_path: Path) -> None:
    """All of it, a line each."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.json").write_text(json.dumps(of_vcr(interaction(body=NUMBER))))
    (tmp_path / "b.yaml").write_text(yaml.dump(of_vcr(interaction(headers={"Authorization": BASIC}))))

    with pytest.raises(AssertionError) as failed:
        check_cassettes(tmp_path)

    first, second = str(failed.value).splitlines()[1:]
    assert first.startswith(f"{tmp_path / 'b.yaml'}:")
    assert first.endswith("interaction 2, request header Authorization: secret key")
    assert second == f"{tmp_path / 'deep' / 'a.json'}: interaction 2, request body: card number"
    check_cassettes(CASSETTES)


def test_a_folder_without_recordings_is_no_good_sign(tmp_path: Path) -> None:
    """It may have been moved."""
    for folder in (tmp_path, tmp_path / "nothing"):
        with pytest.raises(FileNotFoundError, match="there are no recordings"):
            check_cassettes(folder)
