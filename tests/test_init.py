"""What ``import omise`` does to the program that imports it, and what it offers."""

import json
import subprocess
import sys
from typing import Any

import pytest

import omise
import omise.resources
from omise.config import Config

LOOK = """
import json, logging, sys
events = []
sys.addaudithook(lambda name, args: events.append(name) if name.startswith("socket.") else None)
import omise
from types import ModuleType
modules = sorted(sys.modules)
from omise import *
print(json.dumps({
    "modules": modules,
    "handlers": [repr(handler) for name in ("", "omise") for handler in logging.getLogger(name).handlers],
    "levels": [logging.getLogger().level, logging.getLogger("omise").level],
    "sockets": events,
    "public": [name for name, value in vars(omise).items()
               if not name.startswith("_") and not isinstance(value, ModuleType) and name != "TYPE_CHECKING"],
}))
"""

FIRST = (
    """
from omise import Customer
made = Customer.from_data({"object": "customer", "id": "cust_1", "default_card": "card_1", "card": {"object": "card"}})
assert type(made.card).__name__ == type(made.default_card).__name__ == "Card"
""",
    """
from omise.records.resource import Resource
class Card(Resource):
    object_name = "card"
import omise
assert type(omise.Customer.from_data({"card": {"object": "card"}}).card) is Card is not omise.Card
assert omise.client.default_client.Card is omise.Card
""",
    """
from omise.resources.charge import Charge
from omise.records.access import current_client
import omise
assert current_client() is omise.client.default_client and type(current_client()) is omise.Client
""",
    """
import omise
omise.secret_api_key = "skey_test_1"
assert omise.client.default_client.config.secret_api_key == "skey_test_1"
assert omise.resources.card.Card is omise.Card is omise.client.default_client.Card
assert omise.Client(secret_api_key="skey_test_1").PlatformFee
""",
    """
from unittest import mock
import omise
with mock.patch("omise.Customer"), mock.patch("omise.Charge.retrieve"):
    omise.Customer.retrieve("cust_1")
assert omise.Customer.object_name == "customer"
""",
)
"""What programs may do first."""


@pytest.fixture(scope="module")
def fresh() -> dict[str, Any]:
    """What a new interpreter looks like after the import."""
    run = subprocess.run([sys.executable, "-W", "error", "-c", LOOK], capture_output=True, text=True, check=True)
    return dict(json.loads(run.stdout))


def test_nothing_heavy_is_imported(fresh: dict[str, Any]) -> None:
    """Nothing of this package but its face and its settings, and nothing that those do without."""
    loaded = {name.partition(".")[0] for name in fresh["modules"]}
    own = {name for name in fresh["modules"] if name.startswith("omise.")}

    assert not loaded & {"requests", "urllib3", "ssl", "dateutil", "werkzeug", "waitress", "sqlite3", "vcr", "pytest"}
    assert own == {"omise.directory", "omise.importing", "omise.neighbour", "omise.settings", "omise.version"}


def test_logging_is_left_as_it_was(fresh: dict[str, Any]) -> None:
    """The host's logging has no handler and no level of ours."""
    assert fresh["handlers"] == []
    assert fresh["levels"] == [30, 0]


def test_no_socket_is_made(fresh: dict[str, Any]) -> None:
    """Importing asks the network nothing."""
    assert fresh["sockets"] == []


def test_all_is_sorted_complete_and_true(fresh: dict[str, Any]) -> None:
    """``__all__`` is every public name, once, in order, and each of them is there."""
    assert omise.__all__ == sorted(set(omise.__all__))
    assert set(omise.__all__) == {*fresh["public"], "__version__", "errors"}
    assert all(hasattr(omise, name) for name in omise.__all__)


def test_every_resource_is_exported() -> None:
    """What `omise.resources` declares is reached as an attribute of the package."""
    assert omise.resources.__all__
    assert {*omise.resources.__all__} <= {*omise.__all__}
    assert all(getattr(omise.resources, name) is getattr(omise, name) for name in omise.resources.__all__)


def test_the_names_of_other_packages_are_the_same_things() -> None:
    """``Base``, ``Collection`` and ``LazyCollection`` are what `Resource` and `List` are called elsewhere."""
    assert omise.Base is omise.Resource
    assert omise.Collection is omise.LazyCollection is omise.List
    assert omise.errors.BaseError is omise.Error


@pytest.mark.parametrize("code", FIRST)
def test_whatever_is_used_first(code: str) -> None:
    """Objects become their classes, and calls find the account, in whichever order things are loaded."""
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)


def test_dir_offers_names_settings_and_subpackages() -> None:
    """A REPL completes what can be used, and nothing internal."""
    offered = dir(omise)

    assert {*omise.__all__, *Config.settings, "aio", "sandbox", "testing"} == set(offered)


def test_the_annotated_settings_are_the_settings() -> None:
    """What a type checker is told of settings is what there is at run time."""
    source = omise.__file__ or ""
    with open(source) as file:
        hidden = file.read().partition("if TYPE_CHECKING:")[2].partition("Base = ")[0]
    annotated = [line.split(":")[0].strip() for line in hidden.splitlines() if ": " in line]

    assert set(annotated) == set(Config.settings)
