"""The sandbox in the process, as tests and notebooks use it."""

import io
import re
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import pytest
import requests
from werkzeug.test import EnvironBuilder, run_wsgi_app
from werkzeug.wrappers import Response

import omise
from omise.client import default_client
from omise.config import HOSTS, Host
from omise.sandbox import Application, Sandbox, Server
from omise.sandbox.embedded import ApplicationAdapter


def test_the_default_client_uses_it_inside_the_block() -> None:
    """Keys are set, requests are answered without a socket, and all of it is put back at the end."""
    omise.secret_api_key = "skey_test_mine"
    omise.timeout = 5

    with Sandbox() as sandbox:
        inside = omise.secret_api_key
        customer = omise.Customer.create(email="john@example.com")
        omise.timeout = 1
        omise.public_api_key = "pkey_test_other"

    assert inside is not None
    assert inside.startswith("skey_test_")
    assert inside != "skey_test_mine"
    assert sandbox.requests[-1].path == "/customers"
    assert customer.email == "john@example.com"
    assert (omise.secret_api_key, omise.public_api_key, omise.timeout) == ("skey_test_mine", None, 5)


def test_everything_is_put_back_after_an_exception() -> None:
    """An exception leaves the block through the same door."""
    with pytest.raises(RuntimeError), Sandbox():
        raise RuntimeError

    assert omise.secret_api_key is None


def test_other_threads_use_it_too() -> None:
    """Code under test may work in threads: the default client is one for all of them."""
    emails: list[str | None] = []
    with Sandbox() as sandbox:
        thread = threading.Thread(target=lambda: emails.append(omise.Customer.create(email="t@example.com").email))
        thread.start()
        thread.join()

    assert emails == ["t@example.com"]
    assert len(sandbox.requests) == 1


def test_sandboxes_are_apart_and_nest() -> None:
    """Each has its own state; the inner one hides the outer until it ends."""
    with Sandbox() as outer:
        omise.Customer.create()
        with Sandbox() as inner:
            within = len(omise.Customer.list())
        after = len(omise.Customer.list())

    assert (within, after) == (0, 1)
    assert (len(inner.requests), len(outer.requests)) == (1, 2)


def test_a_client_is_an_account_of_its_own() -> None:
    """`client` works without the block; accounts do not see each other's records."""
    sandbox = Sandbox()
    shop, office = sandbox.client(), sandbox.client(user_agent_suffix="office/1")
    shop.Customer.create(card=sandbox.card())

    seen = (len(shop.Customer.list()), len(office.Customer.list()))

    assert seen == (1, 0)
    assert omise.secret_api_key is None
    assert sandbox.requests[-1].headers["User-Agent"].endswith("office/1")


def test_clients_of_the_application_reach_it_too() -> None:
    """A client that code under test makes for itself reaches the sandbox inside the block, and only there."""
    shop = omise.Client(secret_api_key="skey_test_shop", max_retries=0)
    with Sandbox() as outer, Sandbox() as inner:
        shop.Customer.create(email="john@example.com")
    with Server(Application()) as server, Sandbox() as third:
        omise.Client(secret_api_key="skey_test_shop", api_url=server.url).Customer.create()

    assert [len(sandbox.requests) for sandbox in (outer, inner, third)] == [0, 1, 0]
    assert len(server.application.requests) == 1


@pytest.mark.parametrize("host", HOSTS)
def test_it_stands_in_for_every_host_of_the_api(host: Host) -> None:
    """Whichever a client asks, and wherever the environment says that it is."""
    shop = omise.Client(secret_api_key="skey_test_shop", max_retries=0)
    with Sandbox() as sandbox:
        for client in (shop, default_client):
            with pytest.raises(omise.errors.ServiceNotFoundError):
                client.call("GET", "/nothing", host=host)

    names = {"api": "api.omise.co", "vault": "vault.omise.co", "checkout": "checkout-page.omise.co"}
    assert [request.headers["Host"] for request in sandbox.requests] == [names[host]] * 2


def test_the_environment_cannot_lead_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Addresses and keys in the environment do not keep the default client from the sandbox."""
    for name in HOSTS.values():
        monkeypatch.setenv(f"OMISE_{name.upper()}", "https://api.example.com")
    monkeypatch.setenv("OMISE_SECRET_KEY", "skey_test_environment")

    with Sandbox() as sandbox:
        omise.Customer.create(card=sandbox.card())
        urls = {"complete_url": "https://shop.example.com"}
        omise.CheckoutSession.create(amount=100_00, currency="thb", redirect_urls=urls)

    hosts = [request.headers["Host"] for request in sandbox.requests]
    assert hosts == ["vault.omise.co", "api.omise.co", "checkout-page.omise.co"]
    assert not sandbox.requests[-1].used_key("skey_test_environment")
    assert omise.secret_api_key == "skey_test_environment"


def test_card_helpers() -> None:
    """Card data and tokens are made for tests, with the fields that they name."""
    with Sandbox() as sandbox:
        card = sandbox.card(name="Mali")
        token = sandbox.card_token("5555555555554444", name="Arunee")
        kept = omise.Customer.create(card=token).default_card
        other = omise.Customer.create(card=card).default_card

    assert kept is not None
    assert other is not None
    assert (kept.brand, kept.name) == ("MasterCard", "Arunee")
    assert (other.last_digits, other.name) == ("4242", "Mali")


def test_received_requests_hold_no_secret() -> None:
    """Card data and keys are left out of what was received."""
    with Sandbox() as sandbox:
        omise.Customer.create(card=sandbox.card(security_code="987"))
        secret = str(omise.secret_api_key)

    shown = repr(sandbox.requests) + repr(sandbox)
    assert not any(text in shown for text in ("4242424242424242", secret))
    assert not re.search(r"(?<![\w-])987(?![\w-])", shown)  # the letters of an id may spell it by chance
    assert sandbox.requests[-1].method == "POST"


def test_state_in_a_file_outlives_the_sandbox(tmp_path: Path) -> None:
    """Two sandboxes on the same file, one after the other, see the same records."""
    first = Sandbox(db=tmp_path / "state.db")
    client = first.client(secret_api_key="skey_test_kept")
    customer = client.Customer.create(email="john@example.com")
    first.close()

    again = Sandbox(db=tmp_path / "state.db").client(secret_api_key="skey_test_kept")

    assert again.Customer.retrieve(customer.id).email == "john@example.com"


def test_it_answers_as_the_server_does() -> None:
    """What comes back in the process is what comes back over HTTP: status, headers, JSON."""
    application = Application()
    session = requests.Session()
    session.mount("http://in.process", ApplicationAdapter(application))
    with Server(application) as server:
        answers = [
            session.post(f"{base}/customers", json={"email": "john@example.com"}, auth=("skey_test_1", ""), timeout=5)
            for base in ("http://in.process", server.url)
        ]
    session.close()

    inside, over_http = answers
    assert (inside.status_code, inside.reason) == (over_http.status_code, over_http.reason) == (200, "OK")
    assert inside.json().keys() == over_http.json().keys()
    kept = {"Content-Type", "Cache-Control", "Omise-Version", "Status"}
    assert {name: inside.headers[name] for name in kept} == {name: over_http.headers[name] for name in kept}


def test_reading_it_imports_it_when_it_is_first_used() -> None:
    """``omise.sandbox`` is there without an import of its own."""
    assert omise.sandbox.Sandbox is Sandbox


def test_it_is_strict_unless_it_is_lenient(caplog: pytest.LogCaptureFixture) -> None:
    """An unknown parameter is refused; a lenient sandbox ignores it, warns, and remembers it."""
    with (
        Sandbox() as strict,
        pytest.raises(omise.errors.BadRequestError, match=r"captur .* \(did you mean capture\?\)"),
    ):
        omise.Charge.create({"amount": 100_00, "currency": "thb", "card": strict.card(), "captur": False})
    with Sandbox(strict=False) as lenient:
        made = {"amount": 100_00, "currency": "thb", "card": lenient.card(), "captur": False}
        charge = omise.Charge.create(made)

    assert charge.paid
    assert lenient.requests[-1].params["captur"] is False
    assert "captur is not a known parameter" in caplog.text


def test_its_clock_can_be_turned() -> None:
    """What it says is the time of what happens then."""
    with Sandbox() as sandbox:
        now = sandbox.clock.advance(days=31)
        customer = omise.Customer.create()

    assert timedelta(0) <= customer.created_at - now.replace(microsecond=0) < timedelta(seconds=5)


class WithoutFaults:
    """Any WSGI application, in the place of the sandbox's."""

    faults = ()

    def __init__(self, application: Any) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        return self.application(environ, start_response)


#: What may differ: the body is read, threads are told of, and the address as it was written is no part of the protocol.
EXTRA = {"wsgi.input", "wsgi.multithread", "REQUEST_URI", "RAW_URI"}

REQUESTS: list[dict[str, Any]] = [
    {"method": "GET", "url": "https://api.omise.co/customers/a%20b%2Fc/%E0%B8%AA?order=%E0%B8%AA&limit=1"},
    {"method": "POST", "url": "http://localhost:8080/charges", "json": {"amount": 1}},
    {"method": "PATCH", "url": "http://127.0.0.1:4010", "data": {"a": "b"}, "headers": {"X-Some-Thing": "\xe9"}},
    {"method": "POST", "url": "http://a/documents", "files": {"file": b"GIF89a"}, "auth": ("skey_test_1", "")},
]


@pytest.mark.parametrize("options", REQUESTS, ids=lambda options: str(options["url"]))
def test_a_request_reaches_the_application_as_werkzeug_would_bring_it(options: dict[str, Any]) -> None:
    """Every variable of the gateway's protocol is the same, and so is the body."""
    seen: list[tuple[dict[str, Any], bytes]] = []

    def application(environ: dict[str, Any], start_response: Any) -> Any:
        body = environ["wsgi.input"].read()
        seen.append(({"CONTENT_LENGTH": "0"} | {name: environ[name] for name in environ.keys() - EXTRA}, body))
        return Response()(environ, start_response)

    request = requests.Request(**options).prepare()
    url, body = urlsplit(str(request.url)), request.body or b""
    builder = EnvironBuilder(
        path=url.path,
        base_url=f"{url.scheme}://{url.netloc}",
        query_string=url.query,
        method=str(request.method),
        headers=list(request.headers.items()),
        input_stream=io.BytesIO(body.encode() if isinstance(body, str) else body),
    )
    ApplicationAdapter(cast("Application", WithoutFaults(application))).send(request)
    run_wsgi_app(application, builder.get_environ())

    assert seen[0] == seen[1]
