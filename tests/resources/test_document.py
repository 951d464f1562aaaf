"""Documents: the files that speak for the merchant in a dispute."""

import io
import tempfile
from pathlib import Path
from typing import Any

import pytest
from werkzeug.datastructures import FileStorage

import omise
from omise.sandbox import Sandbox

from .calls import asked, last

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
JPG = b"\xff\xd8\xff\xe0" + bytes(100)
PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """A file on disk."""
    path = tmp_path / "delivery-note.pdf"
    path.write_bytes(PDF)
    return path


def test_upload_from_a_path(omise_sandbox: Sandbox, dispute: omise.Dispute, note: Path) -> None:
    """As text or Path; the file's name is kept, and the list holds it at once."""
    documents = [dispute.documents.upload(str(note)), dispute.documents.upload(note, kind="proof_of_receipt")]

    assert last(omise_sandbox)[:2] == ("POST", f"/disputes/{dispute.id}/documents")
    assert omise_sandbox.requests[-1].params["kind"] == "proof_of_receipt"
    assert "multipart/form-data" in omise_sandbox.requests[-1].headers["Content-Type"]
    assert all(isinstance(document, omise.Document) for document in documents)
    assert [document.filename for document in documents] == ["delivery-note.pdf"] * 2
    assert [document.kind for document in documents] == [None, "proof_of_receipt"]
    with asked(omise_sandbox) as made:
        assert dispute.documents.data == documents
        assert len(dispute.documents) == 2
    assert made == [f"GET /disputes/{dispute.id}/documents"]
    assert repr(documents[1]) == f"<Document {documents[1].id} filename='delivery-note.pdf' kind='proof_of_receipt'>"


@pytest.mark.parametrize(("content", "name"), [(PNG, "document.png"), (JPG, "document.jpg"), (PDF, "document.pdf")])
def test_upload_from_bytes(dispute: omise.Dispute, content: bytes, name: str) -> None:
    """The name follows from what the bytes are, unless one is given."""
    assert dispute.documents.upload(content).filename == name
    assert dispute.documents.upload(bytearray(content)).filename == name  # type: ignore[arg-type]

    assert dispute.documents.upload(content, filename="receipt" + name[-4:]).filename == "receipt" + name[-4:]


def test_upload_from_an_open_file(dispute: omise.Dispute, note: Path) -> None:
    """Opened for reading bytes; it stays open, at its end."""
    with note.open("rb") as file:
        assert dispute.documents.upload(file).filename == "delivery-note.pdf"
        assert (file.closed, file.tell()) == (False, len(PDF))

    assert dispute.documents.upload(io.BytesIO(PNG)).filename == "document.png"


@pytest.mark.parametrize("file", [7, None, io.StringIO("text"), {"file": PDF}])
def test_what_is_no_file(omise_sandbox: Sandbox, dispute: omise.Dispute, file: Any) -> None:
    """A TypeError that says what will do, and nothing is sent."""
    with asked(omise_sandbox) as made, pytest.raises(TypeError, match="a path, bytes, or a file opened in binary"):
        dispute.documents.upload(file)

    assert made == []


def test_a_path_that_is_not_there(omise_sandbox: Sandbox, dispute: omise.Dispute, tmp_path: Path) -> None:
    """Python's own error, and nothing is sent."""
    with asked(omise_sandbox) as made, pytest.raises(FileNotFoundError):
        dispute.documents.upload(tmp_path / "nothing.pdf")

    assert made == []


def test_files_that_the_api_refuses(dispute: omise.Dispute, tmp_path: Path) -> None:
    """Of another type, by name or by content, or too large; nothing is kept."""
    text = tmp_path / "README.md"
    text.write_text("# Not a picture")

    with pytest.raises(omise.errors.InvalidFileTypeError) as refused:
        dispute.documents.upload(text)
    with pytest.raises(omise.APIError):
        dispute.documents.upload(b"neither picture nor PDF", filename="x.png")
    with pytest.raises(omise.APIError) as too_large:
        dispute.documents.upload(PNG + bytes(10 * 1024 * 1024), filename="large.png")
    with pytest.raises(omise.errors.BadRequestError):
        dispute.documents.upload(PNG, kind="a_joke")

    assert (refused.value.code, refused.value.status) == ("invalid_file_type", 400)
    assert too_large.value.status in (400, 413)
    assert dispute.documents.reload().total == 0


def test_retrieve(omise_sandbox: Sandbox, dispute: omise.Dispute) -> None:
    """Through the dispute, or by both ids or records."""
    document = dispute.documents.upload(PNG)
    found = [
        dispute.documents.retrieve(document.id),
        omise.Document.retrieve(dispute, document),
        omise.Document.retrieve(dispute.id, document.id),
    ]

    assert found == [document] * 3
    assert last(omise_sandbox) == ("GET", f"/disputes/{dispute.id}/documents/{document.id}", {})
    assert document.location == last(omise_sandbox)[1]
    assert (document.download_uri or "").startswith("https://api.omise.co/disputes/")
    assert document.reload() is document


def test_destroy(omise_sandbox: Sandbox, dispute: omise.Dispute) -> None:
    """It is gone from the dispute."""
    first, second = dispute.documents.upload(PNG), dispute.documents.upload(PDF)
    assert first.destroy() is first

    assert last(omise_sandbox)[:2] == ("DELETE", f"/disputes/{dispute.id}/documents/{first.id}")
    assert (first.destroyed, first.filename) == (True, "document.png")
    assert dispute.reload().documents.data == [second]
    with pytest.raises(omise.DestroyedError):
        first.destroy()


def test_documents_of_a_dispute_that_is_not_open(dispute: omise.Dispute) -> None:
    """They are locked, and stay."""
    document = dispute.documents.upload(PNG)
    dispute.update(message="See the picture.")

    with pytest.raises(omise.errors.DocumentsLockedError):
        dispute.documents.upload(PDF)
    with pytest.raises(omise.errors.DocumentsLockedError):
        document.destroy()

    assert not document.destroyed
    assert dispute.reload().documents.data == [document]


def test_upload_by_another_key(omise_sandbox: Sandbox, dispute: omise.Dispute) -> None:
    """Options are no fields of the form, and a key of the call is kept by the document."""
    key = str(omise.secret_api_key)
    with omise_sandbox.client() as shop:
        omise.secret_api_key = shop.config.secret_api_key
    document = dispute.documents.upload(PNG, key=key, timeout=5)
    document.reload()

    assert omise_sandbox.requests[-1].used_key(key)
    assert "key" not in omise_sandbox.requests[-2].params


def test_upload_document_of_a_dispute(omise_sandbox: Sandbox, dispute: omise.Dispute, note: Path) -> None:
    """The document comes back, and the dispute is fetched again: with the key of the call, where there is one."""
    key = str(omise.secret_api_key)
    with omise_sandbox.client() as shop:
        omise.secret_api_key = shop.config.secret_api_key
    with asked(omise_sandbox) as made:
        document = dispute.upload_document(note, kind="proof_of_receipt", key=key)
    documents = f"/disputes/{dispute.id}/documents"

    assert made == [f"POST {documents}", f"GET /disputes/{dispute.id}"]
    assert isinstance(document, omise.Document)
    assert [*dispute.documents] == [document]
    assert (document.filename, document.kind) == ("delivery-note.pdf", "proof_of_receipt")


def test_upload_document_takes_what_requests_takes(dispute: omise.Dispute, note: Path) -> None:
    """A dict with the open file in it, as the official package has it, and no other dict."""
    with note.open("rb") as file:
        assert dispute.upload_document({"file": file}).filename == note.name

    assert dispute.upload_document({"file": ("note.pdf", b"%PDF-1.4", "application/pdf")}).filename == "note.pdf"
    for wrong in ({}, {"document": b"%PDF"}, {"file": b"%PDF", "kind": "x"}):
        with pytest.raises(TypeError, match="under the name 'file'"):
            dispute.upload_document(wrong)
    assert len(dispute.documents) == 2


class Upload:
    """What a form brought, as web frameworks hand it over; *name* is that of the form's field."""

    def __init__(self, content: bytes, filename: str | None) -> None:
        self.file = io.BytesIO(content)
        self.filename = filename
        self.name = "evidence"

    def read(self) -> bytes:
        return self.file.read()


class AsyncUpload(Upload):
    """The same of an asynchronous framework."""

    async def read(self) -> bytes:  # type: ignore[override]
        return self.file.read()


@pytest.mark.parametrize(
    ("file", "name"),
    [
        (Upload(PDF, "note.pdf"), "note.pdf"),
        (FileStorage(io.BytesIO(PDF), filename="note.pdf", name="evidence"), "note.pdf"),
        (Upload(PDF, r"C:\fakepath\note.pdf"), "note.pdf"),
        (Upload(PDF, "../../note.pdf"), "note.pdf"),
        (Upload(PNG, "note"), "note.png"),
        (memoryview(JPG), "document.jpg"),
        (bytearray(PDF), "document.pdf"),
    ],
)
def test_files_of_forms_and_bytes_of_every_kind(dispute: omise.Dispute, file: Any, name: str) -> None:
    """A file is called as who sent it calls it, not as the form's field is."""
    assert dispute.documents.upload(file).filename == name


@pytest.mark.parametrize(("content", "ending"), [(PNG, ".png"), (JPG, ".jpg"), (PDF, ".pdf")])
def test_temporary_files(dispute: omise.Dispute, tmp_path: Path, content: bytes, ending: str) -> None:
    """A name without an ending gets that of what the bytes are, by path and opened, and without a name too."""
    path = tmp_path / "tmpq3x8"
    path.write_bytes(content)
    with tempfile.TemporaryFile() as unnamed:
        unnamed.write(content)
        unnamed.seek(0)
        assert dispute.documents.upload(unnamed).filename == f"document{ending}"

    assert dispute.documents.upload(path).filename == f"tmpq3x8{ending}"
    with path.open("rb") as file:
        assert dispute.documents.upload(file).filename == f"tmpq3x8{ending}"


def test_an_asynchronous_file_is_told_what_to_give(omise_sandbox: Sandbox, dispute: omise.Dispute) -> None:
    """Its read() has to be awaited, which nobody here can do; what it holds will do."""
    upload = AsyncUpload(PDF, "note.pdf")
    with (
        asked(omise_sandbox) as made,
        pytest.raises(TypeError, match=r"AsyncUpload, .* file\.file, or await file\.read\(\) with filename="),
    ):
        dispute.documents.upload(upload)  # type: ignore[arg-type]

    assert made == []
    assert dispute.documents.upload(upload.file, filename=upload.filename).filename == "note.pdf"


@pytest.mark.parametrize("empty", [b"", memoryview(b""), io.BytesIO(), Upload(b"", ""), "a file at its end", "a path"])
def test_nothing_to_read(omise_sandbox: Sandbox, dispute: omise.Dispute, tmp_path: Path, empty: Any) -> None:
    """An empty file, and one that was read before, is a ValueError before anything is sent."""
    if empty == "a file at its end":
        empty = io.BytesIO(PDF)
        empty.read()
    elif empty == "a path":
        empty = tmp_path / "empty.pdf"
        empty.touch()

    with asked(omise_sandbox) as made, pytest.raises(ValueError, match="nothing left to read"):
        dispute.documents.upload(empty)

    assert made == []
