"""Customers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, overload

from ..records.access import Options
from ..records.associations import BelongsTo, HasMany, belongs_to, has_many
from ..records.casting import cast_as, class_named
from ..records.operations import Creatable, Destroyable, Listable, Retrievable, Updatable
from ..records.resource import Resource
from ..records.search import Searchable
from ..records.signatures import types_in
from ..records.verbs import record_verb, writes
from .tokenization import TakesCard

if TYPE_CHECKING:
    from collections.abc import Mapping

    from typing_extensions import Self, Unpack

    from ..money import Money
    from ..records.listing import List
    from .card import Card, CardList
    from .charge import Charge
    from .linked_account import LinkedAccount
    from .parameters.charge import ChargeDetails
    from .parameters.common import Currency
    from .parameters.customer import CustomerCharge as CustomerCharge
    from .parameters.customer import CustomerCreate as CustomerCreate
    from .parameters.customer import CustomerUpdate as CustomerUpdate
    from .schedule import Schedule
else:
    __getattr__ = types_in(".parameters.customer", __name__)


class Customer(Creatable, Retrievable, Listable, Updatable, Destroyable, Searchable, TakesCard, Resource):
    """
    A customer: a place to keep cards, to be charged again and again.

    `create` and `update` take ``email`` and ``description`` (text, at most 255 characters), ``metadata`` (a dict, which
    replaces the one before) and ``card`` (a dict of card data as `Token.create` takes it, a `Token`, or a token's id),
    which is added to the customer's cards; `update` also ``default_card`` (one of the cards, or its id).

    Raises, beside what every call does, `InvalidCardError`, `UsedTokenError` and `NotFoundError`, and changes nothing.

    Source: https://docs.omise.co/customers-api
    """

    object_name: ClassVar[str | None] = "customer"
    path: ClassVar[str | None] = "/customers"
    referable: ClassVar[bool] = True
    summary: ClassVar[tuple[str, ...]] = ("email", "description")

    id: str
    livemode: bool
    location: str
    deleted: bool
    metadata: dict[str, Any]
    email: str | None
    description: str | None
    created_at: datetime

    default_card: BelongsTo[Card] = belongs_to("Card", through="cards")
    """The card that is charged where none is named."""
    cards: HasMany[CardList] = has_many("CardList")
    linked_accounts: HasMany[List[LinkedAccount]] = has_many(of="LinkedAccount")
    schedules: HasMany[List[Schedule]] = has_many(of="Schedule")

    if TYPE_CHECKING:

        @classmethod
        def create(
            cls, attributes: CustomerCreate | Mapping[str, Any] | None = None, /, **params: Unpack[CustomerCreate]
        ) -> Self: ...
        def update(
            self, attributes: CustomerUpdate | Mapping[str, Any] | None = None, /, **params: Unpack[CustomerUpdate]
        ) -> Self: ...
        def save(
            self, attributes: CustomerUpdate | Mapping[str, Any] | None = None, /, **params: Unpack[CustomerUpdate]
        ) -> Self: ...

    @overload
    def charge(self, /, **params: Unpack[CustomerCharge]) -> Charge: ...
    @overload
    def charge(self, /, *, amount: Money, currency: Currency = ..., **params: Unpack[ChargeDetails]) -> Charge: ...
    @overload
    def charge(self, attributes: Mapping[str, Any], /, **params: Any) -> Charge: ...
    @record_verb
    @writes
    def charge(self, attributes: Mapping[str, Any] | None = None, /, **params: Any) -> Charge:
        """
        Charge the customer's default card, or the one given as ``card``, as `Charge.create` does.  POST /charges

        *params* are those of a charge: ``amount`` (in the smallest unit of ``currency``), ``currency``, …
        """
        options, fields = Options.split(params, attributes)
        self._refuse_if_destroyed()
        charge: Any = class_named("Charge")
        body, origin = charge._send("POST", charge.path, {**fields, "customer": self}, self._use(options), options)
        return cast_as(charge, body, origin)  # type: ignore[no-any-return]

    @record_verb
    def schedule(self, **params: Any) -> List[Schedule]:
        """The same as `list_schedules`, under its name in the official Python package."""
        return self.list_schedules(**params)

    @record_verb
    def list_schedules(self, **params: Any) -> List[Schedule]:
        """Fetch a page of the schedules that charge the customer, as `Listable.list`.  GET /customers/<id>/schedules"""
        return self.schedules(**params)

    @record_verb
    def list_cards(self, **params: Any) -> CardList:
        """Fetch a page of the customer's cards, as `Listable.list`.  GET /customers/<id>/cards"""
        return self.cards(**params)
