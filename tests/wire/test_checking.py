"""What an answer must be to be believed."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omise.wire.checking import DEEPEST, Nonsense, read_answer

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["id", "object", "data", "metadata", "total", "x"]) | st.text(max_size=5), inner
        )
    ),
    max_leaves=20,
)


def nested(levels: int, opening: str = '{"a": ', closing: str = "}", inner: str = "1") -> bytes:
    """An object of the API with *levels* levels, itself among them."""
    return f'{{"object": "thing", "x": {opening * (levels - 1)}{inner}{closing * (levels - 1)}}}'.encode()


def refused(body: Any) -> str:
    """What is wrong with *body*, bytes or JSON."""
    with pytest.raises(Nonsense) as raised:
        read_answer(body if isinstance(body, bytes) else json.dumps(body).encode())
    return str(raised.value)


@pytest.mark.parametrize(
    "body",
    [
        {"object": "thing"},
        {"object": "thing", "id": None, "x": [[], [{}], [[1]]]},
        {"object": "list", "data": []},
        {"object": "search", "data": [{"id": "x"}], "total": 1, "page": 1, "per_page": 30, "total_pages": 1},
        {"object": "customer", "id": "cust_1", "cards": {"object": "list", "data": [{"object": "card", "id": "c"}]}},
        {"object": "customer", "cards": {"object": "list", "location": "/cards"}},
        {"object": "thing", "metadata": {"object": "list", "data": 5, "id": 7, "deep": [{"id": []}]}},
        {"object": "thing", "description": "]]}} [{", "x": {"y": '"]'}},
    ],
)
def test_what_the_api_answers_is_believed(body: Any) -> None:
    """Users may put into metadata what they like, and brackets into texts."""
    assert read_answer(json.dumps(body).encode()) == body


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32-be"])
def test_it_is_read_in_any_encoding_of_json(encoding: str) -> None:
    """As Python's own reader does."""
    assert read_answer('{"object": "ร้าน"}'.encode(encoding)) == {"object": "ร้าน"}


LIST = {"object": "list", "data": []}


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"data": {}}, "data is no list of objects"),
        ({"data": None}, "data is no list of objects"),
        ({"data": "abc"}, "data is no list of objects"),
        ({"data": [{}, 1]}, "data is no list of objects"),
        ({"data": [[]]}, "data is no list of objects"),
        *[
            ({name: value}, f"{name} is no whole number of 0 or more")
            for name in ("total", "offset", "limit", "page", "per_page")
            for value in (-1, 1.0, True, "1", [], {}, 1e9)
        ],
        ({"id": 7}, "an id that is no text"),
        ({"data": [{"id": ["x"]}]}, "an id that is no text"),
        ({"data": [{"id": {}}]}, "an id that is no text"),
    ],
)
@pytest.mark.parametrize("within", [False, True])
def test_the_envelope_of_a_list_is_looked_at(fields: dict[str, Any], problem: str, within: bool) -> None:
    """Wherever the list stands."""
    body: Any = {**LIST, **fields}

    assert problem in refused({"object": "customer", "x": [[body]]} if within else body)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b"", "the answer is empty"),
        (b"<html>", "the answer is not JSON"),
        (b"\xff\xfe\xff", "the answer is not JSON"),
        (b'{"object": "thing", "x": NaN}', "the answer is not JSON"),
        (b'{"object": "thing", "x": -Infinity}', "the answer is not JSON"),
        (b'{"object": "thing", "x": 1e999}', "the answer is not JSON"),
        (b'{"object": "thing", "x": ' + b"9" * 5000 + b"}", "the answer is not JSON"),
        ([], "the answer is not a JSON object"),
        ("thing", "the answer is not a JSON object"),
        ({}, "the answer is no object of the API"),
        ({"object": ["list"]}, "the answer is no object of the API"),
        ({"object": "list"}, "the answer is a list without data"),
        (nested(DEEPEST + 1), f"the answer has more than {DEEPEST} levels"),
        (nested(DEEPEST + 1, "[", "]"), f"the answer has more than {DEEPEST} levels"),
        (nested(DEEPEST + 1, '{"}": ', "}", '"' + "{" * DEEPEST + '"'), f"the answer has more than {DEEPEST} levels"),
        (nested(DEEPEST + 1, inner='"]}"'), f"the answer has more than {DEEPEST} levels"),
        (b'{"object": "thing", "metadata": ' + nested(DEEPEST) + b"}", f"the answer has more than {DEEPEST} levels"),
        (nested(100_000), "the answer is not JSON"),
        (b'{"object": "thing", "x": ' + b"[" * 100_000, "the answer is not JSON"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_nonsense_is_named(body: Any, problem: str) -> None:
    """And no other exception gets out."""
    assert refused(body) == problem


@pytest.mark.parametrize("body", [nested(DEEPEST), nested(DEEPEST, "[", "]"), nested(DEEPEST, inner='"]["')])
def test_what_is_just_deep_enough_is_read(body: bytes) -> None:
    """The limit is a level of its own."""
    assert read_answer(body)["object"] == "thing"


@given(st.binary(max_size=60) | ANYTHING.map(lambda value: json.dumps(value).encode()))
def test_whatever_comes_it_is_an_object_or_nonsense(body: bytes) -> None:
    """Any bytes, any JSON."""
    with suppress(Nonsense):
        assert isinstance(read_answer(body)["object"], str)
