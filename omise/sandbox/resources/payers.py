"""
Who pays a charge, and with what: finding them by the ids in a request, and whether they can pay.

Source: https://docs.omise.co/charges-api
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..http.takes import Takes
from ..refusals import ApiError
from ..rules.methods import CARD, FOREIGN_BRANDS, METHODS, OFFLINE, TAKEN_BRANDS, Method
from ..rules.validation import looked_up
from ..state.store import Document
from ..state.workspace import Workspace
from . import source, token

__all__ = ["PAYERS", "Payer", "check_payer", "find_payer"]

INVALID = "invalid_charge"
THREE_D_SECURE = "3DS"
#: The status of a linked account that can be charged.
LINKED = "successful"

# What is wrong with a request. (inferred)
NO_PAYER = "one of card, customer, source, or linked_account must be given"
TWO_PAYERS = "only one of card, source, and linked_account can be given"
NO_CARD = "customer has no card"
NOT_LINKED = "linked account is not registered"
NO_RETURN_URI = "return uri is required"
OTHER_AMOUNT = "amount must be the amount of the source"
OTHER_CURRENCY = "currency must be the currency of the source"
USED_SOURCE = "source was already used"

# What is wrong with a request, as the API says it.
BRAND = "brand not supported"
CONVERSION = "the currency conversion could not be completed"


#: What says who pays.
PAYERS: Takes = dict.fromkeys(("card", "customer", "linked_account"), looked_up) | {"source": source.TAKEN}


@dataclass(frozen=True)
class Payer:
    """
    Who pays, and with what; all of it exists.

    Attributes:
        inline: The parameters of a source that is to be made with the charge.
    """

    customer: Document | None = None
    card: Document | None = None
    token: Document | None = None
    source: Document | None = None
    inline: Mapping[str, Any] | None = None
    linked_account: Document | None = None

    @property
    def method(self) -> Method:
        """How it is paid."""
        other = self.source or self.inline or self.linked_account
        return METHODS[other["type"]] if other else CARD


def find_payer(workspace: Workspace, params: Mapping[str, Any]) -> Payer:
    """What the ids in the parameters stand for, or ``not_found`` or ``used_token``."""
    card, customer_id, given, linked = (
        params.get(name) or None for name in ("card", "customer", "source", "linked_account")
    )
    payer = _find_card(workspace, card, customer_id)
    if given is not None:
        inline = given if isinstance(given, Mapping) else None
        payer = replace(payer, inline=inline, source=None if inline else workspace.find("source", given))
    if linked is not None:
        payer = replace(payer, linked_account=workspace.find("linked_account", linked))
    if payer == Payer():
        raise ApiError("not_found", NO_PAYER)
    if payer.customer and not (payer.card or payer.source or payer.inline or payer.linked_account):
        return _find_default(workspace, payer.customer)
    return payer


def _find_card(workspace: Workspace, card: Any, customer_id: Any) -> Payer:
    """A token, or a card of a customer; without a customer, an id can only be a token's."""
    if card is not None and not isinstance(card, str):  # the fields of a card belong to the vault (inferred)
        raise ApiError("invalid_card_token")
    if customer_id is None:
        if card is None:
            return Payer()
        unspent = token.unspent(workspace, card)
        return Payer(card=workspace.find("card", unspent["card"]), token=unspent)
    customer = workspace.find("customer", customer_id)
    return Payer(customer, workspace.find("card", card, parent=customer) if card else None)


def _find_default(workspace: Workspace, customer: Document) -> Payer:
    """The default card, or else the bank account that the customer linked last."""
    if customer["default_card"]:
        return Payer(customer, workspace.find("card", customer["default_card"], parent=customer))
    linked = [account for account in workspace.all("linked_account", customer) if account["status"] == LINKED]
    if not linked:
        raise ApiError(INVALID, NO_CARD)
    return Payer(customer, linked_account=linked[-1])


def check_payer(workspace: Workspace, payer: Payer, given: Mapping[str, Any]) -> Payer:
    """
    The payer, an inline source completed, who can pay what is *given*, the parameters of a charge, and come back.

    Raises `ApiError` otherwise.
    """
    if payer.inline is not None:
        common = {"amount": given["amount"], "currency": given["currency"]}
        payer = replace(payer, inline=source.checked(workspace, {**payer.inline, **common}))
    elif payer.source:
        _check_source(payer.source, given)
    elif payer.linked_account:
        _check_linked_account(workspace, payer.linked_account, given)
    if payer.card:
        _check_brand(workspace, payer.card, given["currency"])
    _check_single(payer)
    redirects = payer.method.flow not in ("", OFFLINE) or authentication(workspace, payer, given)
    if redirects and not given.get("return_uri"):
        raise ApiError(INVALID, NO_RETURN_URI)
    return payer


def _check_single(payer: Payer) -> None:
    """Some instalments take a card and a source; nothing else can be given together."""
    ways = [payer.card and not payer.method.with_card, payer.source or payer.inline, payer.linked_account]
    if sum(1 for way in ways if way) > 1:
        raise ApiError(INVALID, TWO_PAYERS)


def _check_source(source: Document, given: Mapping[str, Any]) -> None:
    if source["charge"]:
        raise ApiError(INVALID, USED_SOURCE)
    if source["amount"] != given["amount"]:
        raise ApiError(INVALID, OTHER_AMOUNT)
    if source["currency"] != given["currency"]:
        raise ApiError(INVALID, OTHER_CURRENCY)


def _check_linked_account(workspace: Workspace, account: Document, given: Mapping[str, Any]) -> None:
    home = workspace.account["currency"]
    if account["status"] != LINKED:
        raise ApiError(INVALID, NOT_LINKED)
    if given["currency"] != home:
        raise ApiError(INVALID, f"currency must be {home}")
    most = METHODS[account["type"]].most
    if most is not None and given["amount"] > most:
        limit = f"{most} ({home.lower()} subunits)"
        raise ApiError(INVALID, f"amount must be less than or equal to {limit}")


def _check_brand(workspace: Workspace, card: Document, code: str) -> None:
    if card["brand"] not in TAKEN_BRANDS:
        raise ApiError("brand_not_supported", BRAND)
    if code != workspace.account["currency"] and card["brand"] not in FOREIGN_BRANDS:
        raise ApiError("failed_multi_currency", CONVERSION)


def authentication(workspace: Workspace, payer: Payer, given: Mapping[str, Any]) -> str | None:
    """How the holder of a card has to prove to be it: as asked for, or as the account always wants it."""
    if payer.method is not CARD:
        return None
    return given.get("authentication") or (THREE_D_SECURE if workspace.account["three_d_secure"] else None)
