"""
When things happen by themselves: life spans, delays, and hours of the day, in one table.

What is marked "inferred" is not told by the API's documentation; it is what the sandbox assumes.
"""

from __future__ import annotations

from datetime import time, timedelta

__all__ = ["milliseconds"]

# Charges and refunds

#: Expiry of a charge that nothing else is known of. For how long an authorisation holds, see `countries`.
CHARGE_EXPIRES_AFTER = timedelta(days=7)
#: Expiry where a payer has to hurry: banks' pages, instalments, and the codes of bills.
CHARGE_EXPIRES_SOON_AFTER = timedelta(days=1)
#: A charge of a card can be voided until it is settled. In test mode that never happens. (inferred)
CHARGE_SETTLED_AFTER = timedelta(days=1)
REFUNDABLE_FOR = timedelta(days=365)
#: When the money of a charge can be transferred, in live mode; in test mode at once. (inferred)
CREDIT_TRANSFERABLE_AFTER = timedelta(days=7)

# Schedules

#: The daily batches, in UTC.
CHARGE_RUNS_AT = time(1, 30)
TRANSFER_RUNS_AT = time(1, 5)
#: When a run that failed is tried a second time.
RUN_RETRIED_AFTER = timedelta(days=2)

# Transfers and recipients in live mode; in test mode requests mark them. (inferred)

TRANSFER_SENT_AFTER = timedelta(days=1)
TRANSFER_PAID_AFTER = timedelta(days=1)
RECIPIENT_VERIFIED_AFTER = timedelta(days=2)

# Receipts

#: The business day is Bangkok's, seven hours before UTC; its receipt is made an hour after it ends.
RECEIPT_DAY_STARTS_AT = timedelta(hours=-7)
RECEIPT_MADE_AFTER = timedelta(hours=1)


# Webhooks (inferred)

WEBHOOK_TIMEOUT = timedelta(seconds=10)
#: How long after each failed attempt the next one follows; after the last of these always as long as that.
WEBHOOK_RETRIED_AFTER = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
    timedelta(hours=48),
)
#: Counted from the event.
WEBHOOK_GIVEN_UP_AFTER = timedelta(days=7)
#: How long a secret that was replaced goes on signing.
WEBHOOK_SECRET_GRACE = timedelta(hours=24)

# Linked accounts

LINKED_ACCOUNT_EXPIRES_AFTER = timedelta(days=1)


def milliseconds(span: timedelta) -> int:
    """A span in the unit of the sandbox's times."""
    return span // timedelta(milliseconds=1)
