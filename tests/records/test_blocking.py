"""`omise.records.blocking`: what is fetched behind the back of a running event loop is reported where it happens."""

import asyncio
import sys
import warnings
from collections.abc import Callable
from typing import Any

import pytest

import omise
from omise import BlockingWarning, aio
from omise.sandbox import Sandbox


async def act(work: Callable[[], Any]) -> Any:
    return work()


def lazily(sandbox: Sandbox) -> dict[str, Callable[[], Any]]:
    """Ways to have something fetched without a call that says so."""
    customer = omise.Customer.create(email="a@b.co", card=sandbox.card())
    charge = omise.Charge.create(amount=100_00, currency="thb", customer=customer)
    omise.Customer.create()
    page = omise.Customer.list(limit=1)
    return {
        "an association": lambda: charge.customer.email,  # type: ignore[union-attr]
        "a list within": lambda: len(omise.Charge.retrieve(charge.id).events),
        "the pages of a loop": lambda: [*omise.Customer.list(limit=1)],
        "a place on another page": lambda: omise.Customer.list(limit=1)[1],
        "the page after": page.next_page,
    }


WAYS = ["an association", "a list within", "the pages of a loop", "a place on another page", "the page after"]


@pytest.mark.parametrize("way", WAYS)
def test_what_blocks_a_loop_is_reported(omise_sandbox: Sandbox, way: str) -> None:
    """At the line of the application's own that did it; the value is there all the same."""
    work = lazily(omise_sandbox)[way]

    with pytest.warns(BlockingWarning, match="in a running event loop, which waits for it") as reported:
        assert asyncio.run(act(work))
    assert {warning.filename for warning in reported} == {__file__}


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_reported_where_no_loop_waits(omise_sandbox: Sandbox, way: str) -> None:
    """Without a loop, in a thread of `omise.aio`, and in a notebook, whose cells run in a loop."""
    work = lazily(omise_sandbox)[way]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert work()
        assert asyncio.run(aio(lazily(omise_sandbox)[way]))

        work = lazily(omise_sandbox)[way]
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(sys.modules, "ipykernel", sys)
            assert asyncio.run(act(work))


def test_what_is_there_costs_no_warning(omise_sandbox: Sandbox) -> None:
    """With ``expand``, or after `aio(record.reload)`, nothing is fetched when it is read."""
    customer = omise.Customer.create(email="a@b.co", card=omise_sandbox.card())
    made = omise.Charge.create(amount=100_00, currency="thb", customer=customer)

    async def work() -> None:
        charge = await aio(omise.Charge.retrieve, made.id, expand=True)
        assert charge.customer is not None
        assert charge.customer.email == "a@b.co"
        again = await aio(omise.Charge.retrieve, made.id)
        assert again.customer is not None
        await aio(again.customer.reload)
        assert again.customer.email == "a@b.co"

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        asyncio.run(work())
