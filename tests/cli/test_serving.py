"""A sandbox over HTTP, as it is started and turned from the command line."""

import signal
import socket
import subprocess
import sys
import threading
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import requests

import omise
from omise.cli import main
from omise.sandbox import Application, Server

from ..processes import running


def use(url: str) -> None:
    omise.api_url = omise.vault_url = url
    omise.secret_api_key, omise.public_api_key = "skey_test_sandbox", "pkey_test_sandbox"


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_sandbox_serves_until_it_is_stopped(stop: signal.Signals) -> None:
    """A customer is created over HTTP, and Ctrl-C or a termination ends the process cleanly."""
    with running() as (process, url):
        use(url)
        customer = omise.Customer.create(email="john@example.com")
        process.send_signal(stop)
        output, errors = process.communicate(timeout=10)

    assert customer.email == "john@example.com"
    assert (process.returncode, errors) == (0, "")
    assert output.endswith("\nStopped.\n")


def test_sandbox_says_what_to_set() -> None:
    """What is printed can be pasted into a shell or into Python."""
    with running() as (process, url):
        assert process.stdout is not None
        output = "".join(iter(process.stdout.readline, f"To look at it, open {url} in a browser.\n"))
        process.send_signal(signal.SIGINT)
        rest = process.stdout.read()  # and not communicate(), which passes over what was read ahead

    addresses = "".join(f"  export OMISE_{host}_URL={url}\n" for host in ("API", "VAULT", "CHECKOUT"))
    assert addresses in output
    assert "  export OMISE_SECRET_KEY=skey_test_sandbox\n  export OMISE_PUBLIC_KEY=pkey_test_sandbox\n" in output
    assert f"  omise.api_url = '{url}'\n" in output
    assert f"  omise.checkout_url = '{url}'\n" in output
    assert rest == "\nStopped; nothing was received.\n"


def test_sandbox_keeps_its_state_in_a_file(tmp_path: Path) -> None:
    """What was created before a stop is there after the next start with the same file."""
    with running("--db", str(tmp_path / "state.db")) as (process, url):
        use(url)
        customer = omise.Customer.create(email="john@example.com")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=10)
    with running("--db", str(tmp_path / "state.db")) as (_, url):
        use(url)
        again = omise.Customer.retrieve(customer.id)

    assert again.email == "john@example.com"


def test_sandbox_takes_only_the_keys_it_was_given() -> None:
    """With keys on the command line no other opens an account, and they are not printed."""
    with running("--secret-key", "skey_test_ours", "--public-key", "pkey_test_ours") as (process, url):
        use(url)
        with pytest.raises(omise.errors.AuthenticationFailureError):
            omise.Customer.create()
        omise.secret_api_key = "skey_test_ours"
        customer = omise.Customer.create()
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=10)

    assert customer.id
    assert "key_test" not in output


def test_sandbox_sends_webhooks_to_the_hosts_it_may() -> None:
    """The address, the host and the secret come from the command line; the secret that was given is not printed."""
    secret = "c2FuZGJveCBzZWNyZXQ="
    hook = ("--webhook", "http://shop.invalid:8000/hook", "--allow-webhook-host", "shop.invalid")
    with running(*hook, "--webhook-secret", secret) as (process, url):
        use(url)
        account = omise.Account.retrieve().update(webhook_uri="http://shop.invalid/other")
        process.send_signal(signal.SIGINT)
        assert process.stdout is not None
        output = process.stdout.read()  # with what was read ahead of the first line

    assert account.webhook_uri == "http://shop.invalid/other"
    assert "Events go to http://shop.invalid:8000/hook, signed with the secret given\n" in output
    assert secret not in output


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--webhook-secret", "not base64!"], "a webhook secret is base64, as the dashboard shows it"),
        (
            ["--allow-webhook-host", "http://shop"],
            "'http://shop' is not the name of a host; a webhook's address has it ",
        ),
        (
            ["--webhook", "http://shop/"],
            "webhook 'http://shop/' must be an https URI; http goes to this machine and to ",
        ),
    ],
)
def test_what_webhooks_cannot_use_is_refused(
    arguments: list[str], problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is served; a secret is not shown."""
    status = main(["sandbox", *arguments])
    error = capsys.readouterr().err

    assert status == 1
    assert error.startswith(f"omise: {problem}")
    assert "not base64!" not in error


def test_a_port_in_use_is_a_clear_message(capsys: pytest.CaptureFixture[str]) -> None:
    """The message names the address and what to do; nothing is served."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        status = main(["sandbox", "--port", str(port)])

    printed = capsys.readouterr()
    assert status == 1
    assert printed.out == ""
    assert f"cannot listen on 127.0.0.1 port {port}" in printed.err
    assert "--port" in printed.err


@pytest.mark.parametrize(("dashboard", "status"), [("loopback", 200), ("off", 404)])
def test_sandbox_shows_a_dashboard(dashboard: str, status: int) -> None:
    """It is said where it is, unless it is switched off."""
    with running("--dashboard", dashboard) as (process, url):
        answer = requests.get(url, timeout=10)
        process.send_signal(signal.SIGINT)
        assert process.stdout is not None
        said = process.stdout.read()  # and not communicate(), which passes over what was read ahead

    assert answer.status_code == status
    assert (f"To look at it, open {url} in a browser." in said) == (status == 200)


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file of something else is refused with its name, and not written to."""
    path = tmp_path / "notes.txt"
    path.write_text("not a database, but my notes")

    status = main(["sandbox", "--db", str(path)])

    assert status == 1
    assert str(path) in capsys.readouterr().err
    assert path.read_text() == "not a database, but my notes"


def test_sandbox_can_be_lenient() -> None:
    """`--lenient` lets unknown parameters pass, and warns of them; without it they are refused."""
    with running() as (_, url):
        use(url)
        with pytest.raises(omise.errors.BadRequestError, match="did you mean limit"):
            omise.request("GET", "/charges", limt=1)
    with running("--lenient") as (process, url):
        use(url)
        total = omise.request("GET", "/charges", limt=1).total
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=10)

    assert total == 0
    assert errors == "GET /charges: limt is not a known parameter (did you mean limit?)\n"


def test_a_missing_extra_is_named() -> None:
    """Without the sandbox's own dependencies the command says what to install."""
    code = "import sys; sys.modules['werkzeug'] = None; from omise.cli import main; sys.exit(main(['sandbox']))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=10, check=False)

    assert result.returncode == 1
    assert result.stderr == "omise: the sandbox needs werkzeug: pip install werkzeug waitress jinja2 segno\n"


@pytest.mark.parametrize("package", ["waitress", "jinja2", "segno"])
def test_a_missing_extra_is_named_in_python_too(package: str) -> None:
    """So is it where the sandbox is used without the command line, and where it is only needed later."""
    code = f"import sys; sys.modules['{package}'] = None; import omise; omise.sandbox"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=10, check=False)

    assert f"ModuleNotFoundError: the sandbox needs {package}: pip install werkzeug waitress" in result.stderr


def test_sandbox_injects_the_faults_of_a_file(tmp_path: Path) -> None:
    """An answer is lost as the file says, and it is said that there are faults."""
    faults = tmp_path / "faults.json"
    faults.write_text('{"seed": 7, "faults": [{"kind": "reset_after", "path": "/customers", "times": 1}]}')
    with running("--faults", str(faults)) as (process, url):
        use(url)
        with pytest.raises(omise.OutcomeUnknown):
            omise.Customer.create(email="john@example.com")
        emails = [customer.email for customer in omise.Customer.list()]
        said = f"The faults in {faults} are injected.\n"
        output = "".join(iter(process.stdout.readline, said))  # type: ignore[union-attr]
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=10)

    assert (emails, errors) == (["john@example.com"], "")
    assert "To use it" in output


@pytest.mark.parametrize(
    ("text", "problem"),
    [(None, "No such file or directory"), ("{", "Expecting"), ("[]", "give {"), ('{"faults": [1]}', "a fault is")],
)
def test_a_file_without_faults_is_refused(
    text: str | None, problem: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With its name and what is wrong with it, before anything is served."""
    path = tmp_path / "faults.json"
    if text is not None:
        path.write_text(text)

    status = main(["sandbox", "--faults", str(path)])

    assert status == 1
    assert capsys.readouterr().err.startswith(f"omise: no faults in {path}: {problem}")


@pytest.mark.parametrize("port", ["x", "70000", "-1"])
def test_a_port_that_is_none_is_refused(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Nonsense for a port is refused before anything starts."""
    status = main(["sandbox", f"--port={port}"])

    assert status == 2
    assert "number up to 65535" in capsys.readouterr().err


def test_another_address_than_loopback_is_warned_of(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who listens on every address is told that others can reach it."""
    monkeypatch.setattr("omise.sandbox.serve", lambda app, host, port, on_ready: on_ready(Server(app, host, 1).url))

    status = main(["sandbox", "--host", "0.0.0.0"])

    assert status == 0
    said = capsys.readouterr().out
    assert "Who reaches 0.0.0.0 can use it" in said
    assert "export OMISE_API_URL=http://127.0.0.1:" in said


def test_clock_turns_the_clock_of_a_running_sandbox(capsys: pytest.CaptureFixture[str]) -> None:
    """It says what time it is there then, and without a step what time it is."""
    with Server(Application()) as server:
        before = server.application.clock.now()
        assert main(["clock", "--url", server.url]) == 0
        assert main(["clock", "--url", f"{server.url}/", "--days", "31", "--hours", "1.5"]) == 0
        turned = server.application.clock.now() - before
        first, second = capsys.readouterr().out.splitlines()

    assert timedelta(0) <= turned - timedelta(days=31, hours=1.5) < timedelta(seconds=5)
    said = [datetime.fromisoformat(line[-21:-2]).replace(tzinfo=timezone.utc) for line in (first, second)]
    assert first.startswith("The sandbox's clock says 20")
    assert timedelta(days=31, hours=1.5, seconds=-1) <= said[1] - said[0] < timedelta(days=31, hours=1.5, seconds=5)


def test_clock_passes_on_why_it_was_not_turned(capsys: pytest.CaptureFixture[str]) -> None:
    """It only goes forward."""
    with Server(Application()) as server:
        status = main(["clock", "--url", server.url, "--days", "-1"])

    assert (status, capsys.readouterr().err) == (1, "omise: the sandbox's clock only goes forward\n")


@pytest.mark.parametrize("url", ["https://api.omise.co", "http://192.0.2.1:4010", "nowhere"])
def test_clock_stays_on_this_machine(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is sent to another one."""
    status = main(["clock", "--url", url, "--days", "1"])
    error = capsys.readouterr().err

    assert status == 1
    assert error.startswith(f"omise: {url} is not on this machine, and ")
    assert error.endswith(" is not named in OMISE_ALLOW_HTTP_HOSTS\n")


def test_clock_goes_to_a_host_that_was_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A sandbox in a container is named in the environment; here it is asked, and is not there."""
    monkeypatch.setenv("OMISE_ALLOW_HTTP_HOSTS", "sandbox.invalid")
    status = main(["clock", "--url", "http://sandbox.invalid:4010", "--days", "1"])

    assert status == 4
    assert capsys.readouterr().err.startswith("omise: no sandbox answers at http://sandbox.invalid:4010: ")


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "ftp://127.0.0.1"])
def test_clock_says_where_no_sandbox_answers(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever was given as its address."""
    status = main(["clock", "--url", url])
    error = capsys.readouterr().err

    assert status == 4
    assert error.startswith(f"omise: no sandbox answers at {url}: ")


@pytest.mark.parametrize("body", [b"[]", b"{}", b"hello"])
def test_clock_notices_what_is_no_sandbox(body: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    """Anything may listen on a port."""
    with _StandIn(body, 200) as url:
        assert main(["clock", "--url", url]) == 4
    with _StandIn(body, 500) as url:
        assert main(["clock", "--url", url]) == 1
    first, _, second = capsys.readouterr().err.splitlines()  # with what to do below the first

    assert first.startswith("omise: no sandbox answers at http://127.0.0.1:")
    assert second == "omise: HTTP Error 500: Internal Server Error"


class _StandIn:
    """A server that gives the same answer to everything."""

    def __init__(self, body: bytes, status: int) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    def __enter__(self) -> str:
        self._thread.start()
        return f"http://127.0.0.1:{self._server.server_port}"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
