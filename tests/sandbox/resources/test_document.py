from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest

from omise.sandbox.app import Application

from ..conftest import SECRET_KEY, Caller

#: Name, and the type it has when it is not null; in the order of the API.
FIELDS: dict[str, type] = {
    "object": str,
    "livemode": bool,
    "id": str,
    "deleted": bool,
    "filename": str,
    "location": str,
    "kind": str,
    "download_uri": str,
    "created_at": str,
}

PNG = b"\x89PNG\r\n\x1a\n" + b"picture"
JPG = b"\xff\xd8\xff\xe0" + b"photo"
PDF = b"%PDF-1.7\n"
KINDS = ["cardholder_details", "details_of_purchase", "proof_of_receipt", "proof_of_acceptance"]
LOCKED = (400, "documents_locked", "documents list cannot be modified")
WRONG_TYPE = (400, "invalid_file_type", "invalid content-type")


@pytest.fixture
def dispute(api: Caller) -> Any:
    """
    An open one.
    """
    charge = api.ok("POST", "/charges", {"amount": 100000, "currency": "thb", "card": api.token()})
    return api.ok("POST", f"{charge['location']}/disputes")


def form(content: bytes = PDF, filename: str = "note.pdf", content_type: str = "application/pdf", **data: Any) -> Any:
    """What a request sends that uploads a file."""
    return {"data": {"file": (BytesIO(content), filename, content_type), **data}}


def large(content: bytes) -> Any:
    """The same, written by hand: for large files werkzeug's client uses temporary ones, and leaves them open."""
    head = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
    )
    return {"data": head + content + b"\r\n--x--\r\n", "content_type": "multipart/form-data; boundary=x"}


def upload(api: Caller, dispute: Any, *args: Any, **data: Any) -> Any:
    return api.ok("POST", f"{dispute['location']}/documents", **form(*args, **data))


def refused(api: Caller, dispute: Any, *args: Any, **data: Any) -> tuple[int, str, str]:
    refusal = api.refused("POST", f"{dispute['location']}/documents", **form(*args, **data))
    assert api.ok("GET", f"{dispute['location']}/documents")["total"] == 0
    return refusal


def test_a_document_has_the_documented_fields_in_order(api: Caller, dispute: Any) -> None:
    """
    With their types; only the kind can be null.
    """
    document = upload(api, dispute, kind="proof_of_receipt")
    plain = upload(api, dispute)

    assert list(document) == list(plain) == list(FIELDS)
    assert {name: type(value) for name, value in document.items()} == FIELDS
    assert {name for name, value in plain.items() if value is None} == {"kind"}
    assert (document["filename"], document["kind"], document["deleted"]) == ("note.pdf", "proof_of_receipt", False)
    assert document["location"] == f"{dispute['location']}/documents/{document['id']}"
    assert document["id"].startswith("docu_test_")
    assert api.ok("GET", document["location"]) == document


@pytest.mark.parametrize(
    ("content", "filename", "content_type"),
    [
        (PNG, "a.png", "image/png"),
        (JPG, "a.jpg", "image/jpeg"),
        (JPG, "a.jpeg", "image/jpg"),
        (PDF, "a.pdf", "application/pdf"),
        (PDF, "ใบส่งของ.PDF", "Application/PDF"),
    ],
)
def test_pictures_and_pdf_are_taken(
    api: Caller, dispute: Any, content: bytes, filename: str, content_type: str
) -> None:
    """
    They are listed, in the dispute as well, and come back byte for byte for whoever has the link.
    """
    document = upload(api, dispute, content, filename, content_type)
    path = document["download_uri"].removeprefix("http://localhost")
    download = api.client.get(path)

    assert document["filename"] == filename
    assert api.ok("GET", f"{dispute['location']}/documents")["data"] == [document]
    assert api.ok("GET", dispute["location"])["documents"]["data"] == [document]
    assert (download.status_code, download.data) == (200, content)
    assert download.headers["Content-Type"] == content_type.lower()
    assert download.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")


@pytest.mark.parametrize(
    ("content", "filename", "content_type"),
    [
        (b"# Read me", "README.md", "text/markdown"),
        (b"# Read me", "README.pdf", "application/pdf"),
        (PDF, "a.pdf", "application/octet-stream"),
        (PDF, "a.png", "image/png"),
        (PNG, "a.jpg", "image/jpeg"),
        (b"GIF89a", "a.gif", "image/gif"),
        (b"", "a.pdf", "application/pdf"),
        (b"<svg></svg>", "a.svg", "image/svg+xml"),
    ],
)
def test_other_files_are_refused(api: Caller, dispute: Any, content: bytes, filename: str, content_type: str) -> None:
    """
    Both what it says that it is and how it begins have to be right.
    """
    assert refused(api, dispute, content, filename, content_type) == WRONG_TYPE


def test_ten_megabytes_are_the_limit(api: Caller, dispute: Any) -> None:
    """
    One byte more is too large, and so is what no request may have.
    """
    path, largest = f"{dispute['location']}/documents", PDF.ljust(10 << 20, b" ")
    refusal = (400, "bad_request", "file is too large (maximum is 10 MB)")
    assert api.refused("POST", path, **large(largest + b" ")) == refusal
    assert api.refused("POST", path, **large(largest.ljust(17 << 20)))[0] == 413
    assert api.ok("GET", path)["total"] == 0

    document = api.ok("POST", path, **large(largest))
    assert api.client.get(document["download_uri"]).data == largest


@pytest.mark.parametrize(
    "kind", ["cardholder_details", "details_of_purchase", "proof_of_receipt", "proof_of_acceptance"]
)
def test_four_kinds_are_known(api: Caller, dispute: Any, kind: str) -> None:
    """
    An empty one is none.
    """
    assert upload(api, dispute, kind=kind)["kind"] == kind
    assert upload(api, dispute, kind="")["kind"] is None


def test_other_kinds_are_refused(api: Caller, dispute: Any) -> None:
    """
    And nothing is kept.
    """
    assert refused(api, dispute, kind="selfie") == (400, "bad_request", "kind is not included in the list")


@pytest.mark.parametrize("data", [{}, {"file": "text"}, {"file": ""}])
def test_a_file_is_needed(api: Caller, dispute: Any, data: dict[str, Any]) -> None:
    """
    Under its name, and as a file.
    """
    path = f"{dispute['location']}/documents"

    assert api.refused("POST", path, data=data) == (400, "bad_request", "file can't be blank")
    assert api.ok("GET", path)["total"] == 0


def test_long_names_are_refused(api: Caller, dispute: Any) -> None:
    """
    As all long texts are.
    """
    refusal = (400, "bad_request", "filename is too long (maximum is 255 characters)")
    assert refused(api, dispute, PDF, "a" * 252 + ".pdf") == refusal


def test_a_document_can_be_taken_back(api: Caller, dispute: Any) -> None:
    """
    It is shown for the last time, and its link is dead.
    """
    document = upload(api, dispute)
    gone = api.ok("DELETE", document["location"])

    assert gone == document | {"deleted": True}
    message = f"document {document['id']} was not found"
    assert api.refused("GET", document["location"]) == (404, "not_found", message)
    assert api.refused("DELETE", document["location"]) == (404, "not_found", message)
    assert api.ok("GET", dispute["location"])["documents"]["total"] == 0
    assert api.client.get(document["download_uri"]).status_code == 404
    assert [event["key"] for event in api.ok("GET", "/events")["data"]][-2:] == ["dispute.update"] * 2


@pytest.mark.parametrize("end", ["message", "won", "lost"])
def test_documents_are_locked_unless_the_dispute_is_open(api: Caller, dispute: Any, end: str) -> None:
    """
    Those that there are can still be looked at.
    """
    document = upload(api, dispute)
    if end == "message":
        api.ok("PATCH", dispute["location"], {"message": "m"})
    else:
        api.ok("PATCH", f"{dispute['location']}/close", {"status": end})

    assert api.refused("POST", f"{dispute['location']}/documents", **form()) == LOCKED
    assert api.refused("DELETE", document["location"]) == LOCKED
    assert api.ok("GET", document["location"]) == document
    assert api.client.get(document["download_uri"]).data == PDF


def test_a_link_that_was_tampered_with_is_dead(api: Caller, dispute: Any) -> None:
    """
    As is one with another document's signature, or of another database.
    """
    first, second = upload(api, dispute), upload(api, dispute)
    base, _, signature = first["download_uri"].rpartition("/")
    other = second["download_uri"].rpartition("/")[2]

    assert len(signature) == 16
    for wrong in (other, f"{int(signature, 16) ^ 1:016X}", signature[:-1], "é", "x"):
        assert api.client.get(f"{base}/{wrong}").status_code == 404
    assert Caller(Application()).client.get(first["download_uri"]).status_code == 404


def test_the_link_is_where_the_sandbox_is(api: Caller, dispute: Any) -> None:
    """
    Under the API's own name where the sandbox stands in for it.
    """
    path = upload(api, dispute)["location"]

    named = api.ok("GET", path, base_url="https://api.omise.co")["download_uri"]
    served = api.ok("GET", path, base_url="http://127.0.0.1:4010")["download_uri"]
    assert named.startswith(f"https://api.omise.co{path}/downloads/")
    assert served.startswith(f"http://127.0.0.1:4010{path}/downloads/")
    assert api.client.get(served).data == PDF


def test_documents_belong_to_their_dispute(api: Caller, dispute: Any) -> None:
    """
    Under another one they are not found.
    """
    document = upload(api, dispute)
    charge = api.ok("POST", "/charges", {"amount": 100000, "currency": "thb", "card": api.token()})
    other = api.ok("POST", f"{charge['location']}/disputes")

    path = f"{other['location']}/documents/{document['id']}"
    assert api.refused("GET", path)[1] == "not_found"
    assert api.refused("GET", document["location"], key="skey_test_other")[1] == "not_found"
    assert api.refused("DELETE", path, key=SECRET_KEY)[1] == "not_found"


def test_documents_of_charges_come_back_too(api: Caller) -> None:
    """
    The picture of a QR code, for whoever has its link.
    """
    charge = api.ok("POST", "/charges", {"amount": 100000, "currency": "thb", "source": {"type": "promptpay"}})
    image = charge["source"]["scannable_code"]["image"]
    download = api.client.get(image["download_uri"])

    assert image["location"] == f"{charge['location']}/documents/{image['id']}"
    assert (download.status_code, len(download.data) > 0) == (200, True)
    assert api.client.get(image["download_uri"][:-1] + "x").status_code == 404
