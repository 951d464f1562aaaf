"""
The dashboard as a whole: which page is asked for, what it shows, and what its forms do.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

from ..events.endpoints import endpoints_for
from ..events.webhooks import Webhooks, send_again
from ..http.control import change
from ..http.faults import Faults
from ..http.pages import redirect
from ..http.received import RequestLog
from ..http.responses import Response
from ..refusals import ApiError, bad_request, not_found
from ..resources.balance import total, transferable
from ..resources.event import payload
from ..rules.currencies import in_words
from ..state.alarms import run_due
from ..state.clock import Clock, time_text
from ..state.store import Document, Selection, Store, Transaction
from ..state.workspace import Workspace
from .accounts import choices, preferred
from .actions import ACTIONS, act, actions_for
from .faulting import WORDS, fault_of
from .rendering import rendered, static
from .sections import SECTIONS, Row, Section, places
from .turning import STEPS, next_run, turn
from .visits import LOOPBACK, PREFIX, Visit, check_form, check_visit, way_back

__all__ = ["Dashboard"]

#: Stands in addresses for an account where there is none yet.
NOBODY = "-"
#: How many records a page of a list has, and a list on the first page.
PAGE, GLANCE = 25, 5
#: The sections at a glance on the first page.
AT_A_GLANCE = ("charges", "events", "ledger")
#: How long a webhook that is sent again is waited for, in seconds, so that the page can say how it went.
PATIENCE = 2.0

NO_ENDPOINT = "choose one of the endpoints on the page"
NOT_THERE = "There is no such page."
#: What is said when something is done, beside what the buttons on records say.
DONE = {
    "turned": "The clock was turned.",
    "sent": "The webhook was sent again.",
    "added": "The fault is on.",
    "cleared": "All faults are off.",
    "reset": "Everything was forgotten.",
} | {action.name: action.done for actions in ACTIONS.values() for action in actions}


class Dashboard:
    """
    Answers the visits of browsers; *reach* says who may visit, and *reset* begins anew.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        faults: Faults,
        requests: RequestLog,
        webhooks: Webhooks,
        reset: Callable[[], None],
        reach: str = LOOPBACK,
    ) -> None:
        self._store = store
        self._clock = clock
        self._faults = faults
        self._requests = requests
        self._webhooks = webhooks
        self._reset = reset
        self._reach = reach
        self._token = secrets.token_urlsafe(24)

    def answer(self, visit: Visit) -> Response:
        """The page that is asked for, or where the browser goes after a form; raises `ApiError` for strangers."""
        check_visit(visit, self._reach)
        path = visit.path.removeprefix(PREFIX).strip("/")
        place = path.split("/") if path else []
        try:
            if visit.method in ("GET", "HEAD"):
                return self._show(visit, place)
            if visit.method == "POST":
                check_form(visit, self._token)
                return self._do(visit, place)
        except ApiError as error:
            return self._page(visit, place, "message.html", status=error.status, problem=error.message)
        return self._missing(visit, place)

    # What is shown

    def _show(self, visit: Visit, place: list[str]) -> Response:
        if run_due(self._store, self._clock):
            self._webhooks.wake()
        match place:
            case ["static", name]:
                return static(name) or self._missing(visit, place)
            case [] | [_]:
                return self._first(visit, place)
            case [_, "requests"]:
                return self._page(visit, place, "requests.html", requests=self._requests[::-1][:PAGE])
            case [_, "requests", request_id]:
                return self._request(visit, place, request_id)
            case [_, "faults"]:
                return self._page(visit, place, "faults.html", faults=self._faults.shown(), words=WORDS)
            case [_, name] if name in SECTIONS:
                return self._list(visit, place, SECTIONS[name])
            case [_, name, document_id] if name in SECTIONS:
                return self._record(visit, place, SECTIONS[name], document_id)
            case _:
                return self._missing(visit, place)

    def _first(self, visit: Visit, place: list[str]) -> Response:
        """All of an account at a glance, or how to begin."""
        with self._workspace(visit, place) as workspace:
            if workspace is None:
                return self._page(visit, place, "welcome.html", requests=self._requests[::-1][:GLANCE])
            return self._page(
                visit,
                place,
                "overview.html",
                account=workspace.show(workspace.account),
                total=total(workspace),
                transferable=transferable(workspace),
                glances=[(SECTIONS[name], _rows(workspace, SECTIONS[name], GLANCE)) for name in AT_A_GLANCE],
                requests=self._requests[::-1][:GLANCE],
            )

    def _list(self, visit: Visit, place: list[str], section: Section) -> Response:
        number = int(visit.text("page")) if visit.text("page").isdecimal() and len(visit.text("page")) < 7 else 1
        with self._workspace(visit, place) as workspace:
            if workspace is None:
                return self._missing(visit, place)
            rows = _rows(workspace, section, PAGE, offset=(max(number, 1) - 1) * PAGE)
            count = workspace.store.count(Selection(section.kind, account=workspace.account.id))
            return self._page(
                visit,
                place,
                "list.html",
                section=section,
                rows=rows,
                count=count,
                number=max(number, 1),
                size=PAGE,
                total=total(workspace),
                transferable=transferable(workspace),
            )

    def _record(self, visit: Visit, place: list[str], section: Section, document_id: str) -> Response:
        with self._workspace(visit, place) as workspace:
            document = _find(workspace, section, document_id)
            if workspace is None or document is None:
                return self._missing(visit, place)
            row = Row(workspace, document, workspace.show(document))
            parts = [(SECTIONS[name], _parts(workspace, document, SECTIONS[name])) for name in section.parts]
            extras = _extras(row)
            return self._page(visit, place, "record.html", section=section, row=row, parts=parts, **extras)

    def _request(self, visit: Visit, place: list[str], request_id: str) -> Response:
        found = next((received for received in self._requests if received.request_id == request_id), None)
        return self._page(visit, place, "request.html", received=found) if found else self._missing(visit, place)

    def _missing(self, visit: Visit, place: list[str]) -> Response:
        return self._page(visit, place, "message.html", status=404, problem=NOT_THERE)

    def _page(self, visit: Visit, place: list[str], template: str, status: int = 200, **names: Any) -> Response:
        """A page with what all of them have: the chooser, the clock, the sections, and what was done before."""
        with self._store.transaction() as store:
            found = choices(store)
            chosen = _chosen(store, place)
            run = next_run(store, chosen) if chosen else None
            account = store.get(chosen) if chosen else None
            currency = account["currency"] if account else ""
        return rendered(
            template,
            status,
            choices=found,
            chosen=chosen or NOBODY,
            base=f"{PREFIX}/{chosen or NOBODY}",
            here=place[1] if len(place) > 1 else "",
            back=visit.path if visit.method == "GET" else way_back(visit),
            origin=visit.origin,
            now=time_text(self._clock.now_ms()),
            steps={name: label for name, (label, _) in STEPS.items()},
            next_run=time_text(run) if run else None,
            sections=SECTIONS,
            places=places(),
            acting=ACTIONS.keys(),
            actions_for=actions_for,
            token=self._token,
            money=partial(in_words, code=currency),
            time_text=time_text,
            said=DONE.get(visit.text("done")) if visit.method == "GET" else None,
            active_faults=len(self._faults.shown()),
            **names,
        )

    # What forms do

    def _do(self, visit: Visit, place: list[str]) -> Response:
        match place:
            case [account, "clock"]:
                turn(self._store, self._clock, visit.text("step"), account)
                return _done(visit, "turned")
            case [_, "faults"] if visit.text("action") == "clear":
                self._faults.clear()
                return _done(visit, "cleared")
            case [_, "faults"]:
                change(self._faults, "POST", {"faults": [fault_of(visit)]})
                return _done(visit, "added")
            case [_, "reset"]:
                self._reset()
                return redirect("/?done=reset")
            case [_, "events", document_id]:
                self._send(visit, place, document_id)
                return _done(visit, "sent")
            case [_, name, document_id] if name in SECTIONS:
                return _done(visit, self._act(visit, place, SECTIONS[name], document_id))
            case _:
                return self._missing(visit, place)

    def _act(self, visit: Visit, place: list[str], section: Section, document_id: str) -> str:
        """Press a button of a record; returns which it was."""
        with self._workspace(visit, place) as workspace:
            document = _find(workspace, section, document_id)
            if workspace is None or document is None:
                raise not_found(section.kind, document_id)
            action = act(workspace, document, visit.text("action"), visit.text("amount"))
        self._webhooks.wake()
        return action.name

    def _send(self, visit: Visit, place: list[str], document_id: str) -> None:
        """Send a webhook again, to one of the endpoints that the page names."""
        with self._workspace(visit, place) as workspace:
            event = _find(workspace, SECTIONS["events"], document_id)
            if workspace is None or event is None:
                raise not_found("event", document_id)
            if visit.text("uri") not in _endpoints(workspace, event):
                raise bad_request(NO_ENDPOINT)
            send_again(workspace, event, visit.text("uri"), payload(event))
        with suppress(TimeoutError):
            self._webhooks.flush(PATIENCE)

    @contextmanager
    def _workspace(self, visit: Visit, place: list[str]) -> Generator[Workspace | None]:
        """What code that acts for the account of a page stands on; None where there is no account."""
        with self._store.transaction() as store:
            chosen = _chosen(store, place)
            account = store.get(chosen) if chosen else None
            if account is None:
                yield None
                return
            workspace = Workspace(store, account, self._clock)
            workspace.origin, workspace.caller = visit.origin, visit.caller
            yield workspace


def _chosen(store: Transaction, place: list[str]) -> str | None:
    """The id of the account that an address names, or else of the one that is shown by itself."""
    named = place[0] if place else NOBODY
    if named == NOBODY:
        favourite = preferred(choices(store))
        return favourite.id if favourite else None
    account = store.get(named)
    return named if account and account.kind == "account" else None


def _find(workspace: Workspace | None, section: Section, document_id: str) -> Document | None:
    """A record of the account, a deleted one too."""
    document = workspace.store.get(document_id) if workspace else None
    if workspace is None or document is None or document.account != workspace.account.id:
        return None
    return document if document.kind == section.kind else None


def _rows(workspace: Workspace, section: Section, limit: int, offset: int = 0) -> list[Row]:
    """The newest records of a section."""
    selection = Selection(section.kind, account=workspace.account.id)
    found = workspace.store.select(selection, reverse=True, limit=limit, offset=offset)
    return [Row(workspace, document, workspace.show(document)) for document in found]


def _parts(workspace: Workspace, parent: Document, section: Section) -> list[Row]:
    """What belongs to a record, the newest first."""
    found = workspace.store.select(Selection(section.kind, parent=parent.id), reverse=True, limit=PAGE)
    return [Row(workspace, document, workspace.show(document)) for document in found]


def _extras(row: Row) -> dict[str, Any]:
    """What only some kinds of records show."""
    code = ((row.shown.get("source") or {}) if row.document.kind == "charge" else {}).get("scannable_code")
    is_event = row.document.kind == "event"
    return {
        "code": code["image"]["download_uri"] if code else None,
        "attempts": row.document["attempts"][::-1] if is_event else [],
        "body": payload(row.document) if is_event else None,
        "endpoints": _endpoints(row.workspace, row.document) if is_event else [],
    }


def _endpoints(workspace: Workspace, event: Document) -> list[str]:
    """Where an event can be sent: where it would go now, and where it went."""
    about = workspace.store.get(event.parent or "")
    now = endpoints_for(workspace, about) if about else []
    return list(dict.fromkeys([*now, *(attempt["uri"] for attempt in event["attempts"])]))


def _done(visit: Visit, what: str) -> Response:
    """Back to the page with the form, which says what was done."""
    return redirect(f"{way_back(visit).partition('?')[0]}?done={what}")
