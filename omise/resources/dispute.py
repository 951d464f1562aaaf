"""Disputes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from ..records.access import Options, merge_attributes
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
    from .document import Document, DocumentList
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
    def list(
        cls, attributes: Mapping[str, Any] | None = None, /, *, status: str | None = None, **params: Any
    ) -> List[Self]:
        """
        Fetch a page of the disputes, all of them or those of a *status*.  GET /disputes, GET /disputes/<status>

        *status* is ``"open"``, ``"pending"``, or ``"closed"`` for those won and lost; the rest is that of
        `Listable.list`.
        """
        params = merge_attributes(attributes, params)
        status = params.pop("status", status)
        if status is not None and status not in STATES:
            raise ValueError(f"status must be one of {', '.join(STATES)}, got {status!r}; closed ones are won or lost")
        return cast("List[Self]", list_at(cls, f"{cls.path}/{status}" if status else str(cls.path), params, cls))

    @class_verb
    def retrieve(cls, *id: Any, **params: Any) -> Self:
        """Fetch the dispute of *id*, as `Retrievable.retrieve`; with a ``status`` and no id, those as `list` does."""
        if "status" in params and not id:
            return cast("Self", cls.list(**params))
        return super().retrieve(*id, **params)

    @class_verb
    def list_open_disputes(cls, **params: Any) -> List[Self]:
        """The `list` of the status ``"open"``.  GET /disputes/open"""
        return cls.list(status="open", **params)

    @class_verb
    def list_pending_disputes(cls, **params: Any) -> List[Self]:
        """The `list` of the status ``"pending"``.  GET /disputes/pending"""
        return cls.list(status="pending", **params)

    @class_verb
    def list_closed_disputes(cls, **params: Any) -> List[Self]:
        """The `list` of the status ``"closed"``.  GET /disputes/closed"""
        return cls.list(status="closed", **params)

    def list_documents(self, **params: Any) -> DocumentList:
        """Fetch a page of the dispute's documents, as `Listable.list`.  GET /disputes/<id>/documents"""
        return self.documents(**params)

    @writes
    def upload_document(self, document: Any, **params: Any) -> Document:
        """
        Send a document, as `DocumentList.upload` does, fetch the dispute again, and return the document.

        As in the official package it may be given as the dict that requests takes: ``{"file": file}``, or a tuple of a
        name and a file in its place.
        """
        if isinstance(document, Mapping):
            if set(document) != {"file"}:
                raise TypeError("a document is given as a file, or as a dict with one under the name 'file'")
            document = document["file"]
        if isinstance(document, tuple):
            filename, document, *_ = document
            params = {"filename": filename, **params}
        options, _ = Options.split(params)
        uploaded = self.documents.upload(document, **params)
        self.reload(key=options.key, timeout=options.timeout)
        return uploaded

    @writes
    def accept(self, attributes: Mapping[str, Any] | None = None, /, **params: Any) -> Self:
        """Concede: the money is the payer's, ``status`` is ``"lost"``. Returns self.  PATCH /disputes/<id>/accept"""
        return act(self, "PATCH", "accept", params, attributes)

    @writes
    def close(self, *, status: str, **params: Any) -> Self:
        """In test mode: settle it as *status*, ``"won"`` or ``"lost"``. Returns self.  PATCH /disputes/<id>/close"""
        return act(self, "PATCH", "close", {"status": status, **params})
