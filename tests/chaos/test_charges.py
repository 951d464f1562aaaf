"""Everything that can be done with charges, under faults: the ledger balances to the satang."""

import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

import omise
from omise.sandbox import Sandbox
from omise.wire import transport

from .storm import TIMEOUT, at_once, balance_of_ledger, size, storm

THREADS = 4
OPERATIONS = size(10_000, 160)
AMOUNT = 10_000


class Till:
    """One thread's charges, and what it knows was done with each of them."""

    def __init__(self, client: omise.Client, customer: str, number: int) -> None:
        self.client, self.customer = client, customer
        self.random = random.Random(number)
        self.charges: list[str] = []
        self.outcomes: Counter[str] = Counter()
        self.refunded: Counter[str] = Counter()

    def work(self, operations: int) -> None:
        for number in range(operations):
            if number % 4 == 0 or not self.charges:
                self.attempt("create", self.create)
            else:
                verb = self.random.choice([self.capture, self.refund, self.reverse])
                self.attempt(verb.__name__, verb)

    def attempt(self, name: str, verb: Callable[[], Any]) -> None:
        try:
            verb()
        except omise.Error as error:
            self.outcomes[f"{name}: {type(error).__name__}"] += 1
        else:
            self.outcomes[f"{name}: done"] += 1

    def create(self) -> None:
        params = {"amount": AMOUNT, "currency": "thb", "customer": self.customer}
        self.charges.append(self.client.Charge.create(**params, capture=self.random.random() < 0.5).id)

    def chosen(self) -> omise.Charge:
        return self.client.Charge.retrieve(self.random.choice(self.charges[-5:]))

    def capture(self) -> None:
        charge = self.chosen()
        resolved(charge, charge.capture, lambda: charge.paid)

    def reverse(self) -> None:
        charge = self.chosen()
        resolved(charge, charge.reverse, lambda: charge.status)

    def refund(self) -> None:
        """Note a refund that was made, also where the answer that says so was lost."""
        charge, amount = self.chosen(), self.random.randint(1, AMOUNT // 2)
        before = self.refunded[charge.id]
        assert charge.refunded_amount == before
        if resolved(charge, lambda: charge.refund(amount=amount), lambda: charge.refunded_amount):
            self.refunded[charge.id] = before + amount


def resolved(charge: omise.Charge, change: Callable[[], Any], seen: Callable[[], Any]) -> bool:
    """Tell whether *change* was made, by looking again where its answer was lost. A refusal is raised."""
    before = seen()
    try:
        change()
    except omise.OutcomeUnknown:
        for _ in range(20):
            try:
                charge.reload()
                break
            except omise.APIConnectionError:
                continue
        return bool(seen() != before)
    return True


def test_the_ledger_balances(monkeypatch: pytest.MonkeyPatch) -> None:
    """No charge is captured twice, and no refund made twice; balance, ledger, charges and refunds agree."""
    monkeypatch.setattr(transport, "BACKOFF", 0.01)
    sandbox = Sandbox()
    client = sandbox.client()
    customer = client.Customer.create(card=sandbox.card()).id
    tills = [Till(client, customer, number) for number in range(THREADS)]
    plan = storm(0.1, seed=2)
    # What is done after its time-out cannot be seen by looking at once.
    plan.faults = tuple(fault for fault in plan.faults if not (fault.kind == "latency" and fault.seconds > TIMEOUT))
    plan.struck = [0] * len(plan.faults)
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
    )
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
