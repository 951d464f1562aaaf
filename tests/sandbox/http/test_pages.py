from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from omise.sandbox.http.pages import entry_form, form, page, paragraph, redirect, way_back
from omise.sandbox.http.routing import ROUTES, router

from ..conftest import Caller

HOSTILE = '<b onclick="x">&\''
HARMLESS = "&lt;b onclick=&quot;x&quot;&gt;&amp;&#x27;"


def test_a_page_escapes_what_others_wrote() -> None:
    """
    In its title, its texts, its buttons, and its links.
    """
    parts = (
        paragraph(HOSTILE),
        form({HOSTILE: HOSTILE}, name=HOSTILE),
        entry_form({HOSTILE: HOSTILE}, HOSTILE, **{HOSTILE: HOSTILE}),
        way_back(HOSTILE),
    )
    response = page(HOSTILE, *parts, status=400)

    assert response.status == 400
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert HOSTILE.encode() not in response.body
    assert response.body.decode().count(HARMLESS) == 13


def test_a_page_is_nobody_elses() -> None:
    """
    No other page frames it, its forms go nowhere else, and nothing in it runs or is taken for something else.
    """
    headers = page("Payment").headers

    assert (headers["X-Frame-Options"], headers["X-Content-Type-Options"]) == ("DENY", "nosniff")
    assert headers["Content-Security-Policy"].split("; ") == [
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    ]


@pytest.mark.parametrize(
    ("uri", "place"),
    [
        ("https://shop.example.com/done?a=1", " https://shop.example.com"),
        ("http://[::1]:3000", " http://[::1]:3000"),
        ("https://ร้าน.example.com/ร้าน", " https://xn--q3ct9b5e.example.com"),
        ("shopapp://paid", " shopapp:"),
        ("https://shop.example.com;sandbox/", ""),
        ("https://shop.example.com,default-src/", ""),
        (None, ""),
    ],
)
def test_its_forms_may_lead_back_to_the_shop(uri: str | None, place: str) -> None:
    """
    Browsers hold a form's redirects to the policy, too; an address adds no directive of its own to it.
    """
    policy = page("Payment", leads_to=[uri, uri]).headers["Content-Security-Policy"]

    assert policy.partition("form-action 'self'")[2] == place


def pages(api: Caller) -> Iterator[str]:
    """The path of a page of each kind."""
    fields = {"amount": 100_000, "currency": "thb"}
    back = "https://shop.example.com/done"
    yield urlsplit(api.charge(authentication="3DS", return_uri=back)["authorize_uri"]).path
    account = api.ok("POST", "/linked_accounts", {"type": "direct_debit_bay", "return_uri": back})
    yield urlsplit(account["registration_uri"]).path
    link = api.ok("POST", "/links", {**fields, "title": "Cup", "description": "One cup"})
    yield (page_of_link := urlsplit(link["payment_uri"]).path)
    yield f"{page_of_link}/complete"
    session = api.ok("POST", "/api/sessions", {**fields, "redirect_urls": {"complete_url": back}})
    yield (page_of_session := urlsplit(session["redirect_url"]).path)
    yield api.client.post(page_of_session, data={"method": "promptpay"}).headers["Location"]


def test_all_pages_are_pages(api: Caller) -> None:
    """
    Every route that needs no key, but for downloads, answers with one, and so with the headers above.
    """
    keyless = {route for route in ROUTES if not route.keys and route.method == "GET" and "downloads" not in route.path}
    found = set()
    for path in pages(api):
        found.add(router(tuple(ROUTES)).match("GET", path, "")[0])
        headers = api.client.get(path).headers

        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'; form-action 'self'" in headers["Content-Security-Policy"]
    assert found == keyless


def test_lines_of_a_paragraph_are_kept_apart() -> None:
    """
    Titles and descriptions come that way.
    """
    assert paragraph("a\n\nb") == "<p>a<br><br>b</p>"


def test_buttons_post_to_the_page_itself() -> None:
    """
    Each sends its value.
    """
    assert form({"pay": "Pay"}) == '<form method="post"><button name="action" value="pay">Pay</button></form>'


def test_what_is_typed_in_is_posted_with_what_is_fixed() -> None:
    """
    Browsers do not remember it.
    """
    entry = '<input name="number" placeholder="number" value="42" autocomplete="off">'
    hidden = '<input type="hidden" name="method" value="card">'

    wanted = f'<form method="post">{hidden}{entry}<button>Card</button></form>'
    assert entry_form({"number": "42"}, "Card", method="card") == wanted


def test_there_may_be_no_way_back() -> None:
    """
    Then there is no link.
    """
    assert way_back(None) == ""


def test_a_redirect_goes_on_with_get() -> None:
    """
    To an address that fits into a header.
    """
    response = redirect("https://shop.example.com/ร้าน?a=1")

    assert (response.status, response.body) == (303, b"")
    assert response.headers["Location"] == "https://shop.example.com/%E0%B8%A3%E0%B9%89%E0%B8%B2%E0%B8%99?a=1"
