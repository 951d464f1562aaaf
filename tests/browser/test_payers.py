"""The pages of payers in a real browser, from a code that is scanned to the way back."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from .conftest import BACK, Shop

Look = Callable[..., Page]


def scanned(page: Page, name: str) -> str:
    """What a telephone reads from the picture of that name on the screen."""
    picture = Image.open(io.BytesIO(page.get_by_role("img", name=name).screenshot()))
    (code,) = zxingcpp.read_barcodes(picture)
    return str(code.text)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_code_leads_to_a_page_to_pay_at(shop: Shop, look: Look, scheme: str) -> None:
    """As it stands in the dashboard, on any background."""
    charge = shop.charge(source={"type": "promptpay"}, description="Two cups")
    page = look(f"{shop.base}/charges/{charge.id}", color_scheme=scheme)
    payer = look(scanned(page, "QR code of the page to pay at"))
    for text in ("1,299.00 THB", "PromptPay", "Two cups", "shop@example.com"):
        expect(payer.get_by_text(text)).to_be_visible()
    payer.get_by_role("button", name="Pay").click()

    expect(payer.get_by_text("This payment was made.")).to_be_visible()
    assert charge.reload().paid


def test_where_a_code_leads_is_a_link_too(shop: Shop, look: Look) -> None:
    """For who has no telephone at hand."""
    charge = shop.charge(source={"type": "promptpay"})
    page = look(f"{shop.base}/charges/{charge.id}")
    page.get_by_role("link", name="open the page").click()
    page.get_by_role("button", name="Pay").click()

    expect(page.get_by_text("This payment was made.")).to_be_visible()
    assert charge.reload().paid


def test_a_code_at_the_checkout(shop: Shop, look: Look) -> None:
    """The payer picks PromptPay, scans, pays on the telephone, and is sent back by the page that waited."""
    urls = {"complete_url": f"{shop.server.url}/dashboard"}
    session = shop.client.CheckoutSession.create(amount=59_900, currency="thb", redirect_urls=urls)
    page = look(session.redirect_url)
    page.get_by_role("button", name="PromptPay").click()
    telephone = look(scanned(page, "QR code of the page to pay at"))
    telephone.get_by_role("button", name="Pay").click()
    expect(telephone.get_by_text("This payment was made.")).to_be_visible()
    with page.expect_request("**/dashboard?chargeId=chrg_test_*"):  # whose page takes it out of the address again
        page.get_by_role("link", name="Go on").click()


def test_a_link_is_paid_with_a_card(shop: Shop, look: Look) -> None:
    """The page has the looks that its policy lets through, and no script."""
    link = shop.client.Link.create(amount=59_900, currency="thb", title="Cup", description="One large coffee cup")
    page = look(link.payment_uri, java_script_enabled=False)
    expect(page.locator("main")).to_have_css("border-radius", "12px")
    page.get_by_role("button", name="Pay with a good card").click()

    expect(page.get_by_text("This payment was made.")).to_be_visible()
    assert link.reload().used


def test_a_payer_comes_back_to_the_shop(shop: Shop, look: Look) -> None:
    """The policy of the page lets its form lead there."""
    charge = shop.charge(source={"type": "internet_banking_bay"}, return_uri=BACK)
    page = look(str(charge.authorize_uri))
    page.route(BACK, lambda route: route.fulfill(body="Welcome back"))
    page.get_by_role("button", name="Pay").click()

    expect(page.get_by_text("Welcome back")).to_be_visible()
    assert charge.reload().paid


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_is_printed_without_buttons(shop: Shop, look: Look, scheme: str) -> None:
    """What is paid, to whom and for what, black on white."""
    charge = shop.charge(source={"type": "internet_banking_bay"}, return_uri=BACK, description="Two cups")
    page = look(str(charge.authorize_uri), color_scheme=scheme)
    page.emulate_media(media="print")

    expect(page.get_by_text("Two cups")).to_be_visible()
    expect(page.get_by_text("Two cups")).to_have_css("color", "rgb(29, 31, 35)")
    expect(page.get_by_role("button")).to_have_count(0)


def test_a_payer_whose_card_is_declined_pays_again(shop: Shop, look: Look) -> None:
    """The page says why, and leads back to where it is paid."""
    link = shop.client.Link.create(amount=59_900, currency="thb", title="Cup", description="One large coffee cup")
    page = look(link.payment_uri)
    page.get_by_role("button", name="Pay with a card without funds").click()
    expect(page.get_by_role("alert")).to_contain_text("Insufficient funds")
    page.get_by_role("link", name="Pay again").click()
    page.get_by_role("button", name="Pay with a good card").click()

    expect(page.get_by_role("status")).to_have_text("This payment was made.")
