"""
A response that is made of what came back when somebody asks, and whose body is read at once.

Imported with the first request, since it imports requests.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import requests
from requests.cookies import RequestsCookieJar, extract_cookies_to_jar
from requests.exceptions import ChunkedEncodingError, ContentDecodingError
from requests.structures import CaseInsensitiveDict
from requests.utils import get_encoding_from_headers
from urllib3 import HTTPResponse
from urllib3.exceptions import DecodeError, ProtocolError, ReadTimeoutError, SSLError


class LazyResponse(requests.Response):
    """The response of requests, of which most is hardly ever looked at."""

    def __init__(self, request: requests.PreparedRequest, raw: HTTPResponse, connection: Any) -> None:
        self.request, self.raw, self.connection = request, raw, connection
        self.status_code, self.reason, self.url = raw.status, raw.reason, request.url  # type: ignore[assignment]
        self._content: Any = False
        self._content_consumed = False
        self._next = None

    @cached_property
    def headers(self) -> CaseInsensitiveDict[str]:  # type: ignore[override]
        return CaseInsensitiveDict(self.raw.headers)

    @cached_property
    def encoding(self) -> str | None:  # type: ignore[override]
        return get_encoding_from_headers(self.headers)

    @cached_property
    def cookies(self) -> RequestsCookieJar:  # type: ignore[override]
        found = RequestsCookieJar()
        extract_cookies_to_jar(found, self.request, self.raw)  # type: ignore[no-untyped-call]
        return found

    @cached_property
    def history(self) -> list[requests.Response]:  # type: ignore[override]
        return []

    @property
    def content(self) -> Any:
        """The body, unpacked."""
        if self._content is False and not self._content_consumed:
            self._content = self._read()
            self._content_consumed = True
        return super().content

    def _read(self) -> bytes:
        """Read the body as `iter_content` does, and raise what it raises."""
        try:
            return b"".join(self._pieces())
        except ProtocolError as error:
            raise ChunkedEncodingError(error) from None
        except DecodeError as error:
            raise ContentDecodingError(error) from None
        except ReadTimeoutError as error:
            raise requests.ConnectionError(error) from None
        except SSLError as error:
            raise requests.exceptions.SSLError(error) from None

    def _pieces(self) -> Iterator[bytes]:
        raw = self.raw
        if raw.length_remaining is None or "Content-Encoding" in raw.headers:
            yield from raw.stream(10 * 1024, decode_content=True)
        else:
            yield raw.read(decode_content=True)  # one piece, of a length that is known
            if raw.length_remaining:
                raise ProtocolError(f"{raw.length_remaining} bytes of the body are missing")
