"""
The parameters that a route takes, and what is said of any others.

They are declared as a table of rules, mostly the one that checks the values. A table in the place of a rule stands for
an object, or a list of objects, whose parts are known, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from ..rules.validation import Rule, boolean
from .masking import REDACTED, redact_text

__all__ = ["READING", "Takes", "each", "unknown"]

Takes = Mapping[str, "Rule | Takes"]

#: What every route takes that reads something.
READING: Takes = {"expand": boolean}

#: A name that can be shown: in a form that should have been JSON, the name is the whole body.
WORD = re.compile(r"[^\W\d][\w.-]{0,49}")


def each(names: Iterable[str], rule: Rule) -> dict[str, Rule]:
    """The same *rule* for each of some names."""
    return dict.fromkeys(names, rule)


def unknown(params: Mapping[str, Any], takes: Takes) -> list[str]:
    """What is wrong with each parameter, at any depth, that is not among those taken, with the one that comes near."""
    return list(dict.fromkeys(_unknown(params, takes, "{}")))


def _unknown(params: Mapping[str, Any], takes: Takes, form: str) -> Iterator[str]:
    """*form* is how the name of a part is spelt, with what it is part of."""
    for name, value in params.items():
        if name not in takes:
            yield _problem(name, takes, form)
        parts = takes.get(name)
        if isinstance(parts, Mapping):
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, Mapping):
                    yield from _unknown(item, parts, f"{form.format(name)}[{{}}]")


def _problem(name: str, takes: Takes, form: str) -> str:
    shown = redact_text(name) if WORD.fullmatch(name) else REDACTED
    near = [form.format(other) for other in get_close_matches(name, takes, n=1)]
    hint = f" (did you mean {near[0]}?)" if near else ""
    return f"{form.format(shown)} is not a known parameter{hint}"
