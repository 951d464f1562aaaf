"""This library."""

from __future__ import annotations

import omise
from peers.asked import FIELDS, ID, KEY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from omise import Customer, List


class Peer:
    def __init__(self, url: str) -> None:
        omise.secret_api_key, omise.api_url = KEY, url

    def retrieve(self) -> object:
        return omise.Customer.retrieve(ID)

    def create(self) -> object:
        return omise.Customer.create(email=FIELDS["email"], description=FIELDS["description"])

    def walk(self) -> int:
        return sum(1 for _ in omise.Customer.list(limit=100))

    def page(self) -> List[Customer]:
        return omise.Customer.list(limit=100)

    def records(self, page: List[Customer]) -> list[Customer]:
        return page.data

    def read(self, records: list[Customer]) -> None:
        for each in records:
            _ = each.email
            _ = each.description
            _ = each.created_at
            _ = each.cards[0].last_digits

    def from_data(self, data: list[dict[str, object]]) -> None:
        for each in data:
            omise.Customer.from_data(each)
