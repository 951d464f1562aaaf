"""An ``httpx.Client``."""

from __future__ import annotations

import httpx

from peers.asked import FIELDS, ID, KEY, walk

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Peer:
    def __init__(self, url: str) -> None:
        self.client = httpx.Client(base_url=url, auth=(KEY, ""), timeout=60)

    def retrieve(self) -> object:
        return self.fetch(f"/customers/{ID}")

    def create(self) -> object:
        return self.client.post("/customers", json=FIELDS).json()

    def walk(self) -> int:
        return walk(self.fetch)

    def fetch(self, path: str) -> dict[str, Any]:
        return self.client.get(path).json()  # type: ignore[no-any-return]
