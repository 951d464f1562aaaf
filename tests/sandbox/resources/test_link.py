from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest

from ..conftest import Caller

FIELDS: dict[str, type] = {
    "object": str,
    "id": str,
    "livemode": bool,
    "location": str,
    "deleted": bool,
    "multiple": bool,
    "used": bool,
    "currency": str,
    "amount": int,
    "charges": dict,
    "description": str,
    "title": str,
    "payment_uri": str,
    "created_at": str,
    "used_at": str,
    "deleted_at": str,
}
CUP = {"amount": 59_900, "currency": "thb", "title": "Cup & <b>", "description": "One large coffee cup"}
GOOD, BROKE = "4242424242424242", "4111111111140011"


def create(api: Caller, **params: Any) -> Any:
    return api.ok("POST", "/links", CUP | params)


def page_of(link: Any) -> str:
    """The path of the page on which a link is paid."""
    return urlsplit(link["payment_uri"]).path


def pay(api: Caller, link: Any, number: str = GOOD) -> Any:
    return api.client.post(page_of(link), data={"number": number})


def test_a_link_has_the_documented_fields_in_order(api: Caller) -> None:
    """
    With their types; the address of its page ends as its id does.
    """
    link = create(api)

    assert list(link) == list(FIELDS)
    assert {name for name, value in link.items() if value is None} == {"used_at", "deleted_at"}
    assert all(type(value) is FIELDS[name] for name, value in link.items() if value is not None)
    code = link["id"].removeprefix("link_test_").upper()
    assert link["payment_uri"] == f"http://localhost/{code}"
    under_its_own_name = api.ok("GET", link["location"], headers={"Host": "api.omise.co"})
    assert under_its_own_name["payment_uri"] == f"https://link.omise.co/{code}"
    assert (link["amount"], link["currency"], link["multiple"], link["used"]) == (59_900, "THB", False, False)
    assert (link["charges"]["total"], link["charges"]["location"]) == (0, f"/links/{link['id']}/charges")
    assert api.events() == ["link.create"]


def test_the_page_shows_what_is_to_be_paid(api: Caller) -> None:
    """
    Without a key, as text, with a button for each of some test cards.
    """
    response = api.client.get(page_of(create(api)))

    assert (response.status_code, response.content_type) == (200, "text/html; charset=utf-8")
    assert "Cup &amp; &lt;b&gt;" in response.text
    assert "One large coffee cup" in response.text
    assert "599.00 THB" in response.text
    assert f'value="{GOOD}"' in response.text


def test_paying_makes_a_charge_of_the_link(api: Caller) -> None:
    """
    The browser is sent on to a page that says how it went; the link is used from then on.
    """
    link = create(api)
    response = pay(api, link)
    assert (response.status_code, response.headers["Location"]) == (303, f"{page_of(link)}/complete")
    assert "This payment was made." in api.client.get(response.headers["Location"]).text

    paid = api.ok("GET", link["location"])
    (charge,) = paid["charges"]["data"]
    assert (charge["link"], charge["amount"], charge["currency"], charge["paid"]) == (link["id"], 59_900, "THB", True)
    assert charge["description"] == "Cup & <b>\n\nOne large coffee cup"
    assert charge["return_uri"] == f"{link['payment_uri']}/complete"
    assert charge["card"]["last_digits"] == "4242"
    assert (paid["used"], paid["used_at"]) == (True, charge["paid_at"])
    listed = api.ok("GET", f"{link['location']}/charges")  # a moment later, which the lists in it say too
    assert [each["id"] for each in listed["data"]] == [charge["id"]]
    assert {**paid["charges"], "to": "", "data": []} == {**listed, "to": "", "data": []}
    assert api.events() == ["link.create", "charge.create"]


def test_a_link_is_paid_once(api: Caller) -> None:
    """
    Then the page says so, and takes nothing any more.
    """
    link = create(api)
    pay(api, link)
    again = pay(api, link)

    assert (again.status_code, "was paid already" in again.text) == (400, True)
    assert "was paid already" in api.client.get(page_of(link)).text
    assert "button" not in api.client.get(page_of(link)).text.partition("<body>")[2]
    assert api.ok("GET", "/charges")["total"] == 1


def test_a_link_for_many_is_paid_by_many(api: Caller) -> None:
    """
    It is used since the first time.
    """
    link = create(api, multiple="true")
    pay(api, link)
    used_at = api.ok("GET", link["location"])["used_at"]
    api.application.clock.advance(days=1)
    pay(api, link)
    after = api.ok("GET", link["location"])

    assert (after["multiple"], after["charges"]["total"], after["used_at"]) == (True, 2, used_at)


def test_a_card_that_is_declined_leaves_the_link_open(api: Caller) -> None:
    """
    The charge is there, failed; the next one may succeed.
    """
    link = create(api)
    response = pay(api, link, BROKE)
    page = api.client.get(response.headers["Location"]).text
    assert "This payment failed.<br>Insufficient funds" in page
    assert f'<a href="/{page_of(link).rpartition("/")[2]}">Pay again</a>' in page
    assert api.ok("GET", link["location"])["used"] is False

    pay(api, link)
    paid = api.ok("GET", link["location"])
    assert [charge["status"] for charge in paid["charges"]["data"]] == ["failed", "successful"]
    assert paid["used"] is True


def test_a_link_is_used_when_its_payer_is_done(api: Caller) -> None:
    """
    Where the account asks for 3-D Secure, that is after one page more.
    """
    api.ok("PATCH", "/account", {"three_d_secure": True})
    link = create(api)
    authorize = pay(api, link).headers["Location"]
    assert api.ok("GET", link["location"])["used"] is False

    done = api.client.post(urlsplit(authorize).path, data={"action": "pay"})
    assert done.headers["Location"] == f"{link['payment_uri']}/complete"
    assert api.ok("GET", link["location"])["used"] is True


@pytest.mark.parametrize("number", ["4242424242424241", "", None])
def test_a_number_that_is_none_is_refused(api: Caller, number: str | None) -> None:
    """
    By the page, with what is wrong about it; no charge is made.
    """
    link = create(api)
    response = api.client.post(page_of(link), data={} if number is None else {"number": number})

    assert response.status_code == 400
    assert "number" in response.text.partition("<body>")[2]
    assert api.ok("GET", "/charges")["total"] == 0


def test_nothing_was_paid_yet(api: Caller) -> None:
    """
    The page at the end says so, too.
    """
    link = create(api)

    assert "Nobody paid here yet." in api.client.get(f"{page_of(link)}/complete").text


def test_deleting_closes_a_link(api: Caller) -> None:
    """
    It is shown and listed with the time of it, and so are its charges; its page is gone.
    """
    link = create(api)
    gone = api.ok("DELETE", link["location"])
    assert gone | {"charges": 0} == link | {"deleted": True, "deleted_at": gone["deleted_at"], "charges": 0}
    assert gone["deleted_at"] is not None

    refusal = (404, "not_found", f"link {link['id']} was not found")
    for method in ("GET", "DELETE"):
        assert api.ok(method, link["location"]) | {"charges": 0} == gone | {"charges": 0}
    assert [listed["deleted"] for listed in api.ok("GET", "/links")["data"]] == [True]
    assert api.ok("GET", link["location"] + "/charges")["total"] == 0
    assert api.refused("GET", page_of(link)) == refusal
    assert api.refused("POST", page_of(link), {"number": GOOD}) == refusal
    assert api.events() == ["link.create"]


def test_an_unknown_page_is_not_found(api: Caller) -> None:
    """
    Whatever could be the end of an id is looked for; other paths are no pages at all.
    """
    assert api.refused("GET", "/AAAAAAAAAAAAAAAAAAA") == (404, "not_found", "link AAAAAAAAAAAAAAAAAAA was not found")
    assert api.refused("GET", "/AAAA")[:2] == (404, "service_not_found")


def test_live_links_have_pages_too(api: Caller) -> None:
    """
    Each belongs to the account that made it.
    """
    key = "skey_live_sandbox"
    link = api.ok("POST", "/links", CUP, key=key)
    pay(api, link)

    assert api.ok("GET", link["location"], key=key)["used"] is True
    assert api.ok("GET", "/charges", key=key)["total"] == 1
    assert api.ok("GET", "/charges")["total"] == 0


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"amount": None}, "amount is not a number"),
        ({"amount": 1_999}, "amount must be greater than or equal to 2000 (thb subunits)"),
        ({"currency": "xxx"}, "currency is currently not supported"),
        ({"title": ""}, "title can't be blank"),
        ({"title": None, "description": None}, "title can't be blank and description can't be blank"),
        ({"title": "t" * 256}, "title is too long (maximum is 255 characters)"),
        ({"multiple": "often"}, "multiple must be true or false"),
    ],
)
def test_bad_parameters_are_refused(api: Caller, changes: dict[str, Any], message: str) -> None:
    """
    With a code of its own, and nothing is left behind.
    """
    assert api.refused("POST", "/links", CUP | changes) == (400, "invalid_link", message)
    assert api.ok("GET", "/links")["total"] == 0


def test_a_deleted_link_keeps_its_charges(api: Caller) -> None:
    """
    It goes on listing them, and is found by a search.
    """
    link = create(api)
    api.client.post(page_of(link), data={"number": GOOD})
    api.ok("DELETE", link["location"])

    assert api.ok("GET", link["location"])["charges"]["total"] == 1
    assert api.ok("GET", link["location"] + "/charges")["total"] == 1
    assert [found["deleted"] for found in api.ok("GET", "/search?scope=link")["data"]] == [True]
