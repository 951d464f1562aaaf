"""
Receipts: the invoice for the fees of a day.

The API was only ever seen to make them in live mode. Here both modes do. (inferred)

Source: https://docs.omise.co/receipts-api
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from ..http.call import Call
from ..http.paging import PAGING, page_of
from ..http.routing import Resource, route
from ..rules import ledger
from ..rules.countries import country_of
from ..rules.timing import RECEIPT_DAY_STARTS_AT, RECEIPT_MADE_AFTER, milliseconds
from ..state.alarms import alarm, on_alarm
from ..state.clock import day_of, time_on
from ..state.kinds import listener
from ..state.store import Document, Selection
from ..state.workspace import View, Workspace

receipts: Resource = Resource("receipt", prefix="rcpt", path="/receipts")
receipts.retrievable()

#: Events after which there may be fees.
FEES_FOLLOW = {"charge.create", "charge.capture", "charge.complete", "transfer.send", "transfer.fail"}
#: Per cent.
VAT_RATE = 7

#: Who writes the receipt, and to whom. (inferred)
COMPANY = {
    "company_address": "1 Example Road,\r\nBangkok 10240",
    "company_name": "Omise Company Limited",
    "company_tax_id": "0000000000000",
}
CUSTOMER: dict[str, Any] = {
    "customer_address": "99 Market Street, Bangkok 10110",
    "customer_email": "shop@example.com",
    "customer_name": "Example Shop Co., Ltd.",
    "customer_statement_name": "EXAMPLESHOP",
    "customer_tax_id": None,
}


@dataclass
class Fees:
    """What was taken, and given back, in a day, in the smallest unit of the account's currency."""

    charge: int = 0
    transfer: int = 0
    voided: int = 0
    vat: int = 0

    @property
    def subtotal(self) -> int:
        """All fees without tax."""
        return self.charge - self.voided + self.transfer


@receipts.shown
def show(view: View, receipt: Document) -> dict[str, Any]:
    """A receipt. What was taken too much, because each fee was rounded by itself, is given back with it."""
    adjustment = view.workspace.store.get(receipt["adjustment"])
    return {
        "object": "receipt",
        "id": receipt.id,
        "livemode": receipt.livemode,
        "location": f"/receipts/{receipt.id}",
        "credit_note": receipt["subtotal"] < 0,
        "charge_fee": receipt["charge_fee"],
        "transaction_fee": receipt["charge_fee"],
        "subtotal": receipt["subtotal"],
        "transfer_fee": receipt["transfer_fee"],
        "voided_fee": receipt["voided_fee"],
        "vat": receipt["vat"],
        "wht": 0,
        "total": receipt["subtotal"] + receipt["vat"],
        **COMPANY,
        "currency": receipt["currency"],
        **CUSTOMER,
        "number": receipt["number"],
        "created_at": view.created_at(receipt),
        "issued_on": receipt["issued_on"],
        "adjustment_transaction": view.show(adjustment) if adjustment else None,
    }


@route("GET", "/receipts", takes=PAGING)
def index(call: Call) -> dict[str, Any]:
    """The receipts, until the end of today."""
    page = page_of(call.params)
    if page.until is None:
        page = replace(page, until=time_on(day_of(call.now_ms) + timedelta(days=1)) // 1000 - 1)
    return call.view.list("receipt", location=call.path, page=page, name="receipt_list")


@listener
def plan(workspace: Workspace, key: str, about: Document) -> None:
    """Once in a day with fees, plan its receipt."""
    if key not in FEES_FOLLOW:
        return
    day, setting = business_day(workspace.now_ms), f"receipt_planned {workspace.account.id}"
    if workspace.store.setting(setting) != day.isoformat():
        workspace.store.set_setting(setting, day.isoformat())
        due = starts(day + timedelta(days=1)) + milliseconds(RECEIPT_MADE_AFTER)
        alarm(workspace, "receipt.make", workspace.account, due)


@on_alarm("receipt.make")
def make(workspace: Workspace, account: Document) -> None:
    """The receipt of the day that ended, if there were fees."""
    day = business_day(workspace.now_ms) - timedelta(days=1)
    fees = fees_of(workspace, day)
    if not fees.subtotal:
        return
    vat = min(fees.vat, (fees.subtotal * VAT_RATE + 50) // 100)
    country = country_of(account)
    receipt = workspace.create(
        "receipt",
        {
            "charge_fee": fees.charge,
            "transfer_fee": fees.transfer,
            "voided_fee": fees.voided,
            "subtotal": fees.subtotal,
            "vat": vat,
            "currency": country.currency,
            "number": f"OM{country.code}{day:%Y%m%d}0001",
            "issued_on": day.isoformat(),
        },
    )
    adjustment = ledger.book(workspace, "receipt.vat_adjustment.credit", receipt, fees.vat - vat)
    workspace.update(receipt, {"adjustment": adjustment.id})


def fees_of(workspace: Workspace, day: date) -> Fees:
    """What the ledger of a business day says of fees."""
    fees = Fees()
    for line, origin in _lines(workspace, day):
        if line["key"] == "charge.captured.net":
            fees.charge += origin["fee"]
            fees.vat += origin["fee_vat"]
        elif line["key"] == "transfer.sent.debit":
            fees.transfer += origin["fee"]
            fees.vat += origin["fee_vat"]
        elif line["key"] == "transfer.failed.credit":
            fees.voided += origin["fee"]
            fees.vat -= origin["fee_vat"]
    return fees


def _lines(workspace: Workspace, day: date) -> Iterator[tuple[Document, Document]]:
    """The ledger's lines of a business day, each with what it is about."""
    since, until = starts(day) // 1000, starts(day + timedelta(days=1)) // 1000 - 1
    selection = Selection("transaction", account=workspace.account.id, since=since, until=until)
    for line in workspace.store.select(selection):
        origin = workspace.store.get(line.parent or "")
        if origin:
            yield line, origin


def business_day(now_ms: int) -> date:
    """The day, where receipts are written, of a Unix time in milliseconds."""
    return day_of(now_ms - milliseconds(RECEIPT_DAY_STARTS_AT))


def starts(day: date) -> int:
    """When a business day starts, as Unix time in milliseconds."""
    return time_on(day) + milliseconds(RECEIPT_DAY_STARTS_AT)
