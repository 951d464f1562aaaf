"""Integrations."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Literal

from ..records.operations import Retrievable
from ..records.resource import Resource


class Integration(Retrievable, Resource):
    """
    A merchant's account as connected to a platform app; asked for with ``omise.app_key``. It holds the account's keys.

    Source: https://github.com/omise/omise-ruby
    """

    object_name: ClassVar[str | None] = "integration"
    path: ClassVar[str | None] = "/integrations"
    key_kind: ClassVar[Literal["secret", "public", "app"]] = "app"
    summary: ClassVar[tuple[str, ...]] = ("kind",)

    id: str
    kind: str
    created: datetime
    public_key: str
    secret_key: str
    data: Any
