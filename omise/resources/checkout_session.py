"""
Checkout sessions: pages of Omise on which payers choose how to pay.

Inferred from two official plugins, as there is no page of reference: host, path, parameters and fields. What values
``status`` has, and what errors look like, is not known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, overload

from ..records.associations import class_for
from ..records.casting import cast_as
from ..records.operations import Creatable, Retrievable
from ..records.resource import Resource
from ..records.signatures import types_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from typing_extensions import Self, Unpack

    from ..config import Host
    from ..money import Money
    from .charge import Charge
    from .parameters.checkout_session import CheckoutSessionCreate as CheckoutSessionCreate
    from .parameters.checkout_session import CheckoutSessionDetails as CheckoutSessionDetails
    from .parameters.checkout_session import CheckoutStyle as CheckoutStyle
    from .parameters.checkout_session import RedirectURLs as RedirectURLs
    from .parameters.common import Currency
else:
    __getattr__ = types_in(".parameters.checkout_session", __name__)


class CheckoutPayment(Resource):
    """One attempt to pay a `CheckoutSession`."""

    summary: ClassVar[tuple[str, ...]] = ("charge_id", "status")

    charge_id: str | None
    status: str

    @property
    def charge(self) -> Charge | None:
        """The `Charge`, of which only the id is known until more is read; None where there is no ``charge_id``."""
        if self.charge_id is None:
            return None
        made = self._store("charge")
        if "charge" not in made:
            known = {"object": "charge", "id": self.charge_id}
            made["charge"] = cast_as(class_for("Charge"), known, self._origin, loaded=False)
        return made["charge"]  # type: ignore[no-any-return]


class CheckoutSession(Creatable, Retrievable, Resource):
    """
    A page of Omise's, at ``redirect_url``, on which a payer picks one of several ways to pay, and pays.

    `create` takes ``amount`` (in the smallest unit of ``currency``), ``currency`` and ``redirect_urls``, a dict of
    ``complete_url``, which the payer comes back to with the charge's id as ``chargeId``, and ``cancel_url``; further
    ``payment_methods`` (types of sources, ``"card"``, ``"mobile_banking"``), ``order_id``, ``description``,
    ``metadata``, ``auto_capture=False`` to capture later, ``locale`` (two letters) and ``style`` (a dict of
    ``theme_color`` and ``text_color``).

    Sent to ``omise.checkout_url`` with the secret key. There is no page of reference: inferred from official plugins.
    """

    object_name: ClassVar[str | None] = "checkout_session"
    path: ClassVar[str | None] = "/api/sessions"
    host: ClassVar[Host] = "checkout"
    harmless: ClassVar[bool] = True
    summary: ClassVar[tuple[str, ...]] = ("status",)
    _parts = {"payments": CheckoutPayment}

    id: str
    redirect_url: str
    status: str
    payments: list[CheckoutPayment]
    """The attempts to pay so far; each leads to its charge."""

    if TYPE_CHECKING:

        @overload
        @classmethod
        def create(cls, /, **params: Unpack[CheckoutSessionCreate]) -> Self: ...
        @overload
        @classmethod
        def create(
            cls, /, *, amount: Money, currency: Currency = ..., **params: Unpack[CheckoutSessionDetails]
        ) -> Self: ...
        @overload
        @classmethod
        def create(cls, attributes: Mapping[str, Any], /, **params: Any) -> Self: ...
        @classmethod
        def create(cls, attributes: Any = None, /, **params: Any) -> Self: ...
