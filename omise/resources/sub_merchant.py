"""Sub-merchants."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, overload

from ..records.operations import Creatable, Listable
from ..records.resource import Resource
from ..records.search import Searchable
from ..records.signatures import types_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from typing_extensions import Self, Unpack

    from .parameters.sub_merchant import LiveAccountStatus as LiveAccountStatus
    from .parameters.sub_merchant import SubMerchantCreate as SubMerchantCreate
else:
    __getattr__ = types_in(".parameters.sub_merchant", __name__)


class SubMerchant(Creatable, Listable, Searchable, Resource):
    """
    An account below the account, for platforms that take payments for others. `create` takes ``name``.

    Source: https://docs.omise.co
    """

    object_name: ClassVar[str | None] = "sub_merchant"
    path: ClassVar[str | None] = "/sub_merchants"
    summary: ClassVar[tuple[str, ...]] = ("name", "live_account_status")

    id: str
    name: str
    live_account_status: LiveAccountStatus
    live_account_registration_id: str | None
    default_mid: str | None
    parent_team_id: str
    direct_children_count: int
    level: int
    created_at: datetime

    if TYPE_CHECKING:

        @overload
        @classmethod
        def create(cls, /, **params: Unpack[SubMerchantCreate]) -> Self: ...
        @overload
        @classmethod
        def create(cls, attributes: Mapping[str, Any], /, **params: Any) -> Self: ...
        @classmethod
        def create(cls, attributes: Any = None, /, **params: Any) -> Self: ...
