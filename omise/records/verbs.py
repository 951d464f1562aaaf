"""Verbs of the class, such as ``create``, which no record can set off by mistake."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

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


def declared(cls: type, name: str) -> Any:
    return next((vars(base)[name] for base in cls.__mro__ if name in vars(base)), None)


def spelled(record: object, verb: str) -> str:
    return f"omise.{type(record).__name__}.{verb}"
