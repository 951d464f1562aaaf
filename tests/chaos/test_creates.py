"""Creates under faults of all kinds: nothing twice, nothing lost."""

from collections import Counter
from datetime import timedelta

import pytest

import omise
from omise.records import resolving
from omise.sandbox import Application, Server
from omise.wire import transport

from .storm import TIMEOUT, at_once, balance_of_ledger, size, storm

THREADS = 8
CREATES = size(10_000, 160)
SETTLED = 1.5 * TIMEOUT
"""Seconds after which nothing is under way any more: the latest answer comes 0.2 s after the time-out."""


def test_every_create_is_known_and_none_is_doubled(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was created is what was reported and what was found out of the unknown; what was refused is not there."""
    monkeypatch.setattr(transport, "BACKOFF", 0.01)
    monkeypatch.setattr(resolving, "MARGIN", timedelta(seconds=2))  # there is but one clock, and many a record
    application = Application()
    reported: dict[str, str] = {}
    unknown: dict[str, omise.OutcomeUnknown] = {}
    answers: dict[str, omise.Resolved[omise.Charge]] = {}
    refused: set[str] = set()
    with Server(application) as server:
        settings = {"secret_api_key": "skey_test_creates", "public_api_key": "pkey_test_creates"}
        client = omise.Client(**settings, api_url=server.url, vault_url=server.url, timeout=20, reference_key="ref")
        card = {"name": "Mali", "number": "4242424242424242", "expiration_month": 8, "expiration_year": 2060}
        customer = client.Customer.create(card=card)
        client.config.timeout = TIMEOUT

        def create(thread: int) -> None:
            for number in range(CREATES // THREADS):
                ref = f"{thread}-{number}"
                params = {"amount": 5_000, "currency": "thb", "customer": customer.id, "description": ref}
                try:
                    reported[ref] = client.Charge.create(**params).id
                except omise.OutcomeUnknown as error:
                    unknown[ref] = error
                    answers[ref] = error.resolve(of=omise.Charge, settled_after=SETTLED)
                except omise.Error:
                    refused.add(ref)

        plan = storm(0.2, seed=1)
        application.faults.add(plan)
        at_once(THREADS, create)
    application.faults.clear()
    with server:  # which has finished what nobody waits for any more
        client.config.timeout = 60
        at_first = Counter(answer.status for answer in answers.values())
        for ref, error in unknown.items():
            if answers[ref].status == "unknown":
                answers[ref] = error.resolve(of=omise.Charge, settled_after=SETTLED, within=2 * SETTLED)
        charges = list(client.Charge.list(limit=100))
        total = balance_of_ledger(client)
        client.close()

    found = {charge.description: charge for charge in charges}
    resolved = {ref: answer.record.id for ref, answer in answers.items() if answer.status == "done"}
    at_last = Counter(answer.status for answer in answers.values())
    print(f"{CREATES} creates, {sum(plan.struck)} faults: {len(charges)} created = {len(reported)} reported + ", end="")
    print(
        f"{len(resolved)} resolved; {len(refused)} refused; of {len(unknown)} unknown at once {dict(at_first)}, ",
        end="",
    )
    print(f"asked again {dict(at_last)}")
    assert Counter(charge.description for charge in charges).most_common(1)[0][1] == 1
    assert {ref: charge.id for ref, charge in found.items()} == reported | resolved
    assert not refused & found.keys()
    assert len(reported) + len(unknown) + len(refused) == CREATES // THREADS * THREADS
    assert {*at_last} == {"done", "not_done"}
    assert total == sum(charge.net for charge in charges)
