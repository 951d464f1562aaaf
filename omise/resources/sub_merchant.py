"""Sub-merchants."""

from __future__ import annotations

from datetime import datetime

from ..records.operations import Creatable, Listable
from ..records.resource import Resource
from ..records.search import Searchable


class SubMerchant(Creatable, Listable, Searchable, Resource):
    """
    An account below the account, for platforms that take payments for others. `create` takes ``name``.

    Source: https://docs.omise.co
    """

    object_name = "sub_merchant"
    path = "/sub_merchants"
    summary = ("name", "live_account_status")

    id: str
    name: str
    live_account_status: str
    live_account_registration_id: str | None
    default_mid: str | None
    parent_team_id: str
    direct_children_count: int
    level: int
    created_at: datetime
