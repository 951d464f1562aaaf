"""The commands of the resources, ``omise charges capture ID``: made from what the classes declare they can do."""

from __future__ import annotations

import inspect
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from inspect import Parameter
from typing import Any, NamedTuple

import click

from .. import resources
from ..notices import UnknownParameterWarning
from ..records.casting import cast_as, class_named
from ..records.identity import check_id
from ..records.listing import LARGEST_PAGE, List
from ..records.operations import Singleton
from ..records.resource import Resource
from ..records.search import Search, Searchable
from ..records.signatures import known_parameters
from ..records.verbs import class_verb, declared
from ..wire.encoding import json_name
from . import asking
from .assignments import Assignment, AssignmentType, days, parameters
from .helping import VerbCommand, about, opening, sentence, taking
from .menu import Menu, meant
from .printing import show

LEFT_OUT = frozenset(
    {
        "from_",  # another name of `retrieve`, as are the next three of `list` with a status
        "list_closed_disputes",
        "list_open_disputes",
        "list_pending_disputes",
        "save",  # of what was assigned, and nothing is here
        "search",  # takes steps; the command of that name takes parameters
        "upload_document",  # documents upload
    }
)
SPELLED = {"retrieve": "get"}
"""Verbs that have another name here."""


def plain(member: Any) -> Any:
    """Return the function that a class declares as a verb of its own, or of its records."""
    return getattr(member, "function", member)


LISTING = plain(declared(List, "__call__"))
"""Fetches a list below a record."""


class Verb(NamedTuple):
    """Something that can be done: to which records, by what, and how it is declared."""

    ids: tuple[str, ...]
    call: Callable[..., Any]
    """Takes the ids, then what is `given`, then the parameters by name."""
    function: Callable[..., Any]
    """Declares it."""
    owner: type[Any]
    """Has it."""

    @property
    def known(self) -> frozenset[str]:
        """The parameters that the API is known to take; none where that is not known."""
        names = known_parameters(self.owner, self.function.__name__)
        return frozenset(json_name(name) for name in names - {*self.given}) if names else names

    @property
    def writes(self) -> bool:
        """Whether it changes something."""
        return bool(getattr(self.function, "alters_data", False))

    @property
    def lists(self) -> bool:
        """Whether a list comes back."""
        return self.function is LISTING or bool(re.search("List|Search", str(_annotation(self.function))))

    @property
    def given(self) -> list[str]:
        """The parameters that are no ids, and that the function takes by their place."""
        named = inspect.signature(self.function).parameters.values()
        return [one.name for one in named if _is_given(one) and one.name not in self.ids]


def _annotation(function: Callable[..., Any]) -> Any:
    return inspect.signature(function).return_annotation


def _is_given(one: Parameter) -> bool:
    by_place = one.kind in (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD)
    return by_place and one.default is Parameter.empty and one.name not in ("self", "cls", "scope")


@cache
def commands() -> dict[str, type[Resource]]:
    """Return the resource of each command: those with something that can be done."""
    every = [getattr(resources, name) for name in resources.__all__]
    found = {_plural(cls): cls for cls in every if cls.object_name and not issubclass(cls, List)}
    return {name: cls for name, cls in sorted(found.items()) if verbs(cls)}


def _plural(cls: type[Resource]) -> str:
    name = str(cls.object_name).replace("_", "-")
    return name if issubclass(cls, Singleton) or not (cls.path or cls.under) else f"{name}s"


def verbs(cls: type[Resource]) -> dict[str, Verb]:
    """Return what can be done with *cls*, by the words that the command line has for it."""
    found = {**_of_collection(cls), **_of_lists(cls), **_of_class(cls), **_of_records(cls)}
    spelled = {SPELLED.get(name, name).replace("_", "-"): verb for name, verb in found.items()}
    return dict(sorted(spelled.items()))


def _members(cls: type[Any]) -> Iterator[tuple[str, Any]]:
    """Yield what *cls* and its abilities declare."""
    for base in cls.__mro__:
        if issubclass(base, Resource) and base is not Resource:
            yield from ((name, declared(cls, name)) for name in vars(base) if name not in LEFT_OUT)


def _of_class(cls: type[Resource]) -> dict[str, Verb]:
    found = {name: plain(member) for name, member in _members(cls) if isinstance(member, class_verb)}
    made = {name: Verb((), getattr(cls, name), function, cls) for name, function in found.items()}
    if "retrieve" in made:
        made["retrieve"] = made["retrieve"]._replace(ids=_ids_of(cls) or tuple(made["retrieve"].given))
    if issubclass(cls, Searchable):
        search: Any = Search.execute
        made["search"] = Verb((), partial(search, cls.object_name), search, Search)
    return made


def _writing(members: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Return the functions that change a record or a list, by their names."""
    found = {name: plain(member) for name, member in members if not isinstance(member, class_verb)}
    return {name: function for name, function in found.items() if getattr(function, "alters_data", False)}


def _of_records(cls: type[Resource]) -> dict[str, Verb]:
    """What is done to a record, which is not fetched for it."""
    found = _writing(_members(cls))
    return {name: Verb(_ids_of(cls), partial(_do, cls, name), function, cls) for name, function in found.items()}


def _of_lists(cls: type[Resource]) -> dict[str, Verb]:
    """The lists below a record: ``customers cards ID``."""
    lists = [name for name, association in cls._associations.items() if association.is_list]
    return {name: Verb(_ids_of(cls), partial(_do, cls, name), LISTING, List) for name in lists}


def _of_collection(cls: type[Resource]) -> dict[str, Verb]:
    """What is done in the list that holds such records: ``cards create CUSTOMER``."""
    if cls.under is None:
        return {}
    parent: Any = class_named(cls.under[0])
    collection, ids = cls.under[1], (cls.under[0].lower(),)
    kind: Any = class_named(parent._associations[collection].kind)
    writing = _writing(vars(kind).items()).items()
    found = {name: Verb(ids, partial(_do_in, parent, collection, name), function, kind) for name, function in writing}
    return {"list": Verb(ids, partial(_do, parent, collection), LISTING, List), **found}


def _ids_of(cls: type[Resource]) -> tuple[str, ...]:
    """Return what the ids are of that a record of *cls* is found by."""
    if issubclass(cls, Singleton) or not (cls.path or cls.under):
        return ()
    own = str(cls.object_name)
    return (cls.under[0].lower(), own) if cls.under else (own,)


def _do(cls: type[Resource], verb: str, /, *given: Any, **params: Any) -> Any:
    ids = len(_ids_of(cls))
    return getattr(record(cls, given[:ids]), verb)(*given[ids:], **params)


def _do_in(cls: type[Resource], collection: str, verb: str, id: str, /, *given: Any, **params: Any) -> Any:
    return getattr(getattr(record(cls, (id,)), collection), verb)(*given, **params)


def record(cls: type[Any], ids: tuple[str, ...]) -> Any:
    """Return the record of *ids*, of which no more is known; its verbs need no more."""
    data = {"object": str(cls.object_name)}
    if ids:
        data["id"] = check_id(ids[-1], cls)
    if cls.under:
        parent = class_named(cls.under[0])
        data["location"] = f"{parent.path}/{check_id(ids[0], parent)}/{cls.under[1]}/{data['id']}"
    return cast_as(cls, data, None, loaded=False)


# As commands


@cache
def group(name: str) -> click.Group | None:
    """Return the command of the resource *name*, with its verbs as commands."""
    cls = commands().get(name)
    if cls is None:
        return None
    found = Menu(name, help=about(cls.__doc__), short_help=opening(cls.__doc__))
    for word, verb in verbs(cls).items():
        found.add_command(_command(cls, name, word, verb))
    return found


def _command(cls: type[Resource], resource: str, word: str, verb: Verb) -> click.Command:
    options = [
        click.Option(["--json", "style"], flag_value="json", help="Print JSON."),
        click.Option(["--csv", "style"], flag_value="csv", help="Print CSV."),
        click.Option(["--unchecked"], is_flag=True, help="Send parameters that are not known too."),
        click.Option(["--dry-run"], is_flag=True, help="Show what would be sent, and send nothing."),
    ]
    if verb.lists:
        options.append(click.Option(["--all", "every"], is_flag=True, help="Go on to the last page."))
    if verb.writes:
        options.append(click.Option(["--yes"], is_flag=True, help="Do not ask, with a live key too."))
    arguments = [click.Argument([f"id_{place}"], metavar=name.upper()) for place, name in enumerate(verb.ids)]
    names = AssignmentType((*verb.given, *verb.known))
    assigned = click.Argument(["assigned"], nargs=-1, type=names, metavar="[NAME=VALUE]...")
    run = partial(_run, f"{resource} {word}", verb)
    says = sentence(word, str(cls.object_name), len(verb.ids))
    command = VerbCommand(word, None, run, [*arguments, assigned, *options], says, short_help=says)
    command.takes = partial(taking, verb.owner, verb.function.__name__, verb.known, verb.given)
    return command


def _run(
    command: str,
    verb: Verb,
    /,
    assigned: tuple[Assignment, ...],
    style: str | None,
    dry_run: bool,
    unchecked: bool,
    every: bool = False,
    yes: bool = False,
    **ids: str,
) -> None:
    params = parameters(assigned)
    params = params if verb.writes else days(params)
    if command.endswith(" update") and not params:
        raise click.UsageError(f"{command} needs what to change, as name=value")
    given = [_taken(params, name, command) for name in verb.given]
    if unchecked:
        warnings.simplefilter("ignore", UnknownParameterWarning)  # that they are not known was said
    else:
        _check_names(params, verb.known, command)
    if every and "limit" in verb.known:
        params.setdefault("limit", LARGEST_PAGE)
    if dry_run:
        with asking.dry_run():
            verb.call(*ids.values(), *given, **params)
        return
    if verb.writes:
        asking.confirm(command, yes)
    resource, word = command.split()
    many = resource if word in ("list", "search") else word
    show(verb.call(*ids.values(), *given, **params), style or "table", every, many)


def _taken(params: dict[str, Any], name: str, command: str) -> Any:
    """Take the parameter *name*, which goes by its place, out of *params*; a card may be given in its fields."""
    if name == "card" and name not in params:
        return {field: params.pop(field) for field in [*params]}
    if name not in params:
        raise click.UsageError(f"{command} needs {name}=…")
    return params.pop(name)


def _check_names(params: Mapping[str, Any], known: frozenset[str], command: str) -> None:
    """Refuse a parameter that is not *known*: it is more likely misspelt than new."""
    for name in params:
        if known and name not in known:
            near = meant(name, known)
            end = "" if near.endswith("?") else "."
            raise click.UsageError(f"{command} takes no {name}{near}{end} --unchecked sends it all the same")
