"""Cards of a customer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, cast

from ..errors import Error, OutcomeUnknown
from ..records.access import Options, Origin
from ..records.casting import class_named
from ..records.identity import check_id
from ..records.listing import LARGEST_PAGE, List
from ..records.operations import Destroyable, Retrievable, Updatable
from ..records.resource import Resource
from ..records.signatures import types_in
from ..records.verbs import record_verb, writes
from ..wire.encoding import encode
from .tokenization import find_token, make_token

if TYPE_CHECKING:
    from typing_extensions import Self, Unpack

    from ..records.parameters import CallOptions, RetrieveParameters
    from .customer import Customer
    from .parameters.card import CardData as CardData
    from .parameters.card import CardUpdate as CardUpdate
    from .parameters.card import KnownCard as KnownCard
    from .parameters.card import NewCard as NewCard
else:
    __getattr__ = types_in(".parameters.card", __name__)


class Card(Retrievable, Updatable, Destroyable, Resource):
    """
    A card that a customer keeps, or that a token stands for, or that a charge was made with; never its full number.

    ``Card.retrieve(customer, card)`` finds one, and so does ``customer.cards``. `update` takes ``name``,
    ``expiration_month``, ``expiration_year``, ``city`` and ``postal_code``; the card of a token or of a one-time charge
    has no address (its ``location`` is None) and cannot be changed.

    Source: https://docs.omise.co/cards-api
    """

    object_name: ClassVar[str | None] = "card"
    under: ClassVar[tuple[str, str] | None] = ("Customer", "cards")
    summary: ClassVar[tuple[str, ...]] = ("brand", "last_digits", "expiration_month", "expiration_year")

    id: str
    livemode: bool
    location: str | None
    deleted: bool
    street1: str | None
    street2: str | None
    city: str | None
    state: str | None
    phone_number: str | None
    postal_code: str | None
    country: str
    financing: str
    bank: str
    brand: str
    fingerprint: str
    """Equal for equal numbers, within one account."""
    first_digits: str | None
    last_digits: str
    name: str
    expiration_month: int
    expiration_year: int
    security_code_check: bool
    tokenization_method: str | None
    created_at: datetime

    if TYPE_CHECKING:

        @classmethod
        def retrieve(  # type: ignore[override]  # it is kept under a customer
            cls, customer: str | Customer, id: str | Self, /, **params: Unpack[RetrieveParameters]
        ) -> Self: ...
        def update(
            self, attributes: CardUpdate | Mapping[str, Any] | None = None, /, **params: Unpack[CardUpdate]
        ) -> Self: ...
        def save(
            self, attributes: CardUpdate | Mapping[str, Any] | None = None, /, **params: Unpack[CardUpdate]
        ) -> Self: ...


class CardList(List[Card]):
    """The cards of a customer, oldest first."""

    _holds = Card

    @record_verb
    @writes
    def create(self, card: NewCard, /, **params: Unpack[CallOptions]) -> Card:
        """
        Give the customer another card and return it; the customer's record and this list then hold it too.

        *card* is a dict of card data as `Token.create` takes it, a `Token`, or a token's id. The default card stays
        as it was, unless there was none.

        Raises `InvalidCardError`, `UsedTokenError`, `NotFoundError`.  PATCH /customers/<id>
        """
        options, fields = Options.split(params)
        owner, origin = self._owner, self._use(options)
        options = origin.client.begun(options)
        reading: Any = {"key": options.key, "timeout": options.timeout, "deadline": options.deadline}
        owner._refuse_if_destroyed()
        token, known = self._token(card, origin, options)
        before = set() if known else {one.id for one in self(limit=LARGEST_PAGE, **reading)}
        pending = owner.changes
        try:
            owner._fill(*owner._call("PATCH", params={**fields, "card": token}, options=options))
        except OutcomeUnknown as error:
            error.learn(wanted="card", **({"card": known} if known else {}))
            raise
        owner._changes = {**owner._changes, **pending}
        self._take_from(owner, options)
        if known:
            return next((one for one in self.data if one.id == known), None) or self.retrieve(known, **reading)
        for one in self(limit=LARGEST_PAGE, order="reverse_chronological", **reading):
            if one.id not in before:
                return one
        raise Error(f"{owner!r} took the card, but shows none that it had not before")

    def _take_from(self, owner: Customer, options: Options) -> None:
        """Hold the cards that *owner* has now."""
        cards = owner._attributes.get("cards")
        if isinstance(cards, Mapping) and not self._asked:
            self._address = self._path  # which lists within objects do not tell in older versions
            self._fill(dict(cards), owner._origin)
        else:
            self.reload(timeout=options.timeout, deadline=options.deadline)

    def _token(self, card: Any, origin: Origin, options: Options) -> tuple[str, str | None]:
        """Return the id of the token for *card*, and the id that the card will have where that can be told."""
        token = make_token(encode(card, "card"), origin, options) if isinstance(card, Mapping) else card
        if isinstance(token, str):
            token = find_token(check_id(token, Resource, "card"), origin, options) or token
        if isinstance(token, Resource):
            id = check_id(token, class_named("Token"), "card")
            return id, (token._attributes.get("card") or {}).get("id")
        return check_id(token, Resource, "card"), None

    @property
    def _owner(self) -> Customer:
        """The customer whose cards these are."""
        customer: Any = class_named("Customer")
        if isinstance(self._parent, customer):
            return cast("Customer", self._parent)
        data = {"object": "customer", "id": self._path.split("/")[2]}
        return cast("Customer", customer._build(data, self._origin, loaded=False))
