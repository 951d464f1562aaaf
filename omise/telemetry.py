"""
Spans of OpenTelemetry that are named by routes. OpenTelemetry itself is not imported here, nor needed.

::

    from opentelemetry.instrumentation.requests import RequestsInstrumentor

    RequestsInstrumentor().instrument(request_hook=omise.telemetry.request_hook)
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from .wire.routes import WORDS, route_of


def request_hook(span: Any, request: Any) -> None:
    """
    Name the *span* of a request of this library ``GET /customers/{id}``, and leave those of others as they are.

    The ``request_hook`` of OpenTelemetry's instrumentation of requests. *request* is the `requests.PreparedRequest`.
    The route is the attribute ``url.template`` too.
    """
    if span is None or not span.is_recording() or not str(request.headers.get("User-Agent")).startswith("OmisePython/"):
        return
    parts = urlsplit(str(request.url)).path.split("/")
    first = next((place for place, part in enumerate(parts) if part in WORDS), 1)  # after what a gateway has before it
    route = "/" + route_of("/".join(parts[first:]))
    span.update_name(f"{request.method} {route}")
    span.set_attribute("url.template", route)
