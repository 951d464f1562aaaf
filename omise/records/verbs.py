"""Verbs as they are reached: of the class, such as ``create``, and of a record, such as ``update``."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper, wraps
from inspect import signature
from types import FunctionType, MethodType
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

from ..wire.encoding import json_name

F = TypeVar("F", bound=Callable[..., Any])


def writes(verb: F) -> F:
    """Mark a verb that changes something, so that no template that names it sets it off: Django's heed the mark."""
    verb.alters_data = True  # type: ignore[attr-defined]
    return verb


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

        def __get__(self, record: Any, owner: type) -> Any:
            if record is None:
                return self.function.__get__(owner)
            field = json_name(self.name)
            if field in record._attributes or field in record._changes:
                return record._read(field)

            @writes  # it never does, but a template is to pass it over
            def refuse(*args: Any, **kwargs: Any) -> Any:
                raise TypeError(f"{self.name} is a verb of the class: {spelled(record, self.name)}(…)")

            return refuse


class RecordVerb:
    """
    A method of records, which reached through its class says what to do where it is given none.

    ``omise.Customer.update(customer, …)`` is what ``customer.update(…)`` is; of ``omise.Customer.update(id, …)`` the
    TypeError says how the record is fetched.
    """

    def __init__(self, function: Callable[..., Any], home: type) -> None:
        update_wrapper(self, function)
        self.function = function
        self.home = home
        self._reached: WeakKeyDictionary[type, Callable[..., Any]] = WeakKeyDictionary()

    def __get__(self, record: object, owner: type) -> Callable[..., Any]:
        if record is not None:
            return MethodType(self.function, record)
        if owner not in self._reached:  # the same one each time, so that it can be pickled
            self._reached[owner] = self._of_class(owner)
        return self._reached[owner]

    def __call__(self, /, *args: Any, **params: Any) -> Any:
        return self.function(*args, **params)

    def _of_class(self, owner: type) -> Callable[..., Any]:
        name, fetched = f"omise.{owner.__name__}.{self.function.__name__}", _fetched(owner)
        advice = f"; retrieve it first: {fetched}.{self.function.__name__}(…)" if fetched else ""

        @wraps(self.function)
        def verb(*args: Any, **params: Any) -> Any:
            if not (args and isinstance(args[0], self.home)):
                given = f"got {type(args[0]).__name__}" if args else "got none"
                raise TypeError(f"{name}() is a verb of a record, {given}{advice}")
            return self.function(*args, **params)

        verb.__module__, verb.__qualname__ = owner.__module__, f"{owner.__qualname__}.{verb.__name__}"
        return verb


def of_records(cls: type) -> None:
    """Make what *cls* itself defines as methods `RecordVerb`."""
    for name, found in [*vars(cls).items()]:
        if isinstance(found, FunctionType) and not name.startswith("_"):
            setattr(cls, name, RecordVerb(found, cls))


def _fetched(cls: Any) -> str:
    """How a record of *cls* is fetched, as one writes it; empty where that is not a verb of the class."""
    retrieve = declared(cls, "retrieve")
    if not isinstance(retrieve, class_verb):
        return ""
    first = next(iter(signature(retrieve.__get__(None, cls)).parameters))
    names = [] if first == "attributes" else [first]
    names[:0] = [f"{cls.under[0].lower()}_id"] if cls.under else []
    return f"omise.{cls.__name__}.retrieve({', '.join(names)})"


def declared(cls: type, name: str) -> Any:
    return next((vars(base)[name] for base in cls.__mro__ if name in vars(base)), None)


def spelled(record: object, verb: str) -> str:
    return f"omise.{type(record).__name__}.{verb}"
