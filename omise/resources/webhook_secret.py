"""Webhook secrets."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from ..records.operations import Creatable, Destroyable, Listable, Retrievable
from ..records.resource import Resource
from ..records.signatures import types_in

if TYPE_CHECKING:
    from typing_extensions import Self, Unpack

    from .parameters.webhook_secret import WebhookSecretCreate as WebhookSecretCreate
else:
    __getattr__ = types_in(".parameters.webhook_secret", __name__)


class WebhookSecret(Creatable, Retrievable, Listable, Destroyable, Resource):
    """
    A secret by which webhooks are signed; ``key`` is what `Webhook.construct_event` takes.

    Creating one replaces the one before, which goes on signing for a while; destroying one revokes it at once.

    Source: https://docs.omise.co/api-webhooks
    """

    object_name: ClassVar[str | None] = "webhook_secret"
    path: ClassVar[str | None] = "/webhooks/secrets"
    summary: ClassVar[tuple[str, ...]] = ("usable", "expiring")

    id: str
    key: str
    livemode: bool
    created_at: datetime
    expires_at: datetime | None
    expiring: bool
    revoked_at: datetime | None
    usable: bool

    if TYPE_CHECKING:

        @classmethod
        def create(cls, /, **params: Unpack[WebhookSecretCreate]) -> Self: ...

    @property
    def destroyed(self) -> bool:
        """Whether it was revoked."""
        return super().destroyed or self._attributes.get("revoked_at") is not None
