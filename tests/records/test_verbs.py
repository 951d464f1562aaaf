"""`omise.records.verbs`: verbs of the class, which no record sets off."""

import pydoc
from typing import Any

import pytest

import omise
from omise.records.resource import Resource
from omise.records.verbs import class_verb
from omise.sandbox import Sandbox

from .conftest import throw_away


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


@throw_away
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

    assert "create(attributes" in text
    assert "Fetch a page of the records" in text
