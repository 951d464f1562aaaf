"""
`Resource`: the generic base of every record, and the registry of its subclasses.

Raw JSON, objects made from it, and local changes are kept in three separate places: `_attributes` is what the API
said and is never edited, `_cast` what was made of it when touched, `_changes` what was assigned.
"""

from __future__ import annotations

import copy
import difflib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from keyword import iskeyword
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple, TypeVar

from .client import Client, Options, current_client
from .dates import parse_day, parse_time
from .encoding import encode, json_name
from .errors import DestroyedError
from .redaction import redact, redact_text

if TYPE_CHECKING:
    from typing_extensions import Self

R = TypeVar("R", bound="Resource")

REGISTRY: dict[str, type[Resource]] = {}
"""Which class a JSON object becomes, by the text of its ``object`` field."""

NAMES: dict[str, type[Resource]] = {}
"""Every class by its own name: associations name classes that may not exist yet."""

ID = re.compile(r"[A-Za-z0-9_-]+")
LOCATION = re.compile(r"(/[A-Za-z0-9_-]+)+")

FREE_FORM = frozenset({"metadata"})
"""Fields that hold whatever the caller put there: they stay dicts, whatever is in them."""


class Origin(NamedTuple):
    """Where a record came from: the account, and the key of the call if it named one. Later calls go there too."""

    client: Client
    key: str | None = None

    def __repr__(self) -> str:
        return f"Origin({self.client!r}{', key=…' if self.key else ''})"


class Resource:
    """
    A record of the API: attributes as the JSON has them, with objects, lists and times made of them when touched.

    ``record["name"]`` is the JSON value as it came. Assigning marks a change, which `update` or `save` sends. A record
    equals one of the same type and id, and its own id as text.

    Subclasses are declarations; one with an `object_name` is used for every JSON object of that name from then on.
    """

    object_name: ClassVar[str | None] = None
    """The ``object`` field of its JSON."""
    path: ClassVar[str | None] = None
    """Path of the collection; None where a record's path is known by its ``location`` alone."""
    under: ClassVar[tuple[str, str] | None] = None
    """For records kept under another one: the name of its class, and the last part of the collection's path."""
    host: ClassVar[Literal["api", "vault"]] = "api"
    key_kind: ClassVar[Literal["secret", "public", "app"]] = "secret"
    summary: ClassVar[tuple[str, ...]] = ()
    """Fields that tell records apart, for `repr`."""

    _client: ClassVar[Client | None] = None
    _unbound: ClassVar[type[Resource] | None] = None
    _associations: ClassVar[dict[str, Any]] = {}
    """The descriptors of `associations`, by the names of their fields."""

    _kept: ClassVar[tuple[str, ...]] = ()
    """Further instance attributes that a copy carries."""

    _attributes: dict[str, Any]
    _cast: dict[str, Any]
    _changes: dict[str, Any]
    _origin: Origin | None
    _loaded: bool

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls._client is not None:
            return  # the class of one account is not what the records of others become
        if cls.__dict__.get("object_name"):
            REGISTRY[cls.__dict__["object_name"]] = cls
        # A class of the same name elsewhere does not take the place of one that associations name.
        if NAMES.setdefault(cls.__name__, cls).__module__ == cls.__module__:
            NAMES[cls.__name__] = cls

    def __init__(self, **attributes: Any) -> None:
        """Make a record that the API does not know yet; `save` creates it."""
        if "id" in attributes:
            raise TypeError(f"an id is given by the API; {_spelled(self, 'retrieve')}(id) fetches the record of one")
        self._fill({}, None)
        for name, value in attributes.items():
            self[json_name(name)] = value

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Return the record that the JSON object *data* describes, such as one that was stored. Nothing is sent."""
        if not isinstance(data, Mapping):
            raise TypeError(f"from_data() takes a dict, got {type(data).__name__}")
        return cls._build(copy.deepcopy(dict(data)), None)

    @classmethod
    def _build(cls, data: dict[str, Any], origin: Origin | None, loaded: bool = True) -> Self:
        record = cls.__new__(cls)
        record._fill(data, origin, loaded)
        return record

    def _fill(self, data: dict[str, Any], origin: Origin | None, loaded: bool = True) -> None:
        own = type(self)._client
        self._attributes = data
        self._cast = {}
        self._changes = {}
        self._origin = origin or (Origin(own) if own else None)
        self._loaded = loaded

    # Reading

    if not TYPE_CHECKING:
        # Hidden from checkers, so that the annotations of the classes are the truth and a misspelling is reported.
        def __getattr__(self, name: str) -> Any:
            if name.startswith("_"):
                raise AttributeError(name)
            try:
                return self._read(json_name(name))
            except KeyError:
                raise AttributeError(self._unknown(name), name=name) from None

    def __getitem__(self, name: str) -> Any:
        self._refuse_as_name(name)
        changes = self.changes
        return _plain(changes[name]) if name in changes else copy.deepcopy(self._raw(name))

    def __contains__(self, name: object) -> bool:
        return name in self._changes or name in self._known()

    def _read(self, name: str) -> Any:
        """Return the value of the field *name* as Python has it; raises KeyError if there is no such field."""
        if name in self._changes:
            return self._changes[name]
        if name not in self._cast:
            self._cast[name] = cast(self._raw(name), self._origin, name)
        return self._cast[name]

    def _raw(self, name: str) -> Any:
        if name not in self._attributes:
            self._load()
        return self._attributes[name]

    def _known(self) -> dict[str, Any]:
        self._load()
        return self._attributes

    def _load(self) -> None:
        """Fetch a record of which only the id, or the location, is known so far; once. What was assigned stays."""
        if not self._loaded:
            changes = self._changes
            self._fill(*self._call("GET"))
            self._changes = changes

    @property
    def attributes(self) -> Mapping[str, Any]:
        """The JSON as the API gave it, without unsaved changes; read-only. Fetches a record that is not loaded."""
        return MappingProxyType(copy.deepcopy(self._known()))

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON as a dict of its own, unsaved changes included. Fetches a record that is not loaded."""
        return {**copy.deepcopy(self._known()), **_plain(self.changes)}

    def to_json(self, **options: Any) -> str:
        """Return the JSON as text, unsaved changes included; *options* are those of `json.dumps`."""
        return json.dumps(self.to_dict(), **options)

    # Changing

    if not TYPE_CHECKING:
        # Hidden like __getattr__: what is misspelt is reported, and what is newer than the class is set as an item.
        def __setattr__(self, name: str, value: Any) -> None:
            if name.startswith("_") or hasattr(getattr(type(self), name, None), "__set__"):
                object.__setattr__(self, name, value)
            elif hasattr(type(self), name):
                owner = type(self).__name__
                raise AttributeError(f"{owner}.{name} is part of the class; a field of it is set with record[{name!r}]")
            else:
                self[json_name(name)] = value

    def __setitem__(self, name: str, value: Any) -> None:
        self._refuse_as_name(name)
        self._cast.pop(name, None)
        self._changes.pop(name, None)
        if not self._has(name, _plain(value)):
            self._changes[name] = _unshared(value)

    def _has(self, name: str, value: Any) -> bool:
        """Tell whether the API said that the field *name* is *value*: as it came, or as it reads."""
        if name not in self._attributes:
            return False
        raw = self._attributes[name]
        return _same(value, raw) or _same(value, _plain(cast(raw, None, name)))

    def _refuse_as_name(self, name: object) -> None:
        if not isinstance(name, str):
            raise TypeError(f"the fields of a {type(self).__name__} have names, got {type(name).__name__}")

    @property
    def changes(self) -> dict[str, Any]:
        """What was assigned or edited in place and not sent yet."""
        edited = {
            name: _plain(value)
            for name, value in [*self._cast.items()]
            if _is_editable(value) and not _same(_plain(value), self._attributes[name])
        }
        return {**edited, **{name: _unshared(value) for name, value in self._changes.items()}}

    # Calling

    def _call(
        self,
        method: str,
        action: str = "",
        params: Mapping[str, Any] | None = None,
        options: Options = Options(),  # noqa: B008 - immutable
        **extra: Any,
    ) -> tuple[dict[str, Any], Origin]:
        """Send a request to this record's own path, or to *action* below it; returns as `_send` does."""
        self._refuse_if_destroyed()
        path = self._path + (f"/{action}" if action else "")
        return self._send(method, path, params or {}, self._use(options), options, **extra)

    def _use(self, options: Options = Options()) -> Origin:  # noqa: B008 - immutable
        """Return the account and key for the next call: the record's own, unless *options* name another key."""
        origin = self._origin or Origin(current_client())
        return origin if options.key is None else Origin(origin.client, options.key)

    @classmethod
    def _class_call(
        cls, method: str, path: str, params: Mapping[str, Any], options: Options
    ) -> tuple[dict[str, Any], Origin]:
        """Send a request that no record exists for yet; returns as `_send` does."""
        return cls._send(method, path, params, Origin(cls._client or current_client(), options.key), options)

    @classmethod
    def _send(
        cls, method: str, path: str, params: Mapping[str, Any], origin: Origin, options: Options, **extra: Any
    ) -> tuple[dict[str, Any], Origin]:
        """Send a request to the account of *origin*, and return the JSON that came back with where it came from."""
        encoded = cls._encode_params(params, origin)
        options = replace(options, key=origin.key)
        body = origin.client.call(method, path, encoded, host=cls.host, key_kind=cls.key_kind, options=options, **extra)
        return body, origin

    @classmethod
    def _encode_params(cls, params: Mapping[str, Any], origin: Origin) -> dict[str, Any]:
        """Return *params* as JSON values: records as ids, after a look at whether they are of the right type."""
        for name, value in params.items():
            if name in cls._associations and isinstance(value, Resource):
                check_id(value, cls._associations[name].wanted, name)
        return encode(dict(params))  # type: ignore[no-any-return]

    def _encode(self, path: str) -> Any:
        """Return what stands for this record in a parameter: its id, or all of it where it has none."""
        if self._kind is None:
            return encode(self.to_dict(), path)
        return record_id(self, path)

    @property
    def _path(self) -> str:
        """The path of this record on the API's host."""
        if self.path is not None:
            return f"{self.path}/{record_id(self)}"
        location = self._attributes.get("location")
        if not isinstance(location, str) or not LOCATION.fullmatch(location):
            raise ValueError(f"{self!r} has no address of its own: the API gave it no location")
        return location

    @property
    def destroyed(self) -> bool:
        """Whether the API said that this record was destroyed."""
        return self._attributes.get("deleted") is True

    def _refuse_if_destroyed(self) -> None:
        if self.destroyed:
            raise DestroyedError(f"{self!r} was destroyed, and nothing can be done with it any more")

    # Comparing, copying, showing

    def __eq__(self, other: object) -> bool:
        own = self._attributes.get("id")
        if isinstance(other, str):
            return bool(own == other)
        if isinstance(other, Resource):
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
        """Return what a copy carries: all but where the record came from, which holds keys."""
        state = {name: vars(self)[name] for name in ("_attributes", "_loaded", *self._kept) if name in vars(self)}
        return copy.deepcopy({**state, "_changes": self.changes})

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (type(self)._unbound or type(self), self._state())

    def __copy__(self) -> Self:
        twin = _restore(type(self), self._state())
        twin._origin = self._origin and Origin(self._origin.client)
        return twin

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self.__copy__()

    def __dir__(self) -> list[str]:
        """What can be read of the record without a request: the fields of its JSON, and its verbs."""
        fields = {f"{name}_" if iskeyword(name) else name for name in (*self._attributes, *self._changes)}
        offered = {name for name in dir(type(self)) if self._offers(name)}
        return sorted(offered | {name for name in fields if name.isidentifier()})

    def _offers(self, name: str) -> bool:
        declared = _declared(type(self), name)
        if name.startswith("_") or isinstance(declared, (class_verb, classmethod)):
            return False
        if isinstance(declared, property):
            return self._loaded
        if name in self._associations:
            return bool(declared.is_list and self._attributes)
        return callable(declared)

    def __repr__(self) -> str:
        return f"<{' '.join([type(self).__name__, *self._labels()])}>"

    def _labels(self) -> list[str]:
        """Return what `repr` says beside the type: the id, and a field or two; nothing is fetched for it."""
        labels = self._own_label()
        if self._changes and not self._attributes:
            labels.append("(not saved)")
        if not self._loaded:
            labels.append("(not loaded)")
        for name in self.summary if self._kind else [*self._attributes][:3]:
            value = self._changes.get(name, self._attributes.get(name))
            if value is not None:
                labels.append(f"{name}={_short(redact(_plain(value), name))}")
        return labels + (["destroyed"] if self.destroyed else [])

    def _own_label(self) -> list[str]:
        own = self._attributes.get("id")
        return [] if own is None else [own if _is_id(own) else _short(redact(own))]

    def __str__(self) -> str:
        """Return the record as lines of text, a field each, without secrets; for people to read. Nothing is fetched."""
        if not self._loaded:
            return repr(self)[1:-1]
        values = {**self._attributes, **self.changes}
        width = max((len(name) for name in values), default=0)
        lines = [f"  {name:{width}}  {_shown(self, name)}" for name in values if name not in ("object", "id")]
        return "\n".join([" ".join([type(self).__name__, *self._own_label()]), *lines])

    def _unknown(self, name: str) -> str:
        """Return a sentence that says there is no *name* here, and which one may be meant."""
        near = difflib.get_close_matches(name, dir(self), n=1)
        hint = f". Did you mean {near[0]!r}?" if near else ""
        return f"{type(self).__name__} has no attribute {name!r}, and neither has its JSON{hint}"


if TYPE_CHECKING:
    class_verb = classmethod
else:

    class class_verb:
        """
        A verb of the class, such as ``create``, that no record can set off by mistake.

        Reached through a record it is the JSON's value of that name, or else something that says how to call it.
        """

        def __init__(self, function: Callable[..., Any]) -> None:
            self.function = function
            self.__doc__ = function.__doc__

        def __set_name__(self, owner: type, name: str) -> None:
            self.name = name

        def __get__(self, record: Resource | None, owner: type) -> Any:
            if record is None:
                return self.function.__get__(owner)
            field = json_name(self.name)
            if field in record._attributes or field in record._changes:
                return record._read(field)

            def refuse(*args: Any, **kwargs: Any) -> Any:
                raise TypeError(f"{self.name} is a verb of the class: {_spelled(record, self.name)}(…)")

            return refuse


def cast(value: Any, origin: Origin | None, name: str = "") -> Any:
    """
    Return what the JSON *value* of the field *name* is in Python.

    An object becomes a record, a list a list, a time (``…_at``) a datetime, a day (``…_on``) a date; ``metadata`` is
    copied as it is.
    """
    if name in FREE_FORM:
        return copy.deepcopy(value)
    if isinstance(value, Mapping):
        return cast_as(REGISTRY.get(str(value.get("object")), Resource), value, origin)
    if isinstance(value, list):
        return [cast(item, origin, name if name.endswith("_on") else "") for item in value]
    if isinstance(value, str) and name.endswith("_on"):
        return parse_day(value) or value
    if isinstance(value, str) and (name.endswith("_at") or name == "created"):
        return parse_time(value) or value
    return value


def cast_as(cls: type[R], value: Mapping[str, Any], origin: Origin | None, loaded: bool = True) -> R:
    """Return the JSON object *value* as a record of *cls*, which stays with the account of *origin*."""
    bound = origin.client.bind(cls) if origin else cls
    return bound._build(dict(value), origin, loaded)  # type: ignore[return-value]


def class_named(name: str, complaint: str | None = None) -> type[Resource]:
    """
    Return the registered class *name*.

    If there is none, raises AttributeError with *complaint*; without one NameError, which no descriptor swallows.
    """
    try:
        return NAMES[name]
    except KeyError:
        if complaint is None:
            raise NameError(f"there is no resource {name!r}", name=name) from None
        raise AttributeError(complaint, name=name) from None


def record_id(record: Resource, name: str = "") -> str:
    """Return the id of *record*; raises ValueError if it has none, or not one that can stand in a path."""
    return check_id(record._attributes.get("id"), Resource, name or f"the id of {record!r}")


def check_id(value: Any, cls: type[Resource], name: str = "id") -> str:
    """
    Return the id that *value* is, or the id of *value* if it is a record of *cls*.

    Raises ValueError for what is not an id, so that it can never become another path, and TypeError for a record of
    another type.
    """
    if isinstance(value, Resource):
        wanted = cls._unbound or cls
        if not isinstance(value, wanted) and (value._kind is None or value._kind != wanted.object_name):
            raise TypeError(f"{name} must be a {wanted.__name__} or its id, got {value!r}")
        return record_id(value)
    shown = _short(redact(value))
    if value is not None and not isinstance(value, str):
        raise TypeError(f"{name} must be an id as text, or a record, got {type(value).__name__} {shown}")
    if not _is_id(value):
        raise ValueError(f"{name} is {shown}; an id has letters, digits, '_' and '-' only, and at least one")
    return str(value)


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and ID.fullmatch(value) is not None


def _restore(cls: type[R], state: dict[str, Any]) -> R:
    record = cls._build({}, None)
    vars(record).update(state)
    return record


def _plain(value: Any) -> Any:
    """Return *value* as JSON has it, for comparing with what the API said: a record with an id as that id."""
    if isinstance(value, Resource):
        return value._attributes.get("id") if value._kind and "id" in value._attributes else value.to_dict()
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return encode(value) if isinstance(value, date) else value


def _unshared(value: Any) -> Any:
    """Return a copy of the dicts and lists of *value*, so that who assigned them does not change the record by them."""
    if isinstance(value, dict):
        return {name: _unshared(item) for name, item in value.items()}
    return [_unshared(item) for item in value] if isinstance(value, list) else value


def _same(one: Any, other: Any) -> bool:
    """Compare JSON values as JSON does: ``1`` and ``true`` differ, the order of an object's names does not matter."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(item, other[name]) for name, item in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return type(one) is type(other) and bool(one == other)


def _is_editable(value: Any) -> bool:
    """Tell whether *value* can be edited in place: a dict, a list, an object that is no record, not a record."""
    if isinstance(value, Resource):
        return value._kind is None
    if isinstance(value, list):
        return all(_is_editable(item) or not isinstance(item, Resource) for item in value)
    return isinstance(value, dict)


def _declared(cls: type, name: str) -> Any:
    return next((vars(base)[name] for base in cls.__mro__ if name in vars(base)), None)


def _spelled(record: Resource, verb: str) -> str:
    return f"omise.{type(record).__name__}.{verb}"


def _short(value: Any, limit: int = 48) -> str:
    text = repr(value)
    return text if len(text) <= limit else text[: limit - 2] + text[0] + "…"


def _shown(record: Resource, name: str) -> str:
    value = getattr(record, name) if name in record._associations else record._read(name)
    if isinstance(value, (Resource, list)):
        return redact_text(repr(value))
    return str(value) if isinstance(value, date) else repr(redact(value, name))
