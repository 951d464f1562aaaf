"""The dashboard in a real browser: narrow and wide, light and dark, by keyboard, with scripts and without."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import omise
from omise.sandbox import Application, Server

from .conftest import FOUND, Shop

Look = Callable[..., Page]

SIZES = {
    "narrow": {"width": 390, "height": 844},
    "middle": {"width": 768, "height": 1024},
    "wide": {"width": 1280, "height": 900},
}
#: What is folded, unfolded.
UNFOLD = "document.querySelectorAll('details').forEach(each => { each.open = true })"
FAULTS = f"{FOUND}.then(faults => faults.map(fault => [fault.impact, fault.id, fault.nodes.map(n => n.html)]))"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_every_page_is_fit_for_everybody(shop: Shop, look: Look, axe: str, size: str, scheme: str) -> None:
    """axe-core finds nothing, nothing is wider than the window, and the policy stops nothing of ours; unfolded, too."""
    page = look(shop.server.url, viewport=SIZES[size], color_scheme=scheme)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if "404" not in message.text else None)
    found = {}
    for name, address in shop.pages.items():
        page.goto(address)
        page.evaluate(UNFOLD)
        found[name] = (page.evaluate(f"{axe};{FAULTS}"), page.evaluate(OVERFLOW))

    assert {name: faults for name, faults in found.items() if faults != ([], 0)} == {}
    assert said == []


def test_a_page_keeps_itself_fresh(shop: Shop, look: Look) -> None:
    """A charge that is made meanwhile appears by itself, but not while the page is paused."""
    page = look(f"{shop.base}/charges")
    shop.charge(description="It came by itself")
    expect(page.get_by_text("It came by itself")).to_be_visible()
    page.get_by_role("button", name="Live").click()
    shop.charge(description="It came while paused")
    page.wait_for_timeout(2500)

    expect(page.get_by_role("button", name="Paused")).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_text("It came while paused")).to_have_count(0)


def test_what_is_typed_stays(shop: Shop, look: Look) -> None:
    """Nothing is taken from under somebody's hands."""
    charge = shop.charge()
    page = look(f"{shop.base}/charges/{charge.id}")
    field = page.get_by_label("Refund, THB")
    field.fill("42")
    charge.update(description="Changed meanwhile")
    page.wait_for_timeout(2500)

    expect(field).to_have_value("42")
    page.get_by_role("button", name="Refund").click()
    expect(page.get_by_text("The money was given back.")).to_be_visible()
    assert charge.reload().refunded_amount == 4200


def test_what_begins_meanwhile_appears(shop: Shop, look: Look) -> None:
    """The first part of its kind on a record's page, and what the API shows of it."""
    charge = shop.charge()
    page = look(f"{shop.base}/charges/{charge.id}")
    expect(page.get_by_role("heading", name="Refunds")).to_have_count(0)
    charge.refund(amount=4321)

    expect(page.get_by_role("heading", name="Refunds")).to_be_visible()
    expect(page.locator("#json")).to_contain_text('"refunded_amount": 4321')


def test_a_welcome_ends_with_the_first_request(look: Look) -> None:
    """The page shows the account as soon as there is one."""
    with Server(Application()) as server:
        page = look(server.url)
        expect(page.get_by_role("heading", name="Welcome")).to_be_visible()
        client = omise.Client(secret_api_key="skey_test_first", max_retries=0)
        client.config.api_url = server.url
        client.Account.retrieve()

        expect(page.get_by_role("heading", name="Overview")).to_be_visible()
        client.close()


def test_a_form_is_sent_once(shop: Shop, look: Look) -> None:
    """However often its button is pressed; loaded anew, the page says nothing of it again."""
    charge = shop.charge()
    page = look(f"{shop.base}/charges/{charge.id}")
    page.get_by_label("Refund, THB").fill("10")
    page.get_by_role("button", name="Refund").dblclick()
    expect(page.get_by_text("The money was given back.")).to_be_visible()
    page.reload()

    expect(page.get_by_text("The money was given back.")).to_have_count(0)
    assert charge.reload().refunded_amount == 1000


def test_a_form_without_scripts_is_done_once(shop: Shop, look: Look) -> None:
    """Pressed twice, too; the next one refunds what is typed in then."""
    charge = shop.charge()
    page = look(f"{shop.base}/charges/{charge.id}", java_script_enabled=False)
    page.get_by_label("Refund, THB").fill("10")
    page.get_by_role("button", name="Refund").dblclick()
    expect(page.locator(".said")).to_be_visible()
    assert charge.reload().refunded_amount == 1000
    page.get_by_label("Refund, THB").fill("1,000.00")
    page.get_by_role("button", name="Refund").click()

    expect(page.get_by_text("The money was given back.")).to_be_visible()
    assert charge.reload().refunded_amount == 101_000


def test_two_windows_do_not_do_the_same_twice(shop: Shop, look: Look) -> None:
    """The one that is behind is told so, keeps what was typed in, and can go on from there."""
    charge = shop.charge()
    one, other = (look(f"{shop.base}/charges/{charge.id}") for _ in range(2))
    for page, amount in ((one, "5"), (other, "7")):
        page.get_by_label("Refund, THB").fill(amount)
    one.get_by_role("button", name="Refund").click()
    expect(one.get_by_text("The money was given back.")).to_be_visible()
    other.get_by_role("button", name="Refund").click()
    expect(other.get_by_role("alert")).to_contain_text("that was done already")
    assert charge.reload().refunded_amount == 500
    expect(other.get_by_label("Refund, THB")).to_have_value("7")
    other.get_by_role("button", name="Refund").click()

    expect(other.get_by_text("The money was given back.")).to_be_visible()
    assert charge.reload().refunded_amount == 1200


def test_what_is_refused_is_said_where_it_was_asked(shop: Shop, look: Look) -> None:
    """With what was typed in; loaded anew, nothing is asked again."""
    charge = shop.charge()
    page = look(f"{shop.base}/charges/{charge.id}")
    field = page.get_by_label("Refund, THB")
    field.fill("1.005")
    page.get_by_role("button", name="Refund").click()
    expect(page.get_by_role("alert")).to_have_text("amount must be an amount in THB, such as 19.99")
    expect(field).to_have_value("1.005")
    page.reload()

    expect(page.get_by_role("alert")).to_have_count(0)
    expect(field).to_have_value("1299.00")


def test_a_fault_takes_only_what_its_kind_does(shop: Shop, look: Look) -> None:
    """Other fields cannot be filled in; without scripts they can, and are refused."""
    page = look(f"{shop.base}/faults")
    page.get_by_label("What happens").select_option("webhook_late")
    expect(page.get_by_label("Event")).to_be_enabled()
    expect(page.get_by_label("Path")).to_be_disabled()
    page.get_by_label("What happens").select_option("error_after")

    expect(page.get_by_label("Event")).to_be_disabled()
    expect(page.get_by_label("Status")).to_be_enabled()


def test_a_row_is_come_back_to(shop: Shop, look: Look) -> None:
    """Below the message, which stays in sight."""
    charges = [shop.charge(capture=False) for _ in range(25)]
    page = look(f"{shop.base}/charges")
    page.get_by_role("button", name=f"Capture {charges[0].id}").click()
    expect(page.get_by_text("The charge was captured.")).to_be_in_viewport()

    expect(page.locator(f"tr:target#{charges[0].id}")).to_be_in_viewport()


def test_a_sandbox_that_is_gone_is_said_to_be(shop: Shop, look: Look) -> None:
    """The page stays, and says so where it otherwise says that it is fresh."""
    page = look(f"{shop.base}/charges")
    page.route("**/*", lambda route: route.abort())

    expect(page.get_by_role("button", name="Not reachable")).to_be_visible()
    expect(page.get_by_role("table")).to_be_visible()


def test_everything_works_without_scripts(shop: Shop, look: Look) -> None:
    """A held charge is captured, and the clock is turned."""
    charge = shop.charge(capture=False)
    page = look(f"{shop.base}/charges/{charge.id}", java_script_enabled=False)
    page.get_by_role("button", name="Capture").click()

    expect(page.get_by_text("The charge was captured.")).to_be_visible()
    expect(page.get_by_role("button", name="Live")).to_have_count(0)
    assert charge.reload().paid
    page.get_by_role("button", name="+1 hour").click()
    expect(page.get_by_text("The clock was turned.")).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
def test_everything_is_reached_by_keyboard(shop: Shop, look: Look, size: str) -> None:
    """From the link over the sections to the buttons, in the order that is seen, with a ring around each."""
    charge = shop.charge(source={"type": "promptpay"})
    page = look(f"{shop.base}/charges/{charge.id}", viewport=SIZES[size])
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="To the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    reached = []
    while not reached or not reached[-1].startswith("Pay"):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.textContent.trim()"))
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        assert len(reached) < 20
    page.keyboard.press("Enter")

    expect(page.get_by_text("The charge was paid.")).to_be_visible()
    assert charge.reload().paid


def test_the_chooser_is_closed_by_escape(shop: Shop, look: Look) -> None:
    """It opens by keyboard, too, and leads to the same section of another account."""
    other = omise_account(shop)
    page = look(f"{shop.base}/charges")
    page.locator("#chooser summary").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=other)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name=other)).to_be_hidden()
    page.keyboard.press("Enter")
    page.get_by_role("link", name=other).click()

    expect(page).to_have_url(f"{shop.server.url}/dashboard/{other}/charges")


def omise_account(shop: Shop) -> str:
    """The id of another account."""
    return str(shop.client.request("GET", "/account", key="skey_test_another").id)


@pytest.fixture
def stranger(shop: Shop) -> Iterator[str]:
    """The address of a site of somebody else, which sends a form to the dashboard, and frames it."""
    target = f"{shop.base}/clock"
    body = f"""<!DOCTYPE html><title>Stranger</title><iframe src="{shop.base}/charges"></iframe>
<form method="post" action="{target}"><input name="step" value="day"><input name="token" value="guessed"></form>
<button onclick="document.forms[0].submit()">Win a prize</button>""".encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_a_page_of_another_site_does_nothing(shop: Shop, look: Look, stranger: str) -> None:
    """Its form is refused, and nothing of the dashboard is seen within it."""
    before = shop.server.application.clock.now()
    page = look(stranger)
    framed = page.frames[-1]
    assert "Charges" not in framed.content()
    with page.expect_response("**/clock") as answered:
        page.get_by_role("button", name="Win a prize").click()

    assert answered.value.status == 403
    assert (shop.server.application.clock.now() - before).days == 0
