"""`omise.records.showing`: what a shell shows of a record and suggests for it; nothing is fetched for that."""

import copy
import inspect
import pickle
import pprint
import pydoc
from pathlib import Path
from typing import Any

import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell
from IPython.lib import pretty
from traitlets.config import Config

import omise
from omise.client import default_client
from omise.records.listing import List
from omise.records.resource import Resource
from omise.records.showing import telling
from omise.sandbox import Sandbox

from .conftest import CUSTOMER

# Suggesting


def test_a_misspelt_verb_is_suggested(john: omise.Customer) -> None:
    """The suggestion knows the verbs of records too."""
    with pytest.raises(AttributeError, match="Did you mean 'destroy'"):
        john.destory()


def test_nothing_near_means_no_suggestion(john: omise.Customer) -> None:
    """Where nothing comes close there is no guess."""
    with pytest.raises(AttributeError) as missing:
        john.qqqqqqqq  # noqa: B018

    assert "Did you mean" not in str(missing.value)


# Without secrets


def test_bank_accounts_show_no_number() -> None:
    """The complete number that the API gives is neither in repr nor in print; the field itself has it."""
    recipient: Any = omise.Resource.from_data(
        {
            "object": "recipient",
            "id": "recp_1",
            "bank_account": {"object": "bank_account", "account_number": "1234567890", "name": "JOHN"},
        }
    )

    assert recipient.bank_account.account_number == "1234567890"
    assert "1234567890" not in repr(recipient) + str(recipient) + repr(recipient.bank_account)
    assert "1234567890" not in str(recipient.bank_account)


# In the REPL


def test_repr_is_one_line_without_secrets(john: omise.Customer) -> None:
    """Type, id, and what tells records apart, escaped, shortened and redacted."""
    john.description = "two\nlines 4242 4242 4242 4242 " + "x" * 100
    odd = omise.Customer.from_data({"object": "customer", "id": "a\nb"})

    assert repr(john).startswith("<Customer cust_test_1 email='john@example.com' description='two\\nlines ")
    assert "\n" not in repr(john) + repr(odd)
    assert "4242 4242" not in repr(john)
    assert len(repr(john)) < 150
    assert "…" in repr(john)


def test_repr_of_parts_shows_their_first_fields() -> None:
    """An object that is no record shows a few of its fields, since it has no id to go by."""
    part = omise.Resource.from_data({"fee_flat": "0.0", "fee_rate": "3.65", "vat_rate": "7.0", "other": 1})

    assert repr(part) == "<Resource fee_flat='0.0' fee_rate='3.65' vat_rate='7.0'>"
    assert repr(omise.Resource.from_data({})) == "<Resource>"
    assert repr(omise.Resource.from_data({"deleted": True, "object": "x", "id": "x_1"})) == "<Resource x_1 destroyed>"


def test_print_shows_a_field_a_line(omise_sandbox: Sandbox) -> None:
    """Fields with their values, changes included, secrets left out; objects in one line each; nothing is fetched."""
    customer = omise.Customer.create(email="a@b.co", card=omise_sandbox.card())
    customer.description = "line\nbreak"
    customer["secret_key"] = "skey_test_5xyz"
    customer["keys"] = ["skey_test_5xyz"]
    count = len(omise_sandbox.requests)

    lines = str(customer).splitlines()

    assert lines[0] == f"Customer {customer.id} (not saved: description, secret_key, keys)"
    assert lines[1:3] == ["  email            'a@b.co'", "  description      'line\\nbreak'"]
    assert {line.split()[0] for line in lines[1:]} == {*customer.to_dict()} - {"object", "id"}
    assert any(line.startswith("  default_card     <Card card_test_") for line in lines)
    assert "5xyz" not in str(customer)
    assert f"  created_at       {customer.created_at}" in lines
    assert str(omise.Customer(email="x")).splitlines() == ["Customer (not saved)", "  email  'x'"]
    assert len(omise_sandbox.requests) == count


@pytest.mark.parametrize("columns", ["60", "80", "200"])
def test_names_without_a_value_fit_the_terminal(
    omise_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    """None is broken in two by its edge; a line of more than 100 is hard to read."""
    monkeypatch.setenv("COLUMNS", columns)
    lines = str(omise.Charge.create(amount=100_00, currency="thb", card=omise_sandbox.card())).splitlines()
    last = next(place for place, line in enumerate(lines) if line.startswith("  without a value: "))

    assert min(int(columns), 100) - 30 < max(map(len, lines[last:])) <= min(int(columns), 100)


def test_print_begins_with_what_matters(omise_sandbox: Sandbox) -> None:
    """What tells a record apart, why it failed, amounts as people write them; what is null stands at the end."""
    charge = omise.Charge.create(amount=omise.Money("99.5", "THB"), card=omise_sandbox.card("4111111111140011"))
    lines = str(charge).splitlines()
    names = [line.split()[0] for line in lines[1:]]

    assert names[:4] == ["amount", "currency", "status", "failure_code"]
    assert names[4:7] == ["failure_message", "metadata", "created_at"]
    assert lines[1].endswith("  9950  ฿99.50")
    assert any(line.endswith("  0  ฿0.00") for line in lines if "refunded_amount" in line)
    last = next(place for place, line in enumerate(lines) if line.startswith("  without a value: "))
    told = " ".join(lines[last:]).partition(": ")[2]
    assert {name.strip() for name in told.split(",")} == {
        name for name, value in charge.to_dict().items() if value is None
    }
    assert max(map(len, lines[last:])) <= 100
    gone = omise.Customer.from_data({"object": "customer", "id": "cust_1", "deleted": True})
    assert str(gone).splitlines()[0] == "Customer cust_1 destroyed"


def test_print_of_what_is_not_loaded_fetches_nothing(omise_sandbox: Sandbox) -> None:
    """A line in a log must not send a request: what is not loaded says so."""
    card = omise.Customer.from_data({**CUSTOMER, "default_card": "card_test_1"}).default_card

    assert str(card) == "Card card_test_1 (not loaded)"
    assert omise_sandbox.requests == []


def test_dir_offers_fields_and_verbs_of_records(john: omise.Customer) -> None:
    """Fields of the JSON, assigned ones, verbs and lists; no class verbs, no machinery, no fact of the class."""
    john["newsletter"] = True
    john["not an identifier"] = True
    names = dir(john)

    assert {"email", "created_at", "newsletter", "update", "save", "destroy", "reload", "cards", "to_dict"} <= {*names}
    assert not {"create", "retrieve", "list", "from_data", "path", "object_name", "summary", "host"} & {*names}
    assert not [name for name in names if name.startswith("_") or " " in name]
    assert names == sorted({*names})


def _samples(customer: omise.Customer) -> dict[str, Any]:
    """Records in every state."""
    unloaded = omise.Customer.from_data({**customer.to_dict(), "cards": None})
    return {
        "loaded": customer,
        "list": customer.cards,
        "unloaded record": unloaded.default_card,
        "unloaded list": unloaded.cards,
        "unloaded owner": omise.Customer._build({"object": "customer", "id": customer.id}, None, loaded=False),
        "unsaved": omise.Customer(email="x"),
        "part": omise.Resource.from_data({"a": 1}),
        "class": omise.Customer,
        "client": default_client,
    }


def test_looking_around_sends_nothing(omise_sandbox: Sandbox) -> None:
    """What shells, debuggers, doctest and test tools do to objects sends no request and raises nothing odd."""
    samples = _samples(omise.Customer.create(email="a@b.co", card=omise_sandbox.card()))
    count = len(omise_sandbox.requests)
    probes = ["_ipython_display_", "_ipython_canary_method_should_not_exist_", "__wrapped__", "__html__"]

    for state, sample in samples.items():
        for probe in probes:
            assert not hasattr(sample, probe), (state, probe)
        names = [name for name, _ in inspect.getmembers(sample)]
        assert pprint.pformat(sample)
        assert repr(sample)
        assert str(sample)
        assert not isinstance(sample, Resource) or sample._repr_html_()
        assert inspect.unwrap(sample) is sample
        assert not inspect.isawaitable(sample)
        for name in dir(sample):
            getattr(sample, name)
        if isinstance(sample, Resource):
            assert {*dir(sample)} <= {*names}
            copy.copy(sample)
            copy.deepcopy(sample)
            pickle.dumps(sample)
        pydoc.plain(pydoc.render_doc(sample)) if isinstance(sample, type) else None
        bool(state.startswith("un") and isinstance(sample, List)) or bool(sample)

    assert len(omise_sandbox.requests) == count


# In IPython


def test_ipython_shows_a_record_that_is_alone_a_field_a_line(john: omise.Customer) -> None:
    """As `print` does; among others it is shown in a line, and a list as `print` shows it."""
    page: Any = omise.List.from_data({"object": "list", "data": [john.to_dict()], "total": 1, "location": "/customers"})

    assert pretty.pretty(john) == str(john)
    assert pretty.pretty([john]) == f"[{john!r}]"
    assert pretty.pretty({"one": {"two": john}}) == f"{{'one': {{'two': {john!r}}}}}"
    assert pretty.pretty(page) == str(page)
    assert pretty.pretty(page).splitlines() == ["List /customers 1 of 1, page 1 of 1", f"  {john!r}"]


def test_nothing_is_fetched_for_what_ipython_asks(omise_sandbox: Sandbox, tmp_path: Path) -> None:
    """Showing, completing and explaining a record, or a list, that is not loaded."""
    config = Config()
    config.HistoryManager.enabled = False
    config.IPCompleter.use_jedi = False  # which looks at the modules of pytest, and stumbles
    shell: Any = InteractiveShell(config=config, ipython_dir=str(tmp_path))
    unloaded = omise.Customer.from_data({**CUSTOMER, "default_card": "card_test_1", "cards": None})
    shell.push({"customer": unloaded, "card": unloaded.default_card, "cards": unloaded.cards})
    offered = {}
    for name in ("customer", "card", "cards"):
        with provisionalcompleter():
            offered[name] = {
                found.text.rpartition(".")[2] for found in shell.Completer.completions(f"{name}.", len(name) + 1)
            }

        assert pretty.pretty(shell.user_ns[name])
        assert name == "cards" or "Docstring" in shell.object_inspect_mime(name)["text/plain"]  # it asks for a length

    assert {"email", "update", "cards"} <= offered["customer"]
    assert {"reload", "destroy"} <= offered["card"]
    assert {"create", "next_page"} <= offered["cards"]
    assert omise_sandbox.requests == []


def test_fields_that_tell_records_apart() -> None:
    """The id, what the summaries name, the time; only those that some record has."""
    data = [{"object": "charge", "id": "chrg_1", "amount": 1, "created_at": "x"}, {"object": "customer", "email": "e"}]
    page: Any = omise.List.from_data({"object": "list", "data": data})

    assert telling(page.data) == ["id", "amount", "email", "created_at"]
    assert telling([]) == []
