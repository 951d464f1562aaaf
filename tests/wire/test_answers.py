"""What one try's answer means."""

import email.utils
import json
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st
from requests.structures import CaseInsensitiveDict
from urllib3.exceptions import NewConnectionError

from omise.errors import NotFoundError, TooManyRequestsError
from omise.wire.answers import Answer, Outcome, answer_from_failure, answer_from_response
from omise.wire.request import Request

READ = Request("GET", "https://api.omise.co", "/things", "skey_test_x")
ERROR = {"object": "error", "code": "not_found", "message": "customer x was not found"}


def response(status: int, body: Any, **headers: str) -> requests.Response:
    """A response of requests, with *body* as bytes or JSON."""
    made = requests.Response()
    made.status_code = status
    made.headers = CaseInsensitiveDict({name.replace("_", "-"): value for name, value in headers.items()})
    made._content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return made


def answered(status: int, body: Any, request: Request = READ, **headers: str) -> Answer:
    """What *request* came to, by a response of this kind."""
    return answer_from_response(response(status, body, **headers), request)


@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (200, {"object": "customer"}, Outcome.DONE),
        (200, {}, Outcome.LOST),
        (200, {"object": None}, Outcome.LOST),
        (202, {"status": "accepted"}, Outcome.LOST),
        (200, {"deleted": True}, Outcome.LOST),
        (403, {"message": "Forbidden"}, Outcome.LOST),
        (404, {"object": "customer"}, Outcome.LOST),
        (201, {"object": "customer"}, Outcome.DONE),
        (200, ERROR, Outcome.REFUSED),
        (400, ERROR, Outcome.REFUSED),
        (404, ERROR, Outcome.REFUSED),
        (422, {"message": "no"}, Outcome.LOST),
        (200, {"object": "list"}, Outcome.LOST),
        (100, {"object": "customer"}, Outcome.LOST),
        (429, ERROR, Outcome.LIMITED),
        (429, b"<html>", Outcome.LIMITED),
        (500, ERROR, Outcome.LOST),
        (503, b"", Outcome.LOST),
        (200, b"", Outcome.LOST),
        (200, b"<html>", Outcome.LOST),
        (200, b"[1]", Outcome.LOST),
        (200, b'"text"', Outcome.LOST),
        (200, b"null", Outcome.LOST),
        (200, b"\xff\xfe\xff", Outcome.LOST),
        (200, b'{"object": "custo', Outcome.LOST),
        (200, b'{"a":' * 200_000, Outcome.LOST),
        (200, b"9" * 5000, Outcome.LOST),
        (204, b"", Outcome.LOST),
        (302, {"object": "customer"}, Outcome.LOST),
        (404, b"<html>", Outcome.LOST),
    ],
)
def test_an_answer_is_one_of_these_outcomes(status: int, body: Any, outcome: Outcome) -> None:
    """Only an object of the API is an answer; whatever else came back leaves open what was done."""
    assert answered(status, body).outcome is outcome


def test_a_good_answer_is_its_json() -> None:
    """Body, status and request id are kept, and nothing is wrong with it."""
    answer = answered(200, found := {"object": "customer", "id": "cust_1"}, X_Request_Id="req_1")

    assert (answer.body, answer.status, answer.request_id, answer.problem) == (found, 200, "req_1", "")


def test_a_refusal_is_the_error_of_its_code() -> None:
    """What the API said becomes the exception to raise."""
    refusal = answered(404, ERROR, X_Request_Id="req_1").refusal

    assert isinstance(refusal, NotFoundError)
    assert (refusal.status, refusal.request_id) == (404, "req_1")


def test_a_rate_limit_without_json_is_one_too() -> None:
    """A gateway that says 429 in HTML is understood."""
    refusal = answered(429, b"<h1>Slow down</h1>").refusal

    assert isinstance(refusal, TooManyRequestsError)
    assert (refusal.status, str(refusal)) == (429, "HTTP 429: the answer is not JSON: <h1>Slow down</h1>")


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "HTTP 502: the answer is empty"),
        (b"<html>\n\t<h1>Bad\r\nGateway", "HTTP 502: the answer is not JSON: <html> <h1>Bad Gateway"),
        (b"[1, 2]", "HTTP 502: the answer is not a JSON object: [1, 2]"),
        (b"x" * 500, "HTTP 502: the answer is not JSON: " + "x" * 120),
        (b"\xff", "HTTP 502: the answer is not JSON: \ufffd"),
    ],
)
def test_what_is_wrong_is_said_with_the_first_bytes(body: bytes, problem: str) -> None:
    """One line: the status, what is wrong, and how the answer begins."""
    assert answered(502, body).problem == problem


@pytest.mark.parametrize("place", range(80, 125))
def test_half_a_secret_is_not_shown(place: int) -> None:
    """A card number, key or code that the quotation cuts in two is redacted as a whole."""
    for secret, part in (
        ("4242424242424242", "42424242"),
        ("skey_test_5xuy4w91xqz7d1", "5xuy"),
        ('"cvv": "98765"', "987"),
    ):
        body = b"<" + b"." * place + b" " + secret.encode() + b" " + b"x" * 100

        assert part not in answered(502, body).problem.replace(" ", "")


def test_a_redirect_says_where_to_without_its_secrets() -> None:
    """Who set a wrong address finds it; nothing of it is followed."""
    answer = answered(301, {"a": 1}, Location="https://skey_test_abc:@www.omise.co/charges")

    assert answer.body is None
    assert answer.problem == (
        "HTTP 301: redirected to https://[redacted]@www.omise.co/charges, which is not followed; check the address"
    )
    assert "redirected to nowhere" in answered(304, b"").problem


@pytest.mark.parametrize(
    ("request_", "body", "problem"),
    [
        (READ._replace(wanted="customer"), {"object": "customer"}, ""),
        (READ._replace(wanted="list"), {"object": "receipt_list", "data": []}, ""),
        (READ._replace(wanted="charge"), {"object": "list", "data": []}, "asked for 'charge', got 'list'"),
        (READ._replace(wanted="list"), {"object": "charge"}, "asked for 'list', got 'charge'"),
        (READ._replace(wanted="x"), {"object": "4242 4242 4242 4242"}, "asked for 'x', got '[redacted]4242'"),
        (READ._replace(wanted="charge", with_id=True), {"object": "charge", "id": "chrg_1"}, ""),
        *[
            (READ._replace(with_id=True), {"object": "charge", **id}, "asked for a 'charge', got one without an id")
            for id in ({}, {"id": None}, {"id": ""})
        ],
    ],
)
def test_an_answer_is_what_was_asked_for(request_: Request, body: Any, problem: str) -> None:
    """Another object is named beside what was wanted; what was made has an id."""
    answer = answered(200, body, request_)

    assert answer.outcome is (Outcome.MISTAKEN if problem else Outcome.DONE)
    assert answer.problem == problem
    assert answer.refusal is None or not problem


def test_a_body_that_is_too_long_is_none() -> None:
    """Also where it was read by another adapter."""
    answer = answer_from_response(response(200, {"object": "thing", "text": "x" * 100}), READ, 50)

    assert answer.outcome is Outcome.LOST
    assert answer.problem.startswith("HTTP 200: the answer has more than 50 bytes, which max_response_bytes allows: {")


# Retry-After


def retry_after(text: str) -> float | None:
    """What is read from the header."""
    return Answer(Outcome.LIMITED, response=response(429, b"", Retry_After=text)).retry_after


@pytest.mark.parametrize(("text", "seconds"), [("0", 0), ("7", 7), (" 12 ", 12), ("9" * 400, float("inf"))])
def test_retry_after_in_seconds(text: str, seconds: float) -> None:
    """A number is seconds."""
    assert retry_after(text) == seconds


def test_retry_after_as_a_date(monkeypatch: pytest.MonkeyPatch) -> None:
    """A date is turned into seconds from now; what is over is no wait at all."""
    monkeypatch.setattr("omise.wire.answers.time.time", lambda: 1_000_000_000.0)
    soon, past = (email.utils.formatdate(moment, usegmt=True) for moment in (1_000_000_009, 999_999_000))

    assert retry_after(soon) == 9
    assert retry_after(soon.replace("GMT", "-0000")) == 9
    assert retry_after(past) == 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-1",
        "1.5",
        "soon",
        "²",
        "Mon",
        "Mon, 99 Foo 99999 99:99:99 GMT",
        "Wed, 21 Oct 99999 07:28:00 GMT",
        "1 2 3 4 5 6",
    ],
)
def test_what_is_no_time_to_wait_is_none(text: str) -> None:
    """Nonsense is left to the usual pause."""
    assert retry_after(text) is None
    assert Answer(Outcome.LIMITED).retry_after is None


@given(st.text(max_size=40) | st.text("0123456789 :,-+GMTMonJan", max_size=40))
def test_no_header_raises(text: str) -> None:
    """Whatever a server sends there, it is seconds or nothing."""
    seconds = retry_after(text)

    assert seconds is None or seconds >= 0


# Failures


@pytest.mark.parametrize(
    ("connected", "failure", "outcome"),
    [
        (True, requests.ConnectionError("reset"), Outcome.LOST),
        (True, requests.exceptions.InvalidHeader("x"), Outcome.LOST),
        (False, requests.ReadTimeout("in the handshake"), Outcome.UNSENT),
        (False, OSError("no such CA bundle"), Outcome.UNSENT),
        (None, requests.ConnectTimeout("x"), Outcome.UNSENT),
        (None, requests.exceptions.InvalidProxyURL("x"), Outcome.UNSENT),
        (None, requests.ConnectionError("x"), Outcome.LOST),
        (None, ConnectionResetError("x"), Outcome.LOST),
        (None, ValueError("x"), Outcome.LOST),
    ],
)
def test_what_the_pool_knows_decides(connected: bool | None, failure: Exception, outcome: Outcome) -> None:
    """Where the pool knows if there was a connection that counts; where it was not asked, doubt means lost."""
    answer = answer_from_failure(failure, connected)

    assert answer.outcome is outcome
    assert answer.failure is failure
    assert answer.status is None


@pytest.mark.parametrize(
    ("failure", "connected", "problem"),
    [
        (requests.ReadTimeout("x"), True, "the answer took too long"),
        (requests.ReadTimeout("x"), False, "connecting took too long"),
        (requests.ConnectTimeout("x"), False, "connecting took too long"),
        (requests.ConnectionError("Read timed out."), True, "the answer took too long"),
        (requests.exceptions.SSLError("bad certificate"), False, "TLS failed: bad certificate"),
        (requests.exceptions.ProxyError("403"), False, "the proxy did not connect: 403"),
        (requests.ConnectionError(OSError("refused")), False, "no connection: refused"),
        (requests.ConnectionError("reset"), True, "the answer was lost: reset"),
        (requests.ConnectionError(), True, "the answer was lost: ConnectionError"),
        (OSError("for skey_test_abc"), False, "no connection: for skey_test_[redacted]"),
    ],
)
def test_a_failure_is_described_by_its_root(failure: Exception, connected: bool, problem: str) -> None:
    """What people need to know: at which step it failed, and the innermost cause."""
    assert answer_from_failure(failure, connected).problem == problem


def test_a_failure_keeps_nothing_of_the_request() -> None:
    """The request with its key, and the frames that saw it, are taken out of the exception and all that led to it."""
    prepared = requests.Request("GET", "https://api.omise.co/account", auth=("skey_test_abc", "")).prepare()

    def fail() -> None:
        try:
            try:
                raise NewConnectionError(None, "refused")  # type: ignore[arg-type]
            except NewConnectionError as inner:
                raise OSError(inner) from inner
        except OSError as middle:
            raise requests.ConnectionError(middle, request=prepared) from middle

    with pytest.raises(requests.ConnectionError) as raised:
        fail()
    failure = raised.value
    failure.__cause__.__cause__.__context__ = failure  # type: ignore[union-attr]
    answer_from_failure(failure, False)

    chain = [failure, failure.__cause__, failure.__cause__.__cause__]  # type: ignore[union-attr]
    assert [error.__traceback__ for error in chain if error] == [None] * 3
    assert failure.request is None
