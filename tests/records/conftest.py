"""Records that several of these tests begin with."""

from collections.abc import Callable
from typing import Any

import pytest

import omise
from omise.sandbox import Sandbox

from ..stubs import Sent

CUSTOMER = {
    "object": "customer",
    "id": "cust_test_1",
    "livemode": False,
    "location": "/customers/cust_test_1",
    "deleted": False,
    "metadata": {"tier": "gold", "tags": ["a", "b"], "object": "card", "seen_at": "2026-01-01T00:00:00Z"},
    "default_card": None,
    "description": None,
    "email": "john@example.com",
    "created_at": "2026-01-31T09:30:00Z",
}
REFUNDS = {
    "object": "list",
    "data": [{"object": "refund", "id": "rfnd_1", "location": "/charges/chrg_1/refunds/rfnd_1", "charge": "chrg_1"}],
    "limit": 20,
    "offset": 0,
    "total": 1,
    "location": "/charges/chrg_1/refunds",
}


@pytest.fixture
def john() -> omise.Customer:
    """That customer, of no account."""
    return omise.Customer.from_data(CUSTOMER)


@pytest.fixture
def customers(omise_sandbox: Sandbox) -> list[omise.Customer]:
    """Seven customers, oldest first."""
    return [omise.Customer.create(description=str(number)) for number in range(7)]


def numbers(found: Any) -> list[str]:
    return [each.description for each in found]


def pages(data: Callable[[int, int], list[dict[str, Any]]], total: int, **fixed: Any) -> Callable[[Sent], Any]:
    """Answers with a page of what *data* gives for an offset and a limit."""

    def answer(sent: Sent) -> dict[str, Any]:
        offset, limit = int(sent.params.get("offset", 0)), int(sent.params.get("limit", 2))
        return {
            "object": "list",
            "data": data(offset, limit),
            "limit": limit,
            "offset": offset,
            "total": total,
            "location": "/customers",
            **fixed,
        }

    return answer


def record(number: int) -> dict[str, Any]:
    return {"object": "customer", "id": f"cust_{number}"}
