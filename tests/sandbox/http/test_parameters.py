from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omise.sandbox.http.parameters import MAX_DEPTH, MAX_PAIRS, Upload, body_limit, parse
from omise.sandbox.refusals import ApiError

FORM, JSON = "application/x-www-form-urlencoded", "application/json"


def form(text: str | bytes) -> dict[str, Any]:
    return parse(b"", FORM, text.encode() if isinstance(text, str) else text)


def as_json(text: str | bytes) -> dict[str, Any]:
    return parse(b"", JSON, text.encode() if isinstance(text, str) else text)


def multipart(*parts: tuple[str, bytes]) -> bytes:
    lines = [f"--b\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + body + b"\r\n" for head, body in parts]
    return b"".join(lines) + b"--b--\r\n"


@pytest.mark.parametrize(
    ("text", "params"),
    [
        ("", {}),
        ("a=1", {"a": "1"}),
        ("a=", {"a": ""}),
        ("a", {"a": ""}),
        ("a=1&b=2", {"a": "1", "b": "2"}),
        ("a=1&a=2", {"a": "2"}),
        ("&&a=1&", {"a": "1"}),
        ("a=x+y%20z%26", {"a": "x y z&"}),
        ("a=%E0%B8%AA", {"a": "ส"}),
        ("card[name]=A&card[number]=4", {"card": {"name": "A", "number": "4"}}),
        ("card%5Bname%5D=A", {"card": {"name": "A"}}),
        ("metadata[a][b][c]=1&metadata[a][d]=2", {"metadata": {"a": {"b": {"c": "1"}, "d": "2"}}}),
        ("days[]=1&days[]=16", {"days": ["1", "16"]}),
        ("on[weekdays][]=monday&on[weekdays][]=friday", {"on": {"weekdays": ["monday", "friday"]}}),
        ("items[0]=x&items[1]=y", {"items": {"0": "x", "1": "y"}}),
        ("i[][n]=a&i[][q]=1&i[][n]=b&i[][q]=2", {"i": [{"n": "a", "q": "1"}, {"n": "b", "q": "2"}]}),
        ("i[][n][x]=1&i[][n][y]=2&i[][n][x]=3", {"i": [{"n": {"x": "1", "y": "2"}}, {"n": {"x": "3"}}]}),
        ("i[][t][]=1&i[][t][]=2", {"i": [{"t": ["1", "2"]}]}),
        ("i[][a]=1&i[][n][x]=2&i[][a]=3", {"i": [{"a": "1", "n": {"x": "2"}}, {"a": "3"}]}),
        ("a[ ]=1", {"a": {" ": "1"}}),
    ],
)
def test_brackets_make_structures(text: str, params: dict[str, Any]) -> None:
    """
    Names with brackets nest; the last of equal names counts; digits in brackets are names.
    """
    assert form(text) == params
    assert parse(text.encode(), "", b"") == params


@pytest.mark.parametrize(
    "text",
    [
        "a[b=1",
        "a]b=1",
        "a[b]c=1",
        "a[b[c]]=1",
        "[a]=1",
        "[]=1",
        "=1",
        "a[b]]=1",
        "a[[b]=1",
        "a=1&a[b]=2",
        "a[b]=2&a=1",
        "a[]=1&a[b]=2",
        "a[b]=2&a[]=1",
        "a=1&a[]=2",
        "a[]=2&a=1",
        "a[][]=1",
        "a[][b]=1&a[][b][c]=2",
        "a[][b]=1&a[][b][c][d]=2",
        "a" + "[b]" * MAX_DEPTH + "=1",
        "a" + "[b]" * 5000 + "=1",
        "a[" * 5000 + "=1",
        "&".join(["a=1"] * (MAX_PAIRS + 1)),
        "a=%FF",
        "%FF=a",
        "a=%00",
        "a%00b=1",
        "a[%00]=1",
    ],
)
def test_forms_that_make_no_sense_are_refused(text: str) -> None:
    """
    Unbalanced brackets, one name for two things, absurd depth or number, and bytes that are no text.
    """
    with pytest.raises(ApiError) as refused:
        form(text)

    assert (refused.value.status, refused.value.code) == (400, "bad_request")


def test_raw_bytes_that_are_not_utf_8_are_refused() -> None:
    """
    In a form, a query, and JSON alike.
    """
    for query, kind, body in [(b"a=\xff", "", b""), (b"", FORM, b"a=\xff"), (b"", JSON, b'{"a": "\xff"}')]:
        with pytest.raises(ApiError, match="valid"):
            parse(query, kind, body)


def test_json_keeps_its_types() -> None:
    """
    Numbers stay numbers, and nesting is as written.
    """
    body = {"a": 1, "b": "1", "c": True, "d": None, "e": [1.5, {"f": []}], "g": {}, "amount": 10**30}

    assert as_json(json.dumps(body)) == body
    assert type(as_json('{"a": 1}')["a"]) is int


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "APPLICATION/JSON", "application/vnd.api+json"])
def test_json_is_told_by_its_type(kind: str) -> None:
    """
    Whatever the letter case and options.
    """
    assert parse(b"", kind, b'{"a": 1}') == {"a": 1}


def test_json_null_and_an_empty_body_are_no_parameters() -> None:
    """
    Some clients send one of them with every GET.
    """
    assert as_json("null") == {}
    assert as_json("") == {}


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "nonsense",
        "[1]",
        '"a"',
        "1",
        '{"a": NaN}',
        '{"a": Infinity}',
        '{"a": -Infinity}',
        '{"a": 1e400}',
        '{"a": ' + "9" * 5000 + "}",
        '{"a": "\\ud800"}',
        '{"\\udfff": 1}',
        '{"a": {"b": ["\\u0000"]}}',
        "\ufeff{}",
        '{"a":' * (MAX_DEPTH + 1) + "1" + "}" * (MAX_DEPTH + 1),
        "[" * 100_000,
        '{"a":' * 100_000,
    ],
)
def test_bad_json_is_refused(text: str) -> None:
    """
    Malformed, not an object, numbers that JSON lacks, text that cannot be kept, absurd depth.
    """
    with pytest.raises(ApiError) as refused:
        as_json(text)

    assert (refused.value.status, refused.value.code) == (400, "bad_request")


def test_surrogate_pairs_are_characters() -> None:
    """
    Only half of one is refused.
    """
    assert as_json('{"a": "\\ud83d\\ude00"}') == {"a": "😀"}


def test_query_and_body_are_merged() -> None:
    """
    A GET with a body may have parameters in both; the body's count.
    """
    assert parse(b"limit=1&order=x", JSON, b'{"limit": 2}') == {"limit": 2, "order": "x"}


def test_a_body_of_no_known_type_is_a_form() -> None:
    """
    As curl's -d is.
    """
    assert parse(b"", "", b"a[b]=1") == {"a": {"b": "1"}}
    assert parse(b"", "text/plain", b"a=1") == {"a": "1"}


def test_multipart_carries_fields_and_files() -> None:
    """
    Brackets work there, too; a part with a file name is an upload.
    """
    body = multipart(
        ('name="kind"', b"details"),
        ('name="metadata[a]"', b"1"),
        ('name="file"; filename="note.pdf"\r\nContent-Type: application/pdf', b"%PDF\x00\xff"),
    )

    assert parse(b"", "multipart/form-data; boundary=b", body) == {
        "kind": "details",
        "metadata": {"a": "1"},
        "file": Upload("note.pdf", "application/pdf", b"%PDF\x00\xff"),
    }


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", multipart(('name="a"', b"1"))),
        ("multipart/form-data; boundary=ü", b"x"),
        ("multipart/form-data; boundary=b", b"nonsense"),
        ("multipart/form-data; boundary=b", b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1'),
        ("multipart/form-data; boundary=b", multipart(('name="a[b"', b"1"))),
        ("multipart/form-data; boundary=b", multipart(('name="a"', b"\x00"))),
        ("multipart/form-data; boundary=b", multipart(('name="a"; filename="\x00"', b"1"))),
    ],
)
def test_bad_multipart_is_refused(kind: str, body: bytes) -> None:
    """
    No boundary, cut short, or names and texts that are refused elsewhere.
    """
    with pytest.raises(ApiError) as refused:
        parse(b"", kind, body)

    assert (refused.value.status, refused.value.code) == (400, "bad_request")


def test_a_field_of_multipart_is_no_way_around_the_limit() -> None:
    """
    Only files may be as large as documents are.
    """
    with pytest.raises(ApiError) as refused:
        parse(b"", "multipart/form-data; boundary=b", multipart(('name="a"', b"x" * (2 << 20))))

    assert refused.value.status == 413


def test_documents_may_be_larger_than_the_rest() -> None:
    """
    10 MB and some fit into multipart, and nowhere else.
    """
    assert body_limit("multipart/form-data; boundary=b") > 11 << 20
    assert body_limit(FORM) == body_limit("") == 1 << 20


def outcome(query: bytes, kind: str, body: bytes) -> tuple[dict[str, Any] | None, int]:
    """
    What was understood, or the status of the refusal.
    """
    try:
        return parse(query, kind, body), 200
    except ApiError as error:
        return None, error.status


names = st.text(st.characters(exclude_characters="[]\x00", exclude_categories=["Cs"]), min_size=1, max_size=5)
texts = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=10)
trees = st.dictionaries(
    names,
    st.recursive(texts, lambda inner: st.dictionaries(names, inner, min_size=1, max_size=3), max_leaves=10),
    max_size=4,
)


def pairs(tree: dict[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    flat: list[tuple[str, str]] = []
    for name, value in tree.items():
        path = f"{prefix}[{name}]" if prefix else name
        flat += pairs(value, path) if isinstance(value, dict) else [(path, value)]
    return flat


@given(trees)
@settings(max_examples=100, deadline=None)
def test_what_is_nested_arrives_nested(tree: dict[str, Any]) -> None:
    """
    Any tree of texts is the same after a trip through brackets or JSON.
    """
    encoded = "&".join(f"{quote(name)}={quote_plus(value)}" for name, value in pairs(tree))

    assert form(encoded) == tree
    assert as_json(json.dumps(tree)) == tree


@given(st.sampled_from([FORM, JSON, "multipart/form-data; boundary=b", ""]), st.binary(max_size=100))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_understood_or_refused(kind: str, body: bytes) -> None:
    """
    There is no third outcome.
    """
    understood, status = outcome(body, kind, body)

    assert status in (400, 413) if understood is None else json.dumps(understood, default=repr)


@given(st.lists(st.text("ab[]=&", max_size=8), max_size=6))
@settings(max_examples=200, deadline=None)
def test_any_brackets_are_understood_or_refused(parts: list[str]) -> None:
    """
    However they are mixed.
    """
    understood, status = outcome("&".join(parts).encode(), "", b"")

    assert isinstance(understood, dict) or status == 400
