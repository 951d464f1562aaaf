"""A bare ``requests.Session``."""

from __future__ import annotations

import requests

from peers.asked import FIELDS, ID, KEY, walk

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Peer:
    def __init__(self, url: str) -> None:
        self.url, self.session = url, requests.Session()
        self.session.auth = (KEY, "")

    def retrieve(self) -> object:
        return self.fetch(f"/customers/{ID}")

    def create(self) -> object:
        return self.session.post(f"{self.url}/customers", json=FIELDS, timeout=60).json()

    def walk(self) -> int:
        return walk(self.fetch)

    def fetch(self, path: str) -> dict[str, Any]:
        return self.session.get(self.url + path, timeout=60).json()  # type: ignore[no-any-return]
