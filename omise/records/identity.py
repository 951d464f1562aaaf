"""
What a record is known by: its state, its class's place in the API, its id and path, and who equals it.

The state has four parts: `_attributes` is what the API said and is never edited, `_changes` what was assigned,
`_origin` the account that it came from. What was made of the JSON when it was touched are the record's own attributes,
but for fields whose names the class has: those are in `_apart`.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeVar

from ..config import Host
from ..errors import ConfigurationError, DestroyedError
from ..redaction import is_secret, opened, sealed, short
from .access import BaseClient, Home, Origin, Stray, current_client

if TYPE_CHECKING:
    from typing_extensions import Self

R = TypeVar("R", bound="Record")

ID = re.compile(r"[A-Za-z0-9_-]+")
LOCATION = re.compile(r"(/[A-Za-z0-9_-]+)+")

NOTHING: Mapping[str, Any] = MappingProxyType({})
"""The changes of every record that has none."""


class Finder:
    """What finds the value of a field when it is first read; what it found, the record's own from then on, hides it."""


FREE: Finder = Finder()
"""Stands for a name that a class does not have."""


class Record:
    """A record's state and identity; `Resource` adds reading, changing and calling."""

    object_name: ClassVar[str | None] = None
    """The ``object`` field of its JSON."""
    path: ClassVar[str | None] = None
    """Path of the collection; None where a record's path is known by its ``location`` alone."""
    under: ClassVar[tuple[str, str] | None] = None
    """For records kept under another one: the name of its class, and the last part of the collection's path."""
    host: ClassVar[Host] = "api"
    key_kind: ClassVar[Literal["secret", "public", "app"]] = "secret"
    harmless: ClassVar[bool] = False
    """Whether one that was made and never heard of does no harm, so that making it may be repeated."""
    referable: ClassVar[bool] = False
    """Whether creating it takes metadata, in which a reference can be put to find it by."""
    repetition_key: ClassVar[str | None] = None
    """The parameter by which the API knows that a record is asked for again, and makes no second one."""
    summary: ClassVar[tuple[str, ...]] = ()
    """Fields that tell records apart, for `repr`."""

    _parts: ClassVar[Mapping[str, type[Record]]] = {}
    """The classes of the objects in its fields that have no ``object`` field, by the names of those fields."""
    _client: ClassVar[BaseClient | None] = None
    _unbound: ClassVar[type[Record] | None] = None
    _associations: ClassVar[dict[str, Any]] = {}
    """The descriptors of `associations`, by the names of their fields."""

    _kept: ClassVar[tuple[str, ...]] = ()
    """Further instance attributes that a copy carries."""

    __slots__ = ("__dict__", "_attributes", "_changes", "_origin")

    _attributes: dict[str, Any]
    _changes: Mapping[str, Any]
    _origin: Home
    _loaded: bool = True
    """Whether more than where it is to be fetched from is known."""
    _apart: Any = NOTHING
    """What was made of fields whose names the class has."""

    @classmethod
    def _build(cls, data: dict[str, Any], origin: Home, loaded: bool = True) -> Self:
        """Return a record of the JSON *data*, which is not copied, and which nobody may edit from now on."""
        record = cls.__new__(cls)
        _set_attributes(record, data)
        _set_changes(record, NOTHING)
        _set_origin(record, origin or cls._own_origin())
        if not loaded:
            record._loaded = False
        return record

    @classmethod
    def _own_origin(cls) -> Home:
        return Origin(cls._client) if cls._client else None

    def _fill(self, data: dict[str, Any], origin: Home, loaded: bool = True) -> None:
        own = vars(self)
        own.get("_apart", {}).clear()  # and not let go of: it may be at hand where this record is fetched to be read
        for name in [*own]:
            if name == "_loaded" or self._is_free(name):
                del own[name]
        self._attributes = data
        self._changes = NOTHING
        self._origin = origin or self._own_origin()
        if not loaded:
            self._loaded = False

    def _is_free(self, name: str) -> bool:
        """Tell whether what is made of the field *name* can be the record's own attribute, and hides nothing there."""
        return not name.startswith("_") and isinstance(getattr(type(self), name, FREE), Finder)

    def _store(self, name: str) -> dict[str, Any]:
        """Return where what was made of the field *name* is kept, or will be."""
        if self._is_free(name):
            return vars(self)
        if self._apart is NOTHING:
            object.__setattr__(self, "_apart", {})
        return self._apart  # type: ignore[no-any-return]

    if TYPE_CHECKING:  # what comparing and copying ask of `Resource`

        @property
        def changes(self) -> dict[str, Any]: ...
        def to_dict(self) -> dict[str, Any]: ...

    @property
    def _path(self) -> str:
        """The path of this record on the API's host."""
        if self.path is not None:
            return f"{self.path}/{record_id(self)}"
        location = self._attributes.get("location")
        if not isinstance(location, str) or not LOCATION.fullmatch(location) or is_secret(location):
            location = None
            raise ValueError(f"{self!r} has no address of its own: the API gave it no location")
        return location

    @property
    def destroyed(self) -> bool:
        """Whether the API said that this record was destroyed."""
        return self._attributes.get("deleted") is True

    def _refuse_if_destroyed(self) -> None:
        if self.destroyed:
            raise DestroyedError(f"{self!r} was destroyed, and nothing can be done with it any more")

    # Comparing and copying

    def __eq__(self, other: object) -> bool:
        own = self._attributes.get("id")
        if isinstance(other, str):
            return bool(own == other)
        if isinstance(other, Record):
            if own is not None and self._kind is not None:
                return (self._kind, own) == (other._kind, other._attributes.get("id"))
            alike = self._kind == other._kind and bool(self._attributes)
            return self is other or (alike and self.to_dict() == other.to_dict())
        if isinstance(other, Mapping) and (own is None or self._kind is None):
            return self.to_dict() == other
        return NotImplemented

    def __hash__(self) -> int:
        own = self._attributes.get("id")
        if own is None:
            raise TypeError(f"{self!r} has no id, and cannot be hashed")
        return hash(own)

    @property
    def _kind(self) -> str | None:
        """The type of record; None for an object that is no record, but a part of one."""
        return self._attributes.get("object") or self.object_name

    def _state(self) -> dict[str, Any]:
        """Return what a copy carries: all but where the record came from, which holds keys; of that a mark."""
        kept = {name: vars(self)[name] for name in ("_loaded", *self._kept) if name in vars(self)}
        origin = Stray(self._origin.mark) if self._origin else None
        state = {"_attributes": self._attributes, "_changes": self.changes, "_origin": origin}
        return copy.deepcopy({**kept, **state})

    def __reduce__(self) -> tuple[Any, ...]:
        return restore, (type(self)._unbound or type(self), self._state())

    def __copy__(self) -> Self:
        twin = restore(type(self), self._state())
        twin._origin = self._origin
        return twin

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self.__copy__()

    def using(self, client: BaseClient) -> Self:
        """
        Return a copy of the record that is tied to the account of *client*: its later calls go there. Nothing is sent.

        For records that were pickled, or made with `from_data`, and belong to another account than the current one.
        """
        twin = restore(client.bind(type(self)), self._state())
        twin._origin = Origin(client)
        return twin

    def _home(self) -> Origin:
        """
        Return the account that the record came from, by default the current one.

        Raises `ConfigurationError` if it was pickled while it was another one's.
        """
        if isinstance(self._origin, Origin):
            return self._origin
        origin = Origin(current_client())
        if self._origin and self._origin.mark not in (None, origin.mark):
            raise ConfigurationError(
                f"{self!r} was pickled, and is of another account than the current one: tie it to its own with "
                "record.using(client), or load it in a block of omise.using(client)"
            )
        return origin


# The slots' own setters: an assignment goes through `__setattr__` of `Resource`, and takes longer than all the rest.
_set_attributes, _set_changes, _set_origin = (
    vars(Record)[name].__set__ for name in ("_attributes", "_changes", "_origin")
)


def restore(cls: type[R], state: dict[str, Any]) -> R:
    record = cls._build({}, None)
    for name, value in state.items():
        setattr(record, name, value)
    return record


def record_id(record: Record, name: str = "") -> str:
    """Return the id of *record*; raises ValueError if it has none, or not one that can stand in a path."""
    return check_id(record._attributes.get("id"), Record, name or f"the id of {record!r}")


def check_id(value: Any, cls: type[Record], name: str = "id") -> str:
    """
    Return the id that *value* is, or the id of *value* if it is a record of *cls*.

    Raises ValueError for what is not an id, so that it can never become another path, and TypeError for a record of
    another type.
    """
    if isinstance(value, Record):
        wanted = cls._unbound or cls
        if not isinstance(value, wanted) and (value._kind is None or value._kind != wanted.object_name):
            raise TypeError(f"{name} must be a {wanted.__name__} or its id, got {value!r}")
        return record_id(value)
    if is_id(value):
        return str(value)
    shown, kind = short(value), type(opened(value))
    value = sealed(value)  # which is a secret, perhaps: no frame shows it
    if value is not None and not issubclass(kind, str):
        raise TypeError(f"{name} must be an id as text, or a record, got {kind.__name__} {shown}")
    raise ValueError(f"{name} is {shown}; an id has letters, digits, '_' and '-' only, and at least one")


def is_id(value: Any) -> bool:
    return isinstance(value, str) and ID.fullmatch(value) is not None and not is_secret(value)
