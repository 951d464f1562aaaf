"""Records as rows: nested parts in columns of their own, ``card.brand``, for tables of other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

WHOLE = frozenset({"metadata"})
"""Fields that stay one column, of JSON: their names are the user's own."""


def flat(data: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the columns of the JSON *data*, each with its value: lists, and what is `WHOLE`, as JSON text."""
    for name, value in data.items():
        column = prefix + name
        if isinstance(value, Mapping) and name not in WHOLE and value.get("object") != "list":
            yield from flat(value, f"{column}.")
        elif isinstance(value, (Mapping, list)):
            yield column, json.dumps(value, ensure_ascii=False)
        else:
            yield column, value


def columns(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the columns of *rows*; one that is empty where others have parts, such as no card, is left out."""
    filled: dict[str, bool] = {}
    for row in rows:
        for name, value in row.items():
            filled[name] = filled.get(name, False) or value is not None
    parents = {name[:place] for name in filled for place, sign in enumerate(name) if sign == "."}
    return [name for name in filled if filled[name] or name not in parents]


def cell(value: Any) -> Any:
    """Return *value* as CSV has it: booleans as JSON writes them."""
    return json.dumps(value) if isinstance(value, bool) else value
