"""`omise.client`: the classes of an account, and calls of any address."""

from typing import Any

import pytest

import omise
from omise.client import Client, default_client
from omise.errors import ConfigurationError
from omise.sandbox import Sandbox

from .conftest import SECRET
from .stubs import Stub

# Classes


def test_the_classes_of_a_client_are_its_own() -> None:
    """``client.Customer`` is a `Customer`, always the same one, and not that of another client."""
    one, other = Client(secret_api_key=SECRET), Client(secret_api_key=SECRET)

    assert issubclass(one.Customer, omise.Customer)
    assert one.Customer is one.Customer
    assert one.Customer is not other.Customer
    assert one.Customer.__name__ == "Customer"
    assert one.Customer.__module__ == omise.Customer.__module__
    assert default_client.Customer is omise.Customer
    assert omise.Customer._client is None


def test_what_a_client_has_not_is_an_attribute_error() -> None:
    """A misspelt resource says so, and private names are not looked up."""
    client = Client(secret_api_key=SECRET)

    with pytest.raises(AttributeError, match="a client has no attribute 'Custmer', and there is no such resource"):
        client.Custmer  # type: ignore[attr-defined]  # noqa: B018
    assert not hasattr(client, "_ipython_canary_method_should_not_exist_")


# request: any address


def test_request_gives_records(omise_sandbox: Sandbox) -> None:
    """Of the type that the answer names; nested ones, times and lists too."""
    customer = omise.request("POST", "/customers", email="john@example.com", metadata={"a": [1]})
    found = omise.request("GET", f"/customers/{customer.id}", expand=True)

    assert isinstance(found, omise.Customer)
    assert (found.email, found.metadata, found.created_at.tzinfo is not None) == ("john@example.com", {"a": [1]}, True)
    assert isinstance(found.cards, omise.CardList)
    assert dict(omise_sandbox.requests[-1].params) == {"expand": "true"}
    assert omise.request("PATCH", found.location, description="x").description == "x"
    assert omise.request("DELETE", found.location).destroyed


def test_request_of_what_nobody_declared() -> None:
    """It is a Resource, with all that one has: attributes, times, a reload at its location."""
    thing = {
        "object": "new_thing",
        "id": "thing_1",
        "location": "/new-things/thing_1",
        "made_at": "2026-01-01T00:00:00Z",
    }
    stub = Stub(lambda sent: thing)
    found = stub.client().request("GET", "/new-thing", kind="x", from_="2026-01-01", card={"number": 1})

    assert type(found).__name__ == "Resource"
    assert (found.id, found.made_at.year) == ("thing_1", 2026)
    assert stub.sent[0].params == {"kind": "x", "from": "2026-01-01", "card[number]": "1"}


def test_requested_lists_go_on_as_they_were_asked_for(omise_sandbox: Sandbox) -> None:
    """Their pages keep the parameters; iteration begins at the offset that was asked for."""
    customers = [omise.Customer.create() for _ in range(5)]
    page = omise.request("GET", "/customers", limit=2, order="reverse_chronological")

    assert isinstance(page, omise.List)
    assert list(page) == customers[::-1]
    assert page.next_page().data == [customers[2], customers[1]]
    assert omise_sandbox.requests[-1].params["order"] == "reverse_chronological"
    assert list(omise.request("GET", "/customers", offset=3)) == customers[3:]
    assert list(omise.request("GET", "/search", scope="customer", order="chronological", per_page=2)) == customers


def test_request_with_options(omise_sandbox: Sandbox) -> None:
    """They are no parameters; a key of the call is kept by what came back."""
    shop = omise_sandbox.client()
    key = str(shop.config.secret_api_key)
    customer = omise.request("POST", "/customers", key=key, timeout=5, idempotency_key="once")
    customer.reload()
    shop.request("GET", "/customers").reload()

    assert all(request.used_key(key) for request in omise_sandbox.requests)
    assert omise_sandbox.requests[0].headers["Idempotency-Key"] == "once"
    assert dict(omise_sandbox.requests[0].params) == {}


def test_request_of_another_host_and_with_another_key(omise_sandbox: Sandbox) -> None:
    """The vault, the public key, a platform app's."""
    token = omise.request("POST", "/tokens", host="vault", key_kind="public", card=omise_sandbox.card())
    capability = omise.request("GET", "/capability", key_kind="public")

    assert isinstance(token, omise.Token)
    assert isinstance(capability, omise.Capability)
    assert [request.host for request in omise_sandbox.requests] == ["vault", "api"]
    assert all(request.used_key(str(omise.public_api_key)) for request in omise_sandbox.requests)
    with pytest.raises(ConfigurationError, match="app_key"):
        omise.request("GET", "/integrations/x", key_kind="app")


def test_request_uploads_files(omise_sandbox: Sandbox) -> None:
    """As requests takes them, as multipart."""
    charge = omise.Charge.create(amount=1000_00, currency="thb", card=omise_sandbox.card())
    dispute = omise.Dispute.create(charge)
    png = b"\x89PNG\r\n\x1a\n" + bytes(20)
    files = {"file": ("a.png", png, "image/png")}
    document = omise.request("POST", f"{dispute.location}/documents", files=files, kind="proof_of_receipt")

    assert isinstance(document, omise.Document)
    assert (document.filename, document.kind) == ("a.png", "proof_of_receipt")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("get", "/customers"), "method must be one of GET, POST, PATCH, DELETE, got 'get'"),
        (("PUT", "/customers"), "method must be one of"),
        (("GET", "customers"), "is not a path of the API"),
        (("GET", ""), "is not a path of the API"),
        (("GET", "/customers/"), "is not a path of the API"),
        (("GET", "//api.example.com"), "is not a path of the API"),
        (("GET", "/customers/../charges"), "is not a path of the API"),
        (("GET", "/customers?limit=5"), "parameters go beside it"),
        (("GET", "/customers#x"), "is not a path of the API"),
        (("GET", "/cust omers"), "is not a path of the API"),
        (("GET", "/customers\n"), "is not a path of the API"),
        (("GET", "https://api.omise.co/customers"), "is not a path of the API"),
    ],
)
def test_request_refuses_what_is_no_address(omise_sandbox: Sandbox, arguments: tuple[str, str], complaint: str) -> None:
    """Before anything is sent."""
    with pytest.raises(ValueError, match=complaint):
        omise.request(*arguments)

    assert omise_sandbox.requests == []


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"host": "example.com"}, "host must be one of api, vault, checkout"),
        ({"key_kind": "x"}, "key_kind must be one of secret"),
    ],
)
def test_request_refuses_unknown_hosts_and_kinds_of_key(
    omise_sandbox: Sandbox, options: dict[str, Any], complaint: str
) -> None:
    """They say which there are."""
    with pytest.raises(ValueError, match=complaint):
        omise.request("GET", "/customers", **options)

    assert omise_sandbox.requests == []


def test_request_raises_as_all_else(omise_sandbox: Sandbox) -> None:
    """The API's refusal, as the class of its code."""
    with pytest.raises(omise.errors.ServiceNotFoundError):
        omise.request("GET", "/nowhere")
    with pytest.raises(omise.errors.InvalidChargeError):
        omise.request("POST", "/charges", amount=1, currency="thb")


def test_the_root_can_be_asked(omise_sandbox: Sandbox) -> None:
    """It tells the versions of the API."""
    assert "2019-05-29" in omise.request("GET", "/").versions


RESOURCES = [
    name
    for name in omise.__all__
    if isinstance(getattr(omise, name), type) and issubclass(getattr(omise, name), omise.Resource)
]


def test_every_resource_is_bound() -> None:
    """A client has each class that the module has, as a subclass of its own, and one of each."""
    client = Client(secret_api_key=SECRET)
    names = {*RESOURCES} - {"Resource", "Base", "List", "Collection", "LazyCollection"}

    assert len(names) > 30
    for name in names:
        bound = getattr(client, name)
        assert issubclass(bound, getattr(omise, name))
        assert bound is not getattr(omise, name)
        assert bound is getattr(client, name)
        assert bound._client is client
