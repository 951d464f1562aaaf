"""Types of what documents take."""

from __future__ import annotations

import os
from typing import IO, TYPE_CHECKING, Literal

from ...records.parameters import CallOptions

if TYPE_CHECKING:
    from typing_extensions import Buffer
else:
    Buffer = bytes  # Python has no such class before 3.12

DocumentKind = Literal["cardholder_details", "details_of_purchase", "proof_of_receipt", "proof_of_acceptance"]
"""What a document shows."""

File = str | os.PathLike[str] | Buffer | IO[bytes]
"""A path, the file's bytes, or a file opened for reading bytes."""


class DocumentUpload(CallOptions, total=False):
    """
    What `DocumentList.upload` takes beside the file and its name.

    Source: https://docs.omise.co/documents-api
    """

    kind: DocumentKind | str | None
    """What the document shows."""
