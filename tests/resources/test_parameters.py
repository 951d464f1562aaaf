"""The types of parameters, beside what a sandbox accepts and what is written: the three do not drift apart."""

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import omise
from omise.records.access import OPTIONS
from omise.records.parameters import SearchParameters
from omise.records.signatures import annotations_of, known_parameters, parameters_type
from omise.records.verbs import class_verb, record_verb
from omise.resources import parameters
from omise.resources.parameters.bank_account import BankAccountData
from omise.resources.parameters.card import CardData
from omise.resources.parameters.checkout_session import CheckoutStyle, RedirectURLs
from omise.resources.parameters.schedule import ScheduledChargeData, ScheduledTransferData
from omise.resources.parameters.source import SourceData
from omise.resources.parameters.token import Tokenization
from omise.sandbox.http import paging
from omise.sandbox.resources import (
    account,
    card,
    charging,
    checkout_session,
    customer,
    dispute,
    link,
    linked_account,
    recipient,
    refund,
    schedule,
    search,
    source,
    sub_merchant,
    token,
    transfer,
)

PAYERS = {"card", "customer", "source", "linked_account"}
BANK = {"name", "number", "brand", "bank_code", "branch_code", "type"}

ACCEPTED: dict[tuple[str, str], set[str]] = {
    ("Account", "update"): {*account.PARAMETERS},
    ("Card", "update"): {*card.PARAMETERS, *card.EXPIRY},
    ("CardList", "create"): set(),
    ("Charge", "capture"): {"capture_amount"},
    ("Charge", "create"): {*charging.PARAMETERS, *PAYERS},
    ("Charge", "refund"): {*refund.PARAMETERS},
    ("Charge", "update"): {*charging.CHANGEABLE},
    ("CheckoutSession", "create"): {*checkout_session.PARAMETERS, *charging.AMOUNT, "payment_methods"},
    ("Customer", "charge"): {*charging.PARAMETERS, *PAYERS},
    ("Customer", "create"): {*customer.PARAMETERS, "card", "linked_account"},
    ("Customer", "update"): {*customer.PARAMETERS, "card", "linked_account", "default_card"},
    ("Dispute", "close"): {"status"},
    ("Dispute", "update"): {*dispute.PARAMETERS},
    ("DocumentList", "upload"): {"kind"},
    ("Link", "create"): {*link.PARAMETERS, *charging.AMOUNT},
    ("LinkedAccount", "create"): {*linked_account.PARAMETERS, "type"},
    ("Recipient", "create"): {*recipient.PARAMETERS},
    ("Recipient", "update"): {*recipient.PARAMETERS},
    ("RefundList", "create"): {*refund.PARAMETERS},
    ("Schedule", "create"): {*schedule.PARAMETERS, "on", "charge", "transfer"},
    ("Source", "create"): {*source.PARAMETERS, "type"},
    ("SubMerchant", "create"): {*sub_merchant.PARAMETERS},
    ("Token", "create"): {"card", "tokenization"},
    ("Transfer", "create"): {*transfer.OPTIONS, "amount", "recipient"},
    ("Transfer", "update"): {"amount", "metadata"},
    ("WebhookSecret", "create"): set(),
}
"""What the sandbox knows: the tables of its rules, and what it reads beside them."""

DIFFERENT = {
    ("Customer", "charge"): ({"customer"}, "the customer is the record"),
    ("DocumentList", "upload"): ({"filename"}, "it is part of the file"),
    ("Token", "create"): ({*annotations_of(CardData)}, "the card may be given flat, and is sent as one"),
}
"""Where types and sandbox differ: in which names, and why."""

NESTED = {
    BankAccountData: (BANK, {"account_type": "Japan alone knows it, by the reports of others"}),
    CardData: ({*token.TEXTS, *card.EXPIRY}, {"email": "it never comes back"}),
    CheckoutStyle: ({*checkout_session.STYLE}, {}),
    RedirectURLs: ({*checkout_session.REDIRECT_URLS}, {}),
    ScheduledChargeData: ({"customer", "amount", "currency", "card", "description", "metadata"}, {}),
    ScheduledTransferData: ({"recipient", "amount", "percentage_of_balance", "currency"}, {}),
    SourceData: ({*source.PARAMETERS, "type"} - {"amount", "currency"}, {}),
    Tokenization: ({*token.WALLET}, dict.fromkeys(("merchant_id", "brand"), "what is in a wallet is not looked at")),
}
"""What the sandbox knows of objects among parameters, and what it does not, and why."""

OF_OBJECTS = {
    *annotations_of(RedirectURLs),
    *annotations_of(CheckoutStyle),
    *annotations_of(BankAccountData),
    "chargeId",
}
"""What such sentences say beside the parameters: what is in them, and what comes back."""

FOLDER = Path(parameters.__file__).parent
FILES = sorted(path for path in FOLDER.glob("*.py") if path.stem != "__init__")
CLASSES = [getattr(omise, name) for name in omise.__all__ if isinstance(getattr(omise, name), type)]
RESOURCES = [cls for cls in CLASSES if issubclass(cls, omise.Resource) and cls is not omise.Resource]


def verbs() -> Iterator[tuple[type, str]]:
    """Each verb of each resource that takes something of its own."""
    for cls in RESOURCES:
        for name in sorted({*dir(cls)} - COMMON):
            if not name.startswith("list_") and isinstance(
                inspect.getattr_static(cls, name), (class_verb, record_verb)
            ):
                yield cls, name


COMMON = {"__call__", "execute", "from_", "list", "reload", "retrieve", "save", "search"}
VERBS = [*verbs()]


@pytest.mark.parametrize(("cls", "verb"), VERBS, ids=lambda each: getattr(each, "__name__", each))
def test_types_and_sandbox_know_the_same_parameters(cls: type, verb: str) -> None:
    """What a verb takes is what the sandbox has rules for, but for what the table above explains."""
    accepted = ACCEPTED.get((cls.__name__, verb), set())
    known = {name.removesuffix("_") for name in known_parameters(cls, verb)}

    assert known ^ accepted == DIFFERENT.get((cls.__name__, verb), (set(), ""))[0]


def test_every_entry_of_the_tables_is_of_a_verb() -> None:
    """None is left over from a verb that there is no more."""
    assert {*ACCEPTED} <= {(cls.__name__, verb) for cls, verb in VERBS}


@pytest.mark.parametrize("kind", NESTED, ids=lambda kind: kind.__name__)
def test_types_and_sandbox_know_the_same_objects(kind: Any) -> None:
    """The same of the objects among the parameters."""
    accepted, unknown = NESTED[kind]

    assert {*annotations_of(kind)} - {*unknown} == accepted - {*unknown}


def test_every_page_is_chosen_by_the_same_parameters() -> None:
    """All lists take what the sandbox chooses a page by; searches what it searches by."""
    shared = {name.removesuffix("_") for name in known_parameters(omise.Charge, "list")}
    listable = [cls for cls in RESOURCES if hasattr(cls, "list")]

    assert shared - {"expand"} == {*paging.PAGING}
    assert {*annotations_of(SearchParameters)} - {*OPTIONS} == {*search.PARAMETERS, "page", "filters"}
    assert {known_parameters(cls, "list") - {"status"} for cls in listable} == {known_parameters(omise.Charge, "list")}


def keys() -> Iterator[Any]:
    """Each key of each type, with what follows it in the file."""
    for path in [*FILES, FOLDER.parent.parent / "records" / "parameters.py"]:
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ClassDef):
                for key, after in zip(node.body, [*node.body[1:], None], strict=True):
                    if isinstance(key, ast.AnnAssign):
                        yield pytest.param(key, after, id=f"{node.name}.{ast.unparse(key.target)}")


@pytest.mark.parametrize(("key", "after"), [*keys()])
def test_every_key_says_what_it_is(key: ast.AnnAssign, after: ast.stmt | None) -> None:
    """In a docstring of its own, which is a sentence."""
    said = after.value.value if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) else None

    assert isinstance(said, str)
    assert re.search(r"[.)]$", said), said


@pytest.mark.parametrize("cls", RESOURCES, ids=lambda cls: cls.__name__)
def test_what_a_class_says_that_its_verbs_take_is_what_they_take(cls: type) -> None:
    """Its docstring lists parameters behind "`create` takes" and "`update` takes"; each of them there is."""
    text = " ".join(str(cls.__doc__).split())
    for sentence in re.findall(r"(?:`create`|`update`)(?: and `update`)? takes? [^.;]*", text):
        listed = re.findall(r"``(\w+)``", re.sub(r"\([^)]*\)", "", sentence))
        known = known_parameters(cls, "create" if "`create`" in sentence else "update")

        assert {*listed} - {*known} <= OF_OBJECTS, sentence


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_types_are_reached_from_their_resource(path: Path) -> None:
    """What a resource's module shows to checkers can be imported from it at run time too."""
    source = (FOLDER.parent / path.name).read_text() if path.stem != "common" else ""
    module = importlib.import_module(f"omise.resources.{path.stem}") if source else None
    shown = re.findall(r"from \.parameters\.\w+ import (\w+) as \1$", source, re.MULTILINE)

    assert all(getattr(module, name) is not None for name in shown)
    with pytest.raises(AttributeError, match="has no attribute 'Nothing'"):
        _ = importlib.import_module("omise.resources.charge").Nothing


def declared_for_checkers() -> Iterator[Any]:
    """Each signature that a resource shows to checkers in the place of its ability's."""
    for path in sorted(FOLDER.parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef):
                for verb in (verb for verb in ast.walk(node) if isinstance(verb, ast.FunctionDef)):
                    unpacked = re.findall(r"\*\*params: Unpack\[(\w+)\]", ast.unparse(verb.args))
                    if unpacked and verb.name in ("create", "update", "save"):
                        yield pytest.param(node.name, verb.name, unpacked[0], id=f"{node.name}.{verb.name}")


@pytest.mark.parametrize(("name", "verb", "kind"), [*declared_for_checkers()])
def test_checkers_see_the_type_that_there_is_at_run_time(name: str, verb: str, kind: str) -> None:
    """The signatures that are hidden from the interpreter name the types that it finds."""
    cls = getattr(omise, name)
    found = parameters_type(cls, verb)

    assert {*annotations_of(found)} >= {*annotations_of(getattr(importlib.import_module(cls.__module__), kind, found))}
