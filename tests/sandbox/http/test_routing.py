from __future__ import annotations

from typing import Any

import pytest

from omise.sandbox.app import Application
from omise.sandbox.http.call import Call
from omise.sandbox.http.keys import PUBLIC, SECRET
from omise.sandbox.http.responses import Response
from omise.sandbox.http.routing import ROUTES, Resource, route, router
from omise.sandbox.state.store import Document
from omise.sandbox.state.workspace import View

from ..conftest import PUBLIC_KEY, SECRET_KEY, Caller


@pytest.fixture
def bicycles(sandbox: None) -> Resource:
    """
    A resource as one more module would add it, of customers, with parts.
    """
    bicycle = Resource("bicycle", prefix="bicy", path="/customers/<customer>/bicycles")
    bicycle.listable()
    bicycle.retrievable(keys=(SECRET, PUBLIC))

    @bicycle.shown
    def show(view: View, document: Document) -> dict[str, Any]:
        return {
            "object": "bicycle",
            "id": document.id,
            "owner": view.reference(document.parent),
            "deleted": document.deleted,
        }

    @route("POST", "/customers/<customer>/bicycles")
    def create(call: Call, customer: Document) -> Document:
        return call.create("bicycle", {"colour": call.params["colour"]}, parent=customer)

    @route("DELETE", "/customers/<customer>/bicycles/<bicycle>")
    def destroy(call: Call, customer: Document, bicycle: Document) -> Document:
        call.destroy(bicycle)
        call.emit("bicycle.destroy", bicycle)
        return bicycle

    @route("GET", "/customers/<customer>/bicycles/<bicycle>/parts/<part>")
    def part(call: Call, customer: Document, bicycle: Document, part: str) -> dict[str, Any]:
        return {"object": "part", "of": bicycle.id, "at": customer.id, "name": part}

    @route("GET", "/bicycles/<bicycle>/page", keys=())
    def page(call: Call, bicycle: Document) -> Response:
        return Response(bicycle["colour"].encode(), {"Content-Type": "text/html"}, status=202)

    @route("GET", "/bicycles/lanes", since="2017-11-02")
    def lanes(call: Call) -> dict[str, Any]:
        return {"object": "lanes"}

    return bicycle


def test_a_resource_is_one_declaration(bicycles: Resource) -> None:
    """
    Creating, listing, retrieving and destroying work, within the customer, from one module's lines.
    """
    api = Caller(Application())
    path = f"/customers/{api.customer()['id']}/bicycles"
    made = api.ok("POST", path, {"colour": "red"})
    one = f"{path}/{made['id']}"

    assert made["id"].startswith("bicy_test_")
    assert api.ok("GET", path)["data"] == [made]
    assert api.ok("GET", one) == made
    assert api.ok("GET", f"{one}/parts/bell")["name"] == "bell"
    assert api.ok("DELETE", one) == made | {"deleted": True}
    assert api.application.requests[-1].events == ("bicycle.destroy",)
    assert api.refused("GET", one) == (404, "not_found", f"bicycle {made['id']} was not found")
    assert api.ok("GET", path)["total"] == 0


def test_references_are_expanded_one_level_deep(bicycles: Resource) -> None:
    """
    The owner is shown with the id of its default card.
    """
    api = Caller(Application())
    customer = api.customer(cards=1)
    made = api.ok("POST", f"/customers/{customer['id']}/bicycles", {"colour": "red"})
    shown = api.ok("GET", f"/customers/{customer['id']}/bicycles/{made['id']}?expand=true")

    assert made["owner"] == customer["id"]
    assert shown["owner"]["id"] == customer["id"]
    assert shown["owner"]["default_card"] == customer["default_card"]


def test_placeholders_stand_for_objects_within_each_other(bicycles: Resource) -> None:
    """
    The first that is not found is named, and nothing is found within another parent.
    """
    api = Caller(Application())
    mine, other = api.customer()["id"], api.customer()["id"]
    bicycle = api.ok("POST", f"/customers/{mine}/bicycles", {"colour": "red"})["id"]

    assert api.refused("GET", "/customers/c/bicycles/b")[2] == "customer c was not found"
    assert api.refused("GET", f"/customers/{mine}/bicycles/b")[2] == "bicycle b was not found"
    assert api.refused("GET", f"/customers/{other}/bicycles/{bicycle}")[2] == f"bicycle {bicycle} was not found"
    assert api.refused("GET", f"/customers/{bicycle}")[2] == f"customer {bicycle} was not found"


def test_routes_choose_their_keys(bicycles: Resource) -> None:
    """
    Either kind, where either is good; both need an account that has the object.
    """
    api = Caller(Application())
    customer = api.customer()["id"]
    bicycle = api.ok("POST", f"/customers/{customer}/bicycles", {"colour": "red"})["id"]
    path = f"/customers/{customer}/bicycles/{bicycle}"

    assert api.send("GET", path, key=SECRET_KEY).status_code == 200
    assert api.refused("GET", path, key=PUBLIC_KEY)[1] == "not_found"
    assert api.refused("DELETE", path, key=PUBLIC_KEY)[1] == "authentication_failure"


def test_pages_need_no_key_and_may_be_anything(bicycles: Resource) -> None:
    """
    They belong to the account of what they are about, and their response goes out as it is.
    """
    api = Caller(Application())
    bicycle = api.ok("POST", f"/customers/{api.customer()['id']}/bicycles", {"colour": "red"})["id"]
    page = api.client.get(f"/bicycles/{bicycle}/page")

    assert (page.status_code, page.text, page.headers["Content-Type"]) == (202, "red", "text/html")
    assert page.headers["X-Request-Id"]
    assert api.refused("GET", "/bicycles/nothing/page") == (404, "not_found", "bicycle nothing was not found")
    assert api.refused("GET", f"/bicycles/{api.token()}/page")[1] == "not_found"


def test_routes_may_be_younger_than_a_version(bicycles: Resource) -> None:
    """
    Then older versions do not support the operation.
    """
    api = Caller(Application())

    assert api.ok("GET", "/bicycles/lanes") == {"object": "lanes"}
    assert api.ok("GET", "/bicycles/lanes", headers={"Omise-Version": "2017-11-02"})
    assert api.refused("GET", "/bicycles/lanes", headers={"Omise-Version": "2015-11-17"}) == (
        404,
        "service_not_found",
        "API version 2015-11-17 does not support this operation",
    )


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/nothing"),
        ("GET", "/customers//"),
        ("GET", "/customers//cards"),
        ("GET", "/customers/a/b/c"),
        ("PUT", "/customers"),
        ("PUT", "/customers/cust_test_1"),
        ("DELETE", "/customers"),
        ("POST", "/customers/cust_test_1/cards"),
        ("DELETE", "/tokens/tokn_test_1"),
        ("GET", "/tokens"),
        ("BREW", "/customers"),
        ("OPTIONS", "/customers"),
    ],
)
def test_other_paths_and_methods_are_no_service(api: Caller, method: str, path: str) -> None:
    """
    They get an error of the API, not a page, and not a redirect.
    """
    assert api.refused(method, path) == (404, "service_not_found", f"{method} {path} is not a service of this API")


def test_a_slash_at_the_end_does_not_matter(api: Caller) -> None:
    """
    Clients that write ``/search/`` get what they mean.
    """
    assert api.ok("GET", "/customers/")["object"] == "list"


def test_applications_share_a_router() -> None:
    """
    Making one takes longer than most requests.
    """
    assert router((ROUTES[0],)) is router((ROUTES[0],)) is not router((ROUTES[1],))
