"""
The API's hosts. A sandbox that is reached by another name serves the routes of all of them.
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

__all__ = ["API", "CHECKOUT", "VAULT", "host_of", "is_api_host", "is_private_name", "is_same_origin"]

API, VAULT, CHECKOUT = "api", "vault", "checkout"
#: Names with dots in which nobody can have a domain on the internet. Source: RFC 6761, and the IANA's special-use names
PRIVATE = (".localhost", ".internal", ".test", ".local", ".home.arpa")

HOSTS = {"api.omise.co": API, "vault.omise.co": VAULT, "checkout-page.omise.co": CHECKOUT}


def host_of(header: str) -> str | None:
    """Which of them a ``Host`` header names; None for any other name."""
    return HOSTS.get(header.lower().partition(":")[0])


def is_api_host(header: str) -> bool:
    """Whether a ``Host`` header names one of the API's own hosts."""
    return host_of(header) is not None


def is_private_name(header: str) -> bool:
    """
    Whether a ``Host`` header names a machine by its address, or in a way in which no stranger can name it.

    A page on the internet can give a domain of its own this machine's address (DNS rebinding), but then says its name.
    """
    try:
        name = urlsplit(f"//{header}").hostname or ""
    except ValueError:  # half an IPv6 address
        return False
    return bool(name) and ("." not in name or name.endswith(PRIVATE) or _is_address(name))


def is_same_origin(header: str | None, host: str) -> bool:
    """Whether an ``Origin`` header, if there is one, says that a page of this same host asks."""
    return header is None or header.partition("://")[2].lower() == host.lower()


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
