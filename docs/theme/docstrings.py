"""
What the reference shows of a resource: its fields, and its verbs with every parameter that they take.

Which parameters a verb takes is asked of the library itself, as `help` asks it; what each is for stands in the types
of `omise.resources.parameters`, and what a field is for in `fields.py`, or at the field. Plugged into griffe, which
reads the docstrings.
"""

from __future__ import annotations

import inspect
import re
import runpy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import griffe

import omise
from omise.config import Config
from omise.directory import MODULES, RESOURCES
from omise.importing import imported
from omise.records import parameters
from omise.records.casting import class_named
from omise.records.resource import Resource
from omise.records.signatures import parameters_type
from omise.records.verbs import Verb
from omise.resources.schedulable import Schedulable

# This folder is no package, and is not looked through for modules.
meaning: Callable[[str, str], str] = runpy.run_path(str(Path(__file__).with_name("fields.py")))["meaning"]

COMMON = "omise.records.parameters"
CLASSES = {
    **{f"resources.{module}": names for module, names in RESOURCES.items()},
    "records.listing": ("List",),
    "records.search": ("Search",),
}
"""What has fields and verbs, by its module."""

FIRST = ("create", "retrieve", "list", "search", "schedule", "list_schedules", "update", "save", "reload", "destroy")
"""The verbs that most resources have, in the order that they are shown in."""

FIXED = {
    "attributes": ("Mapping[str, Any] | None", "The same as a dict, or what is newer than these types."),
    "id": ("str | {cls}", "The id of the record, or a record that has it."),
    "charge": ("str | Charge", "The charge that it is about, or its id."),
    "customer": ("str | Customer", "The customer that it is kept under, or its id."),
    "dispute": ("str | Dispute", "The dispute that it is kept under, or its id."),
    "schedule": ("str | Schedule", "The schedule that it is kept under, or its id."),
    "card": (None, "The data of the card, or a token of it, or the token's id."),
    "currency": (None, "The code of the currency to convert from, such as `usd`."),
    "document": (None, "The file, as `Document.upload` takes it."),
    "file": (None, "A path, bytes, or a file that is open for reading bytes; PNG, JPG or PDF, at most 10 MB."),
    "number": (None, "Which page; 1 is the first."),
    "scope": (None, "What to look among, such as `charge`, or a scope that was built."),
}
"""The type and the meaning of parameters that are given by their place; None is a type that the annotation says."""

MUST = " Required."

REST = f"Beside these, [the options of every call][{COMMON}.CallOptions]."


class Docstrings(griffe.Extension):
    """Makes of each resource, each type of parameters, and the settings, what a reader looks for."""

    def on_package(self, *, pkg: griffe.Module, **kwargs: Any) -> None:
        """Go over the whole package, once it was read."""
        if pkg.name != "omise":
            return
        for each in walk(pkg):
            tidy(each)
        for module in (pkg["records.parameters"], *pkg["resources.parameters"].modules.values()):
            for member in module.classes.values():
                if not member.is_alias:
                    show_keys(member)
        for module, names in CLASSES.items():
            for name in names:
                cls = getattr(imported(f"omise.{module}"), name)
                if issubclass(cls, Resource):
                    show_resource(pkg, pkg[f"{module}.{name}"], cls)
        resource = pkg["records.resource.Resource"]
        for member in (member for cls in (resource, *resource.mro()) for member in cls.members.values()):
            if member.is_attribute and not member.has_labels("property"):
                member.public = False  # facts of a kind of record, for the library itself
        show_settings(pkg["config.Config"], pkg["client.Client"])


def walk(scope: Any) -> Iterator[Any]:
    """Yield *scope* and all that is in it."""
    yield scope
    for member in scope.members.values():
        if not member.is_alias and (member.is_module or member.is_class):
            yield from walk(member)
        elif not member.is_alias:
            yield member


def tidy(each: Any) -> None:
    """Leave away what tells a reader nothing, and have the docstring be Markdown."""
    each.labels -= {"class-attribute", "instance-attribute", "module-attribute", "writable"}
    if not each.is_module and each.name.startswith("__") and each.name != "__call__":
        each.public = False
    if each.is_attribute and re.match(r"TypeVar|ParamSpec|logging\.", str(each.value)):
        each.public = False
    if each.is_attribute and each.parent.is_class:
        each.value = None
    if each.docstring:
        each.docstring.value = linked(plain(each.docstring.value))
        each.docstring.parser = "google"
    if each.is_class and each.docstring and "\nAttributes:\n" in each.docstring.value:
        for section in each.docstring.parsed:
            for one in section.value if section.kind is griffe.DocstringSectionKind.attributes else ():
                if one.name in each.members:
                    each.members[one.name].public = False


# Texts


def plain(text: str) -> str:
    """Return *text* with its blocks of code and its addresses as Markdown has them."""
    text = re.sub(r"(?<=Source: )(https://\S+)", r"<\1>", text)
    text = re.sub(r"(?<=  )((?:GET|POST|PATCH|DELETE) /?\S+)", r"`\1`", text)
    return re.sub(r"^::$", "", re.sub(r"(?<=\S)::$", ":", text, flags=re.MULTILINE), flags=re.MULTILINE)


def linked(text: str) -> str:
    """Return *text* with a link from each public name in it, such as `Charge` or `Charge.create`."""
    return re.sub(r"(?<!`)`([A-Z]\w+)((?:\.\w+)?)`(?!`)", lambda found: link(found[1], found[2], found[0]), text)


def link(name: str, verb: str, text: str) -> str:
    """Return *text* as a link to *verb* of the class *name*, if there is a page that shows it."""
    target = MODULES.get(name) or ("omise.errors" if name in omise.errors.__all__ else None)
    if target is None or (verb and not isinstance(getattr(omise, name, None), type)):
        return text
    shown = not verb or is_verb(getattr(omise, name), verb[1:])
    return f"[{text}][{target}.{name}{verb if shown else ''}]"


def about(member: Any) -> str:
    """Return what the docstring of *member* says."""
    return member.docstring.value if member.docstring else ""


# Fields and keys


def show_resource(pkg: griffe.Module, shown: Any, cls: type[Resource]) -> None:
    """Put a list of its fields into the docstring of *shown*, and its verbs, with those that it inherits, below it."""
    fields = []
    for name, member in shown.members.items():
        if name.startswith("_") or hasattr(Resource, name) or member.is_alias:
            member.public = False
        elif member.is_attribute and not member.has_labels("property"):
            member.public = False
            if member.annotation:
                annotation = read(member.annotation)
                said = about(member) or meaning(cls.__name__, name)
                fields.append(griffe.DocstringAttribute(name, annotation=annotation, description=said))
    shown.docstring = shown.docstring or griffe.Docstring("", parent=shown)
    if fields:
        shown.docstring.parsed.append(griffe.DocstringSectionAttributes(fields, title="Fields:"))
    names = [name for name in dir(cls) if not name.startswith("_") and is_verb(cls, name)]
    for line, name in enumerate(sorted(names, key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST))):
        show_verb(pkg, shown, cls, name, line)


def read(annotation: Any) -> Any:
    """Return the type of what is read from a field: of an association, what it leads to."""
    kind = getattr(getattr(annotation, "left", None), "name", None)
    if kind in ("HasMany", "ScheduleOrBuilder"):
        return annotation.slice
    return griffe.ExprBinOp(annotation.slice, "|", "None") if kind == "BelongsTo" else annotation


def keys_of(shown: Any) -> dict[str, Any]:
    """Return the keys of a type of parameters, those of its bases first, without the options of every call."""
    if shown.is_alias:
        shown = shown.final_target
    keys: dict[str, Any] = {}
    for base in shown.resolved_bases:
        keys |= keys_of(base) if base.name != "CallOptions" else {}
    return keys | {name: member for name, member in shown.members.items() if member.is_attribute}


def unmarked(annotation: Any) -> tuple[Any, bool]:
    """Return a type without what says whether the key has to be there, and that."""
    marked = getattr(getattr(annotation, "left", None), "name", None) in ("Required", "NotRequired")
    return (annotation.slice, annotation.left.name == "Required") if marked else (annotation, False)


def show_keys(shown: Any) -> None:
    """
    Put a list of its keys, with those of its bases, into the docstring of *shown*.

    Not of what a single verb takes: there the list is.
    """
    of_a_verb = shown.module.path != COMMON and any(base.path == f"{COMMON}.CallOptions" for base in shown.mro())
    keys = []
    for name, member in keys_of(shown).items():
        annotation, must = unmarked(member.annotation)
        description = f"{about(member)}{MUST if must else ''}"
        keys.append(griffe.DocstringAttribute(name, annotation=annotation, description=description))
    for member in shown.members.values():
        member.public = False
    if keys and not of_a_verb:
        shown.docstring.parsed.append(griffe.DocstringSectionAttributes(keys, title="Keys:"))


def show_settings(shown: Any, client: Any) -> None:
    """Give each setting its type and its default, and the class of clients what it takes: all of them."""
    taken = []
    for section in shown.docstring.parsed:
        for each in section.value if section.kind is griffe.DocstringSectionKind.attributes else ():
            each.annotation = shown[each.name].annotation.slice
            if Config.settings[each.name].default not in (None, ()):
                each.description += f" Default: `{Config.settings[each.name].default!r}`."
            taken.append(griffe.DocstringParameter(each.name, annotation=each.annotation, description=each.description))
    client.docstring.parsed.append(griffe.DocstringSectionParameters(taken))
    for member in (*shown.members.values(), *(one for one in client.members.values() if one.is_attribute)):
        member.public = False


# Verbs


def is_verb(cls: type, name: str) -> bool:
    """Tell whether *name* is a verb of the resource *cls*."""
    return isinstance(getattr(cls, name, None), Verb)


def show_verb(pkg: griffe.Module, shown: Any, cls: type[Resource], name: str, line: int) -> None:
    """Show the verb *name* of *cls* in the class *shown*, with every parameter and its type."""
    verb = getattr(cls, name)
    text = inspect.cleandoc(verb.__doc__ or "")
    text = text.replace("<its path>", f"{path_of(cls)}/<id>").replace("<path>", path_of(cls))
    placed, named = placed_of(cls, verb), named_of(pkg, types_of(cls, verb))
    more = any(one.kind in (one.KEYWORD_ONLY, one.VAR_KEYWORD) for one in inspect.signature(verb).parameters.values())
    shorthand = griffe.Parameter("params", kind=griffe.ParameterKind.var_keyword)
    function = griffe.Function(
        name,
        lineno=line,
        parameters=griffe.Parameters(*map(in_signature, placed), *([shorthand] if more else [])),
        returns=str(inspect.signature(verb).return_annotation).replace("Self", cls.__name__).replace("pylist", "list"),
    )
    makes_builder = name == "schedule" and issubclass(cls, Schedulable)
    shown.set_member(name, function)
    function.labels = {"of the class"} if verb.__self__ is not None or makes_builder else set()
    function.docstring = griffe.Docstring(linked(plain(text)), parent=function, parser="google")
    if placed or named:
        function.docstring.parsed.append(griffe.DocstringSectionParameters([*placed, *named]))
    if more:
        function.docstring.parsed.append(griffe.DocstringSectionText(REST))


def path_of(cls: type[Resource]) -> str:
    """Return the path of the records of *cls*, as the API's documentation writes it."""
    return f"{class_named(cls.under[0]).path}/<id>/{cls.under[1]}" if cls.under else str(cls.path)


def types_of(cls: type[Resource], verb: Verb) -> Any:
    """Return the type of what *verb* of *cls* takes; None if it takes no more than the options of every call."""
    name = verb.__func__.__name__
    types = parameters_type(cls, name)
    if types is None and name == "save":  # of what can be made, and not changed
        types = parameters_type(cls, "create")
    if types is None and name == "retrieve":
        types = parameters.RetrieveParameters
    if types is None and (name in ("schedule", "occurrence") or "as `Listable.list`" in str(verb.__doc__)):
        types = parameters.ListParameters
    return types


def placed_of(cls: type[Resource], verb: Verb) -> list[griffe.DocstringParameter]:
    """Return the parameters of *verb* that are given by their place."""
    found = []
    for one in inspect.signature(verb).parameters.values():
        if one.name == "self" or one.kind in (one.KEYWORD_ONLY, one.VAR_KEYWORD):
            continue
        names = [cls.under[0].lower(), "id"] if one.name == "id" and cls.under else [one.name]
        for name in names:
            text, about = FIXED.get(name, (None, ""))
            annotation = text.format(cls=cls.__name__) if text else str(one.annotation)
            found.append(described(name, annotation, about, one.default is one.empty))
    return found


def named_of(pkg: griffe.Module, types: Any) -> list[griffe.DocstringParameter]:
    """Return the parameters that are given by name: the keys of *types*, what has to be there first."""
    keys = keys_of(pkg[f"{types.__module__}.{types.__name__}".removeprefix("omise.")]) if types else {}
    found = []
    for name, member in keys.items():
        annotation, must = unmarked(member.annotation)
        found.append(described(name, annotation, about(member), must))
    return sorted(found, key=lambda one: not one.description.endswith(MUST))


def described(name: str, annotation: Any, about: str, must: bool) -> griffe.DocstringParameter:
    return griffe.DocstringParameter(name, annotation=annotation, description=f"{about}{MUST if must else ''}")


def in_signature(one: griffe.DocstringParameter) -> griffe.Parameter:
    """Return what stands in the signature for a parameter that is given by its place."""
    default = None if one.description.endswith(MUST) else "None"
    return griffe.Parameter(one.name, kind=griffe.ParameterKind.positional_only, default=default)
