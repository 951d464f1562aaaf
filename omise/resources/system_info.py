"""System info."""

from __future__ import annotations

from typing import ClassVar

from ..records.operations import Singleton
from ..records.resource import Resource


class SystemInfo(Singleton, Resource):
    """
    What the root of the API says about itself.

    Source: https://docs.omise.co/api-versioning
    """

    object_name: ClassVar[str | None] = "system_info"
    path: ClassVar[str | None] = "/"
    summary: ClassVar[tuple[str, ...]] = ("versions",)

    location: str
    versions: list[str]
    """The versions of the API that ``omise.api_version`` may name, oldest first."""
