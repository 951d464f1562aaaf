"""JSON of records as tables for notebooks: escaped, without secrets, and in the colours of what is around them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any

from ..directory import OBJECTS
from ..redaction import redact, redact_text, short
from .amounts import currency_of, money_of
from .casting import parser_of

DEEPEST = 6
"""How many levels of parts are shown; what is further down is in the record's `attributes`."""

MANY = 20
"""How many fields are shown of a record, none of them folded."""

MOST = 100
"""How many items of a list within a record are shown."""

LONGEST = 300
"""Characters of a text that are shown."""

SHORT = 32
"""Characters of a text, in a column of such, that stands in one line."""

BRIEF = 80
"""Characters of what a part is called that has no name of its own."""

STYLE = """<style>
.omise{color:inherit;font-size:.9em;line-height:1.45;max-width:100%;overflow-x:auto}
.omise.omise table{border-collapse:collapse;border:0;margin:0;width:auto;font-size:inherit;color:inherit}
.omise.omise caption{caption-side:top;text-align:left;padding:.2em .6em .4em;white-space:nowrap;color:inherit}
.omise.omise tr{background:none!important;border:0}
.omise.omise th,.omise.omise td{text-align:left;vertical-align:top;padding:.15em .6em;border:0}
.omise.omise th,.omise.omise td{font-size:inherit;max-width:40em;white-space:normal;overflow-wrap:anywhere}
.omise.omise th{font-weight:600;white-space:nowrap;overflow-wrap:normal}
.omise.omise tr+tr>*{border-top:1px solid rgba(128,128,128,.3)}
.omise.omise thead th{border-bottom:1px solid rgba(128,128,128,.6)}
.omise.omise .omise-n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
.omise.omise .omise-w{white-space:nowrap}
.omise.omise .omise-l{min-width:16em}
.omise.omise small{opacity:.75;font-size:inherit;margin-left:.3em}
.omise.omise>p{margin:0;padding:.2em .6em}
.omise.omise summary{cursor:pointer}
.omise.omise details>table,.omise.omise details>p{margin:.2em 0 .4em .9em}
</style>"""
"""The looks, of the text's own colour and half a grey: on a light page as on a dark one. Notebooks have rules of their
own for tables, which the class, given twice, outweighs."""


def page(content: str) -> str:
    """Return *content* with the looks it needs."""
    return f'{STYLE}<div class="omise">{content}</div>'


def record_table(caption: str, data: Mapping[str, Any], first: Iterable[str] = ()) -> str:
    """
    Return the JSON object *data* as a table: a field a row, parts folded, and what is null in one row at the end.

    Of one with many fields, what is not named *first*, nor a record or list within it, is folded too.
    """
    if not data:
        return page(f"<p>{_text(caption)}</p>")
    chief = dict.fromkeys(first)
    is_short = len(data) <= MANY
    top = {
        name: value
        for name, value in data.items()
        if is_short or (value is not None and (name in chief or _is_record(value)))
    }
    rows = _fields({name: top[name] for name in [*chief, *top] if name in top}, data, None, DEEPEST)
    rest = {name: value for name, value in data.items() if name not in top and name not in ("object", "id")}
    if rest:
        table = f"<table><tbody>{_fields(rest, data, None, DEEPEST)}</tbody></table>"
        label = f"{len(rest)} more field{'s' * (len(rest) > 1)}"
        rows += f'<tr><td colspan="2">{_folded(label, table)}</td></tr>'
    return page(f"<table><caption>{_text(caption)}</caption><tbody>{rows}</tbody></table>")


def _is_record(value: Any) -> bool:
    return (
        isinstance(value, Mapping) and "object" in value and not (value["object"] == "list" and not value.get("data"))
    )


def rows_table(caption: str, rows: Sequence[Any], names: Sequence[str]) -> str:
    """Return *rows*, JSON objects, as a table with the fields *names*; what is none stands in a row by itself."""
    if not rows:
        return page(f"<p>{_text(caption)}</p>")
    names = [name for name in names if name != "currency" or not _is_told(rows)]
    head = "".join(f'<th scope="col"{_class(rows, name)}>{_text(name)}</th>' for name in names)
    body = "".join(f"<tr>{_row(row, names, rows)}</tr>" for row in rows)
    return page(
        f"<table><caption>{_text(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _row(row: Any, names: Sequence[str], rows: Sequence[Any]) -> str:
    if not isinstance(row, Mapping):
        return f'<td colspan="{max(1, len(names))}">{_value("", row, None, 1)}</td>'
    currencies = [(name, currency_of(row, name)) for name in names]
    return "".join(
        f"<td{_class(rows, name)}>{_value(name, row.get(name), currency, 1, exact=False)}</td>"
        for name, currency in currencies
    )


def _is_told(rows: Sequence[Any]) -> bool:
    """Tell whether each row has an amount that shows its currency."""
    return all(
        isinstance(row, Mapping) and money_of(row.get("amount"), currency_of(row, "amount")) is not None for row in rows
    )


def _class(rows: Iterable[Any], name: str) -> str:
    """Return the looks of a column: numbers to the right, short texts in one line, others not too narrow to be read."""
    values = [row.get(name) for row in rows if isinstance(row, Mapping) and row.get(name) is not None]
    if values and all(type(value) in (int, float) for value in values):
        return ' class="omise-n"'
    is_short = parser_of(name) is not None or all(len(str(value)) <= SHORT for value in values)
    return f' class="omise-{"w" if is_short else "l"}"'


def _fields(shown: Mapping[Any, Any], data: Mapping[Any, Any], around: str | None, depth: int) -> str:
    """Return a row for each of the fields *shown* of *data*; *around* is the currency of what *data* is a part of."""
    rows, null = [], []
    for name, value in shown.items():
        if name in ("object", "id") and isinstance(value, str) and isinstance(data.get("object"), str):
            continue  # which the caption, or what is folded, says
        if value is None:
            null.append(str(name))
            continue
        currency = currency_of(data, str(name), around)
        cell = _value(str(name), value, currency, depth, around=_around(data, around))
        rows.append(f'<tr><th scope="row">{_text(str(name))}</th><td>{cell}</td></tr>')
    if null:
        names = _folded(f"{len(null)} without a value", f"<p>{_text(', '.join(null))}</p>")
        rows.append(f'<tr><td colspan="2">{names}</td></tr>')
    return "".join(rows)


def _around(data: Mapping[Any, Any], around: str | None) -> str | None:
    own = data.get("currency")
    return own if isinstance(own, str) else around


def _value(
    name: str, value: Any, currency: str | None, depth: int, *, around: str | None = None, exact: bool = True
) -> str:
    """Return *value*, of the field *name*, as HTML: parts folded, amounts as money with the *exact* number beside."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return _part(name, value, around, depth)
    if isinstance(value, (list, tuple)):
        return _list(name, value, around, depth)
    money = money_of(value, currency)
    if money is not None:
        return f"{_text(str(money))} <small>{value}</small>" if exact else _text(str(money))
    return _scalar(name, value)


def _scalar(name: str, value: Any) -> str:
    shown = redact(value, name)
    if shown != value or not isinstance(value, str):
        return _text({True: "true", False: "false"}[shown] if isinstance(shown, bool) else str(shown))
    parse = parser_of(name)
    found = parse(value) if parse is not None else None
    if isinstance(found, datetime):
        return f'<time datetime="{escape(value)}">{found:%Y-%m-%d %H:%M:%S} UTC</time>'
    if value.startswith("https://") and len(value) <= LONGEST:
        return f'<a href="{escape(value)}" target="_blank" rel="noopener noreferrer">{escape(value)}</a>'
    return _text(value)


def _part(name: str, data: Mapping[Any, Any], around: str | None, depth: int) -> str:
    if data.get("object") == "list" and isinstance(data.get("data"), list):
        return _list(name, data["data"], None, depth, data.get("total"))
    if all(value is None for value in data.values()):
        return "none"
    if depth <= 1:
        return _text(title(data))
    fields = _fields(data, data, around, depth - 1)
    return _folded(title(data), f"<table><tbody>{fields}</tbody></table>")


def _list(name: str, items: Sequence[Any], around: str | None, depth: int, total: Any = None) -> str:
    if not items:
        return "none"
    if not any(isinstance(item, (Mapping, list)) for item in items):
        return _text(", ".join(str(redact(item, name)) for item in items[:MOST]))
    count = f"{len(items)}" if total in (None, len(items)) else f"{len(items)} of {short(total)}"
    if depth <= 1:
        return _text(count)
    shown = "".join(f"<tr><td>{_value(name, item, None, depth - 1, around=around)}</td></tr>" for item in items[:MOST])
    return _folded(count, f"<table><tbody>{shown}</tbody></table>")


def title(data: Mapping[Any, Any]) -> str:
    """Return what *data* is, in a line: its type and id; else how its fields begin."""
    kind, own = data.get("object"), data.get("id")
    if isinstance(kind, str):
        return " ".join([OBJECTS.get(kind, kind), *([own] if isinstance(own, str) else [])])
    text = ", ".join(f"{name}: {_brief(value)}" for name, value in redact(data).items())
    return text if len(text) <= BRIEF else f"{text[:BRIEF]}…"


def _brief(value: Any) -> str:
    if isinstance(value, (Mapping, list)):
        return "…" if value else "none"
    return "none" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _folded(summary: str, content: str) -> str:
    return f"<details><summary>{_text(summary)}</summary>{content}</details>"


def _text(text: str) -> str:
    """Return *text* escaped, without secrets, and cut off where it is long."""
    text = redact_text(text)
    return escape(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")
