"""
The API's hosts. A sandbox that is reached by another name serves the routes of all of them.
"""

from __future__ import annotations

__all__ = ["API", "CHECKOUT", "VAULT", "host_of", "is_api_host"]

API, VAULT, CHECKOUT = "api", "vault", "checkout"
HOSTS = {"api.omise.co": API, "vault.omise.co": VAULT, "checkout-page.omise.co": CHECKOUT}


def host_of(header: str) -> str | None:
    """Which of them a ``Host`` header names; None for any other name."""
    return HOSTS.get(header.lower().partition(":")[0])


def is_api_host(header: str) -> bool:
    """Whether a ``Host`` header names one of the API's own hosts."""
    return host_of(header) is not None
