"""
The parameters of a request, whatever form they came in: the query, brackets in a form, JSON, or multipart.

All forms end as one tree of dicts, lists, strings, what else JSON has, and `Upload`. JSON keeps its types; the leaves
of forms and queries are strings.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl

from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser
from werkzeug.http import parse_options_header

from ..refusals import ApiError, bad_request, too_large

__all__ = ["Upload", "body_limit", "parse", "parse_pairs"]

#: Bytes. Documents of up to 10 MB travel as multipart; nothing else comes near the smaller limit. (inferred)
FORM_LIMIT = 1 << 20
MULTIPART_LIMIT = 16 << 20

#: How deep parameters may be nested, and how many pairs a form may have. (inferred)
MAX_DEPTH = 32
MAX_PAIRS = 2000

MULTIPART = "multipart/form-data"
NAME = re.compile(r"(?P<root>[^\[\]]+)(?P<rest>(?:\[[^\[\]]*\])*)")
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True)
class Upload:
    """A file that came with the request."""

    filename: str
    content_type: str
    content: bytes


def body_limit(content_type: str) -> int:
    """The most bytes that a body of that type may have."""
    return MULTIPART_LIMIT if content_type.lower().startswith(MULTIPART) else FORM_LIMIT


def parse(query: bytes, content_type: str, body: bytes) -> dict[str, Any]:
    """
    All parameters of a request; where query and body both have a name, the body's value counts.

    Raises ``bad_request`` for what cannot be understood or kept.
    """
    params = {**parse_form(query), **parse_body(content_type, body)}
    check_tree(params)
    return params


def parse_body(content_type: str, body: bytes) -> dict[str, Any]:
    """The parameters in a body. What says nothing of its type is read as a form."""
    if not body:
        return {}
    mimetype, options = parse_options_header(content_type)
    mimetype = mimetype.lower()
    if mimetype == "application/json" or mimetype.endswith("+json"):
        return parse_json(body)
    if mimetype == MULTIPART:
        return parse_multipart(options, body)
    return parse_form(body)


def parse_json(body: bytes) -> dict[str, Any]:
    """A JSON object, or ``null`` for none. Not a number in JSON: NaN, Infinity, and what overflows to it."""
    try:
        value = json.loads(body.decode(), parse_constant=_finite, parse_float=_finite)
    except (ValueError, RecursionError):
        raise bad_request("request body is not valid JSON") from None
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise bad_request("request body must be a JSON object")
    return value


def parse_form(text: bytes) -> dict[str, Any]:
    """A query or form: ``a=1&b[c]=2&d[]=3``."""
    try:
        pairs = parse_qsl(text.decode(), keep_blank_values=True, errors="strict", max_num_fields=MAX_PAIRS)
    except UnicodeDecodeError:
        raise bad_request("parameters are not valid UTF-8") from None
    except ValueError:
        raise bad_request(f"more than {MAX_PAIRS} parameters") from None
    return parse_pairs(pairs)


def parse_multipart(options: Mapping[str, str], body: bytes) -> dict[str, Any]:
    """The fields of a multipart form; those with a file name are `Upload`."""
    parser = FormDataParser(
        stream_factory=_in_memory,
        silent=False,
        max_form_memory_size=FORM_LIMIT,
        max_form_parts=MAX_PAIRS,
    )
    try:
        _, fields, files = parser.parse(BytesIO(body), MULTIPART, len(body), dict(options))
    except RequestEntityTooLarge:
        raise too_large() from None
    except ValueError:
        raise bad_request("request body is not valid multipart") from None
    uploads = [
        (name, Upload(file.filename or "", file.mimetype, file.read())) for name, file in files.items(multi=True)
    ]
    return parse_pairs([*fields.items(multi=True), *uploads])


def _in_memory(
    total_content_length: int | None,
    content_type: str | None,
    filename: str | None,
    content_length: int | None = None,
) -> BytesIO:
    """Where an uploaded file goes: werkzeug would write a temporary one, though the body is in memory already."""
    return BytesIO()


def parse_pairs(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """
    Nest what brackets in the names say, as Rack does: ``card[name]`` is a dict, ``on[weekdays][]`` a list,
    ``items[][sku]`` a list of dicts, where a name that comes again begins the next one.
    """
    root: dict[str, Any] = {}
    for name, value in pairs:
        match = NAME.fullmatch(name)
        if match is None:
            raise bad_request("a parameter name has unbalanced brackets")
        keys = [match["root"], *match["rest"][1:-1].split("][")] if match["rest"] else [match["root"]]
        if len(keys) > MAX_DEPTH:
            raise bad_request("parameters are nested too deeply")
        _put(root, keys, value)
    return root


def _put(parent: dict[str, Any], keys: list[str], value: Any) -> None:
    """Store *value* under the path *keys*, whose first key is never empty: an empty one stands for a list."""
    key, rest = keys[0], keys[1:]
    if not rest:
        if isinstance(parent.get(key), (dict, list)):
            raise _mixed(key)
        parent[key] = value
    elif rest[0]:
        _put(_branch(parent, key, dict), rest, value)
    else:
        _append(_branch(parent, key, list), rest[1:], value)


def _append(items: list[Any], keys: list[str], value: Any) -> None:
    """Add *value* to a list; *keys* is the path within the element that it belongs to."""
    if not keys:
        items.append(value)
    elif not keys[0]:
        raise bad_request("lists within lists cannot be written with brackets")
    else:
        if not (items and isinstance(items[-1], dict) and not _has(items[-1], keys)):
            items.append({})
        _put(items[-1], keys, value)


def _branch(parent: dict[str, Any], key: str, kind: type) -> Any:
    branch = parent.setdefault(key, kind())
    if not isinstance(branch, kind):
        raise _mixed(key)
    return branch


def _has(element: dict[str, Any], keys: list[str]) -> bool:
    """Whether the path is taken already; one that ends in a list can always take more."""
    for key in keys[:-1]:
        if not isinstance(element, dict) or key not in element:
            return False
        element = element[key]
    return isinstance(element, dict) and keys[-1] in element


def _mixed(key: str) -> ApiError:
    return bad_request(f"{key} is given both as a value and as a structure")


def check_tree(value: Any, depth: int = 0) -> None:
    """Refuse what cannot be kept as text: NUL, lone surrogates, and nesting without end."""
    if depth > MAX_DEPTH:
        raise bad_request("parameters are nested too deeply")
    if isinstance(value, Upload):
        value = value.filename
    if isinstance(value, str):
        if UNSTORABLE.search(value):
            raise bad_request("parameters contain characters that cannot be kept as text")
    elif isinstance(value, dict):
        for name, item in value.items():
            check_tree(name, depth)
            check_tree(item, depth + 1)
    elif isinstance(value, list):
        for item in value:
            check_tree(item, depth + 1)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("not a number in JSON")
    return number
