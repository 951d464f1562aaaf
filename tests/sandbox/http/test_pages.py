from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from omise.sandbox.http.pages import (
    done,
    entry_form,
    facts,
    fold,
    form,
    link_to,
    page,
    paragraph,
    picture,
    price,
    problem,
    redirect,
    way_back,
)
from omise.sandbox.http.routing import ROUTES, router

from ..conftest import Caller

HOSTILE = '<b onclick="x">&\''
HARMLESS = "&lt;b onclick=&quot;x&quot;&gt;&amp;&#x27;"


def test_a_page_escapes_what_others_wrote() -> None:
    """
    In its title, its texts, its buttons, and its links.
    """
    parts = (
        price(HOSTILE),
        facts({HOSTILE: HOSTILE}),
        paragraph(HOSTILE),
        problem(HOSTILE),
        picture(b"<svg/>", HOSTILE),
        form({HOSTILE: HOSTILE}, name=HOSTILE),
        done(HOSTILE),
        fold(HOSTILE, entry_form({HOSTILE: HOSTILE}, **{HOSTILE: HOSTILE})),
        link_to(HOSTILE, HOSTILE),
        way_back(HOSTILE),
    )
    response = page(HOSTILE, *parts, status=400)

    assert response.status == 400
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert HOSTILE.encode() not in response.body
    assert response.body.decode().count(HARMLESS) == 21


def test_a_page_is_nobody_elses() -> None:
    """
    No other page frames it, its forms go nowhere else, and nothing in it runs or is taken for something else.
    """
    response = page("Payment")
    headers = response.headers
    (style,) = re.findall(r"<style>(.*?)</style>", response.body.decode(), re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()

    assert (headers["X-Frame-Options"], headers["X-Content-Type-Options"]) == ("DENY", "nosniff")
    assert headers["Content-Security-Policy"].split("; ") == [
        "default-src 'none'",
        f"style-src 'sha256-{digest}'",
        "img-src data:",
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
    entry = '<label>Card number<input name="card_number" value="42" autocomplete="off"></label>'
    hidden = '<input type="hidden" name="method" value="card">'

    wanted = f'<form method="post" class="entry">{hidden}{entry}<button>Pay</button></form>'
    assert entry_form({"card_number": "42"}, method="card") == wanted


def test_what_few_need_is_folded() -> None:
    """
    Unless it is open from the start.
    """
    assert fold("Card", "a", "b") == "<details><summary>Card</summary>ab</details>"
    assert fold("Card", opened=True) == "<details open><summary>Card</summary></details>"


@pytest.mark.parametrize(
    "path",
    [
        "/payments/paym_test_5nothing/authorize",
        f"/{'A' * 19}",
        "/sessions/chks_test_5nothing",
        "/linked_accounts/lnac_test_5nothing/pay",
    ],
)
def test_a_browser_is_told_in_a_page_what_is_wrong(api: Caller, path: str) -> None:
    """
    Others in the API's own words, and the log in both cases.
    """
    page = api.client.get(path, headers={"Accept": "text/html,*/*;q=0.8"})
    other = api.client.get(path)

    assert (page.status_code, page.content_type) == (404, "text/html; charset=utf-8")
    assert "That did not work" in page.text
    assert "was not found" in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert (other.status_code, other.json["code"] if other.json else None) == (404, "not_found")
    assert [request.code for request in api.application.requests[-2:]] == ["not_found", "not_found"]


def test_what_is_no_page_is_none_in_a_browser_either(api: Caller) -> None:
    """
    The API answers as it does to everybody.
    """
    assert api.client.get("/charges", headers={"Accept": "text/html"}).content_type.startswith("application/json")


def test_what_is_not_known_is_left_out() -> None:
    """
    Facts without a text are none.
    """
    assert facts({"To": "a\nb", "For": None}) == "<dl><dt>To</dt><dd>a\nb</dd></dl>"


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
