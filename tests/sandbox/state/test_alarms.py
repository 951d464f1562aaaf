from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from omise.sandbox.app import Application
from omise.sandbox.state.alarms import WORK, alarm, on_alarm
from omise.sandbox.state.clock import time_text
from omise.sandbox.state.store import Document, Store
from omise.sandbox.state.workspace import Workspace

from ..conftest import Caller

MINUTE = 60_000
SECRET = "4242424242424242"


@pytest.fixture
def rung() -> Iterator[list[tuple[str, int, str]]]:
    """
    The work "ring", which notes when it was done, and about what; "fail", which makes something and fails; and
    "again", which plans itself anew twice.
    """
    notes: list[tuple[str, int, str]] = []

    @on_alarm("ring")
    def ring(workspace: Workspace, document: Document) -> None:
        notes.append((workspace.account.id, workspace.now_ms, document.id))

    @on_alarm("fail")
    def fail(workspace: Workspace, document: Document) -> None:
        workspace.update(document, {"description": "half done"})
        raise RuntimeError(SECRET)

    @on_alarm("again")
    def again(workspace: Workspace, document: Document) -> None:
        ring(workspace, document)
        if len(notes) < 3:
            alarm(workspace, "again", document, workspace.now_ms + MINUTE)

    yield notes
    for name in ("ring", "fail", "again"):
        del WORK[name]


def plan(api: Caller, name: str, minutes: float, customer: str) -> int:
    with api.workspace() as workspace:
        due = workspace.now_ms + round(minutes * MINUTE)
        alarm(workspace, name, workspace.find("customer", customer), due)
    return due


def plan_past(api: Caller, name: str, customer: str) -> None:
    """Plan work for a time that is over, as if nobody had asked for anything since."""
    with api.workspace() as workspace:
        workspace.store.add_alarm(workspace.now_ms - 1, name, workspace.find("customer", customer))


def test_work_is_done_in_the_order_of_its_time(api: Caller, rung: list[tuple[str, int, str]]) -> None:
    """
    By a turn of the clock, at the time it was planned for, and what is due later waits.
    """
    first, second, third = (api.customer()["id"] for _ in range(3))
    late, early, never = plan(api, "ring", 30, first), plan(api, "ring", 10, second), plan(api, "ring", 61, third)
    api.application.clock.advance(hours=1)
    account = api.ok("GET", "/account")["id"]

    assert rung == [(account, early, second), (account, late, first)]
    api.application.clock.advance(minutes=2)
    assert rung[2:] == [(account, never, third)]


def test_what_is_planned_by_work_is_done_in_the_same_turn(api: Caller, rung: list[tuple[str, int, str]]) -> None:
    """
    Between the other work, where its time is.
    """
    customer = api.customer()["id"]
    first = plan(api, "again", 1, customer)
    with api.workspace() as workspace:
        alarm(workspace, "ring", workspace.find("customer", customer), first + MINUTE // 2)
    api.application.clock.advance(minutes=10)
    times = [now for _, now, _ in rung]

    assert times == [first, first + MINUTE // 2, first + MINUTE]


def test_work_is_done_before_a_request_is_answered(api: Caller, rung: list[tuple[str, int, str]]) -> None:
    """
    Once its time has come by itself; also before one that is refused, unless nothing answers it at all.
    """
    customer = api.customer()["id"]
    plan_past(api, "ring", customer)

    assert api.refused("GET", "/accounts/none")[0] == 404
    assert rung == []
    api.refused("GET", "/customers/none")
    api.ok("GET", "/account")
    assert [about for _, _, about in rung] == [customer]


def test_work_that_fails_leaves_nothing_behind(
    api: Caller, rung: list[tuple[str, int, str]], caplog: pytest.LogCaptureFixture
) -> None:
    """
    The request that brings it about is answered, the work after it is done, and it does not come again.
    """
    customer = api.customer()["id"]
    plan(api, "fail", 1, customer)
    plan(api, "ring", 2, customer)
    with caplog.at_level(logging.ERROR, "omise.sandbox"):
        api.application.clock.advance(minutes=3)

    assert api.ok("GET", f"/customers/{customer}")["description"] is None
    assert len(rung) == 1
    assert [record.getMessage().splitlines()[0] for record in caplog.records] == ["RuntimeError in alarm fail"]
    assert SECRET not in caplog.text


def test_what_work_makes_carries_the_time_of_the_work(api: Caller, rung: list[tuple[str, int, str]]) -> None:
    """
    Not the time when it happened to be done.
    """
    made: list[str] = []

    @on_alarm("make")
    def make(workspace: Workspace, document: Document) -> None:
        body = {"email": None, "description": "made", "metadata": {}, "default_card": None}
        made.append(workspace.create("customer", body).id)

    due = plan(api, "make", 5, api.customer()["id"])
    api.application.clock.advance(days=1)
    del WORK["make"]

    assert api.ok("GET", f"/customers/{made[0]}")["created_at"] == time_text(due)


def test_deleted_objects_and_accounts_are_worked_on_too(api: Caller, rung: list[tuple[str, int, str]]) -> None:
    """
    The work decides what that means; tokens belong to nobody, so nothing is done about them.
    """
    customer, token = api.customer()["id"], api.token()
    with api.workspace() as workspace:
        due = workspace.now_ms + MINUTE
        alarm(workspace, "ring", workspace.find("customer", customer), due)
        alarm(workspace, "ring", workspace.account, due)
        alarm(workspace, "ring", workspace.find("token", token), due)
        account = workspace.account.id
    api.ok("DELETE", f"/customers/{customer}")
    api.application.clock.advance(minutes=1)

    assert rung == [(account, due, customer), (account, due, account)]


def test_plans_survive_in_a_file(tmp_path: Path, rung: list[tuple[str, int, str]]) -> None:
    """
    The next process does what became due meanwhile.
    """
    api = Caller(Application(Store(tmp_path / "sandbox.db")))
    customer = api.customer()["id"]
    plan_past(api, "ring", customer)
    api.application.store.close()
    Caller(Application(Store(tmp_path / "sandbox.db"))).ok("GET", "/account")

    assert [about for _, _, about in rung] == [customer]


def test_a_store_that_fails_is_no_ones_work(api: Caller) -> None:
    """
    That is an error of its own, which the request that meets it is answered with.
    """
    with api.workspace() as workspace:
        workspace.store._connection.execute("DROP TABLE alarms")

    assert api.refused("GET", "/account") == (500, "internal_error", "internal error")


def test_a_refused_request_plans_nothing(api: Caller, rung: list[tuple[str, int, str]]) -> None:
    """
    Plans are part of the transaction in which they are made.
    """

    def fail_after_planning() -> None:
        with api.workspace() as workspace:
            alarm(workspace, "ring", workspace.find("customer", api.customer()["id"]), workspace.now_ms)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after_planning()
    api.application.clock.advance(days=1)

    assert rung == []
