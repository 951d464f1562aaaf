"""Documents: the evidence of a dispute."""

from __future__ import annotations

import mimetypes
import os
import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from ..discretion import discreet
from ..records.listing import List
from ..records.operations import Destroyable, Retrievable
from ..records.resource import Resource
from ..records.signatures import types_in
from ..records.verbs import record_verb, writes
from ..redaction import Sealed, opened, redact_text

if TYPE_CHECKING:
    from typing_extensions import Self, Unpack

    from ..records.parameters import RetrieveParameters
    from .dispute import Dispute
    from .parameters.document import DocumentKind as DocumentKind
    from .parameters.document import DocumentUpload as DocumentUpload
    from .parameters.document import File as File
else:
    __getattr__ = types_in(".parameters.document", __name__)

BEGINNINGS = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpg", b"%PDF": "pdf"}
"""How files of the kinds that the API takes begin."""


class Document(Retrievable, Destroyable, Resource):
    """
    A file that speaks for the merchant in a dispute: PNG, JPG or PDF, at most 10 MB.

    ``Document.retrieve(dispute, document)`` finds one, and so does ``dispute.documents``. Destroying one of a dispute
    that is not open raises `DocumentsLockedError`.

    Source: https://docs.omise.co/documents-api
    """

    object_name: ClassVar[str | None] = "document"
    under: ClassVar[tuple[str, str] | None] = ("Dispute", "documents")
    summary: ClassVar[tuple[str, ...]] = ("filename", "kind")

    id: str
    livemode: bool
    deleted: bool
    filename: str
    location: str
    kind: DocumentKind | None
    download_uri: str | None
    created_at: datetime

    if TYPE_CHECKING:

        @classmethod
        def retrieve(  # type: ignore[override]  # it is kept under a dispute
            cls, dispute: str | Dispute, id: str | Self, /, **params: Unpack[RetrieveParameters]
        ) -> Self: ...


class DocumentList(List[Document]):
    """The documents of a dispute."""

    _holds = Document

    @record_verb
    @writes
    def upload(self, file: File, *, filename: str | None = None, **params: Unpack[DocumentUpload]) -> Document:
        """
        Send a document and return it; this list then holds it too.

        *file* is a path, the file's bytes, or a file opened for reading bytes, such as one that a form brought; of an
        asynchronous one, give ``file.file`` or ``await file.read()``. *filename* is what the API calls it, where that
        is not the file's own name; an ending that is missing follows from the bytes. ``kind`` may say what it shows:
        ``"cardholder_details"``, ``"details_of_purchase"``, ``"proof_of_receipt"``, ``"proof_of_acceptance"``.

        Raises `InvalidFileTypeError`, and `DocumentsLockedError` if the dispute is not open; ValueError, before
        anything is sent, if there is nothing in the file, or nothing left to read of it.  POST …/documents
        """
        file, filename = _parcel(file, opened(filename)), None  # what is in a file is no frame's to show
        return self._add(params, files=file)


def _parcel(file: Any, filename: str | None) -> Any:
    """Return *file* as requests takes files, sealed."""
    file = Sealed(opened(file))
    name, content = _read(file.open())
    name = filename or _with_ending(name or "document", content)
    return Sealed({"file": (name, content, mimetypes.guess_type(name)[0] or "application/octet-stream")})


@discreet
def _read(file: Any) -> tuple[str | None, bytes]:
    """Return the name, where it has one, and the bytes of *file*; an open file is left where its end is."""
    if isinstance(file, (str, os.PathLike)):
        name = os.fsdecode(file)
        try:
            content = Path(name).read_bytes()
        except OSError as error:
            raise type(error)(error.errno, error.strerror, redact_text(name)) from None
    elif isinstance(file, (bytes, bytearray, memoryview)):
        name, content = None, bytes(file)
    else:
        # Of a file that a form brought, `name` is the form's field, and `filename` the file's.
        name = getattr(file, "filename", None) or getattr(file, "name", None)
        content = _read_open(file)
    if not content:
        raise ValueError("there is nothing in the file, or nothing left to read: a file that was read is at its end")
    return (_base_name(name) if isinstance(name, str) else None), content


def _read_open(file: Any) -> bytes:
    content: Any = file.read() if hasattr(file, "read") else None
    if hasattr(content, "__await__"):
        content.close()
        raise TypeError(
            f"file is a {type(file).__name__}, which is read with await: give its file.file, or "
            "await file.read() with filename=file.filename"
        )
    if not isinstance(content, (bytes, bytearray, memoryview)):
        raise TypeError(f"file must be a path, bytes, or a file opened in binary mode, got {type(file).__name__}")
    return bytes(content)


def _base_name(path: str) -> str:
    """Return the last part of *path*, as this system or that of who sent the file writes it."""
    return re.split(r"[/\\]", path)[-1]


def _with_ending(name: str, content: bytes) -> str:
    """Return *name*, with the ending of what *content* begins as if it has none, as a temporary file's."""
    if os.path.splitext(name)[1]:
        return name
    ending = next((ending for beginning, ending in BEGINNINGS.items() if content.startswith(beginning)), "bin")
    return f"{name}.{ending}"
