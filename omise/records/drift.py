"""
Drift: where the API's answers are no longer what the classes declare, a line in the log ``omise.drift`` for each field.

::

    from omise.records import drift

    drift.watch()

Names and types are compared, never values; whatever an answer holds goes on to its record as it is.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from inspect import get_annotations
from typing import Any, NamedTuple

from ..config import Config
from ..discretion import discreet
from ..redaction import DEEPEST, redact_text, short
from ..wire import transport
from .casting import NAMES, REGISTRY
from .identity import Record

log: logging.Logger = logging.getLogger("omise.drift")

EVERY = 20
"""Of how many objects of one kind one is compared."""

UNTOLD = {
    "charge": {
        "captured",  # another name of `paid`
        "authorization_type",  # this and the next two only where a charge is listed, or of a pre_auth
        "authorized_amount",
        "captured_amount",
        "authenticated_by",
        "merchant_advice_code",  # of accounts that asked for it
        "missing_3ds_fields",
    },
    "schedule": {"transfer", "charge"},  # the one or the other
}
"""Fields that are declared, and that not every answer has."""

UNDECLARED = {
    "charge": {
        "acquirer_reference_number",
        "branch",
        "can_perform_void",
        "capture",  # a verb of that name hides it
        "device",
        "terminal",
    },
    "occurrence": {"execute_time", "split_metadata", "transfer_amount"},
    "refund": {"capture", "terminal"},
    "schedule": {"deleted_by", "execute_time"},
    "scheduled_charge": {"card", "linked_account"},  # `card` is a property
    "source": {"qr_settings"},
    "transfer": {"balance_hold_at", "split_transfer_group_id"},
}
"""Fields that answers have and that few need: they can be read, without being declared."""

NOT_COMPARED = frozenset({"list", "search", "receipt_list"})
"""Kinds of objects that are no records, but hold some."""

OF_ANOTHER_VERSION = {"event": "data"}
"""Fields that have the form of the account's own version of the API, and not of the one that was asked for."""

WORDS = {
    "str": {"text"},
    "datetime": {"text"},
    "date": {"text"},
    "int": {"whole number"},
    "float": {"whole number", "fraction"},
    "bool": {"boolean"},
    "dict": {"object"},
    "list": {"list"},
    "None": {"null"},
    "Literal": {"text"},
}
"""The types of JSON that a declared type stands for; a class of records stands for an object, anything else for all."""


class Drift(NamedTuple):
    """A field that is not what is declared: ``charge.colour is new: text``."""

    kind: str
    field: str
    problem: str

    def __str__(self) -> str:
        return f"{self.kind}.{self.field} {self.problem}"


LINKED = {True: frozenset({"object"}), False: frozenset({"text", "object", "null"})}
"""The types of an association: of a list, and of the id of a record or the record itself."""


@discreet
def watch(every: int = EVERY) -> None:
    """
    Compare the answers to every call of this process, of whichever account, until `stop`: one of *every* of a kind.

    Each field is told of once.
    """
    if isinstance(every, bool) or not isinstance(every, int) or every < 1:
        raise ValueError(f"every is a whole number, 1 or more: one of how many objects is compared; got {short(every)}")
    transport.on_answer = _Watcher(every).look


def stop() -> None:
    """Compare no more."""
    transport.on_answer = None


class _Watcher:
    def __init__(self, every: int) -> None:
        self._every = every
        self._met: Counter[str] = Counter()
        self._told: set[Drift] = set()

    def look(self, config: Config, body: Any) -> None:
        """Log what *body*, an answer to an account with the settings *config*, does not have as it is declared."""
        if config.api_version != Config.api_version.default:
            return  # the classes declare the fields of one version
        for data in objects(body):
            kind = data["object"]
            self._met[kind] += 1
            if self._met[kind] % self._every in (1, 1 % self._every):
                self._tell(data)

    def _tell(self, data: Mapping[str, Any]) -> None:
        for drift in drifts(data):
            if drift not in self._told:
                self._told.add(drift)
                log.warning("%s", drift)


def objects(value: Any, depth: int = DEEPEST) -> Iterator[Mapping[str, Any]]:
    """Yield the objects in the JSON *value* whose fields are declared, at any depth."""
    if isinstance(value, list) and depth:
        for item in value:
            yield from objects(item, depth - 1)
    if not isinstance(value, Mapping) or not depth:
        return
    kind = value.get("object")
    if isinstance(kind, str) and kind in REGISTRY and kind not in NOT_COMPARED:
        yield value
    for name, item in value.items():
        if OF_ANOTHER_VERSION.get(str(kind)) != name and name != "metadata":
            yield from objects(item, depth - 1)


def drifts(data: Mapping[str, Any]) -> Iterator[Drift]:
    """Yield how the object *data* differs from what its class declares."""
    kind = data["object"]
    declared = declared_types(REGISTRY[kind])
    if data.get("deleted") is not True:  # of what is gone, little more is told than that
        for field in sorted(declared.keys() - data.keys() - UNTOLD.get(kind, set()) - {*_lists(REGISTRY[kind])}):
            yield Drift(kind, field, "is missing")
    for field, value in data.items():
        found = json_type(value)
        if field not in declared and field not in {"object", *UNDECLARED.get(kind, ())}:
            yield Drift(kind, redact_text(str(field)), f"is new: {found}")
        elif found not in (declared.get(field) or {found}):
            yield Drift(kind, field, f"is {found}, and not {' or '.join(sorted(declared[field]))}")


def json_type(value: Any) -> str:
    """Return what JSON calls the type of *value*, with numbers told apart."""
    names = {bool: "boolean", int: "whole number", float: "fraction", str: "text", dict: "object", list: "list"}
    return "null" if value is None else names.get(type(value), type(value).__name__)


def declared_types(cls: Any) -> dict[str, frozenset[str]]:
    """Return the fields that *cls* declares, each with the types of JSON it may have; none where all are allowed."""
    own = [
        base for base in cls.__mro__ if issubclass(base, Record) and base.__module__.rpartition(".")[0] != __package__
    ]
    annotations = [item for base in own for item in get_annotations(base).items()]
    found = {name: _types_in(str(text)) for name, text in annotations if _is_field(name, str(text))}
    return {**found, **{name: LINKED[each.is_list] for name, each in cls._associations.items()}}


def _is_field(name: str, annotation: str) -> bool:
    return not name.startswith("_") and not annotation.startswith("ClassVar")


def _lists(cls: Any) -> Iterator[str]:
    """Yield the lists below a record of *cls*, which its JSON may leave out."""
    return (name for name, association in cls._associations.items() if association.is_list)


def _types_in(annotation: str) -> frozenset[str]:
    words = [word.strip() for word in re.sub(r"\[.*]", "", annotation).split("|")]
    allowed = [WORDS.get(word, {"object"} if word in NAMES else None) for word in words]
    return frozenset() if None in allowed else frozenset().union(*(types for types in allowed if types))
