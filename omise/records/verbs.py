"""Verbs as they are reached: of the class, such as ``create``, and of a record, such as ``update``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from ..wire.encoding import json_name
from .signatures import signature_of

if TYPE_CHECKING:
    from inspect import Signature

F = TypeVar("F", bound=Callable[..., Any])


class Verb:
    """A verb bound to a class or a record, or to none; called as a method is, and it tells its parameters."""

    def __init__(self, function: Callable[..., Any], owner: type, bound_to: object = None) -> None:
        self.__func__ = function
        self.__self__ = bound_to
        self.__doc__ = function.__doc__
        self._owner = owner

    def __call__(self, /, *args: Any, **params: Any) -> Any:
        if self.__self__ is None:
            return self.__func__(*args, **params)
        return self.__func__(self.__self__, *args, **params)

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
        """A verb of a record, such as ``update``, that tells the parameters that its class takes."""

        def __init__(self, function: Callable[..., Any]) -> None:
            self.function = function
            self.__doc__ = function.__doc__

        def __get__(self, record: object, owner: type) -> Verb:
            return Verb(self.function, owner, record)

        def __call__(self, /, *args: Any, **params: Any) -> Any:
            return self.function(*args, **params)


def declared(cls: type, name: str) -> Any:
    return next((vars(base)[name] for base in cls.__mro__ if name in vars(base)), None)


def spelled(record: object, verb: str) -> str:
    return f"omise.{type(record).__name__}.{verb}"
