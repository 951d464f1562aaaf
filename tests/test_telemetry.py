"""Spans of OpenTelemetry that are named by routes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from opentelemetry.instrumentation.requests import RequestsInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

import omise

from .misbehaving import Misbehaving


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    """The spans of all requests of this process."""
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    instrumentor: Any = RequestsInstrumentor()
    instrumentor.instrument(tracer_provider=provider, request_hook=omise.telemetry.request_hook)
    yield exporter
    instrumentor.uninstrument()


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("GET", "/charges/chrg_test_1", "GET /charges/{id}"),
        ("POST", "/customers/cust_test_1/cards", "POST /customers/{id}/cards"),
        ("GET", "/", "GET /"),
        ("GET", "/something_new/thing_1", "GET /{id}/{id}"),
    ],
)
@pytest.mark.parametrize("gateway", ["", "/omise/v1"])
def test_spans_have_the_name_of_the_route(
    server: Misbehaving, spans: InMemorySpanExporter, method: Any, path: str, name: str, gateway: str
) -> None:
    """Without ids, and without what a gateway has before the path; the attribute says it too."""
    with omise.Client(secret_api_key="skey_test_x", api_url=server.url + gateway) as client:
        client.request(method, path, limit=1)

    [span] = spans.get_finished_spans()
    if not gateway or "charges" in path or "customers" in path:
        assert span.name == name
        assert (span.attributes or {})["url.template"] == name.split()[1]
    assert not any(word in span.name for word in ("_test_", "thing_1", "omise", "v1"))


def test_the_requests_of_others_keep_their_names(server: Misbehaving, spans: InMemorySpanExporter) -> None:
    """The instrumentation is one for the whole process."""
    requests.get(f"{server.url}/charges/chrg_test_1", timeout=5).close()

    [span] = spans.get_finished_spans()
    assert span.name == "GET"


@pytest.mark.parametrize("span", [None, type("Span", (), {"is_recording": lambda self: False})()])
def test_a_span_that_is_not_kept_is_let_be(span: Any) -> None:
    """Where nothing is sampled there is nothing to name."""
    prepared = requests.Request("GET", "https://api.omise.co/", headers={"User-Agent": "OmisePython/1"}).prepare()

    assert omise.telemetry.request_hook(span, prepared) is None  # type: ignore[func-returns-value]


def test_it_needs_no_opentelemetry() -> None:
    """Nor loads it, nor requests."""
    look = "import sys, omise; omise.telemetry.request_hook; print(*{name.split('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)

    assert not {"opentelemetry", "requests"} & {*done.stdout.split()}
