"""
Payments in the background, with Celery: webhooks that are answered at once, and subscribers who are charged.

Run ``flask --app examples.celery_tasks:web run`` and ``celery --app examples.celery_tasks worker``. The keys
(OMISE_SECRET_KEY), OMISE_WEBHOOK_SECRET, CELERY_CONFIG_MODULE and SHOP_DB, a SQLite file, are in the environment.
"""

from __future__ import annotations

import os
import pickle
import sqlite3
from base64 import b64decode, b64encode
from contextlib import closing
from typing import Any

from celery import Celery
from flask import Flask, request

import omise

omise.reference_key = "ref"  # by which a charge is found whose answer was lost

web = Flask(__name__)
app = Celery("shop")
app.config_from_envvar("CELERY_CONFIG_MODULE")  # a module of yours, with broker_url = "redis://…"
app.conf.task_acks_late = False  # a charge whose worker was killed is not begun a second time

PASSING = (omise.APIConnectionError, omise.errors.TooManyRequestsError)
"""What nothing was changed by, so that a task can be begun anew. `omise.OutcomeUnknown` is not among them."""


@web.post("/omise/events")
def receive() -> tuple[str, int]:
    """Check the signature, say thanks, and leave the work to a worker, who is told no more than an id."""
    try:
        event = omise.Webhook.construct_event(request, secret=os.environ["OMISE_WEBHOOK_SECRET"])
    except omise.SignatureError as forged:
        return str(forged), 400
    if isinstance(event.data, omise.Charge):
        book.delay(event.data.id)
    return "", 204


@web.post("/months/<month>/subscribers/<customer>")
def bill(month: str, customer: str) -> tuple[str, int]:
    """Have a subscriber pay for a month, as a task of every month would; the same again changes nothing."""
    charge.delay(month, customer, 290_00)
    return "", 202


@web.get("/months/<month>/subscribers/<customer>")
def look(month: str, customer: str) -> dict[str, Any]:
    """How it stands with a subscriber's month."""
    wanted = "SELECT charge, status, bookings FROM months WHERE month = ? AND customer = ?"
    with closing(database()) as opened:
        row = opened.execute(wanted, (month, customer)).fetchone() or (None, "new", 0)
    return dict(zip(("charge", "status", "bookings"), row, strict=True))


@app.task(autoretry_for=PASSING, retry_backoff=True)
def charge(month: str, customer: str, amount: int) -> None:
    """Charge *customer* once for *month*: who inserts the row is who charges."""
    if not execute("INSERT OR IGNORE INTO months (month, customer) VALUES (?, ?)", month, customer):
        return
    metadata = {"month": month, "customer": customer}
    try:
        made = omise.Charge.create(amount=amount, currency="thb", customer=customer, metadata=metadata)
    except omise.OutcomeUnknown as lost:
        settle.delay(month, customer, b64encode(pickle.dumps(lost)).decode())  # it holds no key, and no card
    except omise.Error:  # any other: nothing was changed
        execute("DELETE FROM months WHERE month = ? AND customer = ?", month, customer)
        raise
    else:
        note(made)


@app.task(bind=True, max_retries=None, autoretry_for=PASSING, retry_backoff=True)
def settle(self: Any, month: str, customer: str, stored: str) -> None:
    """Find out what became of a charge whose answer was lost, however long that takes; it is not sent again."""
    match pickle.loads(b64decode(stored)).resolve():
        case omise.Done(made):
            note(made)
        case omise.NotDone():
            execute("DELETE FROM months WHERE month = ? AND customer = ?", month, customer)
        case _:
            raise self.retry(countdown=20)


@app.task(autoretry_for=PASSING, retry_backoff=True)
def book(id: str) -> None:
    """Book what became of a charge. Events come twice, and in any order: what counts is what the charge is now."""
    note(omise.Charge.retrieve(id))


def note(made: omise.Charge) -> None:
    """Write down what became of a month; it is booked the first time that it is known to be paid."""
    execute(
        "UPDATE months SET charge = ?, status = ?, bookings = bookings + ? "
        "WHERE month = ? AND customer = ? AND status != 'successful'",
        *(made.id, made.status, made.paid, made.metadata.get("month"), made.metadata.get("customer")),
    )


def database() -> sqlite3.Connection:
    """Open the database, with the table that it needs."""
    opened = sqlite3.connect(os.environ["SHOP_DB"])
    opened.execute(
        "CREATE TABLE IF NOT EXISTS months (month TEXT, customer TEXT, charge TEXT, status TEXT DEFAULT 'new', "
        "bookings INTEGER DEFAULT 0, PRIMARY KEY (month, customer))"
    )
    return opened


def execute(statement: str, *values: object) -> int:
    """Change something in the database, and return how many rows that was."""
    with closing(database()) as opened, opened:
        return opened.execute(statement, values).rowcount
