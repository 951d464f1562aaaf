"""Verbs as they are reached: of the class, such as ``create``, and of a record, such as ``update``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from ..guards import refuse_write
from ..redaction import sealed
from ..wire.encoding import json_name
from .access import BaseClient, current_client
from .misspelling import warn_of_misspelling
from .options import TELLING, is_telling
from .signatures import signature_of

if TYPE_CHECKING:
    from inspect import Signature

F = TypeVar("F", bound=Callable[..., Any])


class Verb:
    """A verb bound to a class or a record, or to none; called as a method is, and it tells its parameters."""

    def __init__(
        self, function: Callable[..., Any], owner: type, bound_to: object = None, home: type | None = None
    ) -> None:
        self.__func__ = function
        self.__self__ = bound_to
        self.__doc__ = function.__doc__
        self._owner = owner
        self._home = home

    def __call__(self, /, *args: Any, **params: Any) -> Any:
        args, params = sealed(args), sealed(params)  # the first thing: from here on no frame shows a secret
        if is_telling(params):
            raise TypeError(TELLING)
        if params:
            warn_of_misspelling(self._owner, self.__func__.__name__, params)
        if self.__self__ is None:
            self._check_record(args)
        else:
            args = self.__self__, *args
        if args and hasattr(self.__func__, "alters_data"):
            self._check_write(args[0])
        return self.__func__(*args, **params)

    def _check_write(self, target: Any) -> None:
        """Refuse a write for an account that only reads, before anything that the verb may have to read for it."""
        bound: BaseClient | None = getattr(target, "_client", None)
        client = (bound or current_client()) if isinstance(target, type) else target._use().client
        if client.config.readonly:
            raise refuse_write(f"{self._owner.__name__}.{self.__func__.__name__}()")

    def _check_record(self, args: tuple[Any, ...]) -> None:
        """Refuse what is no record where one has to come first: ``omise.Customer.update(id, …)``."""
        if self._home is not None and not (args and isinstance(args[0], self._home)):
            name = self.__func__.__name__
            given, fetched = type(args[0]).__name__ if args else "none", _fetched(self._owner)
            advice = f"; retrieve it first: {fetched}.{name}(…)" if fetched else ""
            raise TypeError(f"omise.{self._owner.__name__}.{name}() is a verb of a record, got {given}{advice}")

    def __reduce__(self) -> tuple[Any, ...]:
        return getattr, (self._owner if self.__self__ is None else self.__self__, self.__func__.__name__)

    def __get__(self, record: object, owner: type | None = None) -> Verb:
        return self  # as a bound method does; by this it is taken for a routine by `help`

    def __getattr__(self, name: str) -> Any:
        if name == "__func__":  # not set yet, as in a copy
            raise AttributeError(name)
        return getattr(self.__func__, name)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Verb):
            return NotImplemented
        mine, its = ((one.__func__, id(one.__self__), one._owner) for one in (self, other))
        return mine == its

    def __hash__(self) -> int:
        return hash((self.__func__, id(self.__self__)))

    def __repr__(self) -> str:
        return f"<verb {self._owner.__name__}.{self.__func__.__name__}>"

    @property
    def __signature__(self) -> Signature:
        return signature_of(self.__func__, self._owner, bound=self.__self__ is not None)


def writes(verb: F) -> F:
    """Mark a verb that changes something, so that no template that names it sets it off: Django's heed the mark."""
    verb.alters_data = True  # type: ignore[attr-defined]
    return verb


if TYPE_CHECKING:
    class_verb = classmethod

    def record_verb(function: F) -> F:
        return function

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

        def __get__(self, record: Any, owner: type) -> Any:
            if record is None:
                return Verb(self.function, owner, owner)
            field = json_name(self.name)
            if field in record._attributes or field in record._changes:
                return record._read(field)

            @writes  # it never does, but a template is to pass it over
            def refuse(*args: Any, **kwargs: Any) -> Any:
                raise TypeError(f"{self.name} is a verb of the class: {spelled(record, self.name)}(…)")

            return refuse

    class record_verb:
        """
        A verb of a record, such as ``update``, that tells the parameters that its class takes.

        Reached through its class it takes the record first, and says how that is fetched where it is given none.
        """

        def __init__(self, function: Callable[..., Any]) -> None:
            self.function = function
            self.__doc__ = function.__doc__

        def __set_name__(self, owner: type, name: str) -> None:
            self.home = owner

        def __get__(self, record: object, owner: type) -> Verb:
            return Verb(self.function, owner, record, self.home)

        def __call__(self, /, *args: Any, **params: Any) -> Any:
            return self.function(*args, **params)


def _fetched(cls: Any) -> str:
    """How a record of *cls* is fetched, as one writes it; empty where that is not a verb of the class."""
    retrieve: Any = declared(cls, "retrieve")
    if not isinstance(retrieve, class_verb):  # as that of lists is none
        return ""
    first = vars(retrieve)["function"].__code__.co_varnames[1]
    names = [] if first == "attributes" else [first]
    names[:0] = [f"{cls.under[0].lower()}_id"] if cls.under else []
    return f"omise.{cls.__name__}.retrieve({', '.join(names)})"


def declared(cls: type, name: str) -> Any:
    return next((vars(base)[name] for base in cls.__mro__ if name in vars(base)), None)


def spelled(record: object, verb: str) -> str:
    return f"omise.{type(record).__name__}.{verb}"
