"""Webhooks: the signature, the age, and every form in which frameworks hand over a request."""

import base64
import io
import json
import time
import traceback
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder

import omise
from omise import ConfigurationError, Resource, SignatureError
from omise.webhook import Webhook

SECRET_A = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
SECRET_B = "//79/Pv6+fj39vX08/Lx8O/u7ezr6uno5+bl5OPi4eA="
TIMESTAMP = "1767225600"
NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)

BODY_1 = (
    b'{"object":"event","id":"evnt_test_60a1b2c3d4e5f6g7h8i","livemode":false,"key":"charge.complete",'
    b'"data":{"object":"charge","id":"chrg_test_60a1b2c3d4e5f6g7h8j","amount":12345}}'
)
BODY_2 = '{"object":"event","key":"charge.create","data":{"description":"ชำระเงิน ☕"}}'.encode()
BODY_3 = b'{\n  "object": "event",\n  "key": "link.create"\n}\n'

SIGNED_1_BY_A = "9213910da505297704881bb34b3922dfbe47411ecb7fb58d696f07fbe2e2cb4e"
SIGNED_1_BY_B = "0a130a364c9ff4e698e3e58ee38ea525f8fe1640c04a4f3e360a2d35b6a33057"
SIGNED_2_BY_A = "9b24cae9ef913bbcca7917aa784463c88eb5508ef8a16036091056169e2aa3d2"
SIGNED_3_BY_A = "955848a044207a0a3220d946f56b7c47a428b59506ba6af8add7250cc91bb928"
BOTH = f"{SIGNED_1_BY_A},{SIGNED_1_BY_B}"


def signed(signature: str = SIGNED_1_BY_A, timestamp: str = TIMESTAMP) -> dict[str, str]:
    return {"Omise-Signature": signature, "Omise-Signature-Timestamp": timestamp}


def construct(body: Any = BODY_1, headers: Any = None, secret: Any = SECRET_A, **options: Any) -> Any:
    """construct_event() at the moment of signing, with the right headers and secret unless others are given."""
    headers = signed() if headers is None else headers
    return Webhook.construct_event(body, headers, secret, **{"now": NOW, **options})


# The signature


@pytest.mark.parametrize(
    ("body", "signature", "secret"),
    [
        (BODY_1, SIGNED_1_BY_A, SECRET_A),
        (BODY_1, SIGNED_1_BY_B, SECRET_B),
        (BODY_1, BOTH, SECRET_A),
        (BODY_1, BOTH, SECRET_B),
        (BODY_1, BOTH.replace(",", " , "), SECRET_B),
        (BODY_1, SIGNED_1_BY_A, [SECRET_B, SECRET_A]),
        (BODY_1, SIGNED_1_BY_B, (SECRET_B, SECRET_A)),
        (BODY_2, SIGNED_2_BY_A, SECRET_A),
        (BODY_2.decode(), SIGNED_2_BY_A, SECRET_A),
        (bytearray(BODY_3), SIGNED_3_BY_A, SECRET_A),
        (memoryview(BODY_3), SIGNED_3_BY_A, SECRET_A),
    ],
)
def test_what_the_api_signed_becomes_an_event(body, signature, secret):
    """Known signatures are right, one of several is enough, and so is one of several secrets."""
    event = construct(body, signed(signature), secret)

    assert isinstance(event, Resource)
    assert event.to_dict() == json.loads(bytes(body) if not isinstance(body, str) else body)


@pytest.mark.parametrize(
    ("body", "signature", "secret"),
    [
        (BODY_1, SIGNED_1_BY_A, SECRET_B),
        (BODY_1, SIGNED_1_BY_B, SECRET_A),
        (BODY_1, "25120a964e85073005b09551a98f071cef5a9c6454b5403091c9bb68812c5210", SECRET_A),
        (BODY_1, "b7bc9c1aa0502c6c22bfee1c14b8b5271ba1d9644db6455b6846b6b15a4f5f18", SECRET_A),
        (BODY_1, "khORDaUFKXcEiBuzSzki375HQR7Lf7WNaW8H++Liy04=", SECRET_A),
        (BODY_1, SIGNED_1_BY_A.upper(), SECRET_A),
        (BODY_1, SIGNED_1_BY_A[:-1], SECRET_A),
        (BODY_1, f"{SIGNED_1_BY_A} {SIGNED_1_BY_B}", SECRET_A),
        (BODY_1, ",,", SECRET_A),
        (BODY_1, "ñ☕\ud800", SECRET_A),
        (BODY_1 + b"\n", SIGNED_1_BY_A, SECRET_A),
        (json.dumps(json.loads(BODY_1)), SIGNED_1_BY_A, SECRET_A),
        ("\ud800", SIGNED_1_BY_A, SECRET_A),
        (b"", SIGNED_1_BY_A, SECRET_A),
    ],
)
def test_any_other_signature_is_refused(body, signature, secret):
    """Another secret, another body, and each of the usual mistakes in signing."""
    with pytest.raises(SignatureError, match="no signature in the Omise-Signature header matches"):
        construct(body, signed(signature), secret)


@pytest.mark.parametrize("missing", ["Omise-Signature", "Omise-Signature-Timestamp"])
@pytest.mark.parametrize("how", ["absent", "empty", "none"])
def test_a_missing_header_is_named(missing, how):
    """Absent, empty and None are the same."""
    headers = {**signed(), missing: {"empty": "", "none": None}.get(how)}
    if how == "absent":
        del headers[missing]

    with pytest.raises(SignatureError, match=f"the {missing} header is missing"):
        construct(headers=headers)


@pytest.mark.parametrize(
    "timestamp", ["yesterday", "-5", "1767225600.0", " 1767225600", "1767225600\n", "1" * 400, "\u0661"]
)
def test_a_timestamp_is_a_unix_time(timestamp):
    """Digits, and nothing beside them."""
    with pytest.raises(SignatureError, match="the Omise-Signature-Timestamp header is not a Unix time"):
        construct(headers=signed(timestamp=timestamp))


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"not json", "is not JSON"),
        (b"\xff\xfe\xfd", "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (b"[]", "is not an event object"),
        (b'{"object":"charge"}', "is not an event object"),
        (b"{}", "is not an event object"),
    ],
)
def test_a_signed_body_must_be_an_event(body, problem):
    """A good signature makes no event of anything else."""
    with pytest.raises(SignatureError, match=problem):
        Webhook.construct_event(body, Webhook.sign(body, SECRET_A), SECRET_A)


def test_the_event_costs_no_request():
    """What is in the body is there: the key, and the record that the event is about."""
    event = construct()

    assert (event.id, event.key) == ("evnt_test_60a1b2c3d4e5f6g7h8i", "charge.complete")
    assert event.data == "chrg_test_60a1b2c3d4e5f6g7h8j"
    assert event.data.amount == 12345


def test_an_event_stays_with_the_account_that_received_it(omise_sandbox):
    """`client.Webhook`, or a block of `using`: what is in the event asks that account, and not the default one."""
    osaka = omise_sandbox.client()
    customer = osaka.Customer.create(email="keiko@example.com", card=omise_sandbox.card())
    body = osaka.Event.list()[-1].to_json().encode()
    signed_now = Webhook.sign(body, SECRET_A)

    event = osaka.Webhook.construct_event(body, signed_now, SECRET_A)
    with omise.using(osaka):
        inside = Webhook.construct_event(body, signed_now, SECRET_A)
    outside = Webhook.construct_event(body, signed_now, SECRET_A)

    assert type(event) is osaka.Event
    for each in (event, inside):
        assert each.data == customer
        assert each.reload().data.reload().email == "keiko@example.com"
        assert each.data.cards.reload()[0].reload().last_digits == "4242"
    with pytest.raises(omise.errors.NotFoundError):
        outside.data.reload()
    assert isinstance(osaka.Webhook, type)
    assert osaka.Webhook.sign(body, SECRET_A, timestamp=1) == Webhook.sign(body, SECRET_A, timestamp=1)


def test_verify_gives_the_raw_body():
    """For those who want no event made of it."""
    assert Webhook.verify(BODY_2.decode(), signed(SIGNED_2_BY_A), SECRET_A, now=NOW) == BODY_2


# The age


@pytest.mark.parametrize("seconds", [-300, 0, 299, 300])
def test_a_signature_is_good_for_five_minutes_to_either_side(seconds):
    """Both ends are included."""
    assert construct(now=NOW + timedelta(seconds=seconds)).key == "charge.complete"


@pytest.mark.parametrize(
    ("now", "tolerance", "message"),
    [
        (NOW + timedelta(seconds=301), 300, "is too old: signed 301 seconds ago, and 300 are tolerated"),
        (
            NOW - timedelta(seconds=301),
            300,
            "is too far ahead: signed 301 seconds in the future, and 300 are tolerated",
        ),
        (NOW + timedelta(seconds=11), 10, "is too old: signed 11 seconds ago, and 10 are tolerated"),
        (NOW + timedelta(seconds=1), 0, "is too old"),
        (NOW, float("nan"), "and nan are tolerated"),
        (NOW + timedelta(seconds=1), -5, "is too old"),
    ],
)
def test_older_and_later_signatures_are_refused(now, tolerance, message):
    """The error says by how much, and that a clock may be wrong."""
    with pytest.raises(SignatureError, match=message) as refused:
        construct(now=now, tolerance=tolerance)

    assert "the clock of this machine" in str(refused.value)


def test_now_is_a_datetime_or_a_unix_time_and_by_default_the_machines():
    """Whichever it is, it names the same moment."""
    assert construct(now=1767225600)
    assert construct(now=NOW.astimezone(timezone(timedelta(hours=7))))
    assert Webhook.construct_event(BODY_1, Webhook.sign(BODY_1, SECRET_A), SECRET_A)
    with pytest.raises(SignatureError, match="too old"):
        Webhook.construct_event(BODY_1, signed(), SECRET_A)


def test_a_datetime_without_a_time_zone_is_in_utc(monkeypatch):
    """As everywhere, and wherever the machine is."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Asia/Bangkok")
        time.tzset()
        event = construct(now=NOW.replace(tzinfo=None))
    time.tzset()

    assert event.key == "charge.complete"


@pytest.mark.parametrize("option", ["now", "tolerance"])
@pytest.mark.parametrize("value", ["300", True])
def test_times_are_numbers(option, value):
    """Anything else is a mistake in the program."""
    with pytest.raises(TypeError, match="seconds"):
        construct(**{option: value})


# Secrets


@pytest.mark.parametrize(
    "secret",
    [
        None,
        "",
        " ",
        "not base64",
        "AAEC\n",
        "AAE",
        "====",
        "ключ",
        b"AAEC",
        5,
        [],
        [SECRET_A, ""],
        [SECRET_A, None],
        [[]],
    ],
)
def test_a_secret_that_cannot_be_one_is_a_configuration_error(secret):
    """It is said what a secret looks like, and the one given is not shown, nor kept in the exception's chain."""
    for call in (lambda: construct(secret=secret), lambda: Webhook.sign(BODY_1, secret)):
        with pytest.raises(
            ConfigurationError, match="a webhook secret is missing or malformed: it is the base64"
        ) as error:
            call()

        assert error.value.__context__ is None
        assert "not base64" not in str(error.value)


@pytest.mark.parametrize(
    "change",
    [
        {"headers": signed(SIGNED_1_BY_B)},
        {"headers": signed(timestamp="soon")},
        {"headers": {}},
        {"now": NOW + timedelta(days=1)},
        {"secret": [SECRET_A[1:]]},
        {"body": {"object": "event"}},
        {"headers": SECRET_A},
    ],
)
def test_no_error_shows_a_secret_or_a_signature(change):
    """Neither the secret, nor the signature that would be right, nor the one that came."""
    with pytest.raises((SignatureError, ConfigurationError, TypeError)) as error:
        construct(**change)

    shown = f"{error.value!r} {vars(error.value)} {''.join(traceback.format_exception_only(error.value))}"
    for text in (SECRET_A, SECRET_A[1:], SIGNED_1_BY_A, SIGNED_1_BY_B):
        assert text not in shown


# Signing


def test_sign_makes_the_headers_that_the_api_sends():
    """For a body as bytes or text, and a time as a number or a datetime."""
    assert Webhook.sign(BODY_1, SECRET_A, timestamp=1767225600) == signed()
    assert Webhook.sign(BODY_2.decode(), SECRET_A, timestamp=NOW) == signed(SIGNED_2_BY_A)
    assert Webhook.sign(BODY_1, [SECRET_A, SECRET_B], timestamp=1767225600.9) == signed(BOTH)


def test_sign_signs_now_by_default():
    """The timestamp is in whole seconds."""
    before = int(time.time())
    headers = Webhook.sign(BODY_1, SECRET_A)

    assert before <= int(headers["Omise-Signature-Timestamp"]) <= time.time()


@pytest.mark.parametrize("timestamp", [-1, float("nan"), float("inf"), 1e12, datetime(1969, 1, 1)])
def test_sign_refuses_times_that_could_not_be_checked(timestamp):
    """Seconds since 1970, of at most twelve digits."""
    with pytest.raises(ValueError, match="a timestamp is a Unix time in seconds"):
        Webhook.sign(BODY_1, SECRET_A, timestamp=timestamp)


def test_sign_takes_a_body_that_can_be_sent():
    """A dict has no bytes yet."""
    with pytest.raises(TypeError, match="pass the raw body"):
        Webhook.sign({"object": "event"}, SECRET_A)


# Headers


@pytest.mark.parametrize(
    "headers",
    [
        {name.lower(): value for name, value in signed().items()},
        {name.upper(): value for name, value in signed().items()},
        {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in signed().items()},
        {name.encode(): value.encode() for name, value in signed().items()},
        list(signed().items()),
        [(name.lower().encode(), value.encode()) for name, value in signed().items()],
        [
            [b"host", b"shop.example.com"],
            *([name.lower().encode(), value.encode()] for name, value in signed().items()),
        ],
        iter(signed().items()),
        {"type": "http", "asgi": {}, "headers": [(n.lower().encode(), v.encode()) for n, v in signed().items()]},
        {**signed(), "headers": "of all kinds", "X-Number": 5},
        Headers(signed()),
        SimpleNamespace(headers=signed()),
        SimpleNamespace(headers=Headers(signed())),
    ],
)
def test_headers_come_in_many_forms(headers):
    """Mappings and pairs, text and bytes, any letter case, WSGI names, ASGI scopes, the request itself."""
    assert construct(headers=headers).key == "charge.complete"


def test_a_signature_header_may_be_split_in_two():
    """HTTP lets a list stand in several headers of one name (RFC 9110, 5.3)."""
    time_of_it = ("Omise-Signature-Timestamp", TIMESTAMP)
    one, other = ("Omise-Signature", "0" * 64), ("omise-signature", SIGNED_1_BY_A)

    assert construct(headers=[one, other, time_of_it]).key == "charge.complete"
    assert construct(headers=[other, one, time_of_it]).key == "charge.complete"


@pytest.mark.parametrize("headers", [5, "Omise-Signature: abc", b"", [5], ["ab"], [("a", "b", "c")]])
def test_headers_are_a_mapping_or_pairs(headers):
    """Anything else is a mistake in the program."""
    with pytest.raises(TypeError, match=r"headers are (a mapping|needed, as a mapping) or a list of pairs"):
        construct(headers=headers)


def test_headers_may_only_be_left_out_of_a_request():
    """A body alone has none; and a secret in their place is not taken for one."""
    with pytest.raises(TypeError, match=r"headers are needed, .* the secret is given as secret="):
        Webhook.construct_event(BODY_1, secret=SECRET_A)
    with pytest.raises(ConfigurationError):
        Webhook.construct_event(BODY_1, SECRET_A)  # the secret is missing


# Requests


class DjangoRequest:
    """As much of a Django request as matters: ``body`` is bytes, ``headers`` a mapping."""

    body = BODY_1
    headers = signed()


class StarletteRequest(Mapping[str, Any]):
    """As much of a Starlette request as matters: a mapping over its scope, whose body is awaited."""

    scope = {"type": "http", "headers": [(n.lower().encode(), v.encode()) for n, v in signed().items()]}
    headers = signed()

    def __getitem__(self, name: str) -> Any:
        return self.scope[name]

    def __iter__(self) -> Any:
        return iter(self.scope)

    def __len__(self) -> int:
        return len(self.scope)

    async def body(self) -> bytes:
        return BODY_1


class QuartRequest:
    """Flask's surface, but awaited."""

    headers = signed()

    async def get_data(self) -> bytes:
        return BODY_1


def environ(body: bytes = BODY_1) -> dict[str, Any]:
    return EnvironBuilder(method="POST", data=body, headers=signed()).get_environ()


def test_a_flask_or_werkzeug_request_is_enough():
    """It brings its headers, and its JSON can still be read."""
    request = EnvironBuilder(
        method="POST", data=BODY_1, headers=signed(), content_type="application/json"
    ).get_request()
    event = Webhook.construct_event(request, secret=SECRET_A, now=NOW)

    assert event.key == "charge.complete"
    assert request.get_json()["key"] == "charge.complete"


def test_a_django_request_is_enough():
    """It brings its headers."""
    assert Webhook.construct_event(DjangoRequest(), secret=SECRET_A, now=NOW).key == "charge.complete"


def test_headers_given_beside_a_request_are_the_ones_that_count():
    """For servers that keep the signature elsewhere."""
    with pytest.raises(SignatureError, match="matches"):
        Webhook.construct_event(DjangoRequest(), signed(SIGNED_1_BY_B), SECRET_A, now=NOW)


def test_a_wsgi_environ_is_enough_and_can_be_read_again():
    """The application behind finds the body where it was."""
    received = environ()
    event = Webhook.construct_event(received, secret=SECRET_A, now=NOW)

    assert event.key == "charge.complete"
    assert received["wsgi.input"].read() == BODY_1


def test_a_wsgi_body_is_read_as_far_as_its_length():
    """What follows on the connection is no part of it; without a length there is no body (PEP 3333)."""
    received = environ()
    received["wsgi.input"] = io.BytesIO(BODY_1 + b"the next request")
    assert Webhook.verify(received, secret=SECRET_A, now=NOW) == BODY_1

    for length in ("", "many", "-1", "9" * 5000, None):
        received = {**environ(), "CONTENT_LENGTH": length}
        with pytest.raises(SignatureError, match="matches"):
            Webhook.verify(received, secret=SECRET_A, now=NOW)


@pytest.mark.parametrize("request_", [StarletteRequest(), QuartRequest()])
def test_a_request_that_has_to_be_awaited_says_so(request_):
    """Nothing is left unawaited behind."""
    with pytest.raises(
        TypeError, match=r"the body has to be awaited: pass await request.body\(\), and request.headers"
    ):
        Webhook.construct_event(request_, secret=SECRET_A, now=NOW)


def test_a_body_that_was_not_awaited_says_so():
    """The await is easily forgotten."""
    with pytest.raises(TypeError, match=r"has to be awaited.*got coroutine"):
        construct(StarletteRequest().body())


def test_a_starlette_request_gives_the_headers():
    """Beside the body that was awaited, the request or its scope is as good as its headers."""
    assert construct(BODY_1, StarletteRequest()).key == "charge.complete"
    assert construct(BODY_1, StarletteRequest.scope).key == "charge.complete"


def test_the_body_of_an_asgi_scope_has_to_be_received():
    """A scope holds none."""
    scope = {**StarletteRequest.scope, "asgi": {"version": "3.0"}}

    with pytest.raises(TypeError, match="has to be received: pass it as bytes, and the scope as headers"):
        Webhook.construct_event(scope, secret=SECRET_A, now=NOW)


@pytest.mark.parametrize(
    "body", [json.loads(BODY_1), [json.loads(BODY_1)], Resource.from_data({"object": "event"}), None, 5]
)
def test_parsed_json_is_no_body(body):
    """The error says why the raw body is needed."""
    with pytest.raises(TypeError, match="the signature covers the body's bytes exactly as they arrived"):
        construct(body)


# Properties

KEYS = st.binary(min_size=1, max_size=64).map(lambda key: base64.b64encode(key).decode())
EVENTS = st.dictionaries(st.text(max_size=5), st.one_of(st.none(), st.integers(), st.text()), max_size=3).map(
    lambda data: json.dumps({"object": "event", "data": data}, ensure_ascii=False).encode("utf-8", "surrogatepass")
)


@given(EVENTS, KEYS, st.lists(KEYS, max_size=2), st.integers(0, 10**12 - 1))
@settings(deadline=None)
def test_what_was_signed_is_verified(body, secret, others, timestamp):
    """Whatever the event, the secret and the time, and whatever other secrets there are."""
    headers = Webhook.sign(body, [*others, secret], timestamp=timestamp)

    assert Webhook.verify(body, headers, [secret, *others], now=timestamp) == body
    assert Webhook.verify(body, headers, secret, now=timestamp) == body


@given(st.data())
@settings(deadline=None)
def test_a_change_of_one_byte_is_noticed(data):
    """In the body, in the timestamp, or in the signature."""
    name = data.draw(st.sampled_from(["body", "timestamp", "signature"]))
    parts = {"body": BODY_1, "timestamp": TIMESTAMP.encode(), "signature": SIGNED_1_BY_A.encode()}
    place = data.draw(st.integers(0, len(parts[name]) - 1))
    changed = bytearray(parts[name])
    changed[place] ^= data.draw(st.integers(1, 255))
    parts[name] = bytes(changed)
    headers = {"Omise-Signature": parts["signature"], "Omise-Signature-Timestamp": parts["timestamp"]}

    with pytest.raises(SignatureError):
        Webhook.verify(parts["body"], headers, SECRET_A, now=NOW, tolerance=1e12)


@given(st.binary(max_size=40), st.text(max_size=80), st.one_of(st.text(max_size=12), st.from_regex("[0-9]{1,12}")))
@settings(deadline=None)
def test_garbage_is_a_signature_error(body, signature, timestamp):
    """Whatever arrives, no other exception gets out."""
    with pytest.raises(SignatureError):
        construct(body, signed(signature, timestamp))
