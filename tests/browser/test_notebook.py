"""What notebooks show of records, in a real browser: light and dark, beside the rules that notebooks have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import FOUND, Shop

Look = Callable[..., Page]

NOTEBOOK = """<!DOCTYPE html><html lang="en"><title>Notebook</title><style>
:root { color-scheme: light dark }
body { font: 14px sans-serif; color: light-dark(rgba(0, 0, 0, .87), #fff); background: light-dark(#fff, #111) }
.rendered table { margin: 0 auto; border: none; table-layout: fixed; font-size: 12px }
.rendered td, .rendered th, .rendered tr { text-align: right; padding: .5em; white-space: normal; border: none }
.rendered tbody tr:nth-child(odd) { background: light-dark(#f5f5f5, #222) }
</style><main class="rendered"><h1>Notebook</h1>"""
"""A page with the colours, and the rules for tables, that Jupyter's have."""
FAULTS = f"{FOUND}.then(faults => faults.map(fault => [fault.id, fault.nodes.map(n => n.html)]))"


@pytest.fixture
def notebook(shop: Shop, tmp_path: Path) -> str:
    """The address of a page with a charge, a customer, and lists."""
    charge = shop.charge(description="<script>document.title = 'Gone'</script>", metadata={"a": {"b": 1}})
    charge.refund(amount=20_000)
    records = [charge.reload(), shop.client.Customer.list()[0], shop.client.Charge.list(), shop.client.Dispute.list()]
    page = tmp_path / "notebook.html"
    page.write_text(NOTEBOOK + "".join(record._repr_html_() for record in records), encoding="utf-8")
    return page.as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_records_are_fit_for_everybody(notebook: str, look: Look, axe: str, scheme: str) -> None:
    """With all parts unfolded, axe-core finds nothing, contrast and structure alike; no script of a field runs."""
    page = look(notebook, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")

    assert page.evaluate(f"{axe};{FAULTS}") == []
    assert page.title() == "Notebook"


def test_rules_of_the_notebook_do_not_bend_the_tables(notebook: str, look: Look) -> None:
    """Text to the left, amounts to the right, no stripes; parts unfold by a click."""
    page = look(notebook)
    first = page.locator("table").first

    expect(first.locator("td").first).to_have_css("text-align", "left")
    expect(first.locator("tr").nth(2)).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    expect(page.locator("td.omise-n").first).to_have_css("text-align", "right")
    expect(page.get_by_text("JPMORGAN").first).not_to_be_visible()
    page.get_by_text("Card card_test_").first.click()
    expect(page.get_by_text("JPMORGAN").first).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_wider_than_the_page(notebook: str, look: Look, width: int) -> None:
    """What does not fit is scrolled within its output."""
    page = look(notebook, viewport={"width": width, "height": 900})

    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_a_list_can_be_read_on_a_telephone(shop: Shop, look: Look, tmp_path: Path) -> None:
    """Short texts stay in a line, and long ones have room for some words: a row is a few lines high."""
    shop.client.Customer.create(email="somebody@example.com", description="as many words as somebody had to say " * 3)
    page = tmp_path / "list.html"
    page.write_text(NOTEBOOK + shop.client.Customer.list()._repr_html_(), encoding="utf-8")
    row = look(page.as_uri(), viewport={"width": 390, "height": 900}).get_by_role("row", name="somebody@")

    assert row.evaluate("row => row.offsetHeight") < 90
