"""
When things happen by themselves: life spans, delays, and hours of the day, in one table.

What is marked "inferred" is not told by the API's documentation; it is what the sandbox assumes.
"""

from __future__ import annotations

from datetime import time, timedelta

__all__ = ["milliseconds"]

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


def milliseconds(span: timedelta) -> int:
    """A span in the unit of the sandbox's times."""
    return span // timedelta(milliseconds=1)
