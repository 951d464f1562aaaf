"""
A shop with FastAPI: checkout, 3-D Secure, PromptPay, webhooks. Run it with ``uvicorn examples.fastapi_shop:app``.

The keys (OMISE_SECRET_KEY) and OMISE_WEBHOOK_SECRET are in the environment. Orders are kept in this process, which
stands for a database; in one, `note` has to be a single statement, as it is one step of the event loop here.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import uuid4

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from pydantic import BaseModel

import omise
from omise import aio

omise.reference_key = "ref"  # by which a charge is found whose answer was lost

PRICES = {"cup": 590_00, "grinder": 3500_00}
"""In satang. What is to be paid is for the shop to say, never for the browser."""

SECURE_FROM = 2000_00
"""From here on the payer has to confirm the payment at the bank."""

PASSING = (omise.APIConnectionError, omise.errors.TooManyRequestsError)
"""What nothing was changed by."""


class Form(BaseModel):
    """What the browser sends: Omise's script made the token, or the source of another way to pay."""

    item: str
    token: str | None = None
    source: str | None = None


@dataclass
class Order:
    """An order, and what became of its payment."""

    item: str
    id: str = field(default_factory=lambda: uuid4().hex)
    charge: str | None = None
    status: str = "new"


app = FastAPI()
orders: dict[str, Order] = {}
by_payment: dict[str, Order] = {}
events: set[str] = set()
parcels: list[str] = []


@app.post("/checkout")
async def checkout(form: Form, request: Request) -> Response:
    """Charge the token or the source. The same form sent twice is the same order."""
    payment = form.source or form.token or ""
    if payment in by_payment:
        return RedirectResponse(request.url_for("read", id=by_payment[payment].id), 303)
    if form.item not in PRICES or not payment:
        raise HTTPException(404 if payment else 422)
    order = by_payment[payment] = Order(form.item)
    orders[order.id] = order
    try:
        charge = await charge_for(order, form, str(request.url_for("complete", id=order.id)))
    except omise.OutcomeUnknown as lost:  # the payer may have paid: never send it again, ask
        answer = await aio(lost.resolve, within=5)
        if isinstance(answer, omise.NotDone):
            return forget(order, payment)
        if not isinstance(answer, omise.Done):
            message = "We will write to you as soon as your payment has reached us."
            return JSONResponse({"order": order.id, "message": message}, 202)
        charge = answer.record
    except PASSING:
        return forget(order, payment)
    except omise.APIError as refused:
        return JSONResponse({"order": order.id, "message": refused.message}, 402)
    note(charge)
    if charge.status == "failed":
        return JSONResponse({"order": order.id, "message": charge.failure_message}, 402)
    at_the_bank = charge.authorize_uri if charge.status == "pending" and not code_of(charge) else None
    return RedirectResponse(str(at_the_bank or request.url_for("read", id=order.id)), 303)


def forget(order: Order, payment: str) -> Response:
    """Strike an order for which nothing was done, so that the same form can come again."""
    del orders[order.id], by_payment[payment]
    return JSONResponse({"message": "Payments cannot be taken just now. Please try again in a minute."}, 503)


async def charge_for(order: Order, form: Form, return_uri: str) -> omise.Charge:
    """Charge what *order* comes to; the payer comes back to *return_uri*."""
    amount = PRICES[order.item]
    return await aio(
        omise.Charge.create,
        amount=amount,
        currency="thb",
        card=None if form.source else form.token,
        source=form.source or None,
        metadata={"order": order.id},
        authentication="3DS" if amount >= SECURE_FROM else None,
        return_uri=return_uri,
    )


def note(charge: omise.Charge) -> None:
    """Write down what became of an order; the first time that it is known to be paid, a parcel goes out."""
    order = orders.get(charge.metadata.get("order", ""))
    if order is None or order.status == "successful":
        return
    order.charge, order.status = charge.id, charge.status
    if charge.paid:
        parcels.append(order.id)


@app.get("/orders/{id}")
async def read(id: str) -> dict[str, Any]:
    """How the order stands; with what there is to scan, where a payer has to."""
    order = find(id)
    waiting = order.charge if order.status == "pending" else None
    scan = code_of(await aio(omise.Charge.retrieve, waiting)) if waiting else None
    said = {"order": id, "item": order.item, "charge": order.charge, "status": order.status}
    return {**said, "parcels": parcels.count(id), "scan": scan}


def code_of(charge: omise.Charge) -> str | None:
    """The address of the picture that is scanned to pay with PromptPay."""
    code = charge.source.scannable_code if charge.source else None
    return code.image.download_uri if code else None


def find(id: str) -> Order:
    """Return the order of that id."""
    if id not in orders:
        raise HTTPException(404)
    return orders[id]


@app.get("/orders/{id}/complete")
async def complete(id: str, request: Request) -> Response:
    """Take the payer back from the bank. That the browser is here proves nothing: the charge tells."""
    order = find(id)
    if order.charge:
        note(await aio(omise.Charge.retrieve, order.charge))
    return RedirectResponse(request.url_for("read", id=id), 303)


@app.get("/revenue/{day}")
async def revenue(day: date) -> dict[str, int]:
    """Add up what was paid on *day*."""
    charges = await aio(omise.Charge.list, from_=day, to=day, limit=100)
    return {"amount": sum([charge.amount async for charge in aio.each(charges) if charge.paid])}


@app.post("/omise/events", status_code=204)
async def receive(request: Request) -> None:
    """Take an event once its signature is known to be right. It may come twice, and in any order."""
    try:
        event = omise.Webhook.construct_event(await request.body(), request.headers, os.environ["OMISE_WEBHOOK_SECRET"])
    except omise.SignatureError as forged:
        raise HTTPException(400, str(forged)) from forged
    if event.id not in events and isinstance(event.data, omise.Charge):
        note(await aio(event.data.reload))  # what it is now, whatever came first
        events.add(event.id)  # at the end: what fails before comes again
