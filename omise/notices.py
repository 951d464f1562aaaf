"""The warnings of this package: what works, and is probably not what was meant."""

from __future__ import annotations

__all__ = ["BlockingWarning", "UnknownParameterWarning"]


class BlockingWarning(RuntimeWarning):
    """
    Something was fetched in a running event loop, and all of its tasks waited for it.

    Fetch it beforehand, with ``expand=True`` or ``await aio(record.reload)``, or call in a thread with `omise.aio`.
    """


class UnknownParameterWarning(UserWarning):
    """A parameter is sent that the API does not know, and that is nearly the name of one that it knows."""
