"""
The dashboard as a whole: which page is asked for, what it shows, and what its forms do.
"""

from __future__ import annotations

import secrets
import threading
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

from ..events.endpoints import endpoints_for
from ..events.webhooks import Webhooks, send_again
from ..http.control import change
from ..http.faults import KINDS, Faults
from ..http.pages import redirect
from ..http.received import RequestLog
from ..http.responses import Response
from ..refusals import ApiError, bad_request, not_found
from ..resources.balance import total, transferable
from ..resources.event import payload
from ..rules.currencies import in_digits, in_words
from ..rules.pictures import svg
from ..state.alarms import run_due
from ..state.clock import Clock, time_text
from ..state.store import Store, Transaction
from ..state.workspace import Workspace
from .accounts import choices, preferred
from .actions import ACTIONS, act, actions_for
from .faulting import FIELDS, WORDS, fault_of, in_force, shown_of
from .records import GLANCE, PAGE, code_of, endpoints, extras, find, page_of_id, parts_of, rows_of, selection
from .rendering import picture, rendered, static
from .sections import SECTIONS, Section, places
from .turning import STEPS, next_run, turn
from .values import Row
from .visits import LOOPBACK, PREFIX, Visit, check_form, check_visit, way_back

__all__ = ["Dashboard"]

#: Stands in addresses for an account where there is none yet.
NOBODY = "-"
#: The sections at a glance on the first page.
AT_A_GLANCE = ("charges", "events", "ledger")
#: How long a webhook that is sent again is waited for, in seconds, so that the page can say how it went.
PATIENCE = 2.0

NO_ENDPOINT = "choose one of the endpoints on the page"
NOT_THERE = "There is no such page."
NO_ID = "No record here has that id."
NO_FAULT = "that fault is off already"
#: What is said when something is done, beside what the buttons on records say.
DONE = {
    "turned": "The clock was turned.",
    "sent": "The webhook was sent again.",
    "added": "The fault is on.",
    "ended": "The fault is off.",
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
        # How often the forms of each address did something; one at a time, as each is good for once.
        self._done: Counter[str] = Counter()
        self._turn = threading.Lock()

    def answer(self, visit: Visit) -> Response:
        """The page that is asked for, or where the browser goes after a form; raises `ApiError` for strangers."""
        check_visit(visit, self._reach)
        if visit.method in ("GET", "HEAD"):
            return self._show(visit, _place(visit))
        if visit.method != "POST":
            return self._missing(visit, _place(visit))
        try:
            with self._turn:
                check_form(visit, self._seal(visit.path))
                response = self._do(visit, _place(visit))
                self._done[visit.path] += 1
                return response
        except ApiError as error:
            again = visit.refused(error)
            return self._show(again, _place(again))

    def _seal(self, address: str) -> str:
        """What a form that posts to *address* has with it: that it is ours, and not done yet."""
        return f"{self._token}.{self._done[address]}"

    # What is shown

    def _show(self, visit: Visit, place: list[str]) -> Response:
        if run_due(self._store, self._clock):
            self._webhooks.wake()
        match place:
            case ["static", name]:
                return static(name) or self._missing(visit, place)
            case [] | [_]:
                return self._first(visit, place)
            case [_, "find"]:
                return self._find(visit, place)
            case [_, "requests"]:
                start, count = (visit.number() - 1) * PAGE, len(self._requests)
                requests = self._requests[::-1][start : start + PAGE]
                return self._page(visit, place, "requests.html", requests=requests, count=count, size=PAGE)
            case [_, "requests", request_id]:
                return self._request(visit, place, request_id)
            case [_, "faults"]:
                return self._page(visit, place, "faults.html", words=WORDS, fields=FIELDS, kinds=KINDS)
            case [_, name] if name in SECTIONS and SECTIONS[name].listed:
                return self._list(visit, place, SECTIONS[name])
            case [_, "charges", document_id, "code.svg"]:
                return self._code(visit, place, document_id)
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
                webhooks=endpoints_for(workspace, workspace.account),
                total=total(workspace),
                transferable=transferable(workspace),
                glances=[
                    (section, rows_of(workspace, selection(workspace, section), GLANCE))
                    for section in map(SECTIONS.__getitem__, AT_A_GLANCE)
                ],
                requests=self._requests[::-1][:GLANCE],
            )

    def _list(self, visit: Visit, place: list[str], section: Section) -> Response:
        state = visit.text("status") if visit.text("status") in section.states else ""
        with self._workspace(visit, place) as workspace:
            if workspace is None:
                return self._missing(visit, place)
            wanted = selection(workspace, section, state)
            return self._page(
                visit,
                place,
                "list.html",
                section=section,
                rows=rows_of(workspace, wanted, PAGE, offset=(visit.number() - 1) * PAGE),
                count=workspace.store.count(wanted),
                state=state,
                size=PAGE,
                total=total(workspace),
                transferable=transferable(workspace),
            )

    def _record(self, visit: Visit, place: list[str], section: Section, document_id: str) -> Response:
        with self._workspace(visit, place) as workspace:
            document = find(workspace, section, document_id)
            if workspace is None or document is None:
                return self._missing(visit, place)
            row = Row(workspace, document, workspace.show(document))
            parts = parts_of(row, section)
            names: dict[str, Any] = extras(row) | {"section": section, "row": row, "parts": parts, "most": PAGE}
            return self._page(visit, place, "record.html", **names)

    def _code(self, visit: Visit, place: list[str], document_id: str) -> Response:
        """The picture of what the payer of a charge scans."""
        with self._workspace(visit, place) as workspace:
            document = find(workspace, SECTIONS["charges"], document_id)
            text = code_of(Row(workspace, document, {})) if workspace and document else None
        return picture(svg(text)) if text else self._missing(visit, place)

    def _find(self, visit: Visit, place: list[str]) -> Response:
        """To the record whose id was typed in."""
        with self._store.transaction() as store:
            found = page_of_id(store, visit.text("id"))
        return redirect(f"{PREFIX}/{found}") if found else self._missing(visit, place, NO_ID)

    def _request(self, visit: Visit, place: list[str], request_id: str) -> Response:
        found = next((received for received in self._requests if received.request_id == request_id), None)
        return self._page(visit, place, "request.html", received=found) if found else self._missing(visit, place)

    def _missing(self, visit: Visit, place: list[str], said: str = NOT_THERE) -> Response:
        return self._page(visit, place, "message.html", status=404, message=said)

    def _page(self, visit: Visit, place: list[str], template: str, status: int = 200, **names: Any) -> Response:
        """A page with what all of them have: the chooser, the clock, the sections, and what was done before."""
        with self._store.transaction() as store:
            found = choices(store)
            chosen = _chosen(store, place)
            run = next_run(store, chosen) if chosen else None
            account = store.get(chosen) if chosen else None
            currency = account["currency"] if account else ""
        refusal, is_shown = visit.refusal, visit.method == "GET"
        return rendered(
            template,
            refusal.status if refusal else status,
            choices=found,
            chosen=chosen or NOBODY,
            base=f"{PREFIX}/{chosen or NOBODY}",
            here=place[1] if len(place) > 1 else "",
            back=visit.here if is_shown else way_back(visit),
            number=visit.number(),
            origin=visit.origin,
            now=time_text(self._clock.now_ms()),
            steps={name: label for name, (label, _) in STEPS.items()},
            next_run=time_text(run) if run else None,
            sections=[section for section in SECTIONS.values() if section.listed],
            places=places(),
            acting=ACTIONS.keys(),
            actions_for=actions_for,
            seal=self._seal,
            money=partial(in_words, code=currency),
            in_digits=in_digits,
            time_text=time_text,
            said=DONE.get(visit.text("done")) if is_shown else None,
            problem=refusal.message if refusal else None,
            typed=visit.typed,
            faults=in_force(self._faults.shown()),
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
            case [_, "faults"] if visit.text("fault"):
                if not self._faults.end(shown_of(visit)):
                    raise bad_request(NO_FAULT)
                return _done(visit, "ended")
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
                return _done(visit, self._act(visit, place, SECTIONS[name], document_id), document_id)
            case _:
                return self._missing(visit, place)

    def _act(self, visit: Visit, place: list[str], section: Section, document_id: str) -> str:
        """Press a button of a record; returns which it was."""
        with self._workspace(visit, place) as workspace:
            document = find(workspace, section, document_id)
            if workspace is None or document is None:
                raise not_found(section.kind, document_id)
            action = act(workspace, document, visit.text("action"), visit.text("amount"))
        self._webhooks.wake()
        return action.name

    def _send(self, visit: Visit, place: list[str], document_id: str) -> None:
        """Send a webhook again, to one of the endpoints that the page names."""
        with self._workspace(visit, place) as workspace:
            event = find(workspace, SECTIONS["events"], document_id)
            if workspace is None or event is None:
                raise not_found("event", document_id)
            if visit.text("uri") not in endpoints(workspace, event):
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


def _place(visit: Visit) -> list[str]:
    """The parts of an address: the account, the section, the record."""
    path = visit.path.removeprefix(PREFIX).strip("/")
    return path.split("/") if path else []


def _chosen(store: Transaction, place: list[str]) -> str | None:
    """The id of the account that an address names, or else of the one that is shown by itself."""
    named = place[0] if place else NOBODY
    if named == NOBODY:
        favourite = preferred(choices(store))
        return favourite.id if favourite else None
    account = store.get(named)
    return named if account and account.kind == "account" else None


def _done(visit: Visit, what: str, document_id: str = "") -> Response:
    """Back to the page with the form, which says what was done, and in a list to the row."""
    page = way_back(visit)
    row = f"#{document_id}" if document_id and document_id not in page else ""
    return redirect(f"{page}{'&' if '?' in page else '?'}done={what}{row}")
