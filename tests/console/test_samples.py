"""The records of a sandbox to look around in."""

import omise
from omise.console.samples import fill
from omise.sandbox import Sandbox


def test_there_is_some_of_everything(omise_sandbox: Sandbox) -> None:
    """Charges of each kind, on several days, and what hangs together with them."""
    fill(omise_sandbox)
    charges = [*omise.Charge.list()]

    assert {charge.status for charge in charges} == {"successful", "failed", "pending"}
    assert len({charge.created_at.date() for charge in charges}) > 3
    for cls in (omise.Customer, omise.Refund, omise.Transfer, omise.Link, omise.Schedule, omise.Event):
        assert len(cls.list()) > 0
