"""How parameters are given to verbs: by keyword, or as a dict, whatever the verb."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

import omise
import omise.resources
from omise.records.operations import Creatable, Destroyable, Listable, Reloadable, Retrievable, Singleton, Updatable
from omise.resources.schedulable import Schedulable
from omise.sandbox import Sandbox

from ..stubs import Stub

BODY = {"object": "thing", "id": "thing_test_1", "location": "/things/thing_test_1"}

ABILITIES = (
    (Creatable, "create"),
    (Retrievable, "retrieve"),
    (Singleton, "retrieve"),
    (Listable, "list"),
    (Schedulable, "list_schedules"),
    (Reloadable, "reload"),
    (Updatable, "update"),
    (Destroyable, "destroy"),
)
OF_THE_CLASS = {"create", "retrieve", "list", "list_schedules"}
OWN = (
    ("Chain", "revoke"),
    ("Charge", "capture"),
    ("Charge", "expire"),
    ("Charge", "refund"),
    ("Charge", "reverse"),
    ("Customer", "charge"),
    ("Dispute", "accept"),
    ("Recipient", "verify"),
    ("Transfer", "mark_as_sent"),
)
"""Verbs that one resource has."""


def verbs() -> Iterator[tuple[str, str]]:
    """Yield every verb of every resource that the gem gives a hash to: the name of the class and its own."""
    for name in vars(omise.resources):
        cls = getattr(omise.resources, name)
        if isinstance(cls, type):
            yield from ((name, verb) for ability, verb in ABILITIES if issubclass(cls, ability))
    yield from OWN


def send(client: Any, name: str, verb: str, *args: Any, **params: Any) -> None:
    """Call *verb* of the class of that *name*, or of a record of it."""
    cls = getattr(client, name)
    if verb not in OF_THE_CLASS:
        getattr(cls.from_data({**BODY, "object": cls.object_name}), verb)(*args, **params)
    elif verb == "retrieve" and issubclass(cls, Retrievable):
        cls.retrieve(*["usd"] * (2 if cls.under else 1), *args, **params)
    else:
        getattr(cls, verb)(*args, **params)


@pytest.mark.parametrize(("name", "verb"), [*verbs()])
def test_a_dict_is_as_good_as_keywords(name: str, verb: str) -> None:
    """What is sent is the same, options that stand in the dict are taken out of it, and the dict stays as it was."""
    stub = Stub(lambda sent: BODY)
    client = stub.client(app_key="akey_test_stub")
    given = {"amount": 5, "timeout": 7, "key": client.key(getattr(omise, name).key_kind), "idemp_key": "same"}
    kept = dict(given)

    for args, params in (((), given), ((given,), {})):
        with suppress(omise.Error):  # a thing is not what was asked for
            send(client, name, verb, *args, **params)
    by_keyword, by_dict = stub.sent

    assert by_dict == by_keyword
    assert "amount" in str(by_dict.params)
    assert "timeout" not in by_dict.params
    assert given == kept


def test_what_is_no_dict_is_refused(omise_sandbox: Sandbox) -> None:
    """Before anything is sent, saying how parameters are given."""
    charge = omise.Charge.from_data({"object": "charge", "id": "chrg_test_1"})
    customer = omise.Customer.from_data({"object": "customer", "id": "cust_test_1"})
    for verb in (charge.refund, charge.capture, charge.reload, customer.charge, customer.destroy, omise.Charge.list):
        with pytest.raises(TypeError, match="given as keyword arguments or a dict, got int"):
            verb(5)  # type: ignore[arg-type]

    assert omise_sandbox.requests == []


def test_the_gems_two(omise_sandbox: Sandbox) -> None:
    """A refund and a charge of a customer from a dict."""
    customer = omise.Customer.create(card=omise_sandbox.card())
    charge = customer.charge({"amount": 100_00, "currency": "thb"}, description="Order 7")

    assert charge.refund({"amount": 40_00}).amount == 40_00
    assert (charge.description, charge.refunded_amount) == ("Order 7", 40_00)
