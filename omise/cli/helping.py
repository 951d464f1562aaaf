"""What --help says of a verb: a sentence, and the parameters it takes, in the words of the types that declare them."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import pairwise
from typing import Any

import click

from ..records.signatures import annotations_of, parameters_type
from ..wire.encoding import json_name

SENTENCES = {
    "accept": "Concede {one}: the money is the payer's.",
    "capture": "Take the money that was authorized with capture=false; of a pre_auth a part too, capture_amount=….",
    "charge": "Charge {one}: the default card, or the one given as card=….",
    "close": "In test mode: settle {one} with status=won or status=lost.",
    "create": "Create {one}.",
    "destroy": "Destroy {one} for good.",
    "expire": "Expire {one} that waits for its payer.",
    "forex get": "Fetch what one unit of CURRENCY, such as usd, is worth.",
    "get": "Fetch {one} by its id.",
    "list": "List {many}: a page, or with --all every one.",
    "list-schedules": "List the schedules that make {many}.",
    "mark-as-failed": "In test mode: let the payment of {one} fail that waits for its payer.",
    "mark-as-paid": "In test mode: let {one} be paid that waits for it.",
    "mark-as-sent": "In test mode: let {one} be sent to the bank.",
    "refund": "Give back amount=…, all of {one} or a part.",
    "reverse": "Let go of what was authorized and not captured.",
    "revoke": "Give the permission back, for good.",
    "search": "Search {many} by query=TEXT and filters[NAME]=VALUE.",
    "update": "Change {one}.",
    "upload": "Send {one} for a dispute, from file=@PATH.",
    "verify": "In test mode: let the bank account of {one} have been checked.",
}
"""What the verbs do, for people who type them."""

SINGLE = {"get": "Fetch the {noun}.", "update": "Change the {noun}."}
"""The same of what there is one of, and which has no id."""

TYPED = {
    "100_00": "10000",
    "; or Money": "",
    ", or Money": "",
    "; key is what Webhook.construct_event takes": "",
    "; where the amount is Money it may be left out": "",
    "a datetime, a date, or ISO 8601 text": "2026-01-31 or 2026-01-31T09:30:00Z",
    "Charge.capture takes": "omise charges capture takes",
    "Capability.limits apply": "omise capability get tells the limits",
    " (inferred)": "",
}
"""What is said of parameters for Python, and what for people who type them."""

GIVEN = {
    "card": "The id of a token; or the data of the card, as name=…, number=…, expiration_month=… and so on.",
    "charge": "The id of the charge that is disputed.",
    "file": "The file, as file=@PATH.",
    "status": "Such as open or won; closing takes won or lost.",
    "filename": "What it is called there; else as it is here.",
}
"""What is said of the parameters that no type declares."""

KINDS = {"int": "a whole number", "float": "a number", "bool": "true or false", "date": "a day or a moment"}
"""What is said of a parameter whose type has no words."""


def sentence(word: str, noun: str, ids: int) -> str:
    """Return what the verb *word* does to a *noun*, which *ids* ids find; else it lists what is below."""
    noun = noun.replace("_", " ")
    one = f"{'an' if noun[0] in 'aeio' else 'a'} {noun}"
    below = f"List the {word.replace('-', ' ')} of {{one}}."
    text = SENTENCES.get(f"{noun} {word}") or SENTENCES.get(word, below) if ids or word not in SINGLE else SINGLE[word]
    return text.format(one=one, many=f"{noun}s", noun=noun)


def opening(doc: str | None) -> str:
    """Return the first sentence of a docstring."""
    return re.sub(r"\.\s.*", ".", _typed(plain(doc).partition("\n\n")[0]))


def plain(doc: str | None) -> str:
    """Return a docstring as help: its words, without their marks, and truth as it is typed."""
    text = re.sub(r"``?|(?<![\w./])omise\.(?=[A-Za-z])|\*(?=\w)|(?<=\w)\*", "", inspect.cleandoc(doc or ""))
    return re.sub(r"\b(True|False|None)\b", lambda found: {"None": "null"}.get(found[0], found[0].lower()), text)


def about(doc: str | None) -> str:
    """Return what the docstring of a resource says that is not about Python: its beginning, and where to read on."""
    first, *others = plain(doc).split("\n\n")
    return "\n\n".join([_typed(first), *(text for text in others if text.startswith("Source: "))])


class VerbCommand(click.Command):
    """The command of a verb: its help lists the parameters that it takes."""

    takes: Callable[[], Mapping[str, str]] = dict
    """Tells each with what is said of it; asked when the help is shown."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the parameters, then the options."""
        if takes := self.takes():
            with formatter.section("Parameters"):
                formatter.write_dl([*takes.items()], col_max=28)
        super().format_options(ctx, formatter)


def taking(owner: type[Any], verb: str, known: Iterable[str], given: Collection[str]) -> dict[str, str]:
    """Return the parameters of *verb* of *owner*, *given* and *known*, with what is said of them: the needed first."""
    declaring = parameters_type(owner, verb)
    types = {json_name(name): text for name, text in annotations_of(declaring).items()}
    docs = {json_name(name): text for name, text in docs_of(declaring).items()}
    names = [*given, *sorted(known)]
    needed = {name for name in names if name in given or types.get(name, "").startswith("Required")}
    said = {name: docs.get(name) or GIVEN.get(name) or _kind(types.get(name, "")) for name in names}
    ordered = sorted(said, key=lambda name: name not in needed)
    return {f"{name} (needed)" if name in needed else name: said[name] for name in ordered}


def _kind(annotation: str) -> str:
    words = {*re.findall(r"\w+", re.sub(r"\[.*?]", "", annotation))}
    return next((said for kind, said in KINDS.items() if kind in words), "")


def docs_of(parameters: Any) -> dict[str, str]:
    """Return what is said of the keys of a TypedDict, below each in its source; empty where that is not there."""
    import ast

    module = sys.modules.get(getattr(parameters, "__module__", ""))
    if module is None:
        return {}
    try:
        tree = ast.parse(inspect.getsource(module))
    except (OSError, TypeError):
        return {}
    name = parameters.__name__
    found = next((node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == name), None)
    if found is None:
        return {}
    docs: dict[str, str] = {}
    for base in found.bases:
        known = getattr(module, getattr(base, "id", ""), None)
        docs |= docs_of(known) if hasattr(known, "__total__") else {}
    for key, text in pairwise(found.body):
        if isinstance(key, ast.AnnAssign) and isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant):
            docs[key.target.id] = _typed(text.value.value)  # type: ignore[union-attr]
    return docs


def _typed(doc: object) -> str:
    """Return the docstring of a parameter for people who type it."""
    text = " ".join(plain(str(doc)).split())
    for python, typed in TYPED.items():
        text = text.replace(python, typed)
    return text
