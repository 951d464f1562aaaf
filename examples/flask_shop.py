"""
A shop with Flask: checkout, 3-D Secure, PromptPay and webhooks. Run it with ``flask --app examples/flask_shop.py run``.

The keys (OMISE_SECRET_KEY), OMISE_WEBHOOK_SECRET and SHOP_DB, a SQLite file for the orders, are in the environment.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import Any
from uuid import uuid4

from flask import Flask, abort, redirect, request, url_for
from werkzeug.wrappers import Response

import omise

omise.reference_key = "ref"  # by which a charge is found whose answer was lost

PRICES = {"cup": 590_00, "grinder": 3500_00}
"""In satang. What is to be paid is for the shop to say, never for the browser."""

SECURE_FROM = 2000_00
"""From here on the payer has to confirm the payment at the bank."""

PASSING = (omise.APIConnectionError, omise.errors.TooManyRequestsError)
"""What nothing was changed by."""

TABLES = """
    CREATE TABLE IF NOT EXISTS orders (
        id TEXT PRIMARY KEY, item TEXT, token TEXT UNIQUE, charge TEXT, status TEXT DEFAULT 'new'
    );
    CREATE TABLE IF NOT EXISTS parcels (order_id TEXT);
    CREATE TABLE IF NOT EXISTS events (id TEXT PRIMARY KEY);
"""


def create_app() -> Flask:
    """Make the tables that are missing, and the application."""
    app = Flask(__name__)
    with closing(sqlite3.connect(os.environ["SHOP_DB"])) as database:
        database.executescript(TABLES)
    app.add_url_rule("/checkout", view_func=checkout, methods=["POST"])
    app.add_url_rule("/orders/<id>", view_func=order)
    app.add_url_rule("/orders/<id>/complete", view_func=complete)
    app.add_url_rule("/omise/events", view_func=receive, methods=["POST"])
    return app


def execute(statement: str, *values: object) -> int:
    """Change something in the database, and return how many rows that was."""
    with closing(sqlite3.connect(os.environ["SHOP_DB"])) as database, database:
        return database.execute(statement, values).rowcount


def select(statement: str, *values: object) -> Any:
    """Return the row that is asked for; None if there is none."""
    with closing(sqlite3.connect(os.environ["SHOP_DB"])) as database:
        return database.execute(statement, values).fetchone()


def checkout() -> Any:
    """Charge what Omise's script put into the form, a token or a source. The same form twice is the same order."""
    source = request.form.get("omiseSource") or None
    item, token, id = request.form["item"], source or request.form["omiseToken"], uuid4().hex
    if item not in PRICES:
        abort(404)
    if not execute("INSERT OR IGNORE INTO orders (id, item, token) VALUES (?, ?, ?)", id, item, token):
        (id,) = select("SELECT id FROM orders WHERE token = ?", token)
        return redirect(url_for("order", id=id), 303)
    try:
        charge = omise.Charge.create(
            amount=PRICES[item],
            currency="thb",
            card=None if source else token,
            source=source,
            metadata={"order": id},
            authentication="3DS" if PRICES[item] >= SECURE_FROM else None,
            return_uri=url_for("complete", id=id, _external=True),
        )
    except omise.OutcomeUnknown as lost:  # the payer may have paid: never send it again, ask
        answer = lost.resolve(within=5)
        if isinstance(answer, omise.NotDone):
            return forget(id)
        if not isinstance(answer, omise.Done):
            return {"order": id, "message": "We will write to you as soon as your payment has reached us."}, 202
        charge = answer.record
    except PASSING:
        return forget(id)
    except omise.APIError as refused:
        return {"order": id, "message": refused.message}, 402
    note(charge)
    if charge.status == "failed":
        return {"order": id, "message": charge.failure_message}, 402
    at_the_bank = charge.authorize_uri if charge.status == "pending" and not code_of(charge) else None
    return redirect(str(at_the_bank or url_for("order", id=id)), 303)


def forget(id: str) -> tuple[dict[str, str], int]:
    """Strike an order for which nothing was done, so that the same form can come again."""
    execute("DELETE FROM orders WHERE id = ?", id)
    return {"message": "Payments cannot be taken just now. Please try again in a minute."}, 503


def note(charge: omise.Charge) -> None:
    """Write down what became of an order; the first time that it is known to be paid, a parcel goes out."""
    id = charge.metadata.get("order")
    changed = "UPDATE orders SET charge = ?, status = ? WHERE id = ? AND status != 'successful'"
    with closing(sqlite3.connect(os.environ["SHOP_DB"])) as database, database:  # both, or neither
        if database.execute(changed, (charge.id, charge.status, id)).rowcount and charge.paid:
            database.execute("INSERT INTO parcels VALUES (?)", (id,))


def order(id: str) -> dict[str, Any]:
    """How the order stands; with what there is to scan, where a payer has to."""
    item, charge, status = select("SELECT item, charge, status FROM orders WHERE id = ?", id) or abort(404)
    (parcels,) = select("SELECT count(*) FROM parcels WHERE order_id = ?", id)
    scan = code_of(omise.Charge.retrieve(charge)) if status == "pending" else None
    return {"order": id, "item": item, "charge": charge, "status": status, "parcels": parcels, "scan": scan}


def code_of(charge: omise.Charge) -> str | None:
    """The address of the picture that is scanned to pay with PromptPay."""
    code = charge.source.scannable_code if charge.source else None
    return code.image.download_uri if code else None


def complete(id: str) -> Response:
    """Take the payer back from the bank. That the browser is here proves nothing: the charge tells."""
    (charge,) = select("SELECT charge FROM orders WHERE id = ?", id) or abort(404)
    if charge:
        note(omise.Charge.retrieve(charge))
    return redirect(url_for("order", id=id), 303)


def receive() -> tuple[str, int]:
    """Take an event once its signature is known to be right. It may come twice, and in any order."""
    try:
        event = omise.Webhook.construct_event(request, secret=os.environ["OMISE_WEBHOOK_SECRET"])
    except omise.SignatureError as forged:
        return str(forged), 400
    if not select("SELECT 1 FROM events WHERE id = ?", event.id) and isinstance(event.data, omise.Charge):
        note(event.data.reload())  # what it is now, whatever came first
        execute("INSERT OR IGNORE INTO events VALUES (?)", event.id)  # at the end: what fails before comes again
    return "", 204
