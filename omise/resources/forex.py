"""Rates of exchange."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from ..records.access import Options
from ..records.identity import check_id
from ..records.operations import Retrievable
from ..records.resource import Resource
from ..records.signatures import types_in
from ..records.verbs import class_verb

if TYPE_CHECKING:
    from typing_extensions import Self, Unpack

    from ..records.parameters import CallOptions
    from .parameters.common import Currency as Currency
else:
    __getattr__ = types_in(".parameters.common", __name__)


class Forex(Retrievable, Resource):
    """
    What one ``base`` is worth in ``quote``, the account's currency, Omise's margin included.

    Source: https://docs.omise.co/forex-api
    """

    object_name: ClassVar[str | None] = "forex"
    summary: ClassVar[tuple[str, ...]] = ("base", "quote", "rate")

    rate: float
    location: str
    livemode: bool
    base: str
    quote: str

    @class_verb
    def retrieve(  # type: ignore[override]  # by a currency
        cls, currency: Currency, attributes: Mapping[str, Any] | None = None, /, **params: Unpack[CallOptions]
    ) -> Self:
        """Fetch the rate of *currency* (``"usd"``, in any case).  GET /forex/<currency>"""
        options, fields = Options.split(params, attributes)
        path = f"/forex/{check_id(currency, cls, 'currency').lower()}"
        return cls._build(*cls._class_call("GET", path, fields, options))

    @class_verb
    def from_(
        cls, currency: Currency, attributes: Mapping[str, Any] | None = None, /, **params: Unpack[CallOptions]
    ) -> Self:
        """The same as `retrieve`, as the Ruby gem calls it."""
        return cls.retrieve(currency, attributes, **params)
