"""
VCR recordings of the API's answers that hold no secrets: no key, no card number, no security code, at any depth.

What is recorded from a sandbox is filed under the addresses of the API itself, so that it replays wherever a client
asks those.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qsl, urlencode

from ..config import API_ADDRESSES, HOSTS
from ..discretion import hush
from ..records.casting import REGISTRY
from ..redaction import MASK, redact, redact_text
from ..wire.marks import MADE_UP

if TYPE_CHECKING:
    import vcr
    from vcr.request import Request

KEPT_REQUEST_HEADERS = frozenset({"content-type", "omise-version"})
KEPT_RESPONSE_HEADERS = frozenset({"content-type", "omise-version", "x-request-id", "retry-after"})

SAME = "auto_made_up"
"""What stands for a value that the library made up: another one in the recording is no other request."""

MATCH_ON = ("method", "scheme", "host", "port", "path", "query", "body")


def recorder(*, sandbox_url: str | None = None, **settings: Any) -> vcr.VCR:
    """
    Return a `vcr.VCR` whose cassettes hold no secrets, in what was sent and in what came back.

    *sandbox_url* is the address of a sandbox to record from, which the cassettes do not name. *settings* are those of
    `vcr.VCR`; without them nothing is recorded (``record_mode="none"``), and requests must match in method, address,
    query and body.
    """
    try:
        import vcr
    except ModuleNotFoundError:
        raise ModuleNotFoundError("cassettes need vcrpy: pip install vcrpy", name="vcr") from None

    def prepare_request(request: Request) -> Request:
        if sandbox_url and request.uri.startswith(sandbox_url):
            request.uri = at_the_api(request.uri.removeprefix(sandbox_url))
        return redact_request(request)

    defaults: dict[str, Any] = {"record_mode": "none", "serializer": "omise", "before_record_request": prepare_request}
    made = vcr.VCR(**vcr_config(**{**defaults, **settings}))
    made.register_serializer("omise", _Serializer(sandbox_url is not None))
    return made


def vcr_config(**settings: Any) -> dict[str, Any]:
    """
    Return the settings of `recorder` as a dict, for the fixture of that name of pytest-recording and pytest-vcr.

    ::

        @pytest.fixture(scope="module")
        def vcr_config():
            return omise.testing.vcr_config()

    *settings* are further ones of `vcr.VCR`. Without ``before_record_request`` and ``before_record_response``, which
    take the secrets out, cassettes hold keys and card numbers.
    """
    hush("vcr.cassette", "vcr.request", "vcr.stubs")
    return {
        "match_on": MATCH_ON,
        "before_record_request": redact_request,
        "before_record_response": redact_response,
        "decode_compressed_response": True,
        **settings,
    }


def at_the_api(path: str) -> str:
    """Return the address of *path* at the host of the API that its records are kept by."""
    for cls in REGISTRY.values():
        if cls.host != "api" and path.startswith(str(cls.path)):
            return API_ADDRESSES[HOSTS[cls.host]] + path
    return API_ADDRESSES[HOSTS["api"]] + path


class _Serializer:
    """YAML, as VCR writes it, under a line that says where the recording comes from."""

    def __init__(self, from_sandbox: bool) -> None:
        self.source = "a sandbox, not from Omise" if from_sandbox else "the API, with a test account"

    def serialize(self, cassette: dict[str, Any]) -> str:
        from vcr.serializers import yamlserializer

        return f"# Recorded from {self.source}.\n{yamlserializer.serialize(cassette)}"

    def deserialize(self, text: str) -> Any:
        from vcr.serializers import yamlserializer

        return yamlserializer.deserialize(text)


def redact_request(request: Request) -> Request:
    """Take the secrets out of *request*, a recorded one or one to be looked up."""
    request.headers = {name: text for name, text in request.headers.items() if name.lower() in KEPT_REQUEST_HEADERS}
    request.uri = redact_text(request.uri)
    if request.body:
        request.body = redact_body(cast("bytes", request.body))
    return request


def redact_response(response: dict[str, Any]) -> dict[str, Any]:
    """Return the recorded *response* without secrets, and without what changes from one recording to the next."""
    headers = {name: value for name, value in response["headers"].items() if name.lower() in KEPT_RESPONSE_HEADERS}
    body = {**response["body"], "string": redact_body(response["body"].get("string", b""))}
    return {**response, "headers": headers, "body": body}


def redact_body(body: bytes | str) -> bytes:
    text = body if isinstance(body, str) else bytes(body).decode("utf-8", "replace")
    text = MADE_UP.sub(SAME, text)
    try:
        return json.dumps(redact(json.loads(text)), indent=2, ensure_ascii=False).encode()
    except ValueError:
        pass
    pairs = parse_qsl(text, keep_blank_values=True)
    if pairs and urlencode(pairs) == text:
        return urlencode([(name, redact(value, name)) for name, value in pairs]).encode()
    if "form-data" in text[:400].lower():
        return MASK.encode()
    return redact_text(text).encode()
