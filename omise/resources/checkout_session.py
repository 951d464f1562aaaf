"""
Checkout sessions: pages of Omise on which payers choose how to pay.

Inferred from two official plugins, as there is no page of reference: host, path, parameters and fields. What values
``status`` has, and what errors look like, is not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..records.associations import class_for
from ..records.casting import cast, cast_as
from ..records.operations import Creatable, Retrievable
from ..records.resource import Resource

if TYPE_CHECKING:
    from .charge import Charge


class CheckoutPayment(Resource):
    """One attempt to pay a `CheckoutSession`."""

    summary = ("charge_id", "status")

    charge_id: str | None
    status: str

    @property
    def charge(self) -> Charge | None:
        """The `Charge`, of which only the id is known until more is read; None where there is no ``charge_id``."""
        if self.charge_id is None:
            return None
        if "charge" not in self._cast:
            known = {"object": "charge", "id": self.charge_id}
            self._cast["charge"] = cast_as(class_for("Charge"), known, self._origin, loaded=False)
        return self._cast["charge"]  # type: ignore[no-any-return]


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

    object_name = "checkout_session"
    path = "/api/sessions"
    host = "checkout"
    harmless = True
    summary = ("status",)

    id: str
    redirect_url: str
    status: str
    payments: list[CheckoutPayment]
    """The attempts to pay so far; each leads to its charge."""

    def _read(self, name: str) -> Any:
        # A payment has no ``object``, which its class would be found by.
        if name == "payments" and name not in self._changes and name not in self._cast:
            payments = self._raw(name)
            self._cast[name] = self._payments(payments) if isinstance(payments, list) else cast(payments, self._origin)
        return super()._read(name)

    def _payments(self, payments: list[Any]) -> list[Any]:
        return [
            cast_as(CheckoutPayment, each, self._origin) if isinstance(each, Mapping) else each for each in payments
        ]
