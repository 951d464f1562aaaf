"""The commands of the resources."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

import omise
from omise.cli.calls import LEFT_OUT, commands, verbs
from omise.records.verbs import declared
from omise.sandbox import Sandbox

from .conftest import Typed

DOCUMENTED = {
    "account": "get update",
    "balance": "get",
    "capability": "get",
    "cards": "create destroy get list update",
    "chains": "get list revoke",
    "charges": "capture create events expire get list list-schedules mark-as-failed mark-as-paid refund refunds "
    "reverse search update",
    "checkout-sessions": "create get",
    "customers": "cards charge create destroy get linked-accounts list schedules search update",
    "disputes": "accept close create documents get list search update",
    "documents": "destroy get list upload",
    "events": "get list",
    "forex": "get",
    "integrations": "get",
    "linked-accounts": "create destroy get list search",
    "links": "charges create destroy get list search",
    "occurrences": "get",
    "receipts": "get list",
    "recipients": "create destroy get list schedules search update verify",
    "refunds": "create get list search",
    "schedules": "create destroy get list occurrences",
    "sources": "create get",
    "sub-merchants": "create list search",
    "system-info": "get",
    "tokens": "create get",
    "transactions": "get list",
    "transfers": "create destroy get list list-schedules mark-as-paid mark-as-sent search update",
    "webhook-secrets": "create destroy get list",
}


def test_commands_are_what_the_classes_can_do() -> None:
    """No more, no less; a verb that is added to a class is a command by itself."""
    assert {name: " ".join(verbs(cls)) for name, cls in commands().items()} == DOCUMENTED


def test_what_is_left_out_is_there() -> None:
    """Every name that gets no command is one that some class has."""
    assert all(any(declared(cls, name) for cls in commands().values()) for name in LEFT_OUT)


def test_lists_below_a_record_go_on_to_the_last_page(typed: Typed) -> None:
    """``--all`` is there, as in every other list, and the help says what is listed."""
    for name, cls in commands().items():
        below = {field.replace("_", "-") for field, each in cls._associations.items() if each.is_list}
        for word in below & {*verbs(cls)}:
            said = typed(name, word, "--help").out
            assert "--all" in said, (name, word)
            assert f"List the {word.replace('-', ' ')} of a" in said, (name, word)


def test_help_names_addresses_whole(typed: Typed) -> None:
    """Of names in Python the help leaves out the module, but never a part of a host."""
    said = {name: typed(name, "--help").out for name in commands()}

    assert any("https://docs.omise.co" in help for help in said.values())
    assert [name for name, help in said.items() if "docs.co" in help or " omise." in help] == []


def test_whatever_writes_is_known_to() -> None:
    """So that a live key asks first: all but what reads is marked."""
    reading = {"get", "list", "search", "list-schedules"}
    for cls in commands().values():
        lists = {name.replace("_", "-") for name, each in cls._associations.items() if each.is_list}
        for word, verb in verbs(cls).items():
            assert verb.writes is not (word in reading | lists), (cls, word)


def test_a_customer_from_creation_to_destruction(typed: Typed, omise_sandbox: Sandbox) -> None:
    """Each step is one request."""

    def told(*arguments: str) -> Any:
        said = typed(*arguments, "--json")
        assert said.status == 0, said.err
        return json.loads(said.out)

    customer = told("customers", "create", "email=mali@example.com", f"card={omise_sandbox.card_token()}")["id"]
    omise_sandbox.requests.clear()
    told("customers", "update", customer, "description=Likes durian", "metadata[level]=gold")
    charge = told("customers", "charge", customer, "amount=10000", "currency=thb", "capture=false")
    told("charges", "capture", charge["id"])
    refund = told("charges", "refund", charge["id"], "amount=2000")
    told("refunds", "get", charge["id"], refund["id"])
    card = told("customers", "cards", customer)[0]["id"]
    told("cards", "update", customer, card, "city=Bangkok")
    told("cards", "list", customer)
    told("customers", "destroy", customer)
    sent = [(each.method, each.path) for each in omise_sandbox.requests]

    assert sent == [
        ("PATCH", f"/customers/{customer}"),
        ("POST", "/charges"),
        ("POST", f"/charges/{charge['id']}/capture"),
        ("POST", f"/charges/{charge['id']}/refunds"),
        ("GET", f"/charges/{charge['id']}/refunds/{refund['id']}"),
        ("GET", f"/customers/{customer}/cards"),
        ("PATCH", f"/customers/{customer}/cards/{card}"),
        ("GET", f"/customers/{customer}/cards"),
        ("DELETE", f"/customers/{customer}"),
    ]
    assert omise_sandbox.requests[0].params == {"description": "Likes durian", "metadata": {"level": "gold"}}


def test_a_card_is_added_by_its_fields_or_a_token(typed: Typed, omise_sandbox: Sandbox) -> None:
    """The fields go to the vault, the token to the customer."""
    customer = omise.Customer.create().id
    fields = [f"{name}={value}" for name, value in omise_sandbox.card("5555555555554444").items()]

    assert typed("cards", "create", customer, *fields).status == 0
    assert typed("cards", "create", customer, f"card={omise_sandbox.card_token()}").status == 0
    assert [card.brand for card in omise.Customer.retrieve(customer).cards] == ["MasterCard", "Visa"]


def test_a_dispute_with_a_document(typed: Typed, omise_sandbox: Sandbox, tmp_path: Path) -> None:
    """What a verb takes by its place is a parameter here; a file is named with an @."""
    (tmp_path / "receipt.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(20))
    charge = omise.Charge.create(amount=100_00, currency="thb", card=omise_sandbox.card()).id
    dispute = json.loads(typed("disputes", "create", f"charge={charge}", "--json").out)["id"]
    dry = typed("documents", "upload", dispute, f"file=@{tmp_path}/receipt.png", "--dry-run")
    said = typed("documents", "upload", dispute, f"file=@{tmp_path}/receipt.png", "kind=proof_of_receipt")

    assert "\n(a form with a file, " in dry.out
    assert said.status == 0, said.err
    assert omise.Dispute.retrieve(dispute).documents[0].filename == "receipt.png"


def test_a_search_a_rate_and_the_one_account(typed: Typed, omise_sandbox: Sandbox) -> None:
    """Verbs without an id, or with another word for it."""
    omise.Customer.create(email="mali@example.com")
    omise.Customer.create(email="john@example.com")

    assert "mali@" in typed("customers", "search", "query=mali").out
    assert "john@" not in typed("customers", "search", "query=mali").out
    assert typed("forex", "get", "usd").out.startswith("Forex\n  base ")
    assert "THB" in typed("balance", "get").out


def test_a_day_counts_to_its_end(typed: Typed, omise_sandbox: Sandbox) -> None:
    """As in the library, where days are dates."""
    typed("charges", "list", "from=2026-01-01", "to=2026-01-31")

    assert omise_sandbox.requests[-1].params == {"from": "2026-01-01", "to": "2026-01-31T23:59:59Z"}


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["disputes", "create"], "disputes create needs charge=…"),
        (["customers", "update", "cust_test_1"], "customers update needs what to change, as name=value"),
        (["account", "update"], "account update needs what to change"),
        (["customers", "create", "emial=a"], "customers create takes no emial; did you mean email? --unchecked sends"),
        (["charges", "refund", "chrg_test_1", "colour=red"], "charges refund takes no colour; there are amount, "),
    ],
)
def test_what_is_missing_or_misspelt_is_told(
    typed: Typed, omise_sandbox: Sandbox, arguments: list[str], problem: str
) -> None:
    """Before anything is sent."""
    said = typed(*arguments)

    assert (said.status, omise_sandbox.requests) == (2, [])
    assert said.err.startswith(f"omise: {problem}")


def test_what_is_newer_is_sent_all_the_same(typed: Typed, omise_sandbox: Sandbox) -> None:
    """Once that was said."""
    typed("customers", "create", "emial=a@example.com", "--unchecked")

    assert omise_sandbox.requests[-1].params == {"emial": "a@example.com"}


@pytest.mark.parametrize("name", DOCUMENTED)
def test_help_names_the_address_it_is_from(typed: Typed, name: str) -> None:
    """As it is: names of the library are shortened, and those of hosts are not."""
    said = typed(name, "--help").out

    assert "omise." not in said.replace("docs.omise.co", "")
    assert said.count("https://") == said.count("https://docs.omise.co") + said.count("https://github.com/omise/")


def test_help_says_what_a_verb_takes(typed: Typed) -> None:
    """A sentence, and each parameter with what its type says of it."""
    said = typed("customers", "create", "--help").out

    assert "Create a customer." in said
    assert re.search(r"\nParameters:\n(  .*\n)*  email +\S+", said)
