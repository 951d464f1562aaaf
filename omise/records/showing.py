"""How a record looks: `repr` in a line, `str` a field a line, and `dir` for completion; without secrets or requests."""

from __future__ import annotations

from datetime import date
from keyword import iskeyword
from typing import TYPE_CHECKING, Any

from ..nearest import nearest
from ..redaction import redact, redact_text, short
from .casting import plain
from .identity import Record, is_id
from .verbs import class_verb, declared


class Showing(Record):
    """The looks of a `Resource`."""

    if TYPE_CHECKING:

        def _read(self, name: str) -> Any: ...

    def __dir__(self) -> list[str]:
        """What can be read of the record without a request: the fields of its JSON, and its verbs."""
        fields = {f"{name}_" if iskeyword(name) else name for name in (*self._attributes, *self._changes)}
        offered = {name for name in dir(type(self)) if self._offers(name)}
        return sorted(offered | {name for name in fields if name.isidentifier()})

    def _offers(self, name: str) -> bool:
        found = declared(type(self), name)
        if name.startswith("_") or isinstance(found, (class_verb, classmethod)):
            return False
        if isinstance(found, property):
            return self._loaded
        if name in self._associations:
            return bool(found.is_list and self._attributes)
        return callable(found)

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
                labels.append(f"{name}={short(plain(value), name)}")
        return labels + (["destroyed"] if self.destroyed else [])

    def _own_label(self) -> list[str]:
        own = self._attributes.get("id")
        return [] if own is None else [own if is_id(own) else short(own)]

    def __str__(self) -> str:
        """Return the record as lines of text, a field each, without secrets; for people to read. Nothing is fetched."""
        if not self._loaded:
            return repr(self)[1:-1]
        rows = self._rows()
        width = max((len(name) for name, _ in rows), default=0)
        lines = [f"  {name:{width}}  {value}" for name, value in rows]
        return "\n".join([" ".join([type(self).__name__, *self._own_label()]), *lines])

    def _rows(self) -> list[tuple[str, str]]:
        """Return the fields, each with the text that shows its value."""
        names = {**self._attributes, **self.changes}
        return [(name, _shown(self, name)) for name in names if name not in ("object", "id")]

    def _repr_html_(self) -> str:
        """Return the record as a table, for notebooks: escaped, and without secrets. Nothing is fetched."""
        from html import escape

        rows = self._rows() if self._loaded else []
        cells = [f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in rows]
        return f"<table><caption>{escape(repr(self)[1:-1])}</caption>{''.join(cells)}</table>"

    def _unknown(self, name: str) -> str:
        """Return a sentence that says there is no *name* here, and which one may be meant."""
        near = nearest(name, dir(self))
        hint = f". Did you mean {near!r}?" if near else ""
        return f"{type(self).__name__} has no attribute {name!r}, and neither has its JSON{hint}"


def _shown(record: Showing, name: str) -> str:
    value = getattr(record, name) if name in record._associations else record._read(name)
    if isinstance(value, (Record, list)):
        return redact_text(repr(value))
    return str(value) if isinstance(value, date) else repr(redact(value, name))
