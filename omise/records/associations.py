"""
What a record is tied to: `belongs_to` another record, `has_many` in a list.

Both are read the same way: what was fetched or assigned before, else what stands in the JSON, else a record or list
of which only the address is known, and which is fetched, once, when something else of it is read.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from .casting import REGISTRY, cast_as, class_named, class_of
from .identity import Finder, Record, check_id
from .resource import Resource

if TYPE_CHECKING:
    from typing_extensions import Self

    from .listing import List

R = TypeVar("R", bound=Resource)
L = TypeVar("L", bound="List[Any]")

PREFIXES = {"chrg": "charge", "dspt": "dispute", "rcpt": "receipt", "rfnd": "refund", "trsf": "transfer"}
"""Of which type a record is, by how its id begins, where a field holds ids of several."""


class _Association(Finder, ABC):
    """A field that stands for records: found when it is first read, then kept, until the record is filled anew."""

    name: str

    def __set_name__(self, owner: type[Resource], name: str) -> None:
        self.name = name
        owner._associations = {**owner._associations, name: self}

    def _read(self, record: Resource) -> Any:
        found = self._find(record)
        object.__setattr__(record, self.name, found)  # where it hides this descriptor, and is found at once
        return found

    @abstractmethod
    def assign(self, record: Resource, value: Any) -> None:
        """Set *record*'s field to *value*."""

    @abstractmethod
    def _find(self, record: Resource) -> Any:
        """Return what stands for *record*'s field, from its JSON, or what will be fetched."""


class BelongsTo(_Association, Generic[R]):
    """Descriptor of `belongs_to`."""

    is_list = False

    def __init__(self, kind: str | None, through: str | None) -> None:
        self.kind = kind
        self.through = through

    @overload
    def __get__(self, record: None, owner: type[Resource]) -> Self: ...
    @overload
    def __get__(self, record: Resource, owner: type[Resource]) -> R | None: ...
    def __get__(self, record: Resource | None, owner: type[Resource]) -> Self | R | None:
        return self if record is None else self._read(record)

    if TYPE_CHECKING:  # not there, so that what was found once is read without this descriptor

        def __set__(self, record: Resource, value: R | str | None) -> None: ...

    def assign(self, record: Resource, value: R | str | None) -> None:
        if isinstance(value, Resource):
            check_id(value, self.wanted, self.name)
        record[self.name] = value

    @property
    def wanted(self) -> type[Record]:
        """What may be assigned."""
        return class_named(self.kind) if self.kind else Resource

    def _find(self, record: Resource) -> Any:
        try:
            value = record._changes[self.name] if self.name in record._changes else record._raw(self.name)
        except KeyError:
            # Not left to __getattr__: it would hand out what this descriptor is there to convert.
            raise AttributeError(record._unknown(self.name), name=self.name) from None
        if value is None or isinstance(value, Resource):
            return value
        cls = class_for(self.kind) if self.kind else class_of(_type_of(value))
        if isinstance(value, Mapping):
            return cast_as(cls, value, record._origin)
        return self._among_siblings(record, value) or self._unloaded(record, cls, value)

    def _among_siblings(self, record: Resource, id: str) -> Any:
        """Return the record from the list it is kept in, where that list came with the JSON and holds it."""
        if self.through is None or not isinstance(record._attributes.get(self.through), Mapping):
            return None
        return next((one for one in getattr(record, self.through).data if one._attributes.get("id") == id), None)

    def _unloaded(self, record: Resource, cls: type[Record], id: str) -> Record:
        data = {"object": cls.object_name, "id": id}
        if self.through is not None:
            data["location"] = f"{record._path}/{self.through}/{check_id(id, cls)}"
        return cast_as(cls, data, record._origin, loaded=False)


class HasMany(_Association, Generic[L]):
    """Descriptor of `has_many`."""

    is_list = True

    def __init__(self, kind: str, path: str | None, of: str | None) -> None:
        self.kind = kind
        self.path = path
        self.of = of

    @overload
    def __get__(self, record: None, owner: type[Resource]) -> Self: ...
    @overload
    def __get__(self, record: Resource, owner: type[Resource]) -> L: ...
    def __get__(self, record: Resource | None, owner: type[Resource]) -> Self | L:
        return self if record is None else self._read(record)

    if TYPE_CHECKING:

        def __set__(self, record: Resource, value: object) -> None: ...

    def assign(self, record: Resource, value: object) -> None:
        raise AttributeError(f"{type(record).__name__}.{self.name} is kept by the API, and changed by its own verbs")

    def _find(self, record: Resource) -> Any:
        cls: Any = class_named(self.kind)
        if not record._attributes:
            raise AttributeError(record._unknown(self.name), name=self.name)
        value = record._attributes.get(self.name)
        known = isinstance(value, (dict, Mapping))  # a dict nearly always, of which `Mapping` is slow to tell
        data: Any = value if known else {"object": "list"}
        found = cast_as(cls, data, record._origin, loaded=known)
        object.__setattr__(found, "_parent", record)  # around what assignments are checked by, which takes its time
        if "location" not in data:  # as in lists within objects, before 2017-11-02
            found._address = f"{record._path}/{self.path or self.name}"
        if self.of is not None:
            found._holds = class_named(self.of)
        return found


def _type_of(value: Mapping[str, Any] | str) -> str:
    return str(value.get("object")) if isinstance(value, Mapping) else PREFIXES.get(value.partition("_")[0], "")


def class_for(kind: str) -> type[Record]:
    """Return the class that records of the class named *kind* become: the one registered for their ``object``."""
    named = class_named(kind)
    return REGISTRY.get(str(named.object_name), named)


def belongs_to(kind: str | None = None, *, through: str | None = None) -> Any:
    """
    Declare a field that holds the id of a record of the class named *kind*, or with ``expand`` the record itself.

    Reading gives the record either way; from an id it is not loaded yet: ``.id`` costs nothing, the first other
    attribute one request. Without *kind* the beginning of the id tells the class. *through* names the list under this
    record in which it is kept, if it has no path of its own.
    """
    return BelongsTo[Any](kind, through)


def has_many(kind: str = "List", *, of: str | None = None, path: str | None = None) -> Any:
    """
    Declare a list of the class named *kind* below this record: the one in the JSON, or fetched when touched.

    Called with options, it is fetched with them: ``customer.cards(order="reverse_chronological")``. *of* is
    the type of its records where *kind* does not tell, *path* the last part of its address where that differs from the
    field's name.
    """
    return HasMany[Any](kind, path, of)
