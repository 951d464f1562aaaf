"""
Alarms: work that the clock brings about, such as the runs of a schedule or the end of an authorisation.

    @on_alarm("charge.expire")
    def expire(workspace: Workspace, charge: Document) -> None: ...

    alarm(workspace, "charge.expire", charge, due_ms)

An alarm is never taken back. When its time comes, the work looks at the object as it is by then, and may find that
there is nothing left to do.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable

from .clock import Clock
from .store import Alarm, Document, Store, Transaction
from .workspace import Workspace

__all__ = ["alarm", "on_alarm", "run_due"]

Work = Callable[[Workspace, Document], None]

WORK: dict[str, Work] = {}

logger: logging.Logger = logging.getLogger("omise.sandbox")


def on_alarm(name: str) -> Callable[[Work], Work]:
    """
    Let the function below do the work of the alarms of that name.

    It gets the object, a deleted one too, and a workspace of the object's account whose time is that of the alarm.
    """

    def register(work: Work) -> Work:
        WORK[name] = work
        return work

    return register


def alarm(workspace: Workspace, name: str, document: Document, due_ms: int) -> None:
    """Plan work about *document* for *due_ms* (Unix time in milliseconds), but not before the next millisecond."""
    workspace.store.add_alarm(max(due_ms, workspace.now_ms + 1), name, document)


def run_due(store: Store, clock: Clock) -> bool:
    """
    Do all work that is due by now, in the order of its time, including what is planned by it and due by now as well.
    True if there was any.

    Each alarm is a transaction of its own, so what fails leaves nothing behind, is reported in the log, and does not
    come again.
    """
    until = clock.now_ms()
    some = False
    while store.next_alarm(until) and _run_next(store, clock, until):
        some = True
    return some


def _run_next(store: Store, clock: Clock, until: int) -> bool:
    """Do the first work that is due; False if there is none."""
    due = None
    try:
        with store.transaction() as transaction:
            due = transaction.next_alarm(until)
            if due is not None:
                transaction.remove_alarm(due)
                _work(transaction, clock, due)
    except Exception as error:
        if due is None:
            raise
        _give_up(store, due, error)
    return due is not None


def _give_up(store: Store, due: Alarm, error: Exception) -> None:
    """Forget an alarm whose work failed, and log where, but not the message, which may quote what a client sent."""
    with store.transaction() as transaction:
        transaction.remove_alarm(due)
    where = "".join(traceback.format_tb(error.__traceback__))
    logger.error("%s in alarm %s\n%s", type(error).__name__, due.name, where)


def _work(transaction: Transaction, clock: Clock, due: Alarm) -> None:
    document = transaction.get(due.document)
    if document is None:
        return
    account = document if document.kind == "account" else transaction.get(document.account or "")
    if account is not None:
        WORK[due.name](Workspace(transaction, account, clock, now_ms=due.due), document)
