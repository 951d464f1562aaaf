"""One request to the wire and back, over real HTTP, with everything that can go wrong on the way."""

from __future__ import annotations

import base64
import email.utils
import inspect
import json
import logging
import pickle
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
import requests
import urllib3
from requests.adapters import BaseAdapter

import omise
from omise.client import Client
from omise.errors import (
    APIConnectionError,
    APIError,
    ConfigurationError,
    Error,
    InternalError,
    NotFoundError,
    OutcomeUnknown,
    TooManyRequestsError,
)
from omise.records.access import Options
from omise.version import __version__
from omise.wire.deadlines import Deadline
from omise.wire.transport import BACKOFF, LONGEST_BACKOFF, pause

from ..misbehaving import (
    Answer,
    Connection,
    Misbehaving,
    answer,
    cut_short,
    drip_body,
    drip_chunks,
    drip_headers,
    empty,
    hang_up,
    html,
    internal_error,
    json_list,
    not_found,
    reset,
    silence,
    unavailable,
)

KEY, PUBLIC = "skey_test_5xuy4w91xqz7d1w9u0t", "pkey_test_5xuy4w91xqz7d1w9u0u"
CARD, CODE = "4242424242424242", "98765"
SECRETS = (KEY, PUBLIC, CARD, CODE, base64.b64encode(f"{KEY}:".encode()).decode())
PARAMS = {"amount": 100_00, "card": {"number": CARD, "security_code": CODE}, "description": f"{KEY} {CARD}"}


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses between tries, which are noted and not made."""
    made: list[float] = []
    monkeypatch.setattr("omise.wire.transport.time.sleep", made.append)
    return made


@pytest.fixture
def client(server: Misbehaving) -> Iterator[Client]:
    """A client of the server."""
    with client_of(server.url) as client:
        yield client


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A self-signed certificate for 127.0.0.1, and its key, in files."""
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = str(folder / "certificate.pem"), str(folder / "key.pem")
    make = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=127.0.0.1"
    extension = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate]
    subprocess.run([*make.split(), *extension], check=True, capture_output=True)
    return certificate, key


def client_of(url: str, **settings: Any) -> Client:
    """A client of the server at *url*."""
    return Client(secret_api_key=KEY, api_url=url, **{"timeout": 5, **settings})


def fail(client: Client, method: str, kind: type[Error], params: Any = PARAMS, **options: Any) -> Any:
    """Send a request that fails with an error of *kind*, and return that, once it was searched for secrets."""
    with pytest.raises(Error) as raised:
        client.call(method, "/charges", params, options=Options.split(options)[0])
    assert type(raised.value) is kind
    assert secrets_in(raised.value) == []
    return raised.value


def secrets_in(error: BaseException) -> list[str]:
    """Search *error* for secrets: its texts, its pickle, all it refers to, the frames that its causes went through."""
    found, seen, todo = [], set(), [(type(error).__name__, error, 0)]
    texts = [("pickle", pickle.dumps(error).decode("latin-1"))]
    while todo:
        path, value, depth = todo.pop()
        if id(value) in seen or depth > 7:
            continue
        seen.add(id(value))
        if isinstance(value, (str, bytes)):
            texts.append((path, value if isinstance(value, str) else value.decode("latin-1")))
            continue
        if isinstance(value, float):
            continue  # a clock, in whose digits anything may stand
        texts.append((path, f"{value!s} {value!r}"))
        inner: dict[Any, Any] = dict(getattr(value, "__dict__", {}))
        if isinstance(value, BaseException):
            inner |= {"args": value.args, "cause": value.__cause__, "context": value.__context__}
            frame = value.__traceback__ if value is not error else None
            while frame:
                inner[f"frame {frame.tb_lineno}"] = dict(frame.tb_frame.f_locals)
                frame = frame.tb_next
        elif isinstance(value, dict):
            inner |= {**value, "names": list(value)}
        elif isinstance(value, (list, tuple, set)):
            inner |= dict(enumerate(value))
        todo += [(f"{path}.{name}", item, depth + 1) for name, item in inner.items()]
    for path, text in texts:
        found += [f"{path}: {text}" for secret in SECRETS if secret in text]
    return found


# What is sent


def test_a_get_has_a_query_string(server: Misbehaving, client: Client) -> None:
    """Parameters of a GET are in its address, nested ones in brackets, and there is no body."""
    client.call("GET", "/charges", {"limit": 5, "expand": True, "filters": {"q": "a b&c"}, "none": None})

    [sent] = server.received
    assert sent.path == "/charges?limit=5&expand=true&filters%5Bq%5D=a+b%26c"
    assert sent.body == b""
    assert "Content-Type" not in sent.headers


@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
def test_anything_else_has_a_json_body(server: Misbehaving, client: Client, method: str) -> None:
    """Nesting, null, booleans and every alphabet arrive as they are; without parameters there is no body."""
    params = {"description": "ร้านกาแฟ ☕", "metadata": {"none": None, "yes": True, "list": [1]}}
    client.call(method, "/charges", params)
    client.call(method, "/charges")

    first, second = server.received
    assert (first.method, first.path, first.json) == (method, "/charges", params)
    assert first.headers["Content-Type"] == "application/json"
    assert second.body == b""
    assert "Content-Type" not in second.headers


def test_files_are_sent_as_multipart(server: Misbehaving, client: Client) -> None:
    """A document travels beside its parameters, and again whole in a second try."""
    server.answers = [answer(429, {})]
    client.call("POST", "/documents", {"kind": "invoice"}, files={"file": ("a.pdf", b"%PDF-1.7", "application/pdf")})

    first, second = server.received
    assert first.headers["Content-Type"].startswith("multipart/form-data; boundary=")
    for part in (
        b'name="file"; filename="a.pdf"',
        b"Content-Type: application/pdf",
        b"%PDF-1.7",
        b'name="kind"',
        b"invoice",
    ):
        assert part in first.body
    assert second.body == first.body


def test_headers_say_who_asks_for_what(server: Misbehaving, client: Client) -> None:
    """Version of the API, this package and its Python, the application, and the JSON that is wanted."""
    client.config.user_agent_suffix = "shop/2.1"
    client.call("GET", "/account")

    headers = server.received[0].headers
    assert headers["Omise-Version"] == "2019-05-29"
    assert headers["User-Agent"].startswith(f"OmisePython/{__version__} Python/3.")
    assert headers["User-Agent"].endswith(" shop/2.1")
    assert headers["Accept"] == "application/json"
    assert "Idempotency-Key" not in headers


def test_no_version_is_sent_where_none_is_wanted(server: Misbehaving, client: Client) -> None:
    """The account's own version applies then."""
    client.config.api_version = None
    client.call("GET", "/account")

    assert "Omise-Version" not in server.received[0].headers


# The table of tries: what happened, and what follows from it

LOST: list[Answer] = [reset, hang_up, cut_short, html, empty, json_list, internal_error, unavailable]
LOST_IDS = ["reset", "hang_up", "cut_short", "html", "empty", "json_list", "500", "503"]


@pytest.mark.parametrize("what", LOST, ids=LOST_IDS)
@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_what_can_be_repeated_is_repeated_when_lost(
    server: Misbehaving, client: Client, pauses: list[float], method: str, what: Answer
) -> None:
    """A read, or a DELETE, whose answer is lost twice succeeds at the third try."""
    server.answers = [what, what]

    assert client.call(method, "/charges")["id"] == "thing_1"
    assert [sent.method for sent in server.received] == [method] * 3
    assert len(pauses) == 2


@pytest.mark.parametrize("what", LOST, ids=LOST_IDS)
@pytest.mark.parametrize("method", ["POST", "PATCH"])
@pytest.mark.parametrize("key", [None, "order 7"])
def test_a_write_whose_answer_is_lost_is_never_repeated(
    server: Misbehaving, client: Client, pauses: list[float], method: str, what: Answer, key: str | None
) -> None:
    """It may have been carried out: it is sent once, with an idempotency key too, and the caller is told."""
    server.answers = [what]
    before = datetime.now(timezone.utc)

    error = fail(client, method, OutcomeUnknown, idempotency_key=key)

    assert len(server.received) == 1
    assert pauses == []
    assert before <= error.sent_at <= datetime.now(timezone.utc)
    assert error.params["amount"] == 100_00
    assert error.params["card"] == {"number": "[redacted]4242", "security_code": "[redacted]"}
    assert (error.method, error.url) == (method, f"{server.url}/charges")
    assert f"{method} {server.url}/charges, sent at {error.sent_at:%Y-%m-%d %H:%M:%S} UTC" in str(error)


@pytest.mark.parametrize("what", LOST, ids=LOST_IDS)
def test_a_read_that_stays_lost_is_a_connection_error(server: Misbehaving, client: Client, what: Answer) -> None:
    """After the last try the caller gets what is wrong, with the address; what the API explains is its error."""
    server.answers = [what] * 3

    error = fail(client, "GET", InternalError if what is internal_error else APIConnectionError)

    assert len(server.received) == 3
    assert error.status == {html: 502, empty: 200, json_list: 200, internal_error: 500, unavailable: 503}.get(what)
    if what is not internal_error:
        assert f"(GET {server.url}/charges)" in str(error)
        assert error.url == f"{server.url}/charges"


@pytest.mark.parametrize("what", LOST, ids=LOST_IDS)
def test_a_delete_that_stays_lost_has_an_unknown_outcome(server: Misbehaving, client: Client, what: Answer) -> None:
    """Nobody knows if it was carried out."""
    server.answers = [what] * 3

    error = fail(client, "DELETE", OutcomeUnknown)

    assert len(server.received) == 3
    assert error.code == ("internal_error" if what is internal_error else None)


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH", "DELETE"])
def test_what_was_never_sent_is_tried_again(method: str, pauses: list[float]) -> None:
    """Nothing listens: nothing can have been done, so that every method is tried again, and the error says so."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}"
        error = fail(client_of(url), method, APIConnectionError)

    assert len(pauses) == 2
    assert "Connection refused" in str(error)
    assert f"({method} {url}/charges)" in str(error)
    assert isinstance(error.__cause__, requests.ConnectionError)


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH", "DELETE"])
def test_a_rate_limit_is_waited_for(server: Misbehaving, client: Client, pauses: list[float], method: str) -> None:
    """429 is no work done: every method is sent again after the pause that was asked for."""
    server.answers = [
        answer(429, {"code": "too_many_requests", "message": "slow"}, Retry_After="3"),
        answer(429, b"<html>", Retry_After="1"),
    ]

    assert client.call(method, "/charges", PARAMS)["id"] == "thing_1"
    assert pauses == [3, 1]
    assert len({sent.body for sent in server.received}) == 1


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    "body", [{"object": "error", "code": "too_many_requests", "message": "slow"}, b"<html>slow", b"", []]
)
def test_a_rate_limit_that_stays_is_its_error(server: Misbehaving, client: Client, method: str, body: Any) -> None:
    """After the last try it is a refusal, in whatever form it came."""
    server.answers = [answer(429, body, X_Request_Id="req_1")] * 3

    error = fail(client, method, TooManyRequestsError)

    assert (error.status, error.request_id, len(server.received)) == (429, "req_1", 3)


@pytest.mark.parametrize(
    ("header", "low", "high"),
    [
        ("2", 2, 2),
        ("0", 0, 0),
        ("86400", 30, 30),
        ("9" * 400, 30, 30),
        (20, 15, 20),
        (9999, 30, 30),
        (-9999, 0, 0),
        ("-1", 0, BACKOFF),
        ("soon", 0, BACKOFF),
        ("", 0, BACKOFF),
    ],
)
def test_the_pause_that_is_asked_for_has_limits(
    server: Misbehaving, client: Client, pauses: list[float], header: str | int, low: float, high: float
) -> None:
    """Seconds or a date (here so far from now), at most half a minute, at least nothing; nonsense is ignored."""
    if isinstance(header, int):
        header = email.utils.formatdate(time.time() + header, usegmt=True)
    server.answers = [answer(429, {}, Retry_After=header)]
    client.call("POST", "/charges")

    [pause] = pauses
    assert low <= pause <= high


def test_pauses_grow_and_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    """Exponential up to a limit, with full jitter, so that many clients do not come back at once."""
    from omise.wire.answers import Answer as Answered
    from omise.wire.answers import Outcome

    lost = Answered(Outcome.LOST)
    monkeypatch.setattr("omise.wire.transport.random.uniform", lambda low, high: (low, high))

    assert [pause(number, lost) for number in range(7)] == [(0, high) for high in (0.5, 1, 2, 4, 8, 8, 8)]
    assert LONGEST_BACKOFF == 8


@pytest.mark.parametrize("retries", [0, 1, 5])
def test_the_number_of_tries_is_a_setting(
    server: Misbehaving, client: Client, pauses: list[float], retries: int
) -> None:
    """``max_retries`` is how often a request is sent again."""
    client.config.max_retries = retries
    server.answers = [html] * 9

    fail(client, "GET", APIConnectionError)

    assert len(server.received) == retries + 1
    assert len(pauses) == retries


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422])
def test_a_refusal_is_final(server: Misbehaving, client: Client, pauses: list[float], status: int) -> None:
    """What the API says no to is not asked again."""
    server.answers = [
        answer(status, {"object": "error", "code": "brand_new", "message": f"no {CARD}"}, X_Request_Id="req_1")
    ]

    error = fail(client, "POST", APIError)

    assert (error.status, error.code, error.request_id) == (status, "brand_new", "req_1")
    assert len(server.received) == 1
    assert pauses == []


def test_a_refusal_with_status_200_is_one(server: Misbehaving, client: Client) -> None:
    """An error object is an error, whatever the status."""
    server.answers = [answer(200, {"object": "error", "code": "not_found", "message": "no"})]

    fail(client, "GET", NotFoundError)


def test_a_delete_that_finds_nothing_has_done_its_work_if_it_was_lost_before(
    server: Misbehaving, client: Client
) -> None:
    """The first try was carried out, as the second one finds; without a first one it is an error."""
    server.answers = [reset, not_found, not_found]

    assert client.call("DELETE", "/customers/cust_1") == {"deleted": True}
    fail(client, "DELETE", NotFoundError)


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (answer(404, b"<html>no such page"), None),
        (answer(404, {"object": "error", "code": "service_not_found", "message": "no"}), "service_not_found"),
        (answer(401, {"object": "error", "code": "authentication_failure", "message": "no"}), "authentication_failure"),
    ],
    ids=["html", "service_not_found", "401"],
)
def test_only_the_apis_word_proves_a_delete(
    server: Misbehaving, client: Client, second: Answer, code: str | None
) -> None:
    """Another refusal after a lost try says nothing about the record."""
    server.answers = [reset, second, second]

    error = fail(client, "DELETE", OutcomeUnknown)

    assert error.code == code


def test_a_delete_that_was_only_limited_before_is_not_done(server: Misbehaving, client: Client) -> None:
    """A try that was certainly not carried out does not make a 404 a success."""
    server.answers = [answer(429, {}), not_found]

    fail(client, "DELETE", NotFoundError)


def test_a_write_that_is_lost_after_a_limit_is_not_sent_a_third_time(
    server: Misbehaving, client: Client, pauses: list[float]
) -> None:
    """The rule is of each try."""
    server.answers = [answer(429, {}, Retry_After="30"), reset]

    fail(client, "POST", OutcomeUnknown)

    assert len(server.received) == 2
    assert pauses == [30]


def test_the_time_of_sending_is_not_that_of_a_try_that_was_refused(
    server: Misbehaving, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who looks for what was created looks from the right moment on."""
    now = datetime(2026, 1, 31, tzinfo=timezone.utc)

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return now

    def later(seconds: float) -> None:
        nonlocal now
        now += timedelta(seconds=seconds)

    monkeypatch.setattr("omise.wire.transport.datetime", Clock)
    monkeypatch.setattr("omise.wire.transport.time.sleep", later)
    server.answers = [answer(429, {}, Retry_After="30"), reset]

    assert fail(client, "POST", OutcomeUnknown).sent_at == datetime(2026, 1, 31, 0, 0, 30, tzinfo=timezone.utc)


def test_work_that_was_done_is_done_once(server: Misbehaving, client: Client) -> None:
    """A server that charges the card and then loses the connection has charged it once."""
    charged = []

    def charge_then_reset(connection: Connection) -> bool:
        charged.append(connection.server.received[-1].json["amount"])
        return reset(connection)

    server.answers = [charge_then_reset] * 3
    fail(client, "POST", OutcomeUnknown)

    assert charged == [100_00]


# The same as one table


def refused(client: Client) -> None:
    """Nothing listens at the address: not even a connection."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        client.config.api_url = f"http://127.0.0.1:{unused.getsockname()[1]}"


def worked(then: Answer) -> Answer:
    """The work is done, and then it fails."""

    def write(connection: Connection) -> bool:
        connection.server.work.append(connection.server.received[-1].method)
        return then(connection)

    return write


REFUSAL = {"object": "error", "code": "too_many_requests", "message": "slow"}
SOON = email.utils.formatdate(time.time() + 20, usegmt=True)
FAULTS: dict[str, tuple[Answer | None, str]] = {
    "refused connection": (None, "unsent"),
    "reset before the work": (reset, "lost"),
    "reset after the work": (worked(reset), "lost"),
    "time-out before the work": (silence, "lost"),
    "time-out after the work": (worked(silence), "lost"),
    "cut short": (worked(cut_short), "lost"),
    "html 502": (html, "lost"),
    "503 without a body": (unavailable, "lost"),
    "500 with an error": (worked(internal_error), "explained"),
    "429": (answer(429, REFUSAL), "limited"),
    "429, seconds": (answer(429, REFUSAL, Retry_After="2"), "limited"),
    "429, a date": (answer(429, REFUSAL, Retry_After=SOON), "limited"),
    "429, nonsense": (answer(429, b"<html>", Retry_After="soon"), "limited"),
}
ASKED: dict[str, tuple[str, dict[str, bool]]] = {
    "GET": ("GET", {}),
    "POST": ("POST", {}),
    "PATCH": ("PATCH", {}),
    "DELETE": ("DELETE", {}),
    "harmless POST": ("POST", {"harmless": True}),
    "POST with a key of its own": ("POST", {"repeatable": True}),
}
REPEATED = {"GET", "DELETE", "harmless POST", "POST with a key of its own"}
"""What may be sent again though it may have been carried out."""


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("asked", ASKED)
def test_what_is_tried_again_and_what_is_raised(
    server: Misbehaving, client: Client, pauses: list[float], asked: str, fault: str
) -> None:
    """May the first try have been carried out? Then only what can do no harm twice is sent again."""
    what, outcome = FAULTS[fault]
    method, options = ASKED[asked]
    client.config.timeout = (5, 0.2) if "time-out" in fault else 5
    server.work = []
    if what is None:
        refused(client)
    again = outcome in ("unsent", "limited") or asked in REPEATED
    harmless = asked in ("GET", "harmless POST")
    wanted: type[Error] = OutcomeUnknown
    if outcome == "limited":
        wanted = TooManyRequestsError
    elif outcome == "unsent" or harmless:
        wanted = InternalError if outcome == "explained" else APIConnectionError

    server.answers = [what] * 3 if what else []
    with pytest.raises(Error) as raised:
        client.send(method, "/charges", PARAMS, **options)  # type: ignore[arg-type]
    assert type(raised.value) is wanted
    assert len(pauses) == (2 if again else 0)
    assert len(server.work) <= (3 if again else 1)
    tries = 0 if what is None else 3 if again else 1
    assert server.requests(tries) == tries
    assert len({sent.body for sent in server.received}) <= 1

    if what and again:
        server.answers = [what]
        assert client.send(method, "/charges", PARAMS, **options)["id"] == "thing_1"  # type: ignore[arg-type]


# Time


@pytest.mark.parametrize(("method", "kind", "tries"), [("GET", APIConnectionError, 3), ("POST", OutcomeUnknown, 1)])
@pytest.mark.parametrize("where", ["setting", "pair", "call"])
def test_a_slow_answer_is_given_up(
    server: Misbehaving, client: Client, method: str, kind: type[Error], tries: int, where: str
) -> None:
    """A read is tried again, a write is not; the time is a setting, or said for one call."""
    server.answers = [silence] * 3
    if where != "call":
        client.config.timeout = 0.05 if where == "setting" else (5, 0.05)

    started = time.monotonic()
    error = fail(client, method, kind, timeout=[5, 0.05] if where == "call" else None)

    assert time.monotonic() - started < 4
    assert str(error).startswith("the answer took too long (")
    assert server.requests(tries) == tries


def test_an_answer_that_stops_in_the_middle_is_given_up(server: Misbehaving, client: Client) -> None:
    """The time counts for each part of an answer."""

    def half(connection: Connection) -> bool:
        connection.write(200, b'{"object"', {}, length=100)
        return silence(connection)

    server.answers = [half]

    error = fail(client, "POST", OutcomeUnknown, timeout=0.05)

    assert "the answer took too long" in str(error)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_slow_connecting_is_tried_again(method: str, pauses: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing was sent yet."""
    seen = []

    def slow(address: Any, timeout: Any, *args: Any, **named: Any) -> None:
        seen.append(timeout)
        raise TimeoutError("timed out")

    monkeypatch.setattr("urllib3.util.connection.create_connection", slow)

    error = fail(client_of("https://api.omise.co", timeout=(3, 60)), method, APIConnectionError)

    assert str(error).startswith(f"connecting took too long ({method} https://api.omise.co/charges)")
    assert seen == [3, 3, 3]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("what", [silence, drip_headers, drip_body, drip_chunks])
@pytest.mark.parametrize("tls", [False, True])
def test_a_deadline_ends_a_slow_answer(
    certificate: tuple[str, str], method: str, what: Answer, tls: bool, pauses: list[float]
) -> None:
    """However it is dripped, and however patient the timeout; what may have been carried out is said to be unknown."""
    with Misbehaving(*[what] * 3, certificate=certificate if tls else None) as server, client_of(server.url) as client:
        client.transport.session.verify = certificate[0]
        client.config.deadline = seconds = 0.5 if tls else 0.2  # a busy machine takes its time to shake hands
        started = time.monotonic()

        error = fail(client, method, APIConnectionError if method == "GET" else OutcomeUnknown)

        assert seconds - 0.01 < time.monotonic() - started < 2
        assert "the answer took too long" in str(error)
        assert len(server.received) == 1


def test_a_deadline_ends_slow_connecting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The look-up of a name, which nothing can interrupt, is not waited for, and nothing is sent when it is done."""
    slow, done = threading.Event(), threading.Event()

    def look_up(*args: Any, **named: Any) -> Any:
        slow.wait(5)
        done.set()
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    started = time.monotonic()

    error = fail(client_of("https://api.omise.co", max_retries=0), "POST", APIConnectionError, deadline=0.1)

    assert time.monotonic() - started < 1
    assert str(error).startswith("connecting took too long")
    slow.set()
    assert done.wait(5)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_pause_that_would_outlive_the_deadline_is_not_begun(
    server: Misbehaving, client: Client, pauses: list[float], method: str
) -> None:
    """What is known by then is raised at once."""
    server.answers = [answer(429, {}, Retry_After="2")] * 3

    fail(client, method, TooManyRequestsError, deadline=1)

    assert pauses == []
    assert len(server.received) == 1


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nothing_is_sent_after_the_deadline(server: Misbehaving, client: Client, method: str) -> None:
    """Such as the charge whose token took all the time."""
    error = fail(client, method, APIConnectionError, deadline=Deadline(time.monotonic() - 1, 1))

    assert str(error).startswith("the deadline passed before it was sent")
    assert server.received == []


def test_a_deadline_that_is_far_changes_nothing(server: Misbehaving, client: Client) -> None:
    """And the connection serves calls without one as before."""
    client.call("GET", "/things", options=Options(deadline=Deadline.of(5)))
    server.answers = [answer(200, {"object": "thing", "text": "x" * 1_000_000})] * 2
    assert len(client.call("POST", "/things", options=Options(deadline=Deadline.of(5)))["text"]) == 1_000_000
    assert len(client.call("GET", "/things")["text"]) == 1_000_000

    assert [sent.connection for sent in server.received] == [1, 1, 1]


# Names, TLS, proxies, redirects


def unknown_name(*args: Any, **named: Any) -> None:
    """Stands in for `socket.getaddrinfo` where there is no DNS."""
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_name_that_does_not_resolve(method: str, pauses: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing was sent; the name may resolve in a moment."""
    monkeypatch.setattr(socket, "getaddrinfo", unknown_name)

    error = fail(client_of("https://api.omise.co"), method, APIConnectionError)

    assert str(error) == f"the host's name does not resolve ({method} https://api.omise.co/charges)"
    assert len(pauses) == 2


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_server_without_tls(server: Misbehaving, pauses: list[float], method: str) -> None:
    """Nothing was sent in clear, so that even a write was certainly not carried out."""
    client = client_of(server.url.replace("http", "https"))

    error = fail(client, method, APIConnectionError)

    assert str(error).startswith("TLS failed: ")
    assert server.received == []
    assert len(pauses) == 2


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_server_that_nobody_vouches_for(certificate: tuple[str, str], method: str, pauses: list[float]) -> None:
    """A certificate that is not trusted ends everything before a byte of the request is sent."""
    with Misbehaving(certificate=certificate) as server:
        error = fail(client_of(server.url), method, APIConnectionError)

        assert "certificate verify failed" in str(error)
        assert server.received == []


def test_trust_can_be_set_on_the_session(certificate: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A company's CA bundle, set at any time, goes before the environment's, and holds also after `close`."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere.pem")
    with Misbehaving(certificate=certificate) as server, client_of(server.url, max_retries=0) as client:
        fail(client, "GET", APIConnectionError)
        client.transport.session.verify = certificate[0]
        client.call("POST", "/charges")
        client.call("GET", "/charges")
        client.close()
        client.call("GET", "/charges")

        assert [sent.connection for sent in server.received] == [1, 1, 2]


def test_trust_can_come_from_the_environment(certificate: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable that requests knows works here too; a file that is not there is an error of connecting."""
    with Misbehaving(certificate=certificate) as server, client_of(server.url) as client:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", certificate[0])
        assert client.call("POST", "/charges")["id"] == "thing_1"

        monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere.pem")
        assert "invalid path: /nowhere.pem" in str(fail(client, "POST", APIConnectionError))


def test_plain_http_to_another_machine_is_refused() -> None:
    """A key never goes over the network in clear, wherever the address is said."""
    for url in ("http://api.omise.co", "http://10.0.0.1:8080", "http://localhost.evil.example"):
        with pytest.raises(ConfigurationError, match="never goes over plain http"):
            client_of(url)
        with pytest.raises(ConfigurationError, match="never goes over plain http"):
            omise.vault_url = url


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Misbehaving]:
    """A proxy that refuses to connect, named by the environment for every scheme."""
    with Misbehaving(*[answer(502, b"")] * 9) as proxy:
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
            monkeypatch.setenv(name.upper(), proxy.url)
        for name in ("no_proxy", "NO_PROXY"):
            monkeypatch.delenv(name, raising=False)
        yield proxy


def test_a_proxy_is_not_used_for_this_machine(proxy: Misbehaving, server: Misbehaving, client: Client) -> None:
    """A key for a server on this machine would go to the proxy in clear."""
    client.call("GET", "/charges")

    assert len(server.received) == 1
    assert proxy.received == []


def test_a_proxy_is_not_used_for_plain_http(proxy: Misbehaving, pauses: list[float]) -> None:
    """Nor would it know the sandbox that is in a container."""
    client = client_of("http://sandbox.invalid", allow_http_hosts="sandbox.invalid")
    fail(client, "GET", APIConnectionError)

    assert proxy.received == []


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_proxy_is_used_for_the_api_and_sees_no_key(proxy: Misbehaving, pauses: list[float], method: str) -> None:
    """It is asked to connect, and is told nothing of the request; if it does not connect, nothing was sent."""
    error = fail(client_of("https://api.omise.co"), method, APIConnectionError)

    assert str(error).startswith("the proxy did not connect: ")
    assert [(sent.method, sent.path) for sent in proxy.received] == [("CONNECT", "api.omise.co:443")] * 3
    assert all("Authorization" not in sent.headers and not sent.body for sent in proxy.received)


def test_a_proxy_can_be_set_on_the_session(proxy: Misbehaving, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is set there goes before the environment."""
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:1")
    client = client_of("https://api.omise.co")
    client.transport.session.proxies["https"] = proxy.url

    fail(client, "POST", APIConnectionError)

    assert [sent.method for sent in proxy.received] == ["CONNECT"] * 3


def test_a_proxy_can_be_ruled_out(proxy: Misbehaving, monkeypatch: pytest.MonkeyPatch) -> None:
    """``NO_PROXY`` is heeded."""
    monkeypatch.setenv("NO_PROXY", "omise.co")
    monkeypatch.setattr(socket, "getaddrinfo", unknown_name)

    error = fail(client_of("https://api.omise.co"), "GET", APIConnectionError)

    assert str(error).startswith("the host's name does not resolve")
    assert proxy.received == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(("method", "kind"), [("GET", APIConnectionError), ("POST", OutcomeUnknown)])
def test_a_redirect_is_not_followed(
    server: Misbehaving, client: Client, status: int, method: str, kind: type[Error]
) -> None:
    """The key never reaches the place that is pointed to; the error names it."""
    with Misbehaving() as elsewhere:
        server.answers = [answer(status, {"object": "thing"}, Location=f"{elsewhere.url}/charges")] * 3

        error = fail(client, method, kind)

        assert elsewhere.received == []
        assert f"HTTP {status}: redirected to {elsewhere.url}/charges, which is not followed" in str(error)


@pytest.mark.parametrize("location", ["http://[", "//", "", "http://x:99999/", "\x80"])
def test_a_redirect_to_nowhere_is_no_other_error(server: Misbehaving, client: Client, location: str) -> None:
    """An address that is none is not looked at."""
    server.answers = [answer(302, b"", Location=location)]

    assert fail(client, "POST", OutcomeUnknown).status == 302


# Exceptions of others


class Raising(BaseAdapter):
    """An adapter that raises, and counts how often."""

    def __init__(self, kind: type[Exception]) -> None:
        super().__init__()
        self.kind = kind
        self.times = 0

    def send(self, request: requests.PreparedRequest, *args: Any, **named: Any) -> requests.Response:
        self.times += 1
        raise make(self.kind, request)

    def close(self) -> None:
        pass


def make(kind: type[Exception], request: requests.PreparedRequest) -> Exception:
    """Return an exception of *kind*, whatever its constructor takes, that holds *request* if it can."""
    failure = kind.__new__(kind)
    failure.args = ("went wrong",)
    failure.request = request  # type: ignore[attr-defined]
    failure.response = None  # type: ignore[attr-defined]
    failure.partial = failure.expected = failure.length = 0  # type: ignore[attr-defined]
    return failure


def kinds(module: Any, base: type[Exception]) -> list[type[Exception]]:
    """Every exception of *module* below *base*."""
    return [cls for cls in vars(module).values() if inspect.isclass(cls) and issubclass(cls, base)]


FOREIGN = [
    *kinds(requests.exceptions, requests.RequestException),
    *kinds(urllib3.exceptions, urllib3.exceptions.HTTPError),
    OSError,
    ConnectionResetError,
    TimeoutError,
    ValueError,
    UnicodeError,
]
SURELY_UNSENT = (
    requests.exceptions.ConnectTimeout,
    requests.exceptions.InvalidHeader,
    requests.exceptions.InvalidSchema,
    requests.exceptions.InvalidURL,
    requests.exceptions.MissingSchema,
)


@pytest.mark.parametrize("kind", FOREIGN, ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_no_exception_of_others_gets_through(kind: type[Exception]) -> None:
    """Whatever an adapter raises is one of our errors: where in doubt a read failed, and a write may have been done."""
    unsent = issubclass(kind, SURELY_UNSENT)
    for method in ("GET", "POST", "DELETE"):
        client, adapter = client_of("https://api.omise.co"), Raising(kind)
        client.transport.mount(adapter)

        error = fail(client, method, APIConnectionError if unsent or method == "GET" else OutcomeUnknown)

        assert adapter.times == (3 if unsent or method != "POST" else 1)
        assert type(error.__cause__) is kind
        assert error.__cause__.request is None


def test_programming_errors_and_interrupts_are_not_swallowed() -> None:
    """What is no failure of the network keeps its own name."""
    for kind in (AssertionError, KeyboardInterrupt, RuntimeError):
        client = client_of("https://api.omise.co")
        client.transport.mount(Raising(kind))  # type: ignore[arg-type]
        with pytest.raises(kind):
            client.call("POST", "/charges")


@pytest.mark.parametrize(
    "step", ["urllib3.connection.HTTPConnection.request", "urllib3.connection.HTTPConnection.getresponse"]
)
@pytest.mark.parametrize("kind", [ConnectionResetError, BrokenPipeError, TimeoutError, ValueError, socket.gaierror])
def test_a_failure_after_the_connection_was_made_is_in_doubt(
    server: Misbehaving, client: Client, monkeypatch: pytest.MonkeyPatch, step: str, kind: type[Exception]
) -> None:
    """From the moment that bytes may have gone out a write is not repeated, whatever the exception is called."""
    calls = []

    def broken(*args: Any, **named: Any) -> None:
        calls.append(args)
        raise kind("went wrong")

    monkeypatch.setattr(step, broken)
    fail(client, "POST", OutcomeUnknown)

    assert len(calls) == 1


@pytest.mark.parametrize("kind", [ConnectionResetError, TimeoutError, ValueError, OSError])
def test_a_failure_before_the_connection_was_made_is_not(
    client: Client, monkeypatch: pytest.MonkeyPatch, pauses: list[float], kind: type[Exception]
) -> None:
    """Until then nothing can have been received."""

    def broken(*args: Any, **named: Any) -> None:
        raise kind("went wrong")

    monkeypatch.setattr("urllib3.util.connection.create_connection", broken)
    fail(client, "POST", APIConnectionError)

    assert len(pauses) == 2


def test_errors_can_be_pickled_with_their_facts(server: Misbehaving, client: Client) -> None:
    """A task queue hands them on, and who catches them there knows as much."""
    server.answers = [answer(502, b"<html>", X_Request_Id="req_1")]

    error = fail(client, "POST", OutcomeUnknown)
    twin = pickle.loads(pickle.dumps(error))

    assert vars(twin) == vars(error)
    assert (twin.status, twin.request_id, twin.params["amount"]) == (502, "req_1", 100_00)


@pytest.mark.parametrize(
    "echo",
    [
        json.dumps({"object": "error", "code": "bad_request", "message": f"{KEY} {CARD}", "sent": PARAMS}).encode(),
        f"<html>{KEY} {CARD} security_code={CODE}".encode(),
        json.dumps({"sent": PARAMS}).encode()[:-1],
        f"Authorization: Basic {SECRETS[-1]}".encode(),
        json.dumps([PARAMS, KEY]).encode(),
    ],
    ids=["error", "html", "cut short", "header", "list"],
)
@pytest.mark.parametrize("status", [200, 400, 429, 500])
def test_what_a_server_echoes_is_not_repeated(server: Misbehaving, client: Client, echo: bytes, status: int) -> None:
    """No error shows a secret, though the answer was full of them."""
    server.answers = [answer(status, echo)] * 6
    for method in ("GET", "POST"):
        with pytest.raises(Error) as raised:
            client.call(method, "/charges", PARAMS if method == "POST" else None)

        assert secrets_in(raised.value) == []


def test_the_search_for_secrets_finds_them() -> None:
    """The test of the tests: a secret anywhere in an error is seen."""
    prepared = requests.Request("GET", "https://api.omise.co", auth=(KEY, "")).prepare()
    cause = requests.ConnectionError(requests.ConnectionError("inner", request=prepared))
    error = APIConnectionError("no")
    error.__cause__ = cause

    assert secrets_in(error)
    assert secrets_in(APIConnectionError("no", params=[{"a": CARD}]))
    assert secrets_in(Exception(f"no {KEY}"))
    assert not secrets_in(APIConnectionError(f"no {KEY}"))
    assert not secrets_in(APIConnectionError("no", params=[{"a": "[redacted]4242"}]))


# The log


def test_a_call_is_one_line_in_the_log(server: Misbehaving, client: Client, caplog: pytest.LogCaptureFixture) -> None:
    """At INFO: method, path, status, milliseconds and tries, however many there were, and nothing else."""
    server.answers = [html, reset]
    with caplog.at_level(logging.INFO, "omise"):
        client.call("GET", "/charges", {"query": "a"})

    [record] = [record for record in caplog.records if record.name == "omise"]
    assert record.levelno == logging.INFO
    before, _, after = record.getMessage().partition(" in ")
    assert before == "GET /charges: 200"
    assert after.split()[0].isdigit()
    assert after.endswith(" ms (tries: 3)")


def test_a_failure_is_a_line_too(server: Misbehaving, client: Client, caplog: pytest.LogCaptureFixture) -> None:
    """With the status, or with what is wrong where there was none."""
    server.answers = [answer(400, {"object": "error"}), reset]
    with caplog.at_level(logging.INFO, "omise"):
        fail(client, "POST", APIError)
        fail(client, "POST", OutcomeUnknown)

    lines = [record.getMessage() for record in caplog.records if record.name == "omise"]
    assert lines[0].startswith("POST /charges: 400 in ")
    assert lines[1].startswith("POST /charges: the answer was lost: ")
    assert len(lines) == 2


def test_bodies_are_logged_for_who_asks_without_secrets(
    server: Misbehaving, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    """At DEBUG: what was sent and what came back, redacted."""
    server.answers = [answer(200, {"object": "charge", "echo": PARAMS}), answer(502, f"<html>{KEY}".encode())]
    with caplog.at_level(logging.DEBUG):
        client.call("POST", "/charges", PARAMS)
        fail(client, "POST", OutcomeUnknown)

    lines = [record.getMessage() for record in caplog.records if record.name == "omise"]
    assert json.loads(lines[1].removeprefix("sent "))["card"] == {
        "number": "[redacted]4242",
        "security_code": "[redacted]",
    }
    assert json.loads(lines[2].removeprefix("received "))["object"] == "charge"
    assert lines[5] == "received HTTP 502: the answer is not JSON: <html>skey_test_[redacted]"
    assert not [secret for secret in SECRETS for line in caplog.messages if secret in line]


def test_nothing_is_logged_below_the_level(
    server: Misbehaving, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    """Who asks for warnings gets no lines about calls, and no handler is ever installed."""
    with caplog.at_level(logging.WARNING, "omise"):
        client.call("GET", "/charges")

    assert [record for record in caplog.records if record.name == "omise"] == []
    assert logging.getLogger("omise").handlers == []


# Mounting


def test_another_way_to_the_api_can_be_mounted_and_unmounted(server: Misbehaving, client: Client) -> None:
    """What goes through the adapter does not touch the network, and the connections are there again after it."""
    client.call("GET", "/before")
    first, second = Raising(ConnectionError), Raising(ConnectionError)

    assert client.transport.mount(first) is None
    fail(client, "GET", APIConnectionError)
    assert client.transport.mount(second) is first
    assert client.transport.mount(None) is second
    client.call("GET", "/after")

    assert [(sent.path, sent.connection) for sent in server.received] == [("/before", 1), ("/after", 1)]
    assert (first.times, second.times) == (3, 0)


def test_the_session_is_made_once(client: Client) -> None:
    """It is there for what must be set on it, and keeps that."""
    assert client.transport.session is client.transport.session
    assert isinstance(client.transport.session, requests.Session)


def test_large_bodies_travel(server: Misbehaving, client: Client) -> None:
    """Megabytes in both directions."""
    text = "x" * 3_000_000
    server.answers = [answer(200, {"object": "thing", "text": text})]

    assert client.call("POST", "/things", {"text": text})["text"] == text
    assert server.received[0].json == {"text": text}
