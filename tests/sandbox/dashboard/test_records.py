from __future__ import annotations

from omise.sandbox.dashboard.records import find, page_of_id, parts_of, rows_of, selection
from omise.sandbox.dashboard.sections import SECTIONS
from omise.sandbox.dashboard.values import Row

from ..conftest import Caller


def test_the_parts_of_a_customer(api: Caller) -> None:
    """
    What was charged, the newest first, and nothing of others; without the columns that name the customer.
    """
    customer, other = api.customer(1), api.customer(1)
    ids = [api.charge(customer=customer["id"], card=None)["id"] for _ in range(2)]
    api.charge(customer=other["id"], card=None)
    with api.workspace() as workspace:
        row = Row(workspace, workspace.find("customer", customer["id"]), {})
        parts = {section.name: (section, rows) for section, rows in parts_of(row, SECTIONS["customers"])}

    assert [each.document.id for each in parts["charges"][1]] == ids[::-1]
    assert [column.title for column in parts["events"][0].columns] == ["Event", "What", "Webhook", "Created"]


def test_the_runs_of_a_schedule(api: Caller) -> None:
    """
    Those that it had, not the one that is to come.
    """
    rhythm = {"every": 1, "period": "day", "end_date": "2200-01-01"}
    half = {"customer": api.customer(1)["id"], "amount": 10_000}
    schedule = api.ok("POST", "/schedules", rhythm | {"charge": half})
    api.application.clock.advance(days=2)
    with api.workspace() as workspace:
        row = Row(workspace, workspace.find("schedule", schedule["id"]), {})
        ((_, runs), *_) = parts_of(row, SECTIONS["schedules"])

    assert {run.shown["status"] for run in runs} == {"successful"}
    assert len(runs) == api.ok("GET", f"/schedules/{schedule['id']}")["occurrences"]["total"] > 1


def test_a_list_holds_what_is_wanted(api: Caller) -> None:
    """
    In one state if it is named, a page at a time.
    """
    held = api.charge(capture=False)["id"]
    ids = [api.charge()["id"] for _ in range(3)]
    with api.workspace() as workspace:
        charges = SECTIONS["charges"]
        pending = rows_of(workspace, selection(workspace, charges, "pending"), 5)
        second = rows_of(workspace, selection(workspace, charges), 2, offset=2)

        assert [row.document.id for row in pending] == [held]
        assert [row.document.id for row in second] == [ids[0], held]
        assert find(workspace, SECTIONS["refunds"], held) is None
        assert page_of_id(workspace.store, "nothing") is None
