"""Disputes."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from ..records.access import Options
from ..records.associations import BelongsTo, HasMany, belongs_to, has_many
from ..records.casting import class_named
from ..records.identity import check_id
from ..records.operations import Listable, Retrievable, Updatable, act, list_at
from ..records.resource import Resource
from ..records.search import Searchable
from ..records.verbs import class_verb, writes

if TYPE_CHECKING:
    from typing_extensions import Self

    from ..records.listing import List
    from .charge import Charge
    from .document import DocumentList
    from .transaction import Transaction

STATES = ("open", "pending", "closed")


class Dispute(Listable, Retrievable, Updatable, Searchable, Resource):
    """
    A payer's objection to a charge, which may be answered with a message and documents, or accepted.

    `update` takes ``message``, which hands the answer in (``status`` becomes ``"pending"``), and ``metadata``.
    ``status`` is ``"open"``, ``"pending"``, ``"won"`` or ``"lost"``.

    Source: https://docs.omise.co/disputes-api
    """

    object_name = "dispute"
    path = "/disputes"
    summary = ("amount", "currency", "status", "reason_code")

    id: str
    livemode: bool
    location: str
    currency: str
    amount: int
    funding_currency: str
    funding_amount: int
    """What was taken from the balance, in the smallest unit of ``funding_currency``."""
    metadata: dict[str, Any]
    transactions: list[Transaction]
    """Newest first."""
    admin_message: str | None
    message: str | None
    reason_code: str
    reason_message: str
    status: str
    closed_at: datetime | None
    created_at: datetime

    charge: BelongsTo[Charge] = belongs_to("Charge")
    documents: HasMany[DocumentList] = has_many("DocumentList")

    @class_verb
    @writes
    def create(cls, charge: Any, /, **params: Any) -> Self:
        """In test mode: open a dispute of *charge* (a record or its id) and return it.  POST /charges/<id>/disputes"""
        options, params = Options.split(params)
        path = f"/charges/{check_id(charge, class_named('Charge'), 'charge')}/disputes"
        return cls._build(*cls._class_call("POST", path, params, options))

    @class_verb
    def list(cls, *, status: str | None = None, **params: Any) -> List[Self]:
        """
        Fetch a page of the disputes, all of them or those of a *status*.  GET /disputes, GET /disputes/<status>

        *status* is ``"open"``, ``"pending"``, or ``"closed"`` for those won and lost; the rest is that of
        `Listable.list`.
        """
        if status is not None and status not in STATES:
            raise ValueError(f"status must be one of {', '.join(STATES)}, got {status!r}; closed ones are won or lost")
        return cast("List[Self]", list_at(cls, f"{cls.path}/{status}" if status else str(cls.path), params, cls))

    @writes
    def upload_document(self, document: Any, **params: Any) -> Self:
        """Send a document, as `DocumentList.upload` does, and fetch the dispute again. Returns self."""
        options, _ = Options.split(params)
        self.documents.upload(document, **params)
        return self.reload(key=options.key, timeout=options.timeout, deadline=options.deadline)

    @writes
    def accept(self, **params: Any) -> Self:
        """Concede: the money is the payer's, ``status`` is ``"lost"``. Returns self.  PATCH /disputes/<id>/accept"""
        return act(self, "PATCH", "accept", params)

    @writes
    def close(self, *, status: str, **params: Any) -> Self:
        """In test mode: settle it as *status*, ``"won"`` or ``"lost"``. Returns self.  PATCH /disputes/<id>/close"""
        return act(self, "PATCH", "close", {"status": status, **params})
