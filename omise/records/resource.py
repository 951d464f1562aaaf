"""`Resource`: the generic base of every record of the API: reading its JSON, changing it, and calling the API."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from ..discretion import discreet
from ..errors import OutcomeUnknown
from ..redaction import redact
from ..wire.encoding import encode, json_name
from .access import Options, Origin, current_client
from .amounts import refuse, settled
from .blocking import warn_of_blocking
from .casting import (
    FREE_FORM,
    NAMES,
    SCALARS,
    cast,
    copied,
    is_editable,
    parser_of,
    plain,
    register,
    same,
    unshared,
)
from .identity import NOTHING, Finder, check_id, record_id
from .losses import with_reference
from .metadata import free_form
from .showing import Showing
from .verbs import spelled

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from typing_extensions import Self


class Field(Finder):
    """Finds a field that a class declares, in plain cases: sooner than `__getattr__`, which comes after a failure."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.parse: Callable[[str], date | None] | None = parser_of(name)

    def __get__(self, record: Resource | None, owner: type[Resource]) -> Any:
        if record is None:
            return self
        name = self.name
        if name in record._changes or name not in record._attributes:
            raise AttributeError(name)  # so that `__getattr__` is asked
        value = record._attributes[name]
        if type(value) not in SCALARS:
            value = record._value(name)
        elif self.parse is not None and isinstance(value, str):
            value = self.parse(value) or value
        object.__setattr__(record, name, value)
        return value


class Resource(Showing):
    """
    A record of the API: attributes as the JSON has them, with objects, lists and times made of them when touched.

    ``record["name"]`` reads as ``record.name`` does, and where a verb hides a field it is the field;
    ``record.attributes["name"]`` is the JSON value as it came. Assigning marks a change, which `update` or `save`
    sends. A record equals one of the same type and id, and its own id as text.

    Subclasses are declarations; one with an `object_name` is used for every JSON object of that name from then on.
    """

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls._client is None:  # the class of one account is not what the records of others become
            register(cls)
            for name, kind in vars(cls).get("__annotations__", {}).items():
                if not hasattr(cls, name) and not str(kind).startswith("ClassVar"):
                    setattr(cls, name, Field(name))

    def __init__(self, **attributes: Any) -> None:
        """Make a record that the API does not know yet; `save` creates it."""
        self._fill({}, None)
        if "id" in attributes:
            attributes.clear()  # which what prints the variables of frames would show
            raise TypeError(f"an id is given by the API; {spelled(self, 'retrieve')}(id) fetches the record of one")
        for name, value in attributes.items():
            self[json_name(name)] = value

    @classmethod
    @discreet
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Return the record that the JSON object *data* describes, such as one that was stored. Nothing is sent."""
        if not isinstance(data, Mapping):
            raise TypeError(f"from_data() takes a dict, got {type(data).__name__}")
        return cls._build(copied(dict(data)), None)

    # Reading

    if not TYPE_CHECKING:
        # Hidden from checkers, so that the annotations of the classes are the truth and a misspelling is reported.
        def __getattr__(self, name: str) -> Any:
            if (
                name.startswith("_") or name == "getdoc"
            ):  # which IPython asks of everything, and nobody should fetch for
                raise AttributeError(name)
            field = json_name(name)
            try:
                if field != name or name in self._changes:
                    return self._read(field)
                # The class has no such name, or this would not have been called: the next look-up finds the value.
                value = vars(self)[name] = self._value(name)
                return value
            except KeyError:
                raise AttributeError(self._unknown(name), name=name) from None

    def __getitem__(self, name: str) -> Any:
        self._refuse_as_name(name)
        if name not in self._associations:
            return self._read(name)
        try:
            return getattr(self, name)
        except AttributeError:
            raise KeyError(name) from None

    def __contains__(self, name: object) -> bool:
        return name in self._changes or name in self._known()

    def _read(self, name: str) -> Any:
        """Return the value of the field *name* as Python has it; raises KeyError if there is no such field."""
        if name in self._changes:
            return self._read_change(name)
        made = self._store(name)
        if name not in made:
            made[name] = self._value(name)
        return made[name]

    def _value(self, name: str) -> Any:
        raw = self._attributes[name] if name in self._attributes else self._raw(name)
        return cast(raw, self._origin, name, self._parts.get(name))

    def _read_change(self, name: str) -> Any:
        value = self._changes[name]
        if name in FREE_FORM and type(value) is dict:
            value = free_form(value)
            self._changes = {**self._changes, name: value}
        return value

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
            warn_of_blocking(f"{self!r} was fetched", "fetch it with expand=True, or `await aio(record.reload)` before")
            changes = self._changes
            self._fill(*self._call("GET"))
            self._changes = changes

    def _forget(self, origin: Origin) -> None:
        """Know no more than who it is, so that the next read fetches it from *origin*. What was assigned stays."""
        changes = self.changes
        known: list[str] = [name for name in ("object", "id", "location") if name in self._attributes]
        self._fill({name: self._attributes[name] for name in known}, origin, loaded=False)
        self._changes = changes

    @property
    def attributes(self) -> Mapping[str, Any]:
        """The JSON as the API gave it, without unsaved changes; read-only. Fetches a record that is not loaded."""
        return MappingProxyType(copied(self._known()))

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON as a dict of its own, unsaved changes included. Fetches a record that is not loaded."""
        return {**copied(self._known()), **plain(self.changes)}

    def to_json(self, **options: Any) -> str:
        """Return the JSON as text, unsaved changes included; *options* are those of `json.dumps`."""
        return json.dumps(self.to_dict(), **options)

    # Changing

    if not TYPE_CHECKING:
        # Hidden like __getattr__: what is misspelt is reported, and what is newer than the class is set as an item.
        def __setattr__(self, name: str, value: Any) -> None:
            if name.startswith("_") or hasattr(getattr(type(self), name, None), "__set__"):
                object.__setattr__(self, name, value)
            elif name in self._associations:
                self._associations[name].assign(self, value)
            elif not self._is_free(name):
                owner = type(self).__name__
                raise AttributeError(f"{owner}.{name} is part of the class; a field of it is set with record[{name!r}]")
            else:
                self[json_name(name)] = value

        def __delattr__(self, name: str) -> None:
            if not name.startswith("_") and self._is_free(name):
                raise AttributeError(f"{name} cannot be deleted: a field is given None, and left out by the API alone")
            object.__delattr__(self, name)

    def __setitem__(self, name: str, value: Any) -> None:
        self._refuse_as_name(name)
        self._store(name).pop(name, None)
        changes = {other: kept for other, kept in self._changes.items() if other != name}
        if not self._has(name, plain(value)):
            changes[name] = unshared(value)
        self._changes = changes or NOTHING

    def _has(self, name: str, value: Any) -> bool:
        """Tell whether the API said that the field *name* is *value*: as it came, or as it reads."""
        if name not in self._attributes:
            return False
        raw = self._attributes[name]
        return same(value, raw) or same(value, plain(cast(raw, None, name)))

    def _refuse_as_name(self, name: object) -> None:
        if not isinstance(name, str):
            owner, given = type(self).__name__, type(name).__name__
            raise TypeError(f"the fields of a {owner} have names, got {given}; to_dict() gives all of them as a dict")

    @property
    def changes(self) -> dict[str, Any]:
        """What was assigned or edited in place and not sent yet."""
        edited = {
            name: plain(value)
            for name, value in {**vars(self), **self._apart}.items()
            if name in self._attributes and is_editable(value) and not same(plain(value), self._attributes[name])
        }
        return {**edited, **{name: unshared(value) for name, value in self._changes.items()}}

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
        try:
            return self._send(method, path, settled(params or {}, self._currency), self._use(options), options, **extra)
        except OutcomeUnknown as error:
            if method == "PATCH" and not action:
                before = {name: self._attributes[name] for name in params or {} if name in self._attributes}
                error.learn(before=redact(before))
            raise

    def _currency(self) -> str:
        """Return the currency that this record's amounts are in; raises ValueError if it does not tell."""
        currency = self._known().get("currency")
        return currency.upper() if isinstance(currency, str) else refuse()

    @classmethod
    def _currency_of_new(cls, origin: Origin, options: Options) -> str | None:
        """Return the currency that amounts of new records are in; None where a parameter says so."""
        return None

    def _use(self, options: Options = Options()) -> Origin:  # noqa: B008 - immutable
        """Return the account and key for the next call: the record's own, unless *options* name another key."""
        if options.key is None:
            return self._home()
        return Origin(self._origin.client if isinstance(self._origin, Origin) else current_client(), options.key)

    @classmethod
    def _class_call(
        cls, method: str, path: str, params: Mapping[str, Any], options: Options, **extra: Any
    ) -> tuple[dict[str, Any], Origin]:
        """Send a request that no record exists for yet; returns as `_send` does."""
        return cls._send(method, path, params, Origin(cls._client or current_client(), options.key), options, **extra)

    @classmethod
    def _send(
        cls, method: str, path: str, params: Mapping[str, Any], origin: Origin, options: Options, **extra: Any
    ) -> tuple[dict[str, Any], Origin]:
        """Send a request to the account of *origin*, and return the JSON that came back with where it came from."""
        options = origin.client.begun(options)
        extra.setdefault("wanted", cls.object_name)
        params = settled(params, lambda: cls._currency_of_new(origin, options))
        encoded = cls._encode_params(params, origin, options)
        if method == "POST" and cls.referable and path == (cls.path or path):
            encoded = with_reference(encoded, origin.client.config)
        if options.key != origin.key:
            options = options._replace(key=origin.key)
        kind = cls._key_kind(origin)
        body = origin.client.send(method, path, encoded, cls.host, kind, options, **extra)
        return body, origin

    @classmethod
    def _key_kind(cls, origin: Origin) -> str:
        """Return the kind of key that a call to the account of *origin* takes."""
        return cls.key_kind

    @classmethod
    def _encode_params(cls, params: Mapping[str, Any], origin: Origin, options: Options) -> dict[str, Any]:
        """
        Return *params* as JSON values: records as ids, after a look at whether they are of the right type.

        A request that has to be made for it goes to the account of *origin* and keeps to *options*.
        """
        for name, value in params.items():
            if name in cls._associations and isinstance(value, Resource):
                check_id(value, cls._associations[name].wanted, name)
        return encode(dict(params))  # type: ignore[no-any-return]

    def _encode(self, path: str) -> Any:
        """Return what stands for this record in a parameter: its id, or all of it where it has none."""
        if self._kind is None:
            return encode(self.to_dict(), path)
        return record_id(self, path)


def json_default(value: Any) -> Any:
    """
    Return the JSON of a record or list, and of what else can be sent: ``json.dumps(…, default=omise.json_default)``.

    Raises TypeError, as `json.dumps` does, for what has no JSON form.
    """
    return value.to_dict() if isinstance(value, Resource) else encode(value, "a value")


NAMES["Resource"] = Resource  # what objects become that no other class is declared for
