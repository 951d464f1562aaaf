from __future__ import annotations

from omise.sandbox.http.pages import form, page, paragraph, redirect, way_back

HOSTILE = '<b onclick="x">&\''
HARMLESS = "&lt;b onclick=&quot;x&quot;&gt;&amp;&#x27;"


def test_a_page_escapes_what_others_wrote() -> None:
    """
    In its title, its texts, its buttons, and its links.
    """
    parts = (paragraph(HOSTILE), form({HOSTILE: HOSTILE}, name=HOSTILE), way_back(HOSTILE))
    response = page(HOSTILE, *parts, status=400)

    assert response.status == 400
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert HOSTILE.encode() not in response.body
    assert response.body.decode().count(HARMLESS) == 7


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
