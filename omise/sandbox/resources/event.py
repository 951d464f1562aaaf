"""
Events: what happened, and what it happened to, as that was right afterwards.

Source: https://docs.omise.co/events-api
"""

from __future__ import annotations

import re
from datetime import datetime, timezone
from typing import Any

from ..events.webhooks import post
from ..http.call import Call
from ..http.paging import PAGING
from ..http.responses import pretty_json
from ..http.routing import Resource, route
from ..http.versions import translate
from ..rules.timing import EVENT_OFFSET
from ..state.clock import parse_time, time_text
from ..state.kinds import listener
from ..state.store import Document
from ..state.workspace import View, Workspace

TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z")

events: Resource = Resource("event", prefix="evnt", path="/events")
events.listable()
events.retrievable()


@events.shown
def show(view: View, event: Document) -> dict[str, Any]:
    """An event, with the attempts to deliver it, oldest first."""
    text = payload(event) if event["attempts"] else ""
    return fields(event, [delivery(event, attempt, text) for attempt in event["attempts"]])


@route("GET", "/charges/<charge>/events", takes=PAGING)
def of_charge(call: Call, charge: Document) -> dict[str, Any]:
    """What happened to this charge."""
    return call.list("event", parent=charge)


@listener
def record(workspace: Workspace, key: str, about: Document) -> None:
    """
    Keep what happened. The object is written down in the account's version, once: it stays as it is, whatever becomes
    of the object or of the account's version.
    """
    version = workspace.account["api_version"]
    data = translate(workspace.show(about), version)
    if key == "schedule.create":
        data = in_bangkok(data)
    event = workspace.create("event", {"key": key, "version": version, "data": data, "attempts": []}, parent=about)
    post(workspace, event, about, payload)


def in_bangkok(fields: Any) -> Any:
    """An object with all its times in those of Bangkok, as the events of new schedules have them."""
    if isinstance(fields, dict):
        return {name: value if name == "metadata" else in_bangkok(value) for name, value in fields.items()}
    if isinstance(fields, list):
        return [in_bangkok(item) for item in fields]
    if isinstance(fields, str) and TIME.fullmatch(fields):
        return datetime.fromtimestamp(parse_time(fields), timezone(EVENT_OFFSET)).isoformat()
    return fields


def payload(event: Document) -> str:
    """The text that endpoints receive: the event in the version of its data, before any attempt to deliver it."""
    return pretty_json(translate(fields(event, []), event["version"])).decode()


def fields(event: Document, deliveries: list[dict[str, Any]]) -> dict[str, Any]:
    """An event in the order of the API."""
    return {
        "object": "event",
        "id": event.id,
        "livemode": event.livemode,
        "location": f"/events/{event.id}",
        "webhook_deliveries": deliveries,
        "data": event["data"],
        "key": event["key"],
        "created_at": time_text(event.created),
    }


def delivery(event: Document, attempt: dict[str, Any], text: str) -> dict[str, Any]:
    """One attempt to deliver an event; its time is written unlike all others of the API."""
    return {
        "object": "webhook_delivery",
        "id": attempt["id"],
        "uri": attempt["uri"],
        "status": attempt["status"],
        "key": event["key"],
        "error": attempt["error"],
        "payload": text,
        "created_at": time_text(attempt["at"]).replace("T", " ").replace("Z", " UTC"),
    }
