"""Which parameters a verb takes, at run time too: for `help`, for completion, and for whoever asks."""

import inspect
import pydoc
import subprocess
import sys

import pytest

import omise
from omise.records.access import OPTIONS
from omise.records.operations import Creatable, Updatable
from omise.records.signatures import known_parameters


@pytest.fixture
def charge() -> omise.Charge:
    """A charge that was stored."""
    return omise.Charge.from_data({"object": "charge", "id": "chrg_test_1"})


def test_a_verb_of_the_class_names_its_parameters() -> None:
    """What is required first and without a default, the options last."""
    parameters = inspect.signature(omise.Charge.create).parameters

    assert [*parameters][:3] == ["attributes", "amount", "currency"]
    assert parameters["amount"].default is inspect.Parameter.empty
    assert str(parameters["description"]) == "description: 'str | None' = …"
    assert (*parameters,)[-len(OPTIONS) :] == OPTIONS


def test_a_verb_of_a_record_names_its_parameters(charge: omise.Charge) -> None:
    """Those of its own class, whether the verb is written there or in an ability."""
    assert [*inspect.signature(charge.capture).parameters] == ["attributes", "capture_amount", *OPTIONS]
    assert [*inspect.signature(charge.update).parameters] == ["attributes", "description", "metadata", *OPTIONS]
    assert [*inspect.signature(omise.Charge.capture).parameters][:3] == ["self", "attributes", "capture_amount"]
    assert [*inspect.signature(omise.Charge.update).parameters][:3] == ["self", "attributes", "description"]


def test_the_classes_of_a_client_name_the_same_parameters() -> None:
    """A bound class has the parameters of the one that it stands for."""
    client = omise.Client(secret_api_key="skey_test_1")

    assert inspect.signature(client.Charge.create) == inspect.signature(client.Charge.create)
    assert known_parameters(client.Charge, "create") == known_parameters(omise.Charge, "create")


@pytest.mark.parametrize(
    ("cls", "verb", "names"),
    [
        (omise.Charge, "update", {"description", "metadata"}),
        (omise.Charge, "save", {"description", "metadata"}),
        (omise.Charge, "refund", {"amount", "metadata", "void"}),
        (omise.Charge, "reverse", set()),
        (omise.Customer, "retrieve", {"expand"}),
        (omise.Dispute, "close", {"status"}),
        (omise.Dispute, "list", {"status", "limit", "offset", "order", "from_", "to", "expand"}),
        (omise.Card, "update", {"name", "expiration_month", "expiration_year", "city", "postal_code"}),
        (omise.Link, "destroy", set()),
    ],
)
def test_known_parameters_are_those_of_the_api(cls: type, verb: str, names: set[str]) -> None:
    """Without the options, and without what is given by place."""
    assert known_parameters(cls, verb) == names


def test_of_a_class_of_ones_own_nothing_is_known() -> None:
    """It has no types of parameters; its verbs work as they do."""
    cls = type("Voucher", (Creatable, Updatable, omise.Resource), {"path": "/vouchers", "__module__": __name__})

    assert known_parameters(cls, "create") == frozenset()
    assert [*inspect.signature(cls.create).parameters] == ["attributes", "params"]


def test_help_shows_the_parameters() -> None:
    """As of a function: the signature, and the docstring under it."""
    text = " ".join(pydoc.plain(pydoc.render_doc(omise.Charge.create)).split())
    text = text.replace("( ", "(").replace("'", "")  # since 3.13 a line for each, since 3.14 without quotes

    assert "create(attributes=None, /, *, amount: int | Money, currency: Currency" in text
    assert "Create a record from the fields" in text


TYPED = {
    "omise.Charge.create(curr": "currency=",
    "charge.update(descr": "description=",
    "charge.capture(capt": "capture_amount=",
    "omise.Link.list(lim": "limit=",
}
COMPLETE = """
import jedi, omise

charge = omise.Charge.from_data({"object": "charge", "id": "chrg_test_1"})
for typed in %r:
    print(*(found.name for found in jedi.Interpreter(typed, [{"omise": omise, "charge": charge}]).complete()))
"""


def test_jedi_completes_the_parameters() -> None:
    """Inside the parentheses, as in IPython and in notebooks."""
    said = subprocess.run(
        [sys.executable, "-c", COMPLETE % [*TYPED]], capture_output=True, text=True, check=True
    ).stdout

    assert said.splitlines() == [*TYPED.values()]


def test_types_cost_nothing_until_they_are_asked_for() -> None:
    """Importing omise makes none of them, and neither does calling."""
    code = "import sys, omise; omise.Charge.create; print([name for name in sys.modules if '.parameters' in name])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert said.strip() == "[]"


def test_a_module_says_what_it_does_not_have() -> None:
    """Its types are found by name, and nothing else is."""
    import omise.resources.charge as module

    assert set(module.ChargeUpdate.__annotations__) == {"description", "metadata", *OPTIONS}
    with pytest.raises(AttributeError, match=r"module 'omise\.resources\.charge' has no attribute 'Nothing'"):
        _ = module.Nothing  # type: ignore[attr-defined]
