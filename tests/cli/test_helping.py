"""What the help of a verb says."""

import inspect

import pytest

from omise.cli.calls import commands, verbs
from omise.cli.helping import SENTENCES, docs_of, opening, plain, sentence, taking
from omise.resources.parameters.charge import ChargeCreate
from omise.resources.parameters.refund import RefundCreate


@pytest.mark.parametrize(
    ("word", "noun", "ids", "expected"),
    [
        ("create", "charge", 0, "Create a charge."),
        ("get", "event", 1, "Fetch an event by its id."),
        ("get", "account", 0, "Fetch the account."),
        ("list", "linked_account", 0, "List linked accounts: a page, or with --all every one."),
        ("linked-accounts", "customer", 1, "List the linked accounts of a customer."),
        ("get", "forex", 1, "Fetch what one unit of CURRENCY, such as usd, is worth."),
    ],
)
def test_a_verb_has_a_sentence(word: str, noun: str, ids: int, expected: str) -> None:
    """Of its own, or that of a list below a record."""
    assert sentence(word, noun, ids) == expected


def test_every_verb_has_a_sentence_or_is_a_list() -> None:
    """One that is new needs its own; and none is left over."""
    every = {(name, word): verb for name, cls in commands().items() for word, verb in verbs(cls).items()}
    lists = {word for (_, word), verb in every.items() if verb.lists}

    assert {word for _, word in every} - lists <= {*SENTENCES}
    assert {word.split()[-1] for word in SENTENCES} <= {word for _, word in every}


def test_docstrings_become_plain() -> None:
    """Without marks; truth as it is typed."""
    assert plain("``capture=False`` of `Charge`, or None") == "capture=false of Charge, or null"
    assert opening("One ``thing``. And\n    more.\n\n    Rest.") == "One thing."


def test_parameters_are_told_as_they_are_typed() -> None:
    """Those that are needed first, each with what its type says."""
    told = [*taking(type("Charge", (), {}), "none", ["to", "amount"], ["file"]).items()]

    assert told == [("file (needed)", "The file, as file=@PATH."), ("amount", ""), ("to", "")]
    assert docs_of(ChargeCreate)["amount"].startswith("In the currency's smallest unit: 10000 is THB 100.00")
    assert "idempotency_key" in docs_of(RefundCreate)


def test_without_its_source_a_type_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where only compiled files were installed: help has the names alone."""

    def gone(module: object) -> str:
        raise OSError("could not get source code")

    monkeypatch.setattr(inspect, "getsource", gone)

    assert docs_of(ChargeCreate) == {}
    assert docs_of(None) == {}
