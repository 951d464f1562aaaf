"""
When things happen by themselves: life spans, delays, and hours of the day, in one table.

Each carries its mark: whether it is documented, recorded, or what the sandbox assumes.
"""

from __future__ import annotations

from datetime import time, timedelta

from .provenance import DOCUMENTED, INFERRED, NOTED, RECORDED, fact

__all__ = ["milliseconds"]

# Charges and refunds

#: For how long an authorisation holds, see `countries`; what a payer has of each method, see `methods`.
CHARGE_EXPIRES_AFTER = fact(timedelta(days=7), RECORDED, "a charge expires, where its method says nothing else")
#: Banks' pages, instalments, PromptPay, and the codes of bills.
CHARGE_EXPIRES_SOON_AFTER = fact(timedelta(days=1), RECORDED, "a charge expires where a payer has to hurry")
#: A charge of a card can be voided until it is settled. In test mode that never happens.
CHARGE_SETTLED_AFTER = fact(timedelta(days=1), INFERRED, "a charge is settled, in live mode")
REFUNDABLE_FOR = fact(timedelta(days=365), DOCUMENTED, "a charge can no longer be refunded")
#: In test mode at once.
CREDIT_TRANSFERABLE_AFTER = fact(timedelta(days=7), INFERRED, "the money of a charge can be transferred, in live mode")

# Schedules

#: The daily batches, in UTC.
CHARGE_RUNS_AT = fact(time(1, 30), RECORDED, "scheduled charges are made, each day, UTC")
TRANSFER_RUNS_AT = fact(time(1, 5), RECORDED, "scheduled transfers are made, each day, UTC")
RUN_RETRIED_AFTER = fact(timedelta(days=2), RECORDED, "a run of a schedule that failed is tried a second time")
#: What the events of a new schedule write their times in.
EVENT_OFFSET = fact(timedelta(hours=7), RECORDED, "the offset of the times in events of `schedule.create`")

# Transfers and recipients in live mode; in test mode requests mark them.

TRANSFER_SENT_AFTER = fact(timedelta(days=1), INFERRED, "a transfer is sent, in live mode")
TRANSFER_PAID_AFTER = fact(timedelta(days=1), INFERRED, "a transfer that was sent is paid, in live mode")
RECIPIENT_VERIFIED_AFTER = fact(timedelta(days=2), DOCUMENTED, "a recipient is verified, in live mode")

# Receipts

#: The business day is Bangkok's, seven hours before UTC; its receipt is made an hour after it ends.
RECEIPT_DAY_STARTS_AT = fact(timedelta(hours=-7), INFERRED, "the day of a receipt begins, against UTC")
RECEIPT_MADE_AFTER = fact(timedelta(hours=1), INFERRED, "a receipt is made, after its day")

# Webhooks

WEBHOOK_TIMEOUT = fact(timedelta(seconds=10), INFERRED, "an endpoint that does not answer has failed")
#: How long after each failed attempt the next one follows; after the last of these always as long as that.
WEBHOOK_RETRIED_AFTER = fact(
    (
        timedelta(minutes=1),
        timedelta(minutes=5),
        timedelta(minutes=15),
        timedelta(hours=1),
        timedelta(hours=3),
        timedelta(hours=6),
        timedelta(hours=12),
        timedelta(hours=24),
        timedelta(hours=48),
    ),
    INFERRED,
    "a webhook that failed is sent again, each time after the one before",
)
#: Counted from the event.
WEBHOOK_GIVEN_UP_AFTER = fact(timedelta(days=7), INFERRED, "a webhook is given up")
WEBHOOK_SECRET_GRACE = fact(timedelta(hours=24), NOTED, "a webhook secret that was replaced no longer signs")

# Linked accounts

LINKED_ACCOUNT_EXPIRES_AFTER = fact(timedelta(days=1), DOCUMENTED, "a linked account that nobody registered expires")


def milliseconds(span: timedelta) -> int:
    """A span in the unit of the sandbox's times."""
    return span // timedelta(milliseconds=1)
