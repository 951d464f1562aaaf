"""A reconciliation: the ledger is accounted for line by line, and adds up. `make reconcile` runs it."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import transcript

import omise
from omise.resources.card import CardData


def signed(line: Any) -> int:
    """Return what *line* of the ledger adds to the balance, in the smallest unit of its currency."""
    return int(line.amount if line.direction == "credit" else -line.amount)


def expected(line: Any, cause: Any) -> int:
    """Return what *line* should add to the balance, by the record that caused it."""
    match line.key:
        case "charge.captured.net":
            return int(cause.funding_amount - cause.fee - cause.fee_vat)
        case "refund.created.debit" | "dispute.started.debit":
            return -int(cause.funding_amount)
        case "dispute.won.credit":
            return int(cause.funding_amount)
        case "transfer.sent.debit":
            return -int(cause.amount)
    return signed(line)


def guide() -> None:
    """Money comes in, goes out, and is argued about; then the books are closed, to the satang."""
    # 1. A busy day: charges, a part captured, refunds, disputes won and lost, a payout.

    card: CardData = {
        "name": "Arunee Dee",
        "number": "4242424242424242",
        "expiration_month": 8,
        "expiration_year": 2035,
        "security_code": "123",
    }
    omise.Balance.retrieve()
    sales = [omise.Charge.create(amount=amount, currency="thb", card=card) for amount in (1234_56, 99_99, 20_01)]
    hotel = omise.Charge.create(amount=5000_00, currency="thb", card=card, capture=False, authorization_type="pre_auth")
    hotel.capture(capture_amount=4321_09)
    sales[0].refund(amount=234_56)
    sales[1].refund(amount=99_99).voided
    omise.Dispute.create(sales[0]).close(status="won")
    omise.Dispute.create(sales[2]).accept()
    omise.Charge.create(amount=700_00, currency="thb", card={**card, "number": "4111111111140011"}).status
    omise.Transfer.create(amount=3000_00).mark_as_sent()

    # 2. The ledger: every line says where it comes from.

    ledger = omise.Transaction.list(order="chronological")
    for line in ledger:
        print(f"{line.created_at:%Y-%m-%d %H:%M:%S}  {signed(line):>10}  {line.key:<22}  {line['origin']}")

    # 3. The sum of all lines is the balance.

    balance = omise.Balance.retrieve()
    sum(signed(line) for line in ledger), balance.total
    assert sum(signed(line) for line in ledger) == balance.total

    # 4. And each line is what its charge, refund, dispute or transfer says that it should be.

    kinds = (omise.Charge, omise.Refund, omise.Dispute, omise.Transfer)
    causes = {record.id: record for kind in kinds for record in kind.list(limit=100)}
    wrong = [line for line in ledger if signed(line) != expected(line, causes.get(line["origin"]))]
    wrong
    assert not wrong

    # 5. The same by kind: what was earned, given back, lost, and paid out.

    totals: dict[str, int] = defaultdict(int)
    for line in ledger:
        totals[line.key] += signed(line)
    dict(totals)
    assert sum(totals.values()) == balance.total


if __name__ == "__main__":
    transcript.main(guide)
