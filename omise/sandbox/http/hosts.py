"""
The API's hosts. A sandbox that is reached by another name serves the routes of all of them.
"""

from __future__ import annotations

import re
from ipaddress import ip_address

__all__ = ["API", "CHECKOUT", "PLAIN_HOST", "VAULT", "host_of", "is_api_host", "is_private_name", "is_same_origin"]

API, VAULT, CHECKOUT = "api", "vault", "checkout"
#: Hosts that can stand in an address as they are: a name or an address, and a port.
PLAIN_HOST = re.compile(r"(?:([A-Za-z0-9._-]+)|\[([0-9A-Fa-f:.]+)\])(?::[0-9]+)?")
#: How names with dots end that nobody can have on the internet, nor announce in a network. Source: RFC 6761, and ICANN
PRIVATE = (".localhost", ".internal", ".test")

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
    found = PLAIN_HOST.fullmatch(header.lower())
    if found is None:
        return False
    name, address = found.groups()
    return _is_address(address or name) or (address is None and ("." not in name or name.endswith(PRIVATE)))


def is_same_origin(header: str | None, host: str) -> bool:
    """Whether an ``Origin`` header, if there is one, says that a page of this same host asks."""
    return header is None or header.partition("://")[2].lower() == host.lower()


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
