from __future__ import annotations

from omise.sandbox.app import Application
from omise.sandbox.state.kinds import listener
from omise.sandbox.state.store import Document
from omise.sandbox.state.workspace import Workspace

from ..conftest import Caller


def test_listeners_hear_of_every_event(sandbox: None) -> None:
    """
    While it happens: what they keep is part of the request, and gone if it fails.
    """
    heard = []

    @listener
    def hear(workspace: Workspace, key: str, document: Document) -> None:
        heard.append((key, workspace.show(document)["email"]))
        if document["email"] == "bad@example.com":
            raise RuntimeError

    api = Caller(Application())
    customer = api.customer(email="good@example.com")
    failed = api.send("PATCH", f"/customers/{customer['id']}", {"email": "bad@example.com"})

    assert failed.status_code == 500
    assert heard == [("customer.create", "good@example.com"), ("customer.update", "bad@example.com")]
    assert api.ok("GET", f"/customers/{customer['id']}")["email"] == "good@example.com"
