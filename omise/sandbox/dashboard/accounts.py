"""
Which account is shown: those that there are, told by where and when they were opened, as no key is kept.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..state.clock import time_text
from ..state.store import Document, Selection, Transaction

__all__ = ["Choice", "choices", "preferred"]

#: How many can be chosen from; older ones are found by their address.
MOST = 50


@dataclass(frozen=True)
class Choice:
    """
    An account in the chooser.

    Attributes:
        events: How many things happened in it.
        last: When the last of them did, Unix time in milliseconds; 0 if nothing did.
    """

    id: str
    country: str
    livemode: bool
    opened: str
    events: int
    last: int


def choices(store: Transaction) -> list[Choice]:
    """The newest accounts, the newest first."""
    return [_choice(store, account) for account in store.accounts(MOST)]


def preferred(found: list[Choice]) -> Choice | None:
    """The one that is shown unless another is asked for: where something happened last."""
    return max(found, key=lambda choice: choice.last, default=None)


def _choice(store: Transaction, account: Document) -> Choice:
    events = Selection("event", account=account.id)
    last = store.select(events, reverse=True, limit=1)
    return Choice(
        id=account.id,
        country=account["country"],
        livemode=account.livemode,
        opened=time_text(account.created),
        events=store.count(events),
        last=last[0].created if last else 0,
    )
