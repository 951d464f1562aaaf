"""`Metadata`: a dict whose keys can be read and set as attributes too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing_extensions import Self


class Metadata(dict[str, Any]):
    """
    What a merchant keeps with a record: a dict whose keys are attributes too, ``charge.metadata.order_id``.

    Keys that are names of a dict's own methods, such as ``items``, or begin with an underscore, are items alone.
    """

    __slots__ = ()

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            if name.startswith("_") or name not in self:
                raise AttributeError(f"metadata has no key {name!r}", name=name, obj=self)
            value = self[name]
            if type(value) is dict:  # put there since the record was read
                value = self[name] = free_form(value)
            return value

        def __setattr__(self, name: str, value: Any) -> None:
            self._refuse_if_own(name)
            self[name] = value

        def __delattr__(self, name: str) -> None:
            self._refuse_if_own(name)
            if name not in self:
                raise AttributeError(f"metadata has no key {name!r}", name=name, obj=self)
            del self[name]

    def _refuse_if_own(self, name: str) -> None:
        if name.startswith("_") or hasattr(dict, name):
            raise AttributeError(f"{name} is not a key's attribute; the key of that name is metadata[{name!r}]")

    def __dir__(self) -> Iterable[str]:
        """What a dict has, and the keys that are attributes."""
        return sorted({*super().__dir__(), *(name for name in self if isinstance(name, str) and name.isidentifier())})

    def copy(self) -> Self:
        """Return a copy, whose keys are attributes too; what is in it is shared."""
        return type(self)(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (dict(self),)


def free_form(value: Any) -> Any:
    """Return a copy of the JSON *value*, nothing shared with it, whose dicts are `Metadata` at every level."""
    if isinstance(value, dict):
        return Metadata((name, free_form(item)) for name, item in value.items())
    return [free_form(item) for item in value] if isinstance(value, list) else value
