"""`omise.records.verbs`: verbs of the class, which no record sets off."""

import functools
import inspect
import pickle
import pydoc
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import omise
from omise.records.casting import NAMES
from omise.records.resource import Resource
from omise.records.verbs import class_verb, record_verb
from omise.sandbox import Sandbox

from ..stubs import load_all


def test_class_verbs_are_no_verbs_of_records(omise_sandbox: Sandbox) -> None:
    """`customer.create()` creates nothing: a TypeError names the right call, and nothing is sent."""
    customer = omise.Customer.create()
    unloaded = omise.Customer._build({"object": "customer", "id": "cust_test_1"}, None, loaded=False)
    count = len(omise_sandbox.requests)
    for verb in ("create", "retrieve", "list"):
        for record in (customer, unloaded):
            with pytest.raises(TypeError, match=rf"omise\.Customer\.{verb}\(…\)"):
                getattr(record, verb)(email="x")

    assert len(omise_sandbox.requests) == count


def test_a_class_verb_reached_through_a_record_is_the_json_value_of_that_name() -> None:
    """Where the JSON has a field of the verb's name, the record gives the field, assigned or fetched."""

    class Plan(Resource):
        object_name = "plan"

        @class_verb
        def schedule(cls, **params: Any) -> str:
            """Build a schedule."""
            return f"{cls.__name__} {params}"

    plan: Any = Plan.from_data({"object": "plan", "id": "plan_1", "schedule": {"every": 2}})
    other: Any = Plan.from_data({"object": "plan", "id": "plan_2"})
    other["schedule"] = "daily"

    assert Plan.schedule(every=1) == "Plan {'every': 1}"
    assert Plan.schedule.__doc__ == "Build a schedule."
    assert plan.schedule.every == 2
    assert other.schedule == "daily"


def test_help_shows_class_verbs() -> None:
    """help() of a class lists its verbs with their docstrings."""
    text = pydoc.plain(pydoc.render_doc(omise.Customer))

    assert re.search(r"create\([\s|]*attributes", text)  # since 3.13 a line for each parameter
    assert "Fetch a page of the records" in text


# Verbs that write


WRITING = {
    "accept",
    "capture",
    "charge",
    "close",
    "create",
    "destroy",
    "expire",
    "mark_as_failed",
    "mark_as_paid",
    "mark_as_sent",
    "refund",
    "revoke",
    "reverse",
    "save",
    "start",
    "update",
    "upload",
    "upload_document",
    "verify",
}


def verbs() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public verb of every class, by its full name."""
    load_all()
    for cls in {*NAMES.values(), omise.Scheduler, omise.SearchScope}:
        for name in dir(cls):
            found = None if name.startswith("_") else inspect.getattr_static(cls, name)
            found = getattr(found, "function", found)
            if inspect.isfunction(found):
                yield f"{cls.__name__}.{name}", found


VERBS = dict(verbs())


@pytest.mark.parametrize("name", sorted(VERBS))
def test_every_verb_that_writes_is_marked_and_no_other(name: str) -> None:
    """``alters_data`` is what Django's templates ask for; a docstring that names a writing request needs the mark."""
    verb = VERBS[name]
    writes = re.search(r"\b(POST|PATCH|DELETE) [/<…]", verb.__doc__ or "") is not None

    assert getattr(verb, "alters_data", False) is (name.rpartition(".")[2] in WRITING)
    assert getattr(verb, "alters_data", False) or not writes


def test_all_of_them_were_looked_at() -> None:
    """The walk meets each of the verbs that write."""
    assert {name.rpartition(".")[2] for name in VERBS} >= WRITING


def test_a_verb_of_the_class_is_passed_over_through_a_record() -> None:
    """It would be refused; a template leaves it blank instead of failing."""
    charge: Any = omise.Charge.from_data({"object": "charge", "id": "chrg_test_1"})

    assert charge.create.alters_data is charge.retrieve.alters_data is True
    assert omise.Charge.create.alters_data is True


# Verbs of records, through the class

OF_RECORDS = [
    (cls, name)
    for cls in sorted({*NAMES.values()}, key=lambda cls: cls.__name__)
    for name in dir(cls)
    if isinstance(inspect.getattr_static(cls, name), record_verb)
]


@pytest.mark.parametrize("given", [("cust_test_1",), ()])
@pytest.mark.parametrize(("cls", "name"), OF_RECORDS)
def test_every_verb_of_a_record_says_that_it_needs_one(cls: Any, name: str, given: tuple[Any, ...]) -> None:
    """An id in the record's place is a TypeError that says how to get the record, where its class can fetch it."""
    with pytest.raises(TypeError, match=rf"^omise\.{cls.__name__}\.{name}\(\) is a verb of a record, got ") as refused:
        getattr(cls, name)(*given, email="a@example.com")

    fetched = isinstance(inspect.getattr_static(cls, "retrieve", None), class_verb)
    assert fetched is (f"; retrieve it first: omise.{cls.__name__}.retrieve(" in str(refused.value))
    assert str(refused.value).endswith(f").{name}(…)") is fetched


def test_no_method_was_forgotten() -> None:
    """The walk meets each public method of each class, but those that only show what there is."""
    left = {
        name
        for cls in NAMES.values()
        for name, found in vars(cls).items()
        if inspect.isfunction(found) and not name.startswith("_")
    }

    assert left == {"money_of", "to_a", "to_dataframe", "to_dict", "to_dicts", "to_json", "to_polars"}
    assert {name for _, name in OF_RECORDS} >= (WRITING - {"create", "start"}) | {"reload", "list_cards"}


@pytest.mark.parametrize(
    ("verb", "call"),
    [
        (omise.Customer.update, "omise.Customer.retrieve(id).update(…)"),
        (omise.Card.destroy, "omise.Card.retrieve(customer_id, id).destroy(…)"),
        (omise.Account.update, "omise.Account.retrieve().update(…)"),
        (omise.Client(secret_api_key="skey_test_1").Charge.capture, "omise.Charge.retrieve(id).capture(…)"),
    ],
)
def test_how_a_record_is_fetched(verb: Any, call: str) -> None:
    """With the ids that its class asks for."""
    with pytest.raises(TypeError, match=re.escape(f"got str; retrieve it first: {call}")):
        verb("id", metadata={})


def test_a_verb_of_a_record_takes_the_record_through_its_class(omise_sandbox: Sandbox) -> None:
    """`omise.Customer.update(customer, …)` is `customer.update(…)`, of whichever account."""
    other = omise_sandbox.client().Customer.create()

    assert omise.Customer.update(omise.Customer.create(), email="a@example.com").email == "a@example.com"
    assert omise.Customer.update(other, email="b@example.com").email == "b@example.com"


def test_an_extended_verb_reaches_the_one_below(omise_sandbox: Sandbox) -> None:
    """`super().update(…)` and `functools.wraps` work as with any method."""

    class Member(omise.Customer):
        @functools.wraps(omise.Customer.update)
        def update(self, *args: Any, **params: Any) -> Any:
            return super().update(*args, description="member", **params)

    member = Member._build(omise.Customer.create().to_dict(), None)

    assert member.update(email="a@example.com").description == "member"
    assert Member.update.__doc__ == omise.Customer.update.__doc__


def test_verbs_of_records_are_read_and_kept_as_functions(omise_sandbox: Sandbox) -> None:
    """Their signature, docstring and mark can be read, and they can be pickled, bound or not."""
    customer = omise.Customer.create()
    capture = omise.Charge.capture

    assert [*inspect.signature(capture).parameters][:3] == ["self", "attributes", "capture_amount"]
    assert [*inspect.signature(customer.update).parameters][:2] == ["attributes", "email"]
    assert (capture.__doc__ or "").strip().startswith("Take the money")
    assert capture.alters_data  # type: ignore[attr-defined]
    assert pickle.loads(pickle.dumps(capture)) == capture == omise.Charge.capture
    assert pickle.loads(pickle.dumps(omise.Customer.update)) == omise.Customer.update
    assert pickle.loads(pickle.dumps(omise.Customer.create)) == omise.Customer.create
    assert pickle.loads(pickle.dumps(customer.update)).__self__ == customer
