"""Rates of exchange."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..records.access import Options
from ..records.identity import check_id
from ..records.operations import Retrievable
from ..records.resource import Resource
from ..records.verbs import class_verb

if TYPE_CHECKING:
    from typing_extensions import Self


class Forex(Retrievable, Resource):
    """
    What one ``base`` is worth in ``quote``, the account's currency, Omise's margin included.

    Source: https://docs.omise.co/forex-api
    """

    object_name = "forex"
    summary = ("base", "quote", "rate")

    rate: float
    location: str
    livemode: bool
    base: str
    quote: str

    @class_verb
    def retrieve(cls, currency: str, attributes: Mapping[str, Any] | None = None, /, **params: Any) -> Self:
        """Fetch the rate of *currency* (``"usd"``, in any case).  GET /forex/<currency>"""
        options, params = Options.split(params, attributes)
        path = f"/forex/{check_id(currency, cls, 'currency').lower()}"
        return cls._build(*cls._class_call("GET", path, params, options))

    @class_verb
    def from_(cls, currency: str, attributes: Mapping[str, Any] | None = None, /, **params: Any) -> Self:
        """The same as `retrieve`, as the Ruby gem calls it."""
        return cls.retrieve(currency, attributes, **params)
