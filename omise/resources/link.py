"""Payment links."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, overload

from ..records.associations import HasMany, has_many
from ..records.operations import Creatable, Destroyable, Listable, Retrievable
from ..records.priced import Priced
from ..records.resource import Resource
from ..records.search import Searchable
from ..records.signatures import types_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from typing_extensions import Self, Unpack

    from ..money import Money
    from .charge import ChargeList
    from .parameters.common import Currency
    from .parameters.link import LinkCreate as LinkCreate
    from .parameters.link import LinkDetails as LinkDetails
else:
    __getattr__ = types_in(".parameters.link", __name__)


class Link(Creatable, Retrievable, Listable, Destroyable, Searchable, Priced, Resource):
    """
    An address where anybody can pay a fixed amount, once or many times.

    `create` takes ``amount`` (in the smallest unit of ``currency``), ``currency``, ``title``, ``description``, and
    ``multiple=True`` for a link that can be paid many times.

    Source: https://docs.omise.co/links-api
    """

    object_name: ClassVar[str | None] = "link"
    path: ClassVar[str | None] = "/links"
    summary: ClassVar[tuple[str, ...]] = ("title", "amount", "currency", "used")

    id: str
    livemode: bool
    location: str
    deleted: bool
    multiple: bool
    used: bool
    currency: str
    amount: int
    title: str
    description: str
    payment_uri: str
    created_at: datetime
    used_at: datetime | None
    deleted_at: datetime | None

    charges: HasMany[ChargeList] = has_many("ChargeList")

    if TYPE_CHECKING:

        @overload
        @classmethod
        def create(cls, /, **params: Unpack[LinkCreate]) -> Self: ...
        @overload
        @classmethod
        def create(cls, /, *, amount: Money, currency: Currency = ..., **params: Unpack[LinkDetails]) -> Self: ...
        @overload
        @classmethod
        def create(cls, attributes: Mapping[str, Any], /, **params: Any) -> Self: ...
        @classmethod
        def create(cls, attributes: Any = None, /, **params: Any) -> Self: ...
