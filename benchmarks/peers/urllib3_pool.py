"""A ``urllib3.PoolManager``."""

from __future__ import annotations

import urllib3

from peers.asked import FIELDS, ID, KEY, walk

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Peer:
    def __init__(self, url: str) -> None:
        self.url = url
        self.pools = urllib3.PoolManager(headers=urllib3.make_headers(basic_auth=f"{KEY}:"), timeout=60)

    def retrieve(self) -> object:
        return self.fetch(f"/customers/{ID}")

    def create(self) -> object:
        return self.pools.request("POST", f"{self.url}/customers", json=FIELDS, headers=self.pools.headers).json()

    def walk(self) -> int:
        return walk(self.fetch)

    def fetch(self, path: str) -> dict[str, Any]:
        return self.pools.request("GET", self.url + path).json()  # type: ignore[no-any-return]
