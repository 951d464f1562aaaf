"""A marketplace: sellers, their payouts, and a subscription, over three months. `make marketplace` runs it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import transcript

import omise
from omise.resources.card import CardData


def turn_clock(days: int) -> Any:
    """Let *days* go by in the sandbox, and return the time: whatever is due by then happens."""
    return omise.request("POST", "/_sandbox/clock", days=days).now


def guide() -> None:
    """Buyers pay, sellers are paid out, and a subscription runs for three months, by the sandbox's clock."""
    # 1. Sellers are recipients: bank accounts that Omise checks before anything is transferred to them.

    somchai = omise.Recipient.create(
        name="Somchai Prasert",
        email="somchai@example.com",
        type="individual",
        bank_account={"name": "Somchai Prasert", "number": "1234567890", "brand": "scb"},
    )
    somchai
    somchai.verify()
    somchai.bank_account

    # 2. Buyers pay. The money, less the fee, is the marketplace's balance.

    card: CardData = {
        "name": "Arunee Dee",
        "number": "4242424242424242",
        "expiration_month": 8,
        "expiration_year": 2035,
        "security_code": "123",
    }
    arunee = omise.Customer.create(email="arunee@example.com", card=card)
    sale = arunee.charge(amount=8000_00, currency="thb", metadata={"seller": somchai.id})
    sale
    omise.Balance.retrieve()

    # 3. The seller's share is transferred. Until it is sent, nothing leaves the balance, and it can be changed.

    payout = omise.Transfer.create(amount=7000_00, recipient=somchai, metadata={"sale": sale.id})
    payout.update(amount=7200_00)
    (payout.total_fee, payout.net)
    payout.mark_as_sent()
    payout.mark_as_paid()
    omise.Balance.retrieve()

    # An amount beyond the balance is refused, and nothing is transferred.

    try:
        omise.Transfer.create(amount=1_000_000_00, recipient=somchai)
    except omise.errors.BadRequestError as error:
        print(repr(error))

    # 4. A subscription: the same charge every second week. The builder knows the days before the API is asked.

    today = date.fromisoformat(turn_clock(days=0)[:10])
    subscription = omise.Charge.schedule(customer=arunee, amount=499_00, currency="thb", description="Vegetable box")
    subscription = subscription.parse("every 2 weeks on monday").start_date(today + timedelta(days=1))
    subscription = subscription.end_date(today + timedelta(days=90))
    len(subscription.next(30))
    boxes = subscription.start()
    boxes
    boxes.next_occurrences_on == subscription.next(30)

    # And three quarters of the balance for the seller, on the last Friday of the month.

    payday = omise.Transfer.schedule(recipient=somchai, percentage_of_balance=75)
    payday = payday.parse("every month on the last friday").start_date(today + timedelta(days=1))
    payouts = payday.end_date(today + timedelta(days=90)).start()
    payouts.in_words

    # 5. Five weeks go by: charges and transfers are made on their days.

    turn_clock(days=36)
    boxes.reload()
    [(run.scheduled_on.isoformat(), run.status, run.result) for run in boxes.occurrences]
    run = payouts.reload().occurrences[0]
    run
    transfer = run.result
    assert isinstance(transfer, omise.Transfer)
    transfer.mark_as_sent()

    # The subscriber's card is stolen, and replaced by one that is declined: runs fail, and say why.

    arunee.update(card={**card, "number": "4111111111130012"})
    arunee.update(default_card=arunee.cards[-1])
    arunee.cards[0].destroy()
    turn_clock(days=14)
    run = boxes.reload().occurrences[-1]
    (run.status, run.message)

    # 6. The subscriber leaves, and the time that is left goes by without a charge.

    boxes.destroy()
    boxes.next_occurrences_on
    turn_clock(days=50)
    len(omise.Schedule.retrieve(boxes.id).occurrences) == len(boxes.occurrences)
    payouts.reload().status

    # The money that is left is paid out to the marketplace itself.

    omise.Transfer.create().mark_as_sent()
    omise.Balance.retrieve().transferable
    [event.key for event in omise.Event.list(order="reverse_chronological", limit=5).data]


if __name__ == "__main__":
    transcript.main(guide, sandbox_only=True)
