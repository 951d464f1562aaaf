"""
Search: objects of one kind, by text and by filters.

Source: https://docs.omise.co/search-api
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ..http.call import Call
from ..http.routing import route
from ..http.takes import Takes
from ..refusals import ApiError, sentence
from ..rules.filters import BadValue, Test
from ..rules.provenance import DOCUMENTED, INFERRED, fact
from ..rules.scopes import SCOPES, Scope, matches_query
from ..rules.validation import Invalid, Rule, check, integer, looked_up, one_of, text
from ..state.clock import day_of
from ..state.lists import CHRONOLOGICAL, REVERSE
from ..state.store import Document, Selection

#: Paths that search one scope.
PATHS = {
    "/charges/search": "charge",
    "/customers/search": "customer",
    "/disputes/search": "dispute",
    "/links/search": "link",
    "/recipients/search": "recipient",
    "/refunds/search": "refund",
    "/transfers/search": "transfer",
    "/linked_accounts/search": "linked_account",
    "/sub_merchants/search": "sub_merchant",
    "/audits/search": "audit",
    "/charges/schedules/search": "charge_schedule",
    "/transfers/schedules/search": "transfer_schedule",
    "/receipts/receipts/search": "receipt",
}

PER_PAGE = fact(30, DOCUMENTED, "how many a page of a search has")
#: More than this is cut down to it, not refused, as in lists.
MAX_PER_PAGE = fact(100, INFERRED, "how many a page of a search can have")

PARAMETERS: dict[str, Rule] = {"query": text, "order": one_of(CHRONOLOGICAL, REVERSE), "per_page": integer(minimum=1)}
ONE: Takes = PARAMETERS | {"page": looked_up, "filters": looked_up}
DEFAULTS: dict[str, Any] = {"query": "", "order": REVERSE, "per_page": PER_PAGE}
PAGE = integer(minimum=1)

UNKNOWN_SCOPE = "scope is not included in the list"  # (inferred)
WRONG_PAGE = "page must be greater than or equal to 1"  # (inferred)
NO_FILTERS = "filters must be an object"  # (inferred)


@route("GET", "/search", takes={**ONE, "scope": looked_up})
def search(call: Call) -> dict[str, Any]:
    """Search the scope that the request names."""
    name = call.params.get("scope")
    if not isinstance(name, str) or name not in SCOPES:
        raise ApiError("invalid_scope", UNKNOWN_SCOPE)
    return result(call, name)


def _searchable(path: str, name: str) -> None:
    @route("GET", path, takes=ONE)
    def search_one(call: Call) -> dict[str, Any]:
        return result(call, name)


for _path, _name in PATHS.items():
    _searchable(_path, _name)


def result(call: Call, name: str) -> dict[str, Any]:
    """The search object: one page of what was found in a scope."""
    filters = _filters(call.params.get("filters"))
    given = DEFAULTS | check(_present(call.params), PARAMETERS)
    page, per_page = _page(call.params.get("page")), min(given["per_page"], MAX_PER_PAGE)
    found = _found(call, SCOPES[name], filters, given["query"], reverse=given["order"] == REVERSE)
    return {
        "object": "search",
        "export": None,
        "data": [call.view.show(document) for document in found[(page - 1) * per_page : page * per_page]],
        "page": page,
        "per_page": per_page,
        "total": len(found),
        "total_pages": -(-len(found) // per_page),
        "filters": filters,
        "location": "/search",
        "order": given["order"],
        "query": given["query"],
        "scope": name,
        "aggregate_level": None,
    }


def _found(call: Call, scope: Scope, filters: Mapping[str, str], query: str, *, reverse: bool) -> list[Document]:
    """Everything in a scope that passes all filters and the query, too."""
    words, tests = _terms(scope, query, day_of(call.now_ms))
    tests += _tests(scope, filters, day_of(call.now_ms))

    def is_hit(document: Document) -> bool:
        fields = call.show(document)
        if (scope.only and not scope.only(fields)) or not matches_query(fields, words):
            return False
        linked = _linked(call, scope, fields)
        return all(test(linked) for test in tests)

    return [document for document in _documents(call, scope, filters, reverse) if is_hit(document)]


def _present(params: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters without null and empty ones, which count as left out."""
    return {name: value for name, value in params.items() if value not in (None, "")}


def _page(value: Any) -> int:
    try:
        return int(PAGE(1 if value in (None, "") else value))
    except Invalid:
        raise ApiError("invalid_page", WRONG_PAGE) from None


def _filters(value: Any) -> dict[str, str]:
    """The filters that were given, their values as the texts that they are echoed as."""
    if value in (None, ""):
        return {}
    if not isinstance(value, Mapping):
        raise ApiError("invalid_filters", NO_FILTERS)
    return {name: _text(name, item) for name, item in value.items()}


def _text(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str | int | float):
        raise ApiError("invalid_filters", f"{name} is invalid")
    return str(value)


def _tests(scope: Scope, filters: Mapping[str, str], today: date) -> list[Test]:
    """What an object has to pass."""
    problems, tests = [], []
    for name, value in filters.items():
        try:
            tests.append(scope.filters[name](value.strip(), today))
        except KeyError:
            problems.append(f"{name} is not a filter of this scope")  # (inferred)
        except BadValue:
            problems.append(f"{name} is invalid")  # (inferred)
    if problems:
        raise ApiError("invalid_filters", sentence(problems))
    return tests


def _terms(scope: Scope, query: str, today: date) -> tuple[str, list[Test]]:
    """The words of a query, and the tests of those that read ``filter:value``."""
    words, tests = [], []
    for part in query.split():
        name, _, value = part.partition(":")
        try:
            tests.append(scope.filters[name](value, today))
        except (KeyError, BadValue):
            words.append(part)
    return " ".join(words), tests


def _documents(call: Call, scope: Scope, filters: Mapping[str, str], reverse: bool) -> list[Document]:
    """All that there is of a kind. Deleted ones are among it where a filter speaks of deletion. (inferred)"""
    deleted = "deleted" in filters or filters.get("status") == "deleted"
    return call.store.select(Selection(scope.kind, account=call.account.id, deleted=deleted), reverse=reverse)


def _linked(call: Call, scope: Scope, fields: dict[str, Any]) -> dict[str, Any]:
    """*fields* with the objects that the scope's filters look into in the place of their ids."""
    for path in scope.linked:
        *parents, name = path.split(".")
        inner = fields
        for parent in parents:
            inner = inner[parent]
        document = call.store.get(inner[name] or "")
        inner[name] = call.show(document) if document else None
    return fields
