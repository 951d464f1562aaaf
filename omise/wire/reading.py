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

from .answers import too_large

PIECE = 10 * 1024
PACKINGS = frozenset({"identity", "gzip", "x-gzip", "deflate"})
"""Packings of which a piece unpacks to a thousand times its size at the most; of others there is no telling."""


class LazyResponse(requests.Response):
    """The response of requests, of which most is hardly ever looked at."""

    def __init__(self, request: requests.PreparedRequest, raw: HTTPResponse, connection: Any) -> None:
        self.request: requests.PreparedRequest = request
        self.raw: Any = raw
        self.connection: Any = connection
        self.status_code: int = raw.status
        self.reason: str = raw.reason or ""
        self.url: str = str(request.url)
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
        packed = raw.headers.get("Content-Encoding")
        if raw.length_remaining is None or packed is not None:
            yield from self._unpacked(packed or "identity")
            return
        self._refuse_beyond_limit(raw.length_remaining)
        yield raw.read(decode_content=True)  # one piece, of a length that is known
        if raw.length_remaining:
            raise ProtocolError(f"{raw.length_remaining} bytes of the body are missing")

    def _unpacked(self, packing: str) -> Iterator[bytes]:
        if self._limit is not None and packing.strip().lower() not in PACKINGS:
            self.raw.close()
            raise ContentDecodingError(f"the answer is packed as {packing}, which was not asked for")
        size = 0
        for piece in self.raw.stream(PIECE, decode_content=True):
            size += len(piece)
            self._refuse_beyond_limit(size)
            yield piece

    @property
    def _limit(self) -> int | None:
        """How many bytes the body may have, which a request of the client says."""
        return getattr(self.request, "most_bytes", None)

    def _refuse_beyond_limit(self, size: int) -> None:
        if self._limit is not None and size > self._limit:
            self.raw.close()
            raise requests.RequestException(too_large(self._limit))
