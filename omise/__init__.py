"""
Omise payments as Python objects.

::

    import omise

    omise.secret_api_key = "skey_test_…"
    customer = omise.Customer.retrieve("cust_test_…").update(description="Returns every Tuesday")

Settings of the default account are attributes of this module; `Client` is another account.
"""

from .settings import install as _install
from .version import __version__

TYPE_CHECKING = False  # as checkers know it; typing would be most of the import
if TYPE_CHECKING:
    from collections.abc import Iterable

    from . import errors
    from . import sandbox as sandbox
    from . import telemetry as telemetry
    from .aio import aio as aio
    from .checks import Timeout
    from .client import Client, request
    from .errors import (
        APIConnectionError,
        APIError,
        ConfigurationError,
        DestroyedError,
        Error,
        OutcomeUnknown,
        SignatureError,
    )
    from .hooks import Hook, RequestInfo
    from .money import Money
    from .notices import BlockingWarning, UnknownParameterWarning
    from .records.access import using
    from .records.listing import List
    from .records.resource import Resource, json_default
    from .records.search import Search, SearchScope
    from .resolution import Done, NotDone, Resolved, StillUnknown
    from .resources import (
        Account,
        Balance,
        BankAccount,
        Capability,
        Card,
        CardList,
        Chain,
        Charge,
        ChargeList,
        CheckoutPayment,
        CheckoutSession,
        Customer,
        Dispute,
        Document,
        DocumentList,
        Event,
        Forex,
        Integration,
        Link,
        LinkedAccount,
        Occurrence,
        OccurrenceList,
        PaymentMethod,
        Receipt,
        Recipient,
        Refund,
        RefundList,
        Schedule,
        ScheduledCharge,
        ScheduledTransfer,
        Source,
        SubMerchant,
        SystemInfo,
        Token,
        Transaction,
        Transfer,
        WebhookDelivery,
        WebhookSecret,
    )
    from .resources.scheduler import Scheduler
    from .webhook import Webhook

    secret_api_key: str | None
    public_api_key: str | None
    app_key: str | None
    api_version: str | None
    api_url: str
    vault_url: str
    checkout_url: str
    timeout: Timeout
    deadline: float | None
    max_response_bytes: int
    max_retries: int
    user_agent_suffix: str | None
    reference_key: str | None
    allow_http_hosts: tuple[str, ...]
    max_concurrency: int
    requests_per_second: float
    limits_shared_by: str | None
    on_request: Hook | Iterable[Hook] | None
    on_response: Hook | Iterable[Hook] | None
    on_retry: Hook | Iterable[Hook] | None
    on_wait: Hook | Iterable[Hook] | None
    readonly: bool
    allow_raw_card: bool
    api_key: str | None
    api_secret: str | None
    vault_key: str | None
    api_public: str | None
    api_main: str
    api_vault: str

    Base = Resource
    Collection = LazyCollection = List

__all__ = [
    "APIConnectionError",
    "APIError",
    "Account",
    "Balance",
    "BankAccount",
    "Base",
    "BlockingWarning",
    "Capability",
    "Card",
    "CardList",
    "Chain",
    "Charge",
    "ChargeList",
    "CheckoutPayment",
    "CheckoutSession",
    "Client",
    "Collection",
    "ConfigurationError",
    "Customer",
    "DestroyedError",
    "Dispute",
    "Document",
    "DocumentList",
    "Done",
    "Error",
    "Event",
    "Forex",
    "Integration",
    "LazyCollection",
    "Link",
    "LinkedAccount",
    "List",
    "Money",
    "NotDone",
    "Occurrence",
    "OccurrenceList",
    "OutcomeUnknown",
    "PaymentMethod",
    "Receipt",
    "Recipient",
    "Refund",
    "RefundList",
    "RequestInfo",
    "Resolved",
    "Resource",
    "Schedule",
    "ScheduledCharge",
    "ScheduledTransfer",
    "Scheduler",
    "Search",
    "SearchScope",
    "SignatureError",
    "Source",
    "StillUnknown",
    "SubMerchant",
    "SystemInfo",
    "Token",
    "Transaction",
    "Transfer",
    "UnknownParameterWarning",
    "Webhook",
    "WebhookDelivery",
    "WebhookSecret",
    "__version__",
    "errors",
    "json_default",
    "request",
    "using",
]

_install(__name__)
