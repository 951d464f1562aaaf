"""
A shop as an asynchronous web application, with FastAPI: run it with ``uvicorn examples.fastapi_shop:app``.

Payments by token, a look at the day's revenue, and webhooks; the keys and OMISE_WEBHOOK_SECRET are in the environment.
"""

from __future__ import annotations

import os
from datetime import date
from typing import Any

from fastapi import FastAPI, HTTPException, Request

import omise
from omise import aio

app = FastAPI()
paid: dict[str, str] = {}
"""What the webhooks said: the status of each charge."""


@app.post("/pay")
async def pay(token: str, amount: int) -> dict[str, Any]:
    """Charge *token*, made by the payer's browser, with *amount* in the smallest unit of the currency."""
    try:
        charge = await aio(omise.Charge.create, amount=amount, currency="thb", card=token)
    except omise.APIError as refused:
        raise HTTPException(402, refused.message) from refused
    return {"charge": charge.id, "status": charge.status, "why": charge.failure_code}


@app.get("/revenue/{day}")
async def revenue(day: date) -> dict[str, int]:
    """Add up what was paid on *day*."""
    charges = await aio(omise.Charge.list, from_=day, to=day, limit=100)
    return {"amount": sum([charge.amount async for charge in aio.each(charges) if charge.paid])}


@app.post("/omise/events")
async def receive(request: Request) -> dict[str, str]:
    """Note what became of a charge, once the event's signature is known to be right."""
    try:
        event = omise.Webhook.construct_event(await request.body(), request.headers, os.environ["OMISE_WEBHOOK_SECRET"])
    except omise.SignatureError as forged:
        raise HTTPException(400, str(forged)) from forged
    if isinstance(event.data, omise.Charge):
        paid[event.data.id] = event.data.status
    return {"status": "received"}
