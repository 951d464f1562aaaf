"""
What resources can do, each verb written once. A resource lists its abilities as base classes.

Every verb takes ``key=`` (another key, kept by what it returns), ``timeout=`` (seconds for each part of it),
``deadline=`` (seconds for all of it, a list's further pages included) and, where it writes, ``idempotency_key=`` (sent
as the ``Idempotency-Key`` header) beside the API's own parameters. All of them raise
`APIError`, `APIConnectionError` and `ConfigurationError`; those that write, `OutcomeUnknown` too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from ..redaction import sealed
from .access import Options, Origin, current_client, merge_attributes
from .casting import cast_as, class_named
from .identity import Record, check_id
from .listing import List
from .resource import Resource
from .verbs import class_verb, record_verb, writes

if TYPE_CHECKING:
    from typing_extensions import Self, Unpack

    from .parameters import CallOptions, ListParameters, RetrieveParameters

R = TypeVar("R", bound=Resource)


def act(
    record: R, method: str, action: str, params: Mapping[str, Any], attributes: Mapping[str, Any] | None = None
) -> R:
    """Have the API do *action* to *record*, and return it, refilled from the answer.  *method* <its path>/*action*"""
    options, params = Options.split(params, attributes)
    record._fill(*record._call(method, action, params, options))
    return record


def _single(attributes: tuple[Any, ...]) -> Any:
    """Return the dict among the arguments that were given by their place; None if there is none."""
    if len(attributes) > 1:
        raise TypeError(f"attributes are given as keyword arguments or one dict, got {len(attributes)} of them")
    return attributes[0] if attributes else None


class Creatable(Resource):
    """``create`` on the class."""

    # What there is to create, or to update, each resource says: checkers see its own signature in the place of this.
    @class_verb
    @writes
    def create(cls, *attributes: Any, **params: Any) -> Self:
        """Create a record from the fields in *params* (or in the dict *attributes*) and return it.  POST <path>"""
        options, params = Options.split(params, _single(attributes))
        known = {"harmless": cls.harmless, "repeatable": bool(params.get(cls.repetition_key or ""))}
        return cls._build(*cls._class_call("POST", str(cls.path), params, options, with_id=True, **known))

    @record_verb
    @writes
    def save(self, *attributes: Any, **params: Any) -> Self:
        """
        Send what was assigned: create the record if the API does not know it yet, else update it. Returns self.

        A record that cannot be updated any more raises TypeError.
        """
        params = merge_attributes(_single(attributes), params)
        if self._attributes:
            return cast("Self", _update(self, params))
        created = type(self).create({**self.changes, **params})
        self._fill(created._attributes, created._origin)
        return self


class Reloadable(Resource):
    """``reload`` on a record."""

    @record_verb
    def reload(self, attributes: Mapping[str, Any] | None = None, /, **params: Unpack[RetrieveParameters]) -> Self:
        """Fetch the record again and return it; what was assigned and not sent is dropped.  GET <its path>"""
        return act(self, "GET", "", params, attributes)


class Retrievable(Reloadable):
    """``retrieve`` on the class and ``reload`` on a record."""

    if TYPE_CHECKING:

        @classmethod
        def retrieve(
            cls, id: str | Self, attributes: Mapping[str, Any] | None = None, /, **params: Unpack[RetrieveParameters]
        ) -> Self:
            """Fetch the record of *id*."""
            ...

    else:

        @class_verb
        def retrieve(cls, *id: Any, **params: Unpack[RetrieveParameters]) -> Self:
            """
            Fetch the record of *id*, which may be a record too.  GET <path>/<id>

            ``expand=True`` has the API put whole records where it puts ids otherwise. With no argument at all it is the
            `list` of a resource that has one. Raises `NotFoundError`, and ValueError for what is not an id.
            """
            *id, attributes = id if id and isinstance(id[-1], Mapping) else (*id, None)
            options, fields = Options.split(params, attributes)
            list_all = getattr(cls, "list", None)
            if list_all is not None and not id and not fields:
                return cast("Self", list_all(**params))
            return cls._build(*cls._class_call("GET", _path_of(cls, id), fields, options, with_id=True))


class Singleton(Reloadable):
    """``retrieve`` on the class and ``reload`` on the record, of which an account has just one."""

    @class_verb
    def retrieve(cls, attributes: Mapping[str, Any] | None = None, /, **params: Unpack[RetrieveParameters]) -> Self:
        """Fetch the record.  GET <path>"""
        options, fields = Options.split(params, attributes)
        return cls._build(*cls._class_call("GET", str(cls.path), fields, options))

    @property
    def _path(self) -> str:
        return str(self.path)

    def _raw(self, name: str) -> Any:
        # There is one address, whether or not the JSON tells it.
        return self.path if name == "location" and name not in self._attributes else super()._raw(name)


def _path_of(cls: type[Resource], ids: tuple[Any, ...]) -> str:
    """Return the path of a record of *cls* by its id, which comes after the id of the record it is kept under."""
    if cls.under is None and len(ids) == 1:
        return f"{cls.path}/{check_id(ids[0], cls)}"
    names = [cls.__name__.lower()] if cls.under is None else [cls.under[0].lower(), cls.__name__.lower()]
    if cls.under is None or len(ids) != len(names):
        raise TypeError(f"omise.{cls.__name__}.retrieve() takes the id of the {' and that of the '.join(names)}")
    own = check_id(ids[1], cls)
    parent, collection = class_named(cls.under[0]), cls.under[1]
    return f"{parent.path}/{check_id(ids[0], parent, names[0])}/{collection}/{own}"


class Listable(Resource):
    """``list`` on the class."""

    @class_verb
    def list(cls, attributes: Mapping[str, Any] | None = None, /, **params: Unpack[ListParameters]) -> List[Self]:
        """
        Fetch a page of the records, from which the rest is reached.  GET <path>

        *params*: ``limit`` (records a page, 1 to 100, 20 if not given), ``offset``, ``order`` (``"chronological"``,
        ``"reverse_chronological"``), ``from_`` and ``to`` (datetime, date, or ISO 8601 text; both ends included).
        """
        return cast("List[Self]", list_at(cls, str(cls.path), merge_attributes(attributes, params), cls))


OFFICIAL_NAMES = {"fromDate": "from", "toDate": "to"}
"""What the official Python package calls parameters of a list."""


def list_at(
    cls: type[Resource],
    path: str,
    params: Mapping[str, Any],
    holds: type[Record] = Resource,
    origin: Origin | None = None,
) -> List[Any]:
    """
    Fetch a page of the list at *path*, with the account of *origin*, by default that of *cls*.

    Its records are of the type *holds*, if given.
    """
    address = {"object": "list", "location": path}
    every: Any = cast_as(List, address, origin or Origin(cls._client or current_client()), loaded=False)
    every._holds = holds._unbound or holds
    return cast("List[Any]", every({OFFICIAL_NAMES.get(name, name): value for name, value in params.items()}))


class Updatable(Resource):
    """``update`` and ``save`` on a record."""

    @record_verb
    @writes
    def update(self, *attributes: Any, **params: Any) -> Self:
        """
        Send the fields in *params*, and what was assigned or edited in place before. Returns self, refilled.

        With nothing changed nothing is sent. If the API refuses, what was assigned stays.  PATCH <its path>
        """
        return cast("Self", _update(self, merge_attributes(_single(attributes), params)))

    @record_verb
    @writes
    def save(self, *attributes: Any, **params: Any) -> Self:
        """The same as `update`; a record that the API does not know yet is created, if its kind can be."""
        return self.update(*attributes, **params)


def _update(record: Resource, params: Mapping[str, Any]) -> Resource:
    options, params = Options.split(params)
    record._refuse_if_destroyed()
    if not isinstance(record, Updatable):
        raise TypeError(f"{record!r} cannot be updated: the API has no such call")
    if not record._attributes:
        raise ValueError(f"{record!r} is not known to the API yet: save() creates it")
    changes = sealed({**record.changes, **params})
    if changes:
        record._fill(*record._call("PATCH", params=changes, options=options))
    return record


class Destroyable(Resource):
    """``destroy`` and ``destroyed`` on a record."""

    @record_verb
    @writes
    def destroy(self, attributes: Mapping[str, Any] | None = None, /, **params: Unpack[CallOptions]) -> Self:
        """
        Destroy the record for good. Returns self, with its last known attributes and `destroyed` true.

        It refuses to be changed, reloaded or destroyed after that with `DestroyedError`.  DELETE <its path>
        """
        options, fields = Options.split(params, attributes)
        body, origin = self._call("DELETE", params=fields, options=options)
        # The API's older versions, and a repeated DELETE, tell no more than that it is gone.
        self._fill({**self._attributes, **body}, origin)
        return self
