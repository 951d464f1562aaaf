"""Webhook secrets: by which webhooks are signed."""

import base64

import pytest

import omise
from omise.sandbox import Sandbox

from .calls import asked, last


def test_create_and_use(omise_sandbox: Sandbox) -> None:
    """Its key checks what was signed with it."""
    secret = omise.WebhookSecret.create()

    assert last(omise_sandbox) == ("POST", "/webhooks/secrets", {})
    assert isinstance(secret, omise.WebhookSecret)
    assert (secret.usable, secret.expiring, secret.expires_at, secret.destroyed) == (True, False, None, False)
    assert base64.b64decode(secret.key)
    body = '{"object": "event", "id": "evnt_1", "key": "charge.create"}'
    assert omise.Webhook.construct_event(body, omise.Webhook.sign(body, secret.key), secret.key).id == "evnt_1"


def test_a_new_one_replaces_the_one_before(omise_sandbox: Sandbox) -> None:
    """Which goes on for a while."""
    first, second = omise.WebhookSecret.create(), omise.WebhookSecret.create()

    assert first.key != second.key
    assert (first.reload().usable, first.expiring) == (True, True)
    assert first.expires_at is not None
    assert (second.reload().usable, second.expiring) == (True, False)


def test_retrieve_and_list(omise_sandbox: Sandbox) -> None:
    """By id or record, at an address that no location tells."""
    secret = omise.WebhookSecret.create()

    assert omise.WebhookSecret.retrieve(secret.id) == omise.WebhookSecret.retrieve(secret) == secret
    assert last(omise_sandbox) == ("GET", f"/webhooks/secrets/{secret.id}", {})
    assert secret in list(omise.WebhookSecret.list(limit=5))
    assert last(omise_sandbox) == ("GET", "/webhooks/secrets", {"limit": "5"})


def test_destroy_revokes_it(omise_sandbox: Sandbox) -> None:
    """At once, for good."""
    secret = omise.WebhookSecret.create()
    assert secret.destroy() is secret

    assert last(omise_sandbox) == ("DELETE", f"/webhooks/secrets/{secret.id}", {})
    assert (secret.destroyed, secret.usable) == (True, False)
    assert secret.revoked_at is not None
    with asked(omise_sandbox) as made, pytest.raises(omise.DestroyedError):
        secret.destroy()
    assert made == []
    assert omise.WebhookSecret.from_data({"object": "webhook_secret", "revoked_at": "2026-01-01T00:00:00Z"}).destroyed


def test_its_key_is_shown_to_nobody(omise_sandbox: Sandbox) -> None:
    """Neither repr nor print tells it."""
    secret = omise.WebhookSecret.create()
    shown = f"{secret!r}\n{secret}\n{omise.WebhookSecret.list()}"

    assert secret.key not in shown
    assert repr(secret) == f"<WebhookSecret {secret.id} usable=True expiring=False>"
