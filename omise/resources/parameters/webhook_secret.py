"""Types of what `WebhookSecret` takes."""

from __future__ import annotations

from ...records.parameters import CallOptions


class WebhookSecretCreate(CallOptions, total=False):
    """
    What `WebhookSecret.create` takes: nothing can be said about a secret.

    Source: https://docs.omise.co/api-webhooks
    """
