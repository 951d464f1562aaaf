from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omise.sandbox.http.hosts import API, VAULT
from omise.sandbox.http.responses import error_response, json_response, pretty_json
from omise.sandbox.refusals import ApiError


def test_bodies_are_pretty_printed() -> None:
    """
    Two spaces per level, keys in their order, UTF-8 as it is, a newline at the end.
    """
    response = json_response({"b": {"c": "ส"}, "a": [1]}, "2019-05-29", API)

    assert response.body.decode() == '{\n  "b": {\n    "c": "ส"\n  },\n  "a": [\n    1\n  ]\n}\n'


SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text())
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


@given(st.dictionaries(st.text(), VALUES))
def test_json_is_written_as_python_writes_it(fields: dict[str, Any]) -> None:
    """
    To the byte, whatever the values are: empty objects and lists, what is escaped, numbers of any kind.
    """
    assert pretty_json(fields) == json.dumps(fields, indent=2, ensure_ascii=False).encode() + b"\n"


def test_a_success_has_the_recorded_headers() -> None:
    """
    Version and transport security included; the request id is a UUID, new every time.
    """
    response = json_response({"object": "customer"}, "2017-11-02", API)
    headers = dict(response.all_headers(0.5))

    assert headers == {
        "Content-Type": "application/json; charset=utf-8",
        "Cache-Control": "no-cache, no-store",
        "Vary": "Accept-Encoding",
        "Strict-Transport-Security": "max-age=31536000; includeSubdomains; preload",
        "Omise-Version": "2017-11-02",
        "Content-Length": str(len(response.body)),
        "Status": "200 OK",
        "X-Request-Id": response.request_id,
        "X-Runtime": "0.500000",
    }
    assert str(uuid.UUID(response.request_id)) == response.request_id
    assert json_response({}, "2017-11-02", API).request_id != response.request_id


def test_the_vault_adds_headers_of_its_own() -> None:
    """
    Those that browsers look at.
    """
    headers = dict(json_response({}, "2019-05-29", VAULT).all_headers(0))

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["X-XSS-Protection"] == "1; mode=block"


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (ApiError("used_token"), "400 Bad Request"),
        (ApiError("authentication_failure"), "401 Unauthorized"),
        (ApiError("internal_error"), "500 Internal Server Error"),
    ],
)
def test_an_error_has_neither_version_nor_transport_security(error: ApiError, line: str) -> None:
    """
    Its body is the error object, and its status is told in a header, too.
    """
    response = error_response(error)
    headers = dict(response.all_headers(0))

    assert response.status_line == headers["Status"] == line
    assert json.loads(response.body)["code"] == response.code == error.code
    assert not {"Omise-Version", "Strict-Transport-Security"} & headers.keys()
    assert headers["X-Request-Id"]
