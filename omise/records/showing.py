"""How a record looks: `repr` in a line, `str` a field a line, and `dir` for completion; without secrets or requests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from keyword import iskeyword
from typing import TYPE_CHECKING, Any

from ..importing import imported
from ..nearest import nearest
from ..redaction import redact, redact_text, short
from .amounts import currency_of, money_of
from .casting import plain
from .identity import Record, is_id
from .verbs import class_verb, declared

CHIEF = ("description", "failure_code", "failure_message", "authorize_uri", "metadata", "created_at")
"""Fields that are shown of every record right after those that tell it apart."""

WIDTH = 100
"""Characters in a line of names, where a terminal has room for them."""

HTML = f"{__package__}.html"
"""What makes tables for notebooks; loaded where there is one."""


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
        labels = self._own_label() + self._states()
        for name in self.summary if self._kind else [*self._attributes][:3]:
            value = self._changes.get(name, self._attributes.get(name))
            if value is not None:
                labels.append(f"{name}={short(plain(value), name)}")
        return labels + (["destroyed"] if self.destroyed else [])

    def _states(self) -> list[str]:
        unsaved = bool(self._changes and not self._attributes)
        return ["(not saved)"] * unsaved + ["(not loaded)"] * (not self._loaded)

    def _own_label(self) -> list[str]:
        own = self._attributes.get("id")
        return [] if own is None else [own if is_id(own) else short(own)]

    def __str__(self) -> str:
        """Return the record as lines of text, a field each, without secrets; for people to read. Nothing is fetched."""
        if not self._loaded:
            return repr(self)[1:-1]
        data = {**self._attributes, **self.changes}
        return "\n".join([self._headline(), *in_lines(self, data, lambda name: _shown(self, name, data))])

    def _headline(self) -> str:
        """Return what is said of all of it before its fields: which record it is, and what state it is in."""
        changed = f"(not saved: {redact_text(', '.join(self.changes))})" if self.changes and self._attributes else ""
        states = [*self._states(), *[changed] * bool(changed), *["destroyed"] * self.destroyed]
        return " ".join([type(self).__name__, *self._own_label(), *states])

    def _repr_html_(self) -> str:
        """Return the record as a table, for notebooks: escaped, and without secrets. Nothing is fetched."""
        data = {**self._attributes, **plain(self.changes)} if self._loaded else {}
        return imported(HTML).record_table(self._headline(), data, (*self.summary, *CHIEF))  # type: ignore[no-any-return]

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Show the record in IPython: a field a line where it is all that is shown, else as `repr` does."""
        alone = len(getattr(printer, "stack", ())) <= 1
        for number, line in enumerate((str(self) if alone else repr(self)).split("\n")):
            if number:
                printer.break_()
            printer.text(line)

    def _unknown(self, name: str) -> str:
        """Return a sentence that says there is no *name* here, and which one may be meant."""
        near = nearest(name, dir(self))
        hint = f". Did you mean {near!r}?" if near else ""
        return f"{type(self).__name__} has no attribute {name!r}, and neither has its JSON{hint}"


def telling(records: Iterable[Showing]) -> list[str]:
    """Return the fields that tell *records* apart in a table: id, those of each kind's summary, time of creation."""
    records = [*records]
    wanted = dict.fromkeys(("id", *(name for record in records for name in record.summary), "created_at"))
    return [name for name in wanted if any(record._attributes.get(name) is not None for record in records)]


def in_lines(record: Showing, data: Mapping[str, Any], shown: Callable[[str], str]) -> list[str]:
    """
    Return the fields of *record* that have a value in *data*, a line each, as *shown* says it; last, which are null.

    Those that tell the record apart come first.
    """
    from shutil import get_terminal_size
    from textwrap import wrap

    chief = dict.fromkeys((*record.summary, *CHIEF))
    names = [name for name in {**chief, **data} if name in data and name not in ("object", "id")]
    rows = [(redact_text(name), shown(name)) for name in names if data[name] is not None]
    width = max((len(name) for name, _ in rows), default=0)
    null = redact_text(", ".join(name for name in names if data[name] is None))
    ends = min(WIDTH, max(get_terminal_size((WIDTH, 1)).columns, 20))
    rest = wrap(f"  without a value: {null}", ends, subsequent_indent="    ", break_long_words=False) if null else []
    return [*(f"  {name:{width}}  {value}" for name, value in rows), *rest]


def _shown(record: Showing, name: str, data: Mapping[str, Any]) -> str:
    value = getattr(record, name) if name in record._associations else record._read(name)
    if isinstance(value, (Record, list)):
        return redact_text(repr(value))
    money = money_of(value, currency_of(data, name))
    if money is not None:
        return f"{value}  {money}"
    return str(value) if isinstance(value, date) else repr(redact(value, name))
