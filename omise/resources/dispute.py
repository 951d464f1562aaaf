"""Disputes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, cast

from ..records.access import Options, merge_attributes
from ..records.associations import BelongsTo, HasMany, belongs_to, has_many
from ..records.casting import class_named
from ..records.identity import check_id
from ..records.operations import Listable, Retrievable, Updatable, act, list_at
from ..records.priced import Priced
from ..records.resource import Resource
from ..records.search import Searchable
from ..records.signatures import types_in
from ..records.verbs import class_verb, record_verb, writes
from ..redaction import short

if TYPE_CHECKING:
    from collections.abc import Mapping

    from typing_extensions import Self, Unpack

    from ..records.listing import List
    from ..records.parameters import CallOptions, ListParameters
    from .charge import Charge
    from .document import Document, DocumentList, File
    from .parameters.dispute import DisputeOutcome as DisputeOutcome
    from .parameters.dispute import DisputeReason as DisputeReason
    from .parameters.dispute import DisputeState as DisputeState
    from .parameters.dispute import DisputeStatus as DisputeStatus
    from .parameters.dispute import DisputeUpdate as DisputeUpdate
    from .parameters.dispute import DocumentUpload as DocumentUpload
    from .transaction import Transaction
else:
    __getattr__ = types_in(".parameters.dispute", __name__)

STATES = ("open", "pending", "closed")


class Dispute(Listable, Retrievable, Updatable, Searchable, Priced, Resource):
    """
    A payer's objection to a charge, which may be answered with a message and documents, or accepted.

    `update` takes ``message``, which hands the answer in (``status`` becomes ``"pending"``), and ``metadata``.
    ``status`` is ``"open"``, ``"pending"``, ``"won"`` or ``"lost"``.

    Source: https://docs.omise.co/disputes-api
    """

    object_name: ClassVar[str | None] = "dispute"
    path: ClassVar[str | None] = "/disputes"
    summary: ClassVar[tuple[str, ...]] = ("amount", "currency", "status", "reason_code")

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
    reason_code: DisputeReason
    reason_message: str
    status: DisputeStatus
    closed_at: datetime | None
    created_at: datetime

    charge: BelongsTo[Charge] = belongs_to("Charge")
    documents: HasMany[DocumentList] = has_many("DocumentList")

    if TYPE_CHECKING:

        def update(
            self, attributes: DisputeUpdate | Mapping[str, Any] | None = None, /, **params: Unpack[DisputeUpdate]
        ) -> Self: ...
        def save(
            self, attributes: DisputeUpdate | Mapping[str, Any] | None = None, /, **params: Unpack[DisputeUpdate]
        ) -> Self: ...

    @class_verb
    @writes
    def create(cls, charge: str | Charge, /, **params: Unpack[CallOptions]) -> Self:
        """In test mode: open a dispute of *charge* (a record or its id) and return it.  POST /charges/<id>/disputes"""
        options, fields = Options.split(params)
        path = f"/charges/{check_id(charge, class_named('Charge'), 'charge')}/disputes"
        return cls._build(*cls._class_call("POST", path, fields, options))

    @class_verb
    def list(  # pyright: ignore[reportIncompatibleMethodOverride]  # it takes more
        cls,
        attributes: Mapping[str, Any] | None = None,
        /,
        *,
        status: DisputeState | None = None,
        **params: Unpack[ListParameters],
    ) -> List[Self]:
        """
        Fetch a page of the disputes, all of them or those of a *status*.  GET /disputes, GET /disputes/<status>

        *status* is ``"open"``, ``"pending"``, or ``"closed"`` for those won and lost; the rest is that of
        `Listable.list`.
        """
        fields = merge_attributes(attributes, params)
        status = fields.pop("status", status)
        if status is not None and status not in STATES:
            raise ValueError(
                f"status must be one of {', '.join(STATES)}, got {short(status)}; closed ones are won or lost"
            )
        return cast("List[Self]", list_at(cls, f"{cls.path}/{status}" if status else str(cls.path), fields, cls))

    @class_verb
    def retrieve(cls, *id: Any, **params: Any) -> Self:
        """Fetch the dispute of *id*, as `Retrievable.retrieve`; with a ``status`` and no id, those as `list` does."""
        if "status" in params and not id:
            return cast("Self", cls.list(**params))
        return super().retrieve(*id, **params)

    @class_verb
    def list_open_disputes(cls, **params: Unpack[ListParameters]) -> List[Self]:
        """The `list` of the status ``"open"``.  GET /disputes/open"""
        return cls.list(status="open", **params)

    @class_verb
    def list_pending_disputes(cls, **params: Unpack[ListParameters]) -> List[Self]:
        """The `list` of the status ``"pending"``.  GET /disputes/pending"""
        return cls.list(status="pending", **params)

    @class_verb
    def list_closed_disputes(cls, **params: Unpack[ListParameters]) -> List[Self]:
        """The `list` of the status ``"closed"``.  GET /disputes/closed"""
        return cls.list(status="closed", **params)

    @record_verb
    def list_documents(self, **params: Unpack[ListParameters]) -> DocumentList:
        """Fetch a page of the dispute's documents, as `Listable.list`.  GET /disputes/<id>/documents"""
        return self.documents(**params)

    @record_verb
    @writes
    def upload_document(self, document: File | Mapping[str, Any] | tuple[Any, ...], **params: Any) -> Document:
        """
        Send a document, as `DocumentList.upload` does, fetch the dispute again, and return the document.

        As in the official package it may be given as the dict that requests takes: ``{"file": file}``, or a tuple of a
        name and a file in its place.
        """
        file: Any = document
        if isinstance(file, Mapping):
            if set(file) != {"file"}:
                raise TypeError("a document is given as a file, or as a dict with one under the name 'file'")
            file = file["file"]
        if isinstance(file, tuple):
            filename, file, *_ = file
            params = {"filename": filename, **params}
        options, _ = Options.split(params)
        uploaded = self.documents.upload(file, **params)
        self.reload(key=options.key, timeout=options.timeout, deadline=options.deadline)
        return uploaded

    @record_verb
    @writes
    def accept(self, attributes: Mapping[str, Any] | None = None, /, **params: Unpack[CallOptions]) -> Self:
        """Concede: the money is the payer's, ``status`` is ``"lost"``. Returns self.  PATCH /disputes/<id>/accept"""
        return act(self, "PATCH", "accept", params, attributes)

    @record_verb
    @writes
    def close(self, *, status: DisputeOutcome, **params: Unpack[CallOptions]) -> Self:
        """In test mode: settle it as *status*, ``"won"`` or ``"lost"``. Returns self.  PATCH /disputes/<id>/close"""
        return act(self, "PATCH", "close", {"status": status, **params})
