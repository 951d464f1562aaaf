"""`omise.directory`: the tables of what is loaded when it is first used, beside what there is."""

import inspect
from importlib import import_module
from pathlib import Path

import pytest

import omise
from omise.directory import MODULES, OBJECTS, RESOURCES
from omise.records.resource import Resource

FOLDER = Path(omise.__file__).parent / "resources"
MODULES_OF_RESOURCES = sorted(path.stem for path in FOLDER.glob("[a-z]*.py"))


@pytest.mark.parametrize("name", MODULES_OF_RESOURCES)
def test_every_class_of_a_resource_is_in_its_row(name: str) -> None:
    """No class, and no object that becomes one, is unknown before its module is loaded."""
    module = import_module(f"omise.resources.{name}")
    classes = {
        key: cls for key, cls in vars(module).items() if inspect.isclass(cls) and cls.__module__ == module.__name__
    }
    records = {key for key, cls in classes.items() if issubclass(cls, Resource)}
    kinds = {cls.object_name: key for key, cls in classes.items() if vars(cls).get("object_name")}

    assert {key for key in RESOURCES[name] if key != "Scheduler"} == records
    assert kinds.items() <= OBJECTS.items()


def test_every_object_has_a_class_and_every_class_a_module() -> None:
    """What the tables name is there."""
    assert {*OBJECTS.values()} <= {*MODULES}
    assert all(hasattr(import_module(module), name) for name, module in MODULES.items())


def test_what_is_public_is_there() -> None:
    """All names of the face but its version, its submodule, and what other packages call the same things."""
    assert {*omise.__all__} - {*MODULES} == {"Base", "Collection", "LazyCollection", "__version__", "errors"}
