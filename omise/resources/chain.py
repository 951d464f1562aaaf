"""Chains."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from ..records.operations import Listable, Retrievable, act
from ..records.resource import Resource
from ..records.verbs import record_verb, writes

if TYPE_CHECKING:
    from typing_extensions import Self, Unpack

    from ..records.parameters import CallOptions


class Chain(Listable, Retrievable, Resource):
    """
    A sub-merchant's permission to act for it, with ``chain.key`` in the place of a secret key.

    ``omise.Client(secret_api_key=chain.key)`` is the sub-merchant's account.

    Source: https://docs.omise.co/chains-api
    """

    object_name: ClassVar[str | None] = "chain"
    path: ClassVar[str | None] = "/chains"
    summary: ClassVar[tuple[str, ...]] = ("email", "revoked")

    id: str
    livemode: bool
    location: str
    revoked: bool
    email: str
    master_team: str
    key: str
    created_at: datetime

    @record_verb
    @writes
    def revoke(self, attributes: Mapping[str, Any] | None = None, /, **params: Unpack[CallOptions]) -> Self:
        """Give the permission back, for good. Returns self.  POST /chains/<id>/revoke"""
        return act(self, "POST", "revoke", params, attributes)
