"""Every resource of the API, a file each, loaded when it is first used."""

from ..directory import finder

TYPE_CHECKING = False  # as checkers know it; typing would be most of the import
if TYPE_CHECKING:
    from .account import Account
    from .balance import Balance
    from .bank_account import BankAccount
    from .capability import Capability, PaymentMethod
    from .card import Card, CardList
    from .chain import Chain
    from .charge import Charge, ChargeList
    from .checkout_session import CheckoutPayment, CheckoutSession
    from .customer import Customer
    from .dispute import Dispute
    from .document import Document, DocumentList
    from .event import Event, WebhookDelivery
    from .forex import Forex
    from .integration import Integration
    from .link import Link
    from .linked_account import LinkedAccount
    from .occurrence import Occurrence, OccurrenceList
    from .receipt import Receipt
    from .recipient import Recipient
    from .refund import Refund, RefundList
    from .schedule import Schedule, ScheduledCharge, ScheduledTransfer
    from .source import Source
    from .sub_merchant import SubMerchant
    from .system_info import SystemInfo
    from .token import Token
    from .transaction import Transaction
    from .transfer import Transfer
    from .webhook_secret import WebhookSecret

__all__ = [
    "Account",
    "Balance",
    "BankAccount",
    "Capability",
    "Card",
    "CardList",
    "Chain",
    "Charge",
    "ChargeList",
    "CheckoutPayment",
    "CheckoutSession",
    "Customer",
    "Dispute",
    "Document",
    "DocumentList",
    "Event",
    "Forex",
    "Integration",
    "Link",
    "LinkedAccount",
    "Occurrence",
    "OccurrenceList",
    "PaymentMethod",
    "Receipt",
    "Recipient",
    "Refund",
    "RefundList",
    "Schedule",
    "ScheduledCharge",
    "ScheduledTransfer",
    "Source",
    "SubMerchant",
    "SystemInfo",
    "Token",
    "Transaction",
    "Transfer",
    "WebhookDelivery",
    "WebhookSecret",
]

if not TYPE_CHECKING:
    __getattr__ = finder(__name__, __all__)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
