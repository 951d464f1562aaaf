"""Types of the words that the fields of `Event` have."""

from __future__ import annotations

from typing import Literal

from ..card import Card
from ..charge import Charge
from ..customer import Customer
from ..dispute import Dispute
from ..link import Link
from ..linked_account import LinkedAccount
from ..recipient import Recipient
from ..refund import Refund
from ..schedule import Schedule
from ..transfer import Transfer

EventData = Card | Charge | Customer | Dispute | Link | LinkedAccount | Recipient | Refund | Schedule | Transfer
"""What something happened to; ``isinstance`` tells which."""

EventKey = Literal[
    "card.destroy",
    "card.update",
    "charge.capture",
    "charge.complete",
    "charge.create",
    "charge.expire",
    "charge.reverse",
    "charge.update",
    "customer.create",
    "customer.destroy",
    "customer.update",
    "customer.update.card",
    "dispute.accept",
    "dispute.close",
    "dispute.create",
    "dispute.update",
    "link.create",
    "recipient.activate",
    "recipient.create",
    "recipient.deactivate",
    "recipient.destroy",
    "recipient.update",
    "recipient.verify",
    "refund.create",
    "schedule.create",
    "schedule.destroy",
    "schedule.expire",
    "schedule.expiring",
    "schedule.suspend",
    "transfer.create",
    "transfer.destroy",
    "transfer.fail",
    "transfer.pay",
    "transfer.send",
    "transfer.update",
]
"""What happened.  Source: https://docs.omise.co/api-webhooks"""
