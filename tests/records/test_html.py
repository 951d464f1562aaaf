"""`omise.records.html`: what a notebook shows of records."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given

import omise
from omise import Money
from omise.records.resource import Resource
from omise.sandbox import Sandbox

from ..test_nonsense import LISTS, OBJECTS

VOID = {"input", "br"}


class Parsed(HTMLParser):
    """The elements of a piece of HTML; fails where they are not closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.open.append(tag)
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text += data.rstrip() + "\n"


ALLOWED = {"style", "div", "table", "caption", "thead", "tbody", "tr", "th", "td", "p"}
ALLOWED |= {"details", "summary", "time", "small", "a"}


@given(OBJECTS)
def test_whatever_a_record_holds_it_is_shown(data: dict[str, Any]) -> None:
    """No JSON makes it raise, or escapes from the table."""
    parsed = Parsed(Resource.from_data(data)._repr_html_())

    assert {*parsed.seen} <= ALLOWED


@given(LISTS)
def test_whatever_a_list_holds_it_is_shown(data: dict[str, Any]) -> None:
    """Records of any kind among each other, and what is none."""
    parsed = Parsed(omise.List.from_data(data)._repr_html_())

    assert {*parsed.seen} <= ALLOWED


def test_a_charge_is_a_small_table(omise_sandbox: Sandbox) -> None:
    """What tells it apart comes first, its parts are folded, and so is all the rest."""
    charge = omise.Charge.create(
        amount=Money("1234.50", "THB"),
        card=omise_sandbox.card(),
        description="<b>Tea</b> & cake",
        metadata={"a": {"b": 1}},
    )
    count = len(omise_sandbox.requests)
    html = charge._repr_html_()
    top = Parsed(re.sub(r"<details>.*</details>", "", html))

    assert top.text.split("\n")[:4] == [f"Charge {charge.id}", "amount", "฿1,234.50", "123450"]
    assert "<b>" not in html
    assert "<summary>Card card_test_" in html
    assert "<summary>a: …</summary>" in html
    assert re.search(r"<summary>\d+ more fields</summary>", html)
    assert f"{charge.created_at:%Y-%m-%d %H:%M:%S} UTC</time>" in html
    assert "paid_at" in Parsed(html).text
    assert len(omise_sandbox.requests) == count


def test_amounts_are_told_apart_without_the_style() -> None:
    """Of a notebook that is not trusted JupyterLab drops it, and so does who copies the text."""
    html = Resource.from_data({"object": "balance", "total": 100, "on_hold": 0, "currency": "THB"})._repr_html_()
    cells = [re.sub("<[^>]+>", "", cell) for cell in re.findall("<td>(.*?)</td>", html)]

    assert cells[:2] == ["฿1.00 100", "฿0.00 0"]


def test_a_list_is_a_table_of_rows(omise_sandbox: Sandbox) -> None:
    """With the total and the page; the currency is told by the amounts."""
    for amount in (Money(100, "THB"), Money(1500, "JPY"), Money(5, "USD")):
        omise.Charge.create(amount=amount, card=omise_sandbox.card())
    count = len(omise_sandbox.requests)
    page = omise.Charge.list(limit=2)
    lines = Parsed(page._repr_html_()).text.splitlines()

    assert lines[0] == "List /charges 2 of 3, page 1 of 2"
    assert lines[1:5] == ["id", "amount", "status", "created_at"]
    assert [line for line in lines if line[0] in "฿¥"] == ["฿100.00", "¥1,500"]
    assert len(omise_sandbox.requests) == count + 1


def test_columns_of_short_texts_stay_in_a_line() -> None:
    """Those of long ones are not too narrow to be read, and numbers stand to the right."""
    data: list[dict[str, Any]] = [
        {"object": "customer", "id": "cust_1", "email": "a@b.co", "description": "words " * 9},
        {"object": "card", "id": "card_1", "expiration_month": 1},
    ]
    html = omise.List.from_data({"object": "list", "data": data, "total": 2})._repr_html_()
    looks = re.findall(r'<th scope="col" class="omise-(.)">(\w+)</th>', html)

    assert {*looks} == {("w", "id"), ("w", "email"), ("l", "description"), ("n", "expiration_month")}


def test_a_list_of_several_kinds_shows_the_fields_of_each() -> None:
    """And, where an amount is not told as money, the currency too."""
    data = [
        {"object": "charge", "id": "chrg_1", "amount": 5, "currency": "PHP"},
        {"object": "customer", "id": "cust_1", "email": "mali@example.com"},
        7,
    ]
    html = omise.List.from_data({"object": "list", "data": data, "total": 3, "offset": 0})._repr_html_()
    lines = Parsed(html).text.splitlines()

    assert lines[1:] == ["id", "amount", "currency", "email", "chrg_1", "5", "PHP", "cust_1", "mali@example.com", "7"]
    assert '<td colspan="4">7</td>' in html


def test_no_secret_is_shown(omise_sandbox: Sandbox) -> None:
    """By name or by looks, at any depth, in a record as in a list."""
    secret = omise.WebhookSecret.create()
    deep = {
        "object": "thing",
        "id": "1",
        "a": {"b": [{"security_code": "987"}]},
        "c": "card 4242 4242 4242 4242",
        "number": 1234567890,
    }
    html = Resource.from_data(deep)._repr_html_() + secret._repr_html_() + omise.WebhookSecret.list()._repr_html_()

    assert "987" not in html
    assert "4242 4242" not in html
    assert "1234567890" not in html
    assert secret.key not in html


def test_states_are_said() -> None:
    """What is not saved, not loaded or destroyed."""
    unloaded = omise.Customer._build({"object": "customer", "id": "cust_1"}, None, loaded=False)

    assert "Customer (not saved)" in omise.Customer(email="x")._repr_html_()
    assert "Customer cust_1 (not loaded)" in unloaded._repr_html_()
    gone = omise.Customer.from_data({"object": "customer", "id": "cust_1", "deleted": True})
    assert "Customer cust_1 destroyed" in gone._repr_html_()
    assert "<p>" in unloaded._repr_html_()
    saved = omise.Customer.from_data({"object": "customer", "id": "cust_1", "email": "x"})
    saved.email, saved["<b>"] = "y", 1
    assert "Customer cust_1 (not saved: email, &lt;b&gt;)" in saved._repr_html_()
    unheard = omise.List.from_data({"object": "list", "data": [{}]})
    assert "<caption>List 1 of 1, page 1 of 1<" in unheard._repr_html_()


def test_parts_without_a_name_are_told_by_their_fields() -> None:
    """As they begin, without secrets; so is what is too deep to be shown."""
    parts = {
        "metadata": {"order": "A-1", "gift": True, "at": None, "to": {"a": 1}, "tags": [], "code": 1},
        "card": {"number": "4242424242424242", "security_code": "123"},
        "long": {f"name_{n}": n for n in range(99)},
    }
    deep: Any = {"abyss": {"x": 1}}
    for name in "abcde":
        deep = {name: deep}
    html = Resource.from_data({"object": "thing", "id": "1", **parts, "deep": deep})._repr_html_()

    assert "<summary>order: A-1, gift: true, at: none, to: …, tags: none, code: 1</summary>" in html
    assert "<td>abyss: …</td>" in html
    assert re.search(r"<summary>name_0: 0, name_1: 1, [^<]*…</summary>", html)
    assert "424242" not in html
    assert "123<" not in html


@pytest.mark.parametrize(
    "uri", ["javascript:alert(1)", "http://x.example/", "data:text/html,x", 'https://x.example/"onclick="x']
)
def test_only_safe_addresses_are_links(uri: str) -> None:
    """https alone, and nothing gets out of the attribute."""
    html = Resource.from_data({"object": "thing", "id": "1", "authorize_uri": uri})._repr_html_()

    assert ("<a " in html) == uri.startswith("https:")
    assert '"onclick' not in html
    assert 'rel="noopener noreferrer"' in html or "<a " not in html


def test_what_is_deep_or_long_is_cut_off() -> None:
    """Small in any case: the record itself has all of it."""
    deep: Any = {"a": 1}
    for _ in range(60):
        deep = {"deeper": deep}
    long = {"object": "thing", "id": "1", "text": "x" * 9999, "list": [{"n": n} for n in range(9999)], "deep": deep}

    assert len(Resource.from_data(long)._repr_html_()) < 30_000
