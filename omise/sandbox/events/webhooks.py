"""
Webhooks: events on their way to the endpoints, and again later where an endpoint failed.

An event puts a letter per endpoint into the outbox, within the transaction that the event is part of. A thread takes
out what is due, so that no request waits for an endpoint, and nothing is sent that was rolled back.

Source: https://docs.omise.co/api-webhooks
"""

from __future__ import annotations

import logging
import secrets
import sqlite3
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import urllib3

from ..rules.timing import WEBHOOK_GIVEN_UP_AFTER, WEBHOOK_RETRIED_AFTER, WEBHOOK_TIMEOUT, milliseconds
from ..state.clock import Clock
from ..state.ids import RANDOM_BITS, identifier
from ..state.store import Document, Selection, Store, Transaction
from ..state.workspace import Workspace
from .endpoints import endpoints_for
from .signatures import sign, signing_secrets

__all__ = ["Webhooks", "next_tries", "post", "send_again"]

#: Letters are kept as documents that belong to the outbox, and are taken away when they have arrived.
LETTER, OUTBOX = "letter", "outbox"
WAITING = Selection(LETTER, parent=OUTBOX)

#: Bytes of an endpoint's answer that are read, and characters of it that are kept for who wants to see them.
ANSWER_SIZE, KEPT_SIZE = 1 << 16, 2000

#: What a delivery says of an endpoint that did not answer. (inferred)
ERRORS: tuple[tuple[type[Exception], str], ...] = (
    (urllib3.exceptions.NewConnectionError, "could not connect"),
    (urllib3.exceptions.TimeoutError, "timed out"),
    (urllib3.exceptions.SSLError, "secure connection failed"),
    (urllib3.exceptions.ProtocolError, "connection was closed"),
    (Exception, "request failed"),
)

#: Kinds of faults. What is late is held back for its seconds, what is reordered until a later letter has overtaken it.
DOUBLED, REORDERED, LATE = "webhook_doubled", "webhook_reordered", "webhook_late"
HELD_BACK = (REORDERED, LATE)
Strike = Callable[[str], "tuple[str, float] | None"]

logger: logging.Logger = logging.getLogger("omise.sandbox")


def post(workspace: Workspace, event: Document, about: Document, payload: Callable[[Document], str]) -> None:
    """Put the *payload* of an event about something into the outbox, for every endpoint: where there is one, a text."""
    uris = endpoints_for(workspace, about)
    text = payload(event) if uris else ""
    for uri in uris:
        send_again(workspace, event, uri, text)


def send_again(workspace: Workspace, event: Document, uri: str, payload: str) -> None:
    """Put *payload* into the outbox for one endpoint, whether or not it had it before."""
    workspace.store.create(
        LETTER,
        LETTER,
        {"event": event.id, "uri": uri, "payload": payload, "attempts": 0, "due": workspace.now_ms},
        now_ms=workspace.now_ms,
        livemode=workspace.livemode,
        account=workspace.account.id,
        parent=OUTBOX,
    )


def next_tries(store: Transaction, event: Document) -> dict[str, int]:
    """When an event is tried next at those endpoints that did not take it yet, Unix time in milliseconds."""
    letters = store.select(replace(WAITING, matching={"event": event.id}))
    return {letter["uri"]: letter["due"] for letter in letters}


class Webhooks:
    """
    Empties the outbox of *store*, in a thread that lives as long as there is something in it.

    *strike* says what goes wrong on purpose with the webhook of an event, by its key: a kind of fault, and seconds.
    *clean* takes secrets out of what endpoints answer, before it is kept.
    """

    def __init__(
        self, store: Store, clock: Clock, strike: Strike = lambda key: None, clean: Callable[[str], str] = str
    ) -> None:
        self._store = store
        self._clock = clock
        self._strike = strike
        self._clean = clean
        self._pool = urllib3.PoolManager(retries=False, timeout=WEBHOOK_TIMEOUT.total_seconds())
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._called = self._resting = self._stopped = False

    def wake(self) -> None:
        """Deliver what is due by now. Returns at once."""
        if not self._store.count(WAITING):
            return
        with self._changed:
            if self._stopped:
                return
            self._called = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="omise-sandbox-webhooks", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def flush(self, timeout: float = 10) -> None:
        """Wait until all that is due by now was tried; raises TimeoutError if that takes over *timeout* seconds."""
        self.wake()
        with self._changed:
            if not self._changed.wait_for(self._is_idle, timeout):
                raise TimeoutError(f"webhooks were not delivered within {timeout} seconds")

    def stop(self) -> None:
        """End the thread, after the delivery that it is at. What is left stays in the outbox."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def _is_idle(self) -> bool:
        return self._thread is None or (self._resting and not self._called)

    def _run(self) -> None:
        """Deliver, rest until more is due or `wake` calls, and end when there is nothing left to wait for."""
        while True:
            with self._changed:
                self._called = False
            seconds = self._deliver()
            with self._changed:
                if self._stopped or (seconds is None and not self._called):
                    self._thread = None
                    self._changed.notify_all()
                    return
                if not self._called:
                    self._resting = True
                    self._changed.notify_all()
                    self._changed.wait(seconds)
                    self._resting = False

    def _deliver(self) -> float | None:
        """Try every letter that is due; return in how many seconds the next one will be, None if there is none."""
        try:
            while not self._stopped:
                with self._store.transaction() as transaction:
                    waiting = sorted(transaction.select(WAITING), key=lambda letter: letter["due"])
                if not waiting:
                    return None
                now_ms = self._clock.now_ms()
                if waiting[0]["due"] > now_ms:
                    return float(waiting[0]["due"] - now_ms) / 1000
                for letter in waiting:
                    if letter["due"] <= now_ms and not self._stopped:
                        self._try(letter)
        except sqlite3.ProgrammingError:
            pass  # the store was closed
        except Exception as error:
            logger.error("%s in webhooks\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
        return None

    def _try(self, letter: Document) -> None:
        """One attempt. The request is no part of a transaction: an endpoint may well ask the sandbox in return."""
        fault = self._fault_of(letter)
        if fault in HELD_BACK:
            return
        with self._store.transaction() as transaction:
            keys = signing_secrets(transaction, str(letter.account), self._clock.now_ms())
        if fault == DOUBLED:
            self._send(letter["uri"], letter["payload"].encode(), keys)
        outcome = self._send(letter["uri"], letter["payload"].encode(), keys)
        with self._store.transaction() as transaction:
            _let_go(transaction, letter, self._clock.now_ms())
            _note(transaction, letter, outcome)

    def _fault_of(self, letter: Document) -> str | None:
        """What goes wrong with a letter on purpose, decided when it is taken out for the first time."""
        if letter["attempts"] or "fault" in letter.body:
            return None
        with self._store.transaction() as transaction:
            event = transaction.get(letter["event"])
            kind, seconds = (event and self._strike(event["key"])) or (None, 0.0)
            letter.body |= {"fault": kind, "due": letter["due"] + (int(1000 * seconds) if kind in HELD_BACK else 0)}
            transaction.save(letter)
        return kind

    def _send(self, uri: str, body: bytes, keys: list[str]) -> dict[str, Any]:
        """
        One request: how it was signed, and what was answered. Its timestamp is the machine's time, as that of those
        who check it is, and not the sandbox's, which may have been turned.
        """
        timestamp = str(int(time.time()))
        signature = ",".join(sign(key, timestamp, body) for key in keys)
        outcome = {"status": None, "error": None, "timestamp": timestamp, "signature": signature, "answer": None}
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Omise-Sandbox",
            "Omise-Signature": signature,
            "Omise-Signature-Timestamp": timestamp,
        }
        try:
            answer = self._pool.request("POST", uri, body=body, headers=headers, redirect=False, preload_content=False)
            try:
                text = answer.read(ANSWER_SIZE).decode(errors="replace")
            finally:
                answer.close()
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            return outcome | {"error": next(words for kind, words in ERRORS if isinstance(error, kind))}
        return outcome | {"status": answer.status, "answer": self._clean(text)[:KEPT_SIZE]}


def _let_go(transaction: Transaction, letter: Document, now_ms: int) -> None:
    """Send next what *letter*, to the same endpoint, was to overtake."""
    for held in transaction.select(WAITING):
        if held.body.get("fault") == REORDERED and held["uri"] == letter["uri"] and not held["attempts"]:
            held.body["due"] = min(held["due"], now_ms)
            transaction.save(held)


def _note(transaction: Transaction, letter: Document, outcome: dict[str, Any]) -> None:
    """
    Add an attempt to the event, and plan the next one if it failed.

    Attempts count as made when they are due: where the clock is turned past several, each has its own time.
    """
    event = transaction.get(letter["event"])
    if event is None:
        return  # everything was reset meanwhile
    at = letter["due"]
    # Its time may be over, and ids of documents only grow, so this one is made apart from them.
    number = (at << RANDOM_BITS) | secrets.randbits(RANDOM_BITS)
    attempt = {"id": identifier("whdl", event.livemode, number), "uri": letter["uri"], "at": at}
    event.body["attempts"].append(attempt | outcome)
    transaction.save(event)
    delay = WEBHOOK_RETRIED_AFTER[min(letter["attempts"], len(WEBHOOK_RETRIED_AFTER) - 1)]
    next_at = at + milliseconds(delay)
    status = outcome["status"]
    if (status is not None and 200 <= status < 300) or next_at > event.created + milliseconds(WEBHOOK_GIVEN_UP_AFTER):
        letter.deleted, letter.body = True, {}
    else:
        letter.body |= {"attempts": letter["attempts"] + 1, "due": next_at}
    transaction.save(letter)
