"""`omise.records.operations`: create, retrieve, list, update, save, destroy, reload, whatever the resource."""

from typing import Any

import pytest

import omise
from omise.records.operations import Creatable, Destroyable, Listable, Retrievable, Updatable
from omise.records.resource import Resource
from omise.sandbox import Sandbox

from ..stubs import Stub


@pytest.fixture
def customer(omise_sandbox: Sandbox) -> omise.Customer:
    return omise.Customer.create(email="a@b.co", metadata={"a": 1, "b": {"c": 2}})


# create and save


def test_create_takes_fields_or_a_dict_or_both(omise_sandbox: Sandbox) -> None:
    """Keyword arguments win over the dict, which stays as it was."""
    fields = {"email": "a@b.co", "description": "dict"}
    customer = omise.Customer.create(fields, description="keyword")

    sent = omise_sandbox.requests[-1]
    assert (sent.method, sent.path) == ("POST", "/customers")
    assert sent.params == {"email": "a@b.co", "description": "keyword"}
    assert fields == {"email": "a@b.co", "description": "dict"}
    assert customer.description == "keyword"
    with pytest.raises(TypeError, match="keyword arguments or a dict, got str"):
        omise.Customer.create("a@b.co")


def test_options_in_the_callers_dict_are_used_and_left_there(omise_sandbox: Sandbox) -> None:
    """`key` in the dict is the key of this call, each time the dict is used, and no parameter."""
    params = {"email": "a@b.co", "key": "skey_test_of_a_call"}
    for _ in range(2):
        omise.Customer.create(params)

        assert omise_sandbox.requests[-1].used_key("skey_test_of_a_call")
        assert omise_sandbox.requests[-1].params == {"email": "a@b.co"}


def test_save_creates_what_is_not_known_yet(omise_sandbox: Sandbox) -> None:
    """save() posts the fields, fills the same object, and the next save() is an update."""
    customer = omise.Customer(email="a@b.co")
    customer.metadata = {"a": 1}
    assert customer.save(description="new") is customer
    assert omise_sandbox.requests[-1].method == "POST"
    assert omise_sandbox.requests[-1].params == {"email": "a@b.co", "metadata": {"a": 1}, "description": "new"}
    assert customer.id.startswith("cust_test_")
    assert customer.changes == {}

    customer.email = "new@b.co"
    customer.save()

    assert (omise_sandbox.requests[-1].method, omise_sandbox.requests[-1].params) == ("PATCH", {"email": "new@b.co"})


def test_a_failed_save_keeps_the_fields(omise_sandbox: Sandbox) -> None:
    """What the API refused can be corrected and saved."""
    customer = omise.Customer(email="nonsense", description="kept")
    with pytest.raises(omise.APIError):
        customer.save()
    assert customer.changes == {"email": "nonsense", "description": "kept"}

    customer.email = "a@b.co"

    assert customer.save().description == "kept"


def test_save_with_a_key_keeps_it(omise_sandbox: Sandbox) -> None:
    """The record created by a per-call key stays with it."""
    customer = omise.Customer(email="a@b.co").save(key="skey_test_of_a_call")
    customer.reload()

    assert omise_sandbox.requests[-1].used_key("skey_test_of_a_call")


def test_save_makes_tokens_as_create_does(omise_sandbox: Sandbox) -> None:
    """A token's flat fields are nested by save() too; a saved token cannot be updated."""
    token = omise.Token(**omise_sandbox.card()).save()
    assert [*omise_sandbox.requests[-1].params] == ["card"]

    for call in (token.save, lambda: token.save(used=True)):
        with pytest.raises(TypeError, match="cannot be updated"):
            call()


def test_update_of_an_unsaved_record(omise_sandbox: Sandbox) -> None:
    """It is not known to the API: the error says that save() creates it."""
    with pytest.raises(ValueError, match=r"save\(\) creates it"):
        omise.Customer(email="a@b.co").update()
    assert omise_sandbox.requests == []


# retrieve and reload


def test_retrieve_by_id_or_record(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """GET <path>/<id>; parameters go into the query."""
    for id in (customer.id, customer):
        again = omise.Customer.retrieve(id)
        sent = omise_sandbox.requests[-1]
        assert (sent.method, sent.path, sent.params) == ("GET", f"/customers/{customer.id}", {})
        assert again == customer
        assert again is not customer


def test_an_unknown_id(omise_sandbox: Sandbox) -> None:
    """NotFoundError with the facts of the answer."""
    with pytest.raises(omise.errors.NotFoundError, match="cust_test_0 was not found") as refused:
        omise.Customer.retrieve("cust_test_0")

    assert (refused.value.code, refused.value.status) == ("not_found", 404)
    assert refused.value.request_id


def test_retrieve_without_any_argument_is_list(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """The documented way of the official package; options of the call may stand with it."""
    assert list(omise.Customer.retrieve()) == [customer]
    omise.Customer.retrieve(key="skey_test_of_a_call")

    assert omise_sandbox.requests[-1].used_key("skey_test_of_a_call")
    assert (omise_sandbox.requests[-1].path, omise_sandbox.requests[-1].params) == ("/customers", {})


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: omise.Customer.retrieve(id="cust_test_1"), r"retrieve\(\) takes the id of the customer"),
        (lambda: omise.Customer.retrieve(customer_id="cust_test_1"), r"takes the id of the customer"),
        (lambda: omise.Customer.retrieve("cust_test_1", "cust_test_2"), r"takes the id of the customer"),
        (lambda: omise.Token.retrieve(), r"omise\.Token\.retrieve\(\) takes the id of the token"),
        (lambda: omise.Card.retrieve("card_test_1"), r"the id of the customer and that of the card"),
        (lambda: omise.Card.retrieve(), r"the id of the customer and that of the card"),
    ],
)
def test_ids_are_positional_and_as_many_as_it_takes(omise_sandbox: Sandbox, call: Any, error: str) -> None:
    """Anything else is a TypeError, and never a list of everything."""
    with pytest.raises(TypeError, match=error):
        call()

    assert omise_sandbox.requests == []


def test_reload_drops_changes_and_returns_self(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """GET <its path>; what was assigned or edited and not sent is gone."""
    omise.Customer.retrieve(customer).update(description="from elsewhere")
    customer.email = "unsent@b.co"
    customer.metadata["a"] = 2

    assert customer.reload(expand=True) is customer

    sent = omise_sandbox.requests[-1]
    assert (sent.method, sent.path) == ("GET", f"/customers/{customer.id}")
    assert customer.changes == {}
    assert (customer.email, customer.description, customer.metadata["a"]) == ("a@b.co", "from elsewhere", 1)


# update


def test_update_sends_what_is_given_and_what_was_changed(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """One PATCH with both; parameters win; the same object comes back, refilled."""
    customer.email = "new@b.co"
    customer.description = "assigned"
    customer.metadata["b"]["c"] = 3
    assert customer.update({"description": "dict"}, description="given") is customer

    sent = omise_sandbox.requests[-1]
    assert (sent.method, sent.path) == ("PATCH", f"/customers/{customer.id}")
    assert sent.params == {"email": "new@b.co", "description": "given", "metadata": {"a": 1, "b": {"c": 3}}}
    assert customer.changes == {}
    assert omise.Customer.retrieve(customer).to_dict()["metadata"] == {"a": 1, "b": {"c": 3}}


def test_nothing_changed_sends_nothing(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """update() and save() return self without a request, also after a change was taken back."""
    customer.email = "x"
    customer.email = "a@b.co"
    customer.metadata["a"] = 2
    customer.metadata["a"] = 1
    count = len(omise_sandbox.requests)

    assert customer.update() is customer
    assert customer.save() is customer
    assert customer.update({}, timeout=5) is customer
    assert len(omise_sandbox.requests) == count


def test_a_refused_update_keeps_the_changes(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """What was assigned and edited in place is still there, to be corrected and sent."""
    customer.email = "nonsense"
    customer.metadata["a"] = 2
    with pytest.raises(omise.APIError, match="email") as refused:
        customer.save()
    assert refused.value.code == "bad_request"
    assert customer.changes == {"email": "nonsense", "metadata": {"a": 2, "b": {"c": 2}}}
    assert (customer.email, customer.metadata["a"]) == ("nonsense", 2)

    customer.email = "new@b.co"
    customer.save()

    assert omise.Customer.retrieve(customer).metadata == {"a": 2, "b": {"c": 2}}


def test_too_long_a_text_is_refused_by_the_api(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """The client passes the API's answer on."""
    with pytest.raises(omise.APIError, match="255"):
        customer.update(description="x" * 256)


def test_a_field_can_be_emptied(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """None is sent as null, an empty dict as one."""
    customer.update(metadata={})
    assert omise_sandbox.requests[-1].params == {"metadata": {}}
    customer.email = None
    customer.save()

    assert omise_sandbox.requests[-1].params == {"email": None}
    assert customer.metadata == {}


def test_idempotency_key_and_timeout_are_no_parameters(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """They belong to the call: one is a header, the other never leaves."""
    customer.update(email="new@b.co", idempotency_key="once", timeout=7)

    sent = omise_sandbox.requests[-1]
    assert sent.params == {"email": "new@b.co"}
    assert {name.lower(): value for name, value in sent.headers.items()}["idempotency-key"] == "once"


# destroy


def test_destroy_keeps_the_last_known_attributes(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """DELETE <its path>; the same object comes back, destroyed and still readable."""
    assert not customer.destroyed
    assert customer.destroy() is customer

    sent = omise_sandbox.requests[-1]
    assert (sent.method, sent.path) == ("DELETE", f"/customers/{customer.id}")
    assert customer.destroyed
    assert customer.deleted is True
    assert customer.email == "a@b.co"
    assert repr(customer).endswith(" destroyed>")


def test_a_destroyed_record_refuses_everything(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """update, save, destroy and reload are DestroyedErrors before anything is sent, with changes or without."""
    customer.destroy()
    customer.email = "new@b.co"
    count = len(omise_sandbox.requests)

    for call in (customer.update, customer.save, customer.destroy, customer.reload, lambda: customer.update(email="x")):
        with pytest.raises(omise.DestroyedError, match=f"{customer.id}.* was destroyed"):
            call()
    assert len(omise_sandbox.requests) == count


@pytest.mark.parametrize("answer", [{"object": "thing", "deleted": True, **more} for more in ({"id": "thing_1"}, {})])
def test_older_versions_tell_no_more_than_that_it_is_gone(answer: dict[str, Any]) -> None:
    """The attributes known before are kept where DELETE answers with a stub."""

    class Thing(Destroyable, Retrievable, Resource):
        object_name = "thing"
        path = "/things"

    stub = Stub(lambda sent: answer if sent.method == "DELETE" else {"object": "thing", "id": "thing_1", "name": "x"})
    thing: Any = stub.client().bind(Thing).retrieve("thing_1")

    assert thing.destroy().destroyed
    assert (thing.id, thing.name) == ("thing_1", "x")


def test_the_account_of_a_2017_version(omise_sandbox: Sandbox) -> None:
    """With `api_version` set, records have that version's fields: `created`, no `deleted`, stubs for DELETE."""
    omise.api_version = "2017-11-02"
    customer = omise.Customer.create(email="a@b.co", card=omise_sandbox.card())
    card = customer.default_card
    listed = omise.Customer.list()

    assert omise_sandbox.requests[-1].version == "2017-11-02"
    assert customer.created.tzinfo is not None
    assert "created_at" not in customer
    assert not customer.destroyed
    assert (card.last_digits, card.created.year) == ("4242", customer.created.year)
    assert (listed.total, listed.page, listed.total_pages, listed[0]) == (1, 1, 1, customer)
    assert card.destroy().destroyed
    assert card.last_digits == "4242"
    assert customer.destroy().destroyed
    assert (customer.email, "created" in customer) == ("a@b.co", True)
    with pytest.raises(omise.DestroyedError):
        customer.reload()


# list


def test_list_passes_its_parameters_on(omise_sandbox: Sandbox) -> None:
    """GET <path>, options apart, `from_` as `from`."""
    omise.Customer.list(limit=5, from_="2026-01-01", key="skey_test_of_a_call")

    sent = omise_sandbox.requests[-1]
    assert (sent.method, sent.path) == ("GET", "/customers")
    assert {name: str(value) for name, value in sent.params.items()} == {"limit": "5", "from": "2026-01-01"}
    assert sent.used_key("skey_test_of_a_call")


# abilities


def test_a_resource_has_the_verbs_that_it_lists() -> None:
    """What cannot be created has no create, and so on; records without update say so."""

    class Reading(Retrievable, Listable, Resource):
        object_name = "reading"
        path = "/readings"

    reading = Reading.from_data({"object": "reading", "id": "reading_1"})

    for verb in ("create", "update", "save", "destroy"):
        assert not hasattr(Reading, verb)
        assert not hasattr(reading, verb)
        assert verb not in dir(reading)
    for cls, verb in ((Creatable, "create"), (Updatable, "update"), (Destroyable, "destroy"), (Listable, "list")):
        assert hasattr(cls, verb)


def test_abilities_of_the_resources() -> None:
    """Tokens are neither updated nor listed, cards neither created nor listed on their own."""
    verbs = {"create", "retrieve", "list", "update", "save", "destroy", "reload"}

    assert {verb for verb in verbs if hasattr(omise.Customer, verb)} == verbs
    assert {verb for verb in verbs if hasattr(omise.Token, verb)} == {"create", "retrieve", "reload", "save"}
    assert {verb for verb in verbs if hasattr(omise.Card, verb)} == {"retrieve", "update", "save", "destroy", "reload"}


def test_abilities_of_every_resource() -> None:
    """Each has the verbs that the API has a call for, and no others."""
    table = {
        omise.Account: "retrieve reload update",
        omise.Balance: "retrieve reload",
        omise.BankAccount: "",
        omise.Capability: "retrieve reload",
        omise.Chain: "list retrieve reload",
        omise.Charge: "create retrieve list update reload search list_schedules",
        omise.Dispute: "create retrieve list update reload search",
        omise.Document: "retrieve reload destroy",
        omise.Event: "retrieve list reload",
        omise.Forex: "retrieve reload",
        omise.Integration: "retrieve reload",
        omise.Link: "create retrieve list reload destroy search",
        omise.LinkedAccount: "create retrieve list reload destroy search",
        omise.Occurrence: "retrieve reload",
        omise.PaymentMethod: "",
        omise.Receipt: "retrieve list reload",
        omise.Recipient: "create retrieve list update reload destroy search",
        omise.Refund: "retrieve list reload search",
        omise.Schedule: "create retrieve list reload destroy",
        omise.ScheduledCharge: "",
        omise.ScheduledTransfer: "",
        omise.Source: "create retrieve reload",
        omise.SubMerchant: "create list search",
        omise.Transaction: "retrieve list reload",
        omise.Transfer: "create retrieve list update reload destroy search list_schedules",
        omise.WebhookDelivery: "",
        omise.WebhookSecret: "create retrieve list reload destroy",
    }
    verbs = {verb for listed in table.values() for verb in listed.split()}

    for cls, listed in table.items():
        assert {verb for verb in verbs if hasattr(cls, verb)} == {*listed.split()}, cls


# act, list_at, Singleton


def test_actions_refill_the_record(omise_sandbox: Sandbox) -> None:
    """Sent below its path with their parameters; options are none of those, and self comes back."""
    charge = omise.Charge.create(amount=500_00, currency="thb", source={"type": "promptpay"})
    charge.description = "dropped"

    assert charge.mark_as_paid(idempotency_key="once", timeout=5) is charge

    sent = omise_sandbox.requests[-1]
    assert (sent.method, sent.path, dict(sent.params)) == ("POST", f"/charges/{charge.id}/mark_as_paid", {})
    assert sent.headers["Idempotency-Key"] == "once"
    assert (charge.paid, charge.changes, charge.description) == (True, {}, None)


def test_a_refused_action_changes_nothing(omise_sandbox: Sandbox) -> None:
    """The record keeps what it was, and what was assigned."""
    charge = omise.Charge.create(amount=500_00, currency="thb", source={"type": "promptpay"})
    charge.description = "kept"
    with pytest.raises(omise.errors.FailedCaptureError):
        charge.capture()

    assert charge.changes == {"description": "kept"}
    assert charge.status == "pending"


def test_a_destroyed_record_refuses_actions(omise_sandbox: Sandbox) -> None:
    """Before anything is sent."""
    transfer = omise.Transfer.from_data({"object": "transfer", "id": "trsf_1", "deleted": True})
    with pytest.raises(omise.DestroyedError):
        transfer.mark_as_sent()

    assert omise_sandbox.requests == []


def test_an_action_of_a_record_that_is_not_loaded(omise_sandbox: Sandbox) -> None:
    """Its id is enough: one request."""
    charge = omise.Charge.create(amount=500_00, currency="thb", card=omise_sandbox.card_token(), capture=False)
    event = omise.Dispute.from_data({"object": "dispute", "id": "dspt_1", "charge": charge.id})
    count = len(omise_sandbox.requests)
    assert event.charge is not None

    assert event.charge.capture().paid
    assert len(omise_sandbox.requests) == count + 1


def test_lists_at_other_addresses_know_what_they_hold(omise_sandbox: Sandbox) -> None:
    """A record of another type is refused by their `retrieve`; theirs is found at its own address."""
    charge = omise.Charge.create(amount=500_00, currency="thb", card=omise_sandbox.card_token())
    dispute = omise.Dispute.create(charge)
    page = omise.Dispute.list(status="open")

    assert page.retrieve(dispute) == dispute
    assert omise_sandbox.requests[-1].path == f"/disputes/{dispute.id}"
    with pytest.raises(TypeError, match="must be a Dispute"):
        page.retrieve(charge)


def test_singletons_have_an_address_without_an_id(omise_sandbox: Sandbox) -> None:
    """Whether or not the JSON tells it; options are theirs too, and an id is none."""
    shop = omise_sandbox.client()
    account = omise.Account.retrieve(key=shop.config.secret_api_key)
    account.reload()

    assert account == shop.Account.retrieve()
    assert all(request.used_key(str(shop.config.secret_api_key)) for request in omise_sandbox.requests)
    assert omise.Balance.from_data({"object": "balance"}).location == "/balance"
    assert omise.Balance.from_data({"object": "balance", "location": "/elsewhere"}).location == "/elsewhere"
    with pytest.raises(TypeError):
        omise.Balance.retrieve("balance_1")
