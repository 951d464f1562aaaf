"""
The records that a page shows: those of a list, one by its id, and what belongs to it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..events.endpoints import endpoints_for
from ..events.webhooks import next_tries
from ..resources.event import payload
from ..rules.outcomes import awaits_payer, method_of, page_of
from ..state.store import Document, Selection, Transaction
from ..state.workspace import Workspace
from .sections import SECTIONS, Part, Section
from .values import Row

__all__ = ["GLANCE", "PAGE", "code_of", "endpoints", "extras", "find", "page_of_id", "parts_of", "rows_of", "selection"]

#: How many records a page of a list has, and a list on the first page.
PAGE, GLANCE = 25, 5


def selection(workspace: Workspace, section: Section, state: str = "") -> Selection:
    """All of a section, or those in one of its states."""
    return Selection(section.kind, account=workspace.account.id, matching={"status": state} if state else {})


def rows_of(workspace: Workspace, wanted: Selection, limit: int, offset: int = 0) -> list[Row]:
    """The newest of the records that are *wanted*."""
    found = workspace.store.select(wanted, reverse=True, limit=limit, offset=offset)
    return [Row(workspace, document, workspace.show(document)) for document in found]


def find(workspace: Workspace | None, section: Section, document_id: str) -> Document | None:
    """A record of the account, a deleted one too."""
    document = workspace.store.get(document_id) if workspace else None
    if workspace is None or document is None or document.account != workspace.account.id:
        return None
    return document if document.kind == section.kind else None


def page_of_id(store: Transaction, document_id: str) -> str | None:
    """Where in the dashboard an id leads, of whichever account: to its record, or to that to which it belongs."""
    names = {section.kind: name for name, section in SECTIONS.items()}
    document = store.get(document_id)
    while document and document.kind not in names and document.parent:
        document = store.get(document.parent)
    if document is None or document.kind not in names:
        return document.id if document and document.kind == "account" else None
    return f"{document.account}/{names[document.kind]}/{document.id}"


def parts_of(row: Row, section: Section) -> list[tuple[Section, list[Row]]]:
    """What belongs to a record, the newest first, by sections without the columns that name that record."""
    return [_part(row, part) for part in section.parts]


def _part(row: Row, part: Part) -> tuple[Section, list[Row]]:
    section, owner = SECTIONS[part.section], row.document.id
    wanted = Selection(section.kind, account=row.document.account, matching={part.field: owner})
    if not part.field:
        wanted = Selection(section.kind, parent=owner, matching={"processed": True} if not section.listed else {})
    rows = rows_of(row.workspace, wanted, PAGE)
    telling = [column for column in section.columns if any(column.of(each) != owner for each in rows)]
    return replace(section, columns=tuple(telling)), rows


def extras(row: Row) -> dict[str, Any]:
    """What only some kinds of records show."""
    is_event = row.document.kind == "event"
    return {
        "scans": code_of(row),
        "attempts": row.document["attempts"][::-1] if is_event else [],
        "body": payload(row.document) if is_event else None,
        "endpoints": endpoints(row.workspace, row.document) if is_event else [],
        "next_tries": next_tries(row.workspace.store, row.document) if is_event else {},
    }


def code_of(row: Row) -> str | None:
    """What the payer of a charge scans, if that is how it is to be paid yet: the address of a page to pay at."""
    charge = row.document
    if charge.kind != "charge" or not awaits_payer(charge) or not method_of(charge).code:
        return None
    source = row.workspace.find("source", charge["source"])
    return page_of(row.workspace, source["payment"])


def endpoints(workspace: Workspace, event: Document) -> list[str]:
    """Where an event can be sent: where it would go now, and where it went."""
    about = workspace.store.get(event.parent or "")
    now = endpoints_for(workspace, about) if about else []
    return list(dict.fromkeys([*now, *(attempt["uri"] for attempt in event["attempts"])]))
