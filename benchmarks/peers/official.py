"""The official package, which has the name of ours."""

from __future__ import annotations

from peers.asked import FIELDS, ID, KEY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    omise: Any
else:
    import omise


class Peer:
    def __init__(self, url: str) -> None:
        omise.api_secret, omise.api_main = KEY, url

    def retrieve(self) -> object:
        return omise.Customer.retrieve(ID)

    def create(self) -> object:
        return omise.Customer.create(**FIELDS)

    def walk(self) -> int:
        return sum(1 for _ in omise.Customer.list())

    def page(self) -> Any:
        return omise.Request(KEY, omise.api_main, None).send("get", "customers", {"limit": 100})

    def records(self, page: Any) -> list[Any]:
        return [omise.Customer.from_data(each) for each in page["data"]]

    def read(self, records: list[Any]) -> None:
        for each in records:
            _ = each.email
            _ = each.description
            _ = each.created_at
            _ = each.cards[0].last_digits
