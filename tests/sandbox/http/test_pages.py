from __future__ import annotations

import pytest

from omise.sandbox.http.pages import entry_form, form, page, paragraph, redirect, way_back

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
