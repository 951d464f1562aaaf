"""Which module has which name of the public face, and which class the API's objects become: each loaded when needed."""

from __future__ import annotations

import sys

from .importing import imported

TYPE_CHECKING = False  # as checkers know it; typing would be most of the import
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

PACKAGE = __name__.rpartition(".")[0]

RESOURCES: dict[str, tuple[str, ...]] = {
    "account": ("Account", "MetadataExportKeys", "TransferConfig"),
    "balance": ("Balance",),
    "bank_account": ("BankAccount",),
    "capability": ("AmountLimits", "Bank", "Capability", "InstallmentLimits", "Limits", "PaymentMethod"),
    "card": ("Card", "CardList"),
    "chain": ("Chain",),
    "charge": ("Charge", "ChargeList", "PlatformFee", "TransactionFees"),
    "checkout_session": ("CheckoutPayment", "CheckoutSession"),
    "customer": ("Customer",),
    "dispute": ("Dispute",),
    "document": ("Document", "DocumentList"),
    "event": ("Event", "WebhookDelivery"),
    "forex": ("Forex",),
    "integration": ("Integration",),
    "link": ("Link",),
    "linked_account": ("LinkedAccount",),
    "occurrence": ("Occurrence", "OccurrenceList"),
    "phrases": (),
    "receipt": ("Receipt",),
    "recipient": ("Recipient",),
    "refund": ("Refund", "RefundList"),
    "schedulable": ("Schedulable",),
    "schedule": ("Days", "Schedule", "ScheduledCharge", "ScheduledTransfer"),
    "scheduler": ("Scheduler",),
    "source": ("Address", "Item", "ProviderReferences", "References", "ScannableCode", "Source"),
    "sub_merchant": ("SubMerchant",),
    "system_info": ("SystemInfo",),
    "token": ("Token",),
    "tokenization": ("TakesCard",),
    "transaction": ("Transaction",),
    "transfer": ("Transfer",),
    "ways": (),
    "webhook_secret": ("WebhookSecret",),
}
"""The modules of `omise.resources`, each with its classes."""

OTHERS: dict[str, tuple[str, ...]] = {
    "client": ("Client", "request"),
    "errors": (
        "APIConnectionError",
        "APIError",
        "ConfigurationError",
        "DestroyedError",
        "Error",
        "OutcomeUnknown",
        "SignatureError",
    ),
    "hooks": ("RequestInfo",),
    "money": ("Money",),
    "notices": ("BlockingWarning", "UnknownParameterWarning"),
    "records.access": ("using",),
    "records.listing": ("List",),
    "records.resource": ("Resource", "json_default"),
    "records.search": ("Search", "SearchScope"),
    "resolution": ("Done", "NotDone", "Resolved", "StillUnknown"),
    "webhook": ("Webhook",),
}
"""What else is public, by its module."""

MODULES: dict[str, str] = {
    name: f"{PACKAGE}.{module}"
    for table in ({f"resources.{module}": names for module, names in RESOURCES.items()}, OTHERS)
    for module, names in table.items()
    for name in names
}
"""The module of each name."""

OBJECTS = {
    "account": "Account",
    "balance": "Balance",
    "bank_account": "BankAccount",
    "barcode": "ScannableCode",
    "capability": "Capability",
    "card": "Card",
    "chain": "Chain",
    "charge": "Charge",
    "checkout_session": "CheckoutSession",
    "customer": "Customer",
    "dispute": "Dispute",
    "document": "Document",
    "event": "Event",
    "forex": "Forex",
    "integration": "Integration",
    "link": "Link",
    "linked_account": "LinkedAccount",
    "list": "List",
    "occurrence": "Occurrence",
    "payment_method": "PaymentMethod",
    "receipt": "Receipt",
    "receipt_list": "List",
    "recipient": "Recipient",
    "refund": "Refund",
    "schedule": "Schedule",
    "scheduled_charge": "ScheduledCharge",
    "scheduled_transfer": "ScheduledTransfer",
    "search": "Search",
    "source": "Source",
    "sub_merchant": "SubMerchant",
    "system_info": "SystemInfo",
    "token": "Token",
    "transaction": "Transaction",
    "transfer": "Transfer",
    "webhook_delivery": "WebhookDelivery",
    "webhook_secret": "WebhookSecret",
}
"""The class of each kind of object, by the text of its ``object`` field."""


def find(name: str) -> Any:
    """Return what is public under *name*; raises KeyError if nothing is."""
    return getattr(imported(MODULES[name]), name)


def load(name: str) -> None:
    """Load the module that has *name*, if one is known: then its classes are registered."""
    if name in MODULES:
        imported(MODULES[name])


def finder(module: str, names: Iterable[str]) -> Callable[[str], Any]:
    """Return a ``__getattr__`` for the package *module*: *names*, and its own modules, are loaded when first used."""

    def find_here(name: str) -> Any:
        if name in names:
            found = find(name)
        elif name in RESOURCES:
            found = imported(f"{module}.{name}")
        else:
            raise AttributeError(f"module {module!r} has no attribute {name!r}", name=name)
        vars(sys.modules[module])[name] = found  # found at once from now on
        return found

    return find_here
