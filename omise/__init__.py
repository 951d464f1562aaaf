"""
Omise payments as Python objects.

::

    import omise

    omise.secret_api_key = "skey_test_…"
    customer = omise.Customer.retrieve("cust_test_…").update(description="Returns every Tuesday")

Settings of the default account are attributes of this module; `Client` is another account.
"""

from typing import TYPE_CHECKING

from . import errors
from .client import Client, using
from .errors import (
    APIConnectionError,
    APIError,
    ConfigurationError,
    DestroyedError,
    Error,
    OutcomeUnknown,
    SignatureError,
)
from .listing import List
from .resource import Resource
from .resources import Card, CardList, Customer, Token
from .settings import install as _install
from .version import __version__

if TYPE_CHECKING:
    from . import sandbox as sandbox
    from .config import Timeout

    secret_api_key: str | None
    public_api_key: str | None
    app_key: str | None
    api_version: str | None
    api_url: str
    vault_url: str
    timeout: Timeout
    max_retries: int
    user_agent_suffix: str | None
    api_key: str | None
    api_secret: str | None
    vault_key: str | None
    api_public: str | None
    api_main: str
    api_vault: str

Base = Resource
Collection = List

__all__ = [
    "APIConnectionError",
    "APIError",
    "Base",
    "Card",
    "CardList",
    "Client",
    "Collection",
    "ConfigurationError",
    "Customer",
    "DestroyedError",
    "Error",
    "List",
    "OutcomeUnknown",
    "Resource",
    "SignatureError",
    "Token",
    "__version__",
    "errors",
    "using",
]

_install(__name__)
