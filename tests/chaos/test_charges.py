"""Everything that can be done with charges, under faults: the ledger balances to the satang."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

import omise
from omise.records import resolving
from omise.sandbox import Sandbox
from omise.wire import transport

from .storm import TIMEOUT, at_once, balance_of_ledger, size, storm

THREADS = size(4, 16)  # the fewer at work, the longer each waits for what becomes of its lost answers
OPERATIONS = size(10_000, 160)
AMOUNT = 10_000
SETTLED = 1.5 * TIMEOUT
"""Seconds after which nothing is under way any more: the latest answer comes 0.2 s after the time-out."""


class Till:
    """One thread's charges, and what it knows was done with each of them."""

    def __init__(self, client: omise.Client, customer: str, number: int) -> None:
        self.client, self.customer = client, customer
        self.random = random.Random(number)
        self.charges: list[str] = []
        self.outcomes: Counter[str] = Counter()
        self.refunded: Counter[str] = Counter()
        self.answers: Counter[str] = Counter()

    def work(self, operations: int) -> None:
        for number in range(operations):
            if number % 4 == 0 or not self.charges:
                self.attempt("create", self.create)
            else:
                verb = self.random.choice([self.capture, self.refund, self.reverse])
                self.attempt(verb.__name__, verb)

    def attempt(self, name: str, verb: Callable[[], Any]) -> None:
        """Do it, or find out what became of it; a charge or refund of which both is unknown would be missing below."""
        try:
            verb()
        except omise.Error as error:
            self.outcomes[f"{name}: {type(error).__name__}"] += 1
        else:
            self.outcomes[f"{name}: done"] += 1

    def resolved(self, change: Callable[[], Any]) -> Any:
        """What *change* returned, or what was found of it where the answer was lost; None if it was not done."""
        try:
            return change()
        except omise.OutcomeUnknown as error:
            answer = error.resolve(within=60, settled_after=SETTLED)
            self.answers[f"{error.path.rpartition('/')[2]}: {answer.status}"] += 1
            assert answer.status != "unknown", answer
            return answer.record if answer.status == "done" else None

    def create(self) -> None:
        params = {"amount": AMOUNT, "currency": "thb", "customer": self.customer}
        charge = self.resolved(lambda: self.client.Charge.create(**params, capture=self.random.random() < 0.5))
        if charge is not None:
            self.charges.append(charge.id)

    def chosen(self) -> omise.Charge:
        return self.client.Charge.retrieve(self.random.choice(self.charges[-5:]))

    def capture(self) -> None:
        self.resolved(self.chosen().capture)

    def reverse(self) -> None:
        self.resolved(self.chosen().reverse)

    def refund(self) -> None:
        """Note a refund that was made, also where the answer that says so was lost."""
        charge, amount = self.chosen(), self.random.randint(1, AMOUNT // 2)
        assert charge.refunded_amount == self.refunded[charge.id]
        if self.resolved(lambda: charge.refund(amount=amount)) is not None:
            self.refunded[charge.id] += amount


def test_the_ledger_balances(monkeypatch: pytest.MonkeyPatch) -> None:
    """No charge is captured twice, and no refund made twice; balance, ledger, charges and refunds agree."""
    monkeypatch.setattr(transport, "BACKOFF", 0.01)
    monkeypatch.setattr(resolving, "MARGIN", timedelta(seconds=2))  # there is but one clock, and many a record
    sandbox = Sandbox()
    client = sandbox.client(reference_key="ref", timeout=TIMEOUT)
    customer = client.Customer.create(card=sandbox.card()).id
    tills = [Till(client, customer, number) for number in range(THREADS)]
    plan = storm(0.1, seed=2)
    sandbox.application.faults.add(plan)
    at_once(THREADS, lambda number: tills[number].work(OPERATIONS // THREADS))
    sandbox.application.faults.clear()

    charges = list(client.Charge.list(limit=100))
    refunds = list(client.Refund.list(limit=100))
    lines = list(client.Transaction.list(limit=100))
    captured = Counter(line.origin for line in lines if line.key == "charge.captured.net")
    outcomes = sum((till.outcomes for till in tills), Counter())
    print(
        f"{OPERATIONS} operations on {len(charges)} charges, {sum(plan.struck)} faults:",
        dict(sorted(outcomes.items())),
        "of the unknown:",
        dict(sorted(sum((till.answers for till in tills), Counter()).items())),
    )
    assert {charge.id for charge in charges} == {charge_id for till in tills for charge_id in till.charges}
    assert captured == {charge.id: 1 for charge in charges if charge.paid}
    assert balance_of_ledger(client) == sum(charge.net for charge in charges if charge.paid) - sum(
        refund.funding_amount for refund in refunds
    )
    for till in tills:
        for charge in (charge for charge in charges if charge.id in till.charges):
            assert charge.refunded_amount == till.refunded[charge.id] <= charge.captured_amount
    refunded = Counter[str]()
    for refund in refunds:
        refunded[refund["charge"]] += refund.amount
    assert refunded == {charge.id: charge.refunded_amount for charge in charges if charge.refunded_amount}
