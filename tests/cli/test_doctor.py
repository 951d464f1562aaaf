"""What ``omise doctor`` finds, and what it advises."""

import re
import socket
import sys
import threading
from collections.abc import Iterator
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

import omise
from omise.cli import doctor
from omise.neighbour import CLASH
from omise.sandbox import Server

from .conftest import Typed


@pytest.fixture(autouse=True)
def nothing_around(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy and no certificates of the machine that the tests run on."""
    for name in (*doctor.BUNDLES, "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


def lines(out: str, about: str) -> list[str]:
    """What was said of one thing, with the advice below it."""
    said = out.splitlines()
    return [f"{line} {said[place + 1].strip() if said[place + 1].startswith('    ') else ''}".rstrip()
            for place, line in enumerate(said) if line[7:].startswith(f"{about} ")]  # fmt: skip


def test_all_is_well(typed: Typed, sandbox_server: Server) -> None:
    """With a sandbox nothing is wrong; no key is shown, and nothing but reads is sent."""
    said = typed("doctor", "--drift")

    assert said.status == 0
    assert re.search(r"\nNothing is wrong(; \d notes?)?\.\n$", said.out)
    assert "wrong  " not in said.out
    assert "over_http" not in said.out
    assert lines(said.out, "secret key") == ["ok     secret key    a test key, from omise.secret_api_key"]
    assert lines(said.out, "drift") == ["ok     drift         the answers have the fields that are declared"]
    assert {each.method for each in sandbox_server.application.requests} == {"GET"}
    assert "\x1b" not in said.out


def test_a_sandbox_of_another_version_is_wrong(
    typed: Typed, sandbox_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is a wheel of its own, and what is beside it may have been upgraded alone."""
    usual = metadata.version
    monkeypatch.setattr(metadata, "version", lambda name: "0.0.9" if name == "omise-orm-sandbox" else usual(name))
    said = typed("doctor")

    assert said.status == 1
    assert lines(said.out, "versions")[1:] == [
        f"wrong  versions      the sandbox is that of omise 0.0.9 Install omise-orm-sandbox {omise.__version__}."
    ]


def test_a_missing_key_is_wrong(typed: Typed, sandbox_server: Server) -> None:
    """And where to set it is said; without the public one little is missed."""
    omise.secret_api_key = omise.public_api_key = None
    said = typed("doctor")

    assert said.status == 1
    assert re.search(r"\n1 wrong; \d notes?\.\n$", said.out)
    assert lines(said.out, "secret key")[0].startswith("wrong  secret key    none is set Set OMISE_SECRET_KEY")
    assert lines(said.out, "public key")[0].startswith("note ")


@pytest.mark.parametrize(
    ("secret", "public", "problem"),
    [
        ("pkey_test_5example00000000swap", "pkey_test_5example00000000swap", "begins with pkey_, where a secret key"),
        (
            "skey_5example00000000live",
            "pkey_test_5example00000000swap",
            "is a live key and omise.public_api_key a test",
        ),
        ("'skey_test_5example0quoted'", "pkey_test_5example00000000swap", "quotation marks around it"),
        ("skey_test_please_let_me_in", "pkey_test_5example00000000swap", "authentication failed"),
    ],
)
def test_a_key_that_will_not_do_is_wrong(
    typed: Typed, sandbox_server: Server, secret: str, public: str, problem: str
) -> None:
    """Without showing it."""
    omise.secret_api_key, omise.public_api_key = secret, public
    said = typed("doctor")

    assert said.status == 1
    assert any(line.startswith("wrong") and problem in line for line in said.out.splitlines())
    assert secret not in said.out


def test_a_host_that_is_not_there_is_wrong(typed: Typed, sandbox_server: Server) -> None:
    """With its setting in the environment."""
    omise.vault_url = "http://127.0.0.1:1"
    (line,) = lines(typed("doctor").out, "vault")

    assert line.startswith("wrong  vault         http://127.0.0.1:1, not the API's own: no connection: ")
    assert "OMISE_VAULT_URL" in line


def test_a_host_that_may_not_be_asked_is_wrong(
    typed: Typed, sandbox_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not asked."""
    del omise.vault_url
    monkeypatch.setenv("OMISE_VAULT_URL", "http://vault.invalid")
    (line,) = lines(typed("doctor").out, "vault")

    assert line.startswith("wrong  vault         OMISE_VAULT_URL is http://vault.invalid: a key never goes over plain")


def test_a_proxy_is_told_without_its_password(
    typed: Typed, sandbox_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And that it does not answer."""
    monkeypatch.setenv("HTTPS_PROXY", "http://me:hunter2@127.0.0.1:1")
    del omise.checkout_url
    said = typed("doctor")
    told, wrong = lines(said.out, "checkout")

    assert told.startswith(
        "note   checkout      goes through the proxy http://[redacted]@127.0.0.1:1 If it should not,"
    )
    assert wrong.startswith("wrong  checkout      https://checkout-page.omise.co: ")
    assert "NO_PROXY" in wrong
    assert "hunter2" not in said.out


def test_what_does_not_speak_tls_is_wrong(typed: Typed, sandbox_server: Server) -> None:
    """As where a proxy of somebody's answers in the API's place; it is not gone on with."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        omise.checkout_url = f"https://127.0.0.1:{listening.getsockname()[1]}"
        (line,) = lines(typed("doctor").out, "checkout")
        thread.join()

    assert line.startswith(f"wrong  checkout      {omise.checkout_url}, not the API's own: TLS failed: ")
    assert "REQUESTS_CA_BUNDLE" in line


def test_certificates_of_ones_own_are_told(
    typed: Typed, sandbox_server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """And what is named and not there is wrong."""
    (tmp_path / "ours.pem").write_text("")
    monkeypatch.setenv("CURL_CA_BUNDLE", str(tmp_path / "ours.pem"))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere.pem")
    wrong, note = lines(typed("doctor").out, "certificates")

    assert wrong.startswith("wrong  certificates  REQUESTS_CA_BUNDLE is /nowhere.pem, and there is nothing Correct it")
    assert note == f"note   certificates  those of {tmp_path}/ours.pem are trusted, by CURL_CA_BUNDLE"


@pytest.fixture
def elsewhen(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a server whose clock goes wrong by so many seconds, or that has none."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(404)
            self.end_headers()

        def date_time_string(self, timestamp: Any = None) -> str:
            import time

            return "noon" if request.param is None else formatdate(time.time() + request.param, usegmt=True)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("elsewhen", "beginning"),
    [
        (-600, "wrong  clock         this machine's is 60"),
        (600, "wrong  clock         this machine's is "),
        (0, "ok     clock "),
        (None, "note   clock         the API did not say"),
    ],
    indirect=["elsewhen"],
)
def test_a_clock_that_is_wrong_is_told(typed: Typed, elsewhen: str, beginning: str) -> None:
    """By what the API says of the time."""
    omise.api_url = omise.vault_url = omise.checkout_url = elsewhen
    (line,) = lines(typed("doctor").out, "clock")

    assert line.startswith(beginning)


def test_the_official_package_is_told(typed: Typed, sandbox_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both provide the same import."""
    version = metadata.version
    monkeypatch.setattr(metadata, "version", lambda name: "0.16.0" if name == "omise" else version(name))
    (line,) = lines(typed("doctor").out, "packages")

    assert line == f"wrong  packages      the official package, omise 0.16.0, is installed too {CLASH}."


def test_drift_is_told(typed: Typed, sandbox_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each field once; it is no fault of the user's."""
    monkeypatch.delitem(omise.Balance.__annotations__, "transferable")
    said = typed("doctor", "--drift")

    assert said.status == 0
    new, advice = lines(said.out, "drift")
    assert new == "note   drift         balance.transferable is new: whole number"
    assert "is no fault of yours" in advice


def test_drift_that_cannot_be_looked_for_is_told(typed: Typed, sandbox_server: Server) -> None:
    """In its line, as all that is wrong: without a key, where the API refuses; nor is another version compared."""
    omise.public_api_key = None
    assert lines(typed("doctor", "--drift").out, "drift") == [
        "ok     drift         the answers have the fields that are declared"
    ]
    omise.api_version = "2017-11-02"
    assert lines(typed("doctor", "--drift").out, "drift")[0].startswith("note   drift         not looked for: ")
    omise.api_version = "2019-05-29"
    omise.max_retries = 0
    omise.api_url = "http://127.0.0.1:1"
    said = typed("doctor", "--drift")
    assert (said.status, said.err) == (1, "")
    assert lines(said.out, "drift")[0].startswith("wrong  drift         cannot be looked for: ")
    omise.secret_api_key = None
    said = typed("doctor", "--drift")
    assert (said.status, said.err) == (1, "")
    assert lines(said.out, "drift") == ["wrong  drift         cannot be looked for without a secret key"]


def test_what_parts_of_the_package_lack_is_told(
    typed: Typed, sandbox_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By what they are for."""
    version = doctor._version
    monkeypatch.setattr(doctor, "_version", lambda name: None if name == "rich" else version(name))
    (line,) = lines(typed("doctor").out, "extras")

    assert line.startswith("ok     extras        there is what sandbox, ")
    assert line.endswith("; not installed: rich")


def test_the_sandbox_is_lacking_where_its_wheel_is(
    typed: Typed, sandbox_server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Its folder is in the wheel of the client too; to install what it needs would not do."""
    version = doctor._version
    monkeypatch.setattr(doctor, "_version", lambda name: None if name == "omise-orm-sandbox" else version(name))
    monkeypatch.setattr(doctor, "SANDBOX", tmp_path / "app.py")

    assert lines(typed("doctor").out, "extras")[0].endswith("; not installed: omise-orm-sandbox")


def test_every_extra_is_looked_at() -> None:
    """And all that it brings; Parquet has none."""
    extras: dict[str, set[str]] = {}
    for requirement in metadata.requires("omise-orm") or ():
        name, extra = re.split(r"[^\w-]", requirement)[0], re.search(r"extra == ['\"](\w+)", requirement)
        if extra and extra[1] not in ("suite", "dev", "docs") and name != "omise-orm":
            extras.setdefault(extra[1], set()).add(name)
    looked_at = {part: {*names} - {"omise-orm-sandbox"} for part, names in doctor.OPTIONAL.items() if part != "parquet"}

    assert looked_at == extras


def test_another_version_is_told(typed: Typed, sandbox_server: Server) -> None:
    """Its fields are others than those that are declared."""
    omise.api_version = "2017-11-02"
    (line,) = lines(typed("doctor").out, "version")

    assert line.startswith("note   version       2017-11-02 is asked for")


def test_versions_are_those_of_what_is_installed(typed: Typed, sandbox_server: Server) -> None:
    """So that they can be told to who helps."""
    (line,) = lines(typed("doctor").out, "versions")

    assert (
        f"omise {omise.__version__}, Python {sys.version.split()[0]}, requests {metadata.version('requests')}" in line
    )
