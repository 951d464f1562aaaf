"""This library in asynchronous code."""

from __future__ import annotations

import omise
from omise.aio import Aio
from peers.asked import FIELDS, KEY


class Peer:
    def __init__(self, url: str, most: int) -> None:
        omise.secret_api_key, omise.api_url = KEY, url
        self.aio = Aio(most)

    async def create(self) -> object:
        return await self.aio(omise.Customer.create, email=FIELDS["email"], description=FIELDS["description"])
