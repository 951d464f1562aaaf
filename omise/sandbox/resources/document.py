"""
Documents: files that belong to something else, such as the evidence in a dispute or the picture of a charge's QR code.

Source: https://docs.omise.co/documents-api
"""

from __future__ import annotations

import base64
import hmac
from typing import Any
from urllib.parse import quote

from ..http.call import Call
from ..http.parameters import Upload
from ..http.responses import Response
from ..http.routing import Resource, route
from ..refusals import ApiError, bad_request, not_found
from ..rules.outcomes import page_of
from ..rules.pictures import PICTURES
from ..rules.validation import check, looked_up, one_of, text
from ..state.salts import derive
from ..state.store import Document
from ..state.workspace import View, Workspace

__all__ = ["keep", "keep_code"]

documents: Resource = Resource("document", prefix="docu", path="/disputes/<dispute>/documents")
documents.listable()
documents.retrievable()

#: What the owner of a document is, and the path of all that are like it.
OWNERS = {"dispute": "/disputes", "charge": "/charges"}

#: How the files begin that are taken, and what their parts may say that they are.
TYPES: dict[bytes, tuple[str, ...]] = {
    b"\x89PNG\r\n\x1a\n": ("image/png",),
    b"\xff\xd8\xff": ("image/jpeg", "image/jpg"),
    b"%PDF-": ("application/pdf",),
}
#: Bytes.
MAX_SIZE = 10 << 20

KINDS = ("cardholder_details", "details_of_purchase", "proof_of_receipt", "proof_of_acceptance")

#: The kind of a picture of a code to scan.
CODE = "qr"

MISSING = "file can't be blank"  # (inferred)
TOO_LARGE = "file is too large (maximum is 10 MB)"  # (inferred)


@documents.shown
def show(view: View, document: Document) -> dict[str, Any]:
    """A document, and where its content can be had without a key."""
    location = _location(document)
    download = f"{location}/downloads/{_signature(view.workspace, document)}"
    return {
        "object": "document",
        "livemode": document.livemode,
        "id": document.id,
        "deleted": document.deleted,
        "filename": document["filename"],
        "location": location,
        "kind": document["kind"],
        "download_uri": view.workspace.address("api", download),
        "created_at": view.created_at(document),
    }


@route("POST", "/disputes/<dispute>/documents", takes={"file": looked_up, "kind": looked_up})
def upload(call: Call, dispute: Document) -> Document:
    """Add a file to an open dispute."""
    _check_open(dispute)
    file, kind = call.params.get("file"), call.params.get("kind")
    if not isinstance(file, Upload):
        raise bad_request(MISSING)
    given = check({"kind": kind}, {"kind": one_of(*KINDS)}) if kind not in (None, "") else {"kind": None}
    given |= check({"filename": file.filename}, {"filename": text})
    if len(file.content) > MAX_SIZE:
        raise bad_request(TOO_LARGE)
    if not file.filename or file.content_type.lower() not in content_types(file.content):
        raise ApiError("invalid_file_type", "invalid content-type")
    document = keep(call, dispute, file.filename, file.content_type.lower(), file.content, kind=given["kind"])
    call.emit("dispute.update", dispute)
    return document


@route("DELETE", "/disputes/<dispute>/documents/<document>", takes={})
def destroy(call: Call, dispute: Document, document: Document) -> Document:
    """Take a file out of an open dispute."""
    _check_open(dispute)
    call.destroy(document)
    call.emit("dispute.update", dispute)
    return document


@route("GET", "/disputes/<dispute>/documents/<document>/downloads/<signature>", keys=())
def download(call: Call, dispute: Document, document: Document, signature: str) -> Response:
    """The content of a dispute's document, for whoever has the link."""
    return _content(call, document, signature)


@route("GET", "/charges/<charge>/documents/<document>/downloads/<signature>", keys=())
def download_of_charge(call: Call, charge: Document, document: Document, signature: str) -> Response:
    """The content of a charge's document, for whoever has the link."""
    return _content(call, document, signature)


def keep(
    workspace: Workspace, owner: Document, filename: str, content_type: str, content: bytes, *, kind: str | None = None
) -> Document:
    """
    Make *content* a document of *owner*, a dispute or a charge.

    The content is a record of its own, so that showing the document does not load it.
    """
    fields = {"filename": filename, "kind": kind, "content_type": content_type, "owner": owner.kind}
    return _keep(workspace, owner, fields, {"base64": base64.b64encode(content).decode()})


def keep_code(workspace: Workspace, charge: Document, form: str) -> Document:
    """
    Make the picture of a code a document of *charge*: what is scanned is the address of the page to pay at.

    It is drawn when it is looked at, as drawing takes longer than charging.
    """
    content_type, _ = PICTURES[form]
    fields = {"filename": f"qrcode.{form}", "kind": CODE, "content_type": content_type, "owner": charge.kind}
    return _keep(workspace, charge, fields, {"picture": form, "source": charge["source"]})


def _keep(workspace: Workspace, owner: Document, fields: dict[str, Any], content: dict[str, Any]) -> Document:
    document = workspace.create("document", fields, parent=owner)
    workspace.store.create(
        "content",
        "content",
        content,
        now_ms=workspace.now_ms,
        livemode=workspace.livemode,
        account=workspace.account.id,
        parent=document.id,
    )
    return document


def content_types(content: bytes) -> tuple[str, ...]:
    """The names of the type that *content* is of; none if it is of a type that is not taken."""
    return next((names for beginning, names in TYPES.items() if content.startswith(beginning)), ())


def _check_open(dispute: Document) -> None:
    if dispute["status"] != "open":
        raise ApiError("documents_locked", "documents list cannot be modified")


def _location(document: Document) -> str:
    return f"{OWNERS[document['owner']]}/{document.parent}/documents/{document.id}"


def _content(call: Call, document: Document, signature: str) -> Response:
    if not hmac.compare_digest(signature.encode(), _signature(call, document).encode()):
        raise not_found("document", document.id)
    (content,) = call.all("content", document)
    headers = {
        "Content-Type": document["content_type"],
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(document['filename'], safe='')}",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(_bytes(call, content), headers)


def _bytes(workspace: Workspace, content: Document) -> bytes:
    """A file as it was uploaded, or a code for the page under the name by which the sandbox is reached now."""
    if "base64" in content.body:
        return base64.b64decode(content["base64"])
    source = workspace.store.get(content["source"])
    assert source is not None
    _, draw = PICTURES[content["picture"]]
    return draw(page_of(workspace, source["payment"]))


def _signature(workspace: Workspace, document: Document) -> str:
    """What only this database can put behind the address of the document: 16 hex digits."""
    return derive(workspace.store, "download", document.id)[:8].hex().upper()
