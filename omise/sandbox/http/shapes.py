"""
The fields of each object at the API's older versions, beside each other.

A row is one version of one kind of object: its fields in their order. It holds for the versions before it, too, down to
the next row. ``created=created_at`` is a field that is called ``created_at`` by now, ``location?`` one that is only
there where it is set; a field that an object does not have is left out. What is more than another name is in `VALUES`.
Kinds without a row have the fields of today, but for what `EVERYWHERE` says.

As the server shows them today, which is not what was recorded in their time: newer fields, by older names.

Source: https://docs.omise.co/api-versioning
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["ANY", "EVERYWHERE", "FORMATS", "FREE_FORM", "ROWS", "STUB", "VALUES", "WHOLE", "WHOLE_UNTIL_DELETED"]

Fields = Mapping[str, Any]

ANY = "*"

#: What kinds without a row are called otherwise in all older versions.
EVERYWHERE = "created=created_at"

LIST = "object from to offset limit total order location data"

ROWS: dict[str, dict[str, str]] = {
    "account": {
        "2017-11-02": """
            object id=team livemode location api_version auto_activate_recipients chain_enabled chain_return_uri country
            created=created_at currency email metadata_export_keys supported_currencies webhook_uri
            zero_interest_installments
        """
    },
    "balance": {
        "2017-11-02": "object livemode location currency total available=transferable reserve_amount=reserve",
    },
    "bank_account": {
        "2017-11-02": """
            object last_digits name account_type=type created=created_at brand=bank_code bank_code branch_code
        """
    },
    "capability": {
        "2017-11-02": """
            object location banks limits payment_backends tokenization_methods zero_interest_installments
        """
    },
    "card": {
        "2017-11-02": """
            object id livemode location? street1 street2 city state phone_number postal_code country financing bank
            brand fingerprint first_digits last_digits name expiration_month expiration_year security_code_check
            tokenization_method created=created_at
        """,
        "2014-07-27": """
            object id livemode location? street1 street2 city state phone_number postal_code country financing
            brand fingerprint first_digits last_digits name expiration_month expiration_year security_code_check
            tokenization_method created=created_at
        """,
    },
    "charge": {
        "2017-11-02": """
            object id livemode location amount currency description metadata status capture
            authorized reversed paid transaction refunded=refunded_amount refunds return_uri
            reference authorize_uri failure_code failure_message card customer ip dispute created=created_at source
            source_of_fund offsite offline authorization_type authorized_amount captured_amount
            acquirer_reference_number approval_code branch can_perform_void capturable device disputable expired
            expired_at expires_at funding_amount funding_currency link paid_at refundable reversed_at
            reversible schedule terminal transaction_fees unmanaged_payment voided
        """,
        "2015-11-17": """
            object id livemode location amount currency description metadata status capture
            authorized reversed paid transaction refunded=refunded_amount refunds return_uri
            reference authorize_uri failure_code failure_message card customer ip dispute created=created_at
            source_of_fund offsite offline
            acquirer_reference_number approval_code branch can_perform_void capturable device disputable expired
            expired_at expires_at funding_amount funding_currency link paid_at refundable reversed_at
            reversible schedule terminal transaction_fees unmanaged_payment voided
        """,
        "2014-07-27": """
            object id livemode location amount currency description metadata capture
            authorized reversed captured=paid transaction refunded=refunded_amount refunds return_uri
            reference authorize_uri failure_code failure_message card customer ip dispute created=created_at
            source_of_fund offsite offline
            acquirer_reference_number approval_code branch can_perform_void capturable device disputable expired
            expired_at expires_at funding_amount funding_currency link captured_at=paid_at refundable reversed_at
            reversible schedule terminal transaction_fees unmanaged_payment voided
        """,
    },
    "customer": {
        "2017-11-02": "object id livemode location metadata cards default_card description email created=created_at",
    },
    "dispute": {
        "2017-11-02": """
            object id livemode location currency amount funding_amount funding_currency metadata charge documents
            transaction admin_message message reason_code reason_message status closed_at created=created_at
        """
    },
    "event": {
        "2017-11-02": "object id livemode location data key created=created_at",
    },
    "forex": {
        "2017-11-02": "object rate location livemode from=base to=quote",
    },
    "link": {
        "2017-11-02": """
            object id livemode location deleted multiple used currency amount charges description title payment_uri
            created=created_at
        """
    },
    "list": {"2017-11-02": LIST},
    "occurrence": {
        "2017-11-02": """
            object livemode location id result schedule message status processed_at created=created_at
            schedule_date=scheduled_on retry_date=retry_on execute_time split_metadata transfer_amount
        """
    },
    "receipt": {
        "2017-11-02": """
            object id location credit_note charge_fee transaction_fee subtotal transfer_fee voided_fee vat wht total
            company_address company_name company_tax_id currency customer_address customer_email customer_name
            customer_statement_name customer_tax_id number date=issued_on adjustment_transaction
        """
    },
    "receipt_list": {"2017-11-02": LIST},
    "recipient": {
        "2017-11-02": """
            object id livemode location bank_account active default verified description email failure_code name tax_id
            type created=created_at schedule metadata verified_at activated_at
        """
    },
    "refund": {
        "2017-11-02": """
            object id location livemode voided currency amount metadata charge capture terminal transaction
            funding_amount funding_currency created=created_at
        """
    },
    "schedule": {
        "2017-11-02": """
            object id deleted livemode location every occurrences on in_words period status active state charge transfer
            next_occurrence_dates=next_occurrences_on ended_at start_date=start_on end_date=end_on created=created_at
            execute_time deleted_by
        """
    },
    "scheduled_charge": {
        "2017-11-02": """
            object id livemode currency amount default_card card customer linked_account description metadata
        """
    },
    "scheduled_transfer": {
        "2017-11-02": "object id livemode amount currency percentage_of_balance recipient",
    },
    "transaction": {
        "2017-11-02": """
            object id currency amount location type=direction source=origin transferable=transferable_at
            created=created_at
        """
    },
    "transfer": {
        "2017-11-02": """
            object id livemode location fail_fast paid sent sendable currency amount fee metadata recipient bank_account
            failure_code failure_message paid_at sent_at created=created_at transaction schedule
        """
    },
}

#: What was left of a deleted object, wherever it is shown.
STUB = ("object", "id", "livemode", "deleted")
#: What came back whole, though it was deleted; a link does when it is read, but not from its deletion.
WHOLE = frozenset({"schedule"})
WHOLE_UNTIL_DELETED = frozenset({"link"})

#: A merchant's own words, and what an event holds, which is in a version of its own: never translated.
FREE_FORM = frozenset(
    {(ANY, "metadata"), ("event", "data"), ("source", "items"), ("source", "billing"), ("source", "shipping")}
)

PAYMENT = re.compile(r"(?:paym|pay2|ofsp)_\w+")

#: How the capability names the methods that had another name, and their kinds.
BACKENDS: dict[str, str] = {"card": "credit_card"}
BACKEND_TYPES = ("installment", "internet_banking")


def reference(charge: Fields) -> str | None:
    """The payment in the payer's address. (inferred)"""
    payment = PAYMENT.search(charge["authorize_uri"] or "")
    return payment[0] if payment else None


def source_of_fund(charge: Fields) -> str:
    """The kind of money."""
    if charge["source"] is None:
        return "card"
    return "offline" if charge["source"]["flow"] == "offline" else "offsite"


def method_of(kind: str) -> Callable[[Fields], str | None]:
    """The method outside of cards, in the field of its kind. (inferred)"""
    return lambda charge: charge["source"]["type"] if source_of_fund(charge) == kind else None


def newest_transaction(fields: Fields) -> str | None:
    """The id of one transaction, where there is a list of them now, newest first. (inferred)"""
    return fields["transactions"][0]["id"] if fields["transactions"] else None


def limits(capability: Fields) -> dict[str, Any]:
    """Those that there were before instalments had one."""
    return {name: bounds for name, bounds in capability["limits"].items() if name != "installment_amount"}


def payment_backends(capability: Fields) -> list[dict[str, Any]]:
    """An object with one key for each payment method."""
    return [
        {BACKENDS.get(str(method["name"]), str(method["name"])): backend(method, capability["limits"])}
        for method in capability["payment_methods"]
    ]


def backend(method: Fields, limits: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    """What there was to say of a payment method. The amounts are the account's, where a method has none. (inferred)"""
    name = method["name"]
    fields: dict[str, Any] = {"type": next((kind for kind in BACKEND_TYPES if name.startswith(kind)), name)}
    fields["currencies"] = lower(method["currencies"])
    if name == "card":
        return fields | {"brands": method["card_brands"]}
    amount = {"min": limits["charge_amount"]["min"], "max": limits["charge_amount"]["max"]}
    if fields["type"] == "installment":
        fields["allowed_installment_terms"] = method["installment_terms"]
        amount["min"] = limits["installment_amount"]["min"]
    return fields | {"amount": amount}


def running_is_active(status: str) -> str:
    """What it was called that a schedule runs."""
    return "active" if status == "running" else status


def lower(value: Any) -> Any:
    """A currency, or several, in lower case."""
    return [lower(code) for code in value] if isinstance(value, list) else value.lower()


#: Fields that are made of the whole object of today.
VALUES: dict[tuple[str, str], Callable[[Fields], Any]] = {
    ("capability", "limits"): limits,
    ("capability", "payment_backends"): payment_backends,
    ("charge", "offline"): method_of("offline"),
    ("charge", "offsite"): method_of("offsite"),
    ("charge", "reference"): reference,
    ("charge", "source_of_fund"): source_of_fund,
    ("dispute", "transaction"): newest_transaction,
    ("transfer", "transaction"): newest_transaction,
}

#: Fields whose value is written in another way, by their older name. (inferred for all currencies but ``currency``)
FORMATS: dict[tuple[str, str], Callable[[Any], Any]] = {
    (ANY, "currency"): lower,
    (ANY, "funding_currency"): lower,
    ("account", "supported_currencies"): lower,
    ("forex", "from"): lower,
    ("forex", "to"): lower,
    ("schedule", "status"): running_is_active,
}
