"""Chains."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from ..records.operations import Listable, Retrievable, act
from ..records.resource import Resource
from ..records.verbs import writes

if TYPE_CHECKING:
    from typing_extensions import Self


class Chain(Listable, Retrievable, Resource):
    """
    A sub-merchant's permission to act for it, with ``chain.key`` in the place of a secret key.

    ``omise.Client(secret_api_key=chain.key)`` is the sub-merchant's account.

    Source: https://docs.omise.co/chains-api
    """

    object_name = "chain"
    path = "/chains"
    summary = ("email", "revoked")

    id: str
    livemode: bool
    location: str
    revoked: bool
    email: str
    master_team: str
    key: str
    created_at: datetime

    @writes
    def revoke(self, **params: Any) -> Self:
        """Give the permission back, for good. Returns self.  POST /chains/<id>/revoke"""
        return act(self, "POST", "revoke", params)
