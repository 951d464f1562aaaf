"""Charges: each verb, what was sent, what came back, and what the API refuses."""

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

import omise
from omise.sandbox import Sandbox

from ..stubs import Stub
from .calls import asked, last

PENDING = {"amount": 500_00, "currency": "thb", "source": {"type": "promptpay"}}
REDIRECT = {**PENDING, "source": {"type": "alipay_cn"}, "return_uri": "https://shop.example.com/back"}


# Create


def test_create_with_a_token(omise_sandbox: Sandbox) -> None:
    """By id or as a Token; all parameters go out as given, and the charge is paid."""
    facts = {"amount": 1000_00, "currency": "thb", "description": "Order 7", "metadata": {"order": 7}}
    token = omise.Token.create(omise_sandbox.card())
    charge = omise.Charge.create(**facts, card=token)

    assert last(omise_sandbox) == ("POST", "/charges", {**facts, "card": token.id})
    assert isinstance(charge, omise.Charge)
    assert (charge.amount, charge.currency, charge.status, charge.paid) == (1000_00, "THB", "successful", True)
    assert (charge.description, charge.metadata) == ("Order 7", {"order": 7})
    assert (charge.fee, charge.fee_vat, charge.net) == (3650, 256, 96094)
    assert charge.transaction_fees.fee_rate == "3.65"
    assert isinstance(charge.card, omise.Card)
    assert charge.card.last_digits == "4242"
    assert charge.paid_at is not None
    assert charge.paid_at.tzinfo == timezone.utc
    assert repr(charge) == f"<Charge {charge.id} amount=100000 currency='THB' status='successful'>"


def test_create_with_card_data(omise_sandbox: Sandbox) -> None:
    """A token is made at the vault first; the number never reaches the API."""
    with asked(omise_sandbox) as made:
        charge = omise.Charge.create(amount=1000_00, currency="thb", card=omise_sandbox.card())

    assert made == ["POST /tokens", "POST /charges"]
    assert str(omise_sandbox.requests[-1].params["card"]).startswith("tokn_test_")
    assert charge.paid


def test_create_with_a_customer(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """The default card, or the one that is named; records and ids alike."""
    mastercard = customer.cards[1]
    by_default = omise.Charge.create(amount=1000_00, currency="thb", customer=customer)
    assert last(omise_sandbox)[2] == {"amount": 1000_00, "currency": "thb", "customer": customer.id}

    named = omise.Charge.create(amount=1000_00, currency="thb", customer=customer.id, card=mastercard)
    assert last(omise_sandbox)[2]["card"] == mastercard.id

    assert by_default.card == customer.default_card
    assert named.card == mastercard
    assert named.customer == customer


def test_create_with_a_source(omise_sandbox: Sandbox) -> None:
    """As a Source, by id, or as its fields in a dict; the charge waits for the payer."""
    fields = {"type": "promptpay", "amount": 500_00, "currency": "thb"}
    for source in (omise.Source.create(fields), omise.Source.create(fields).id, {"type": "promptpay"}):
        charge = omise.Charge.create(amount=500_00, currency="thb", source=source)

        assert last(omise_sandbox)[2]["source"] == (source if isinstance(source, dict) else str(charge.source.id))
        assert isinstance(charge.source, omise.Source)
        assert (charge.source.type, charge.source.flow) == ("promptpay", "offline")
        assert (charge.status, charge.paid, charge.card) == ("pending", False, None)
        assert isinstance(charge.source.scannable_code.image, omise.Document)


def test_a_redirect_has_an_address_for_the_payer(omise_sandbox: Sandbox) -> None:
    """`authorize_uri` is where to send the payer, `return_uri` where the payer comes back to."""
    charge = omise.Charge.create(REDIRECT)

    assert (charge.authorize_uri or "").startswith("https://pay.omise.co/payments/")
    assert charge.return_uri == "https://shop.example.com/back"
    assert charge.expires_at is not None
    assert charge.expires_at > charge.created_at


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("4111111111140011", "insufficient_fund"),
        ("5555551111100012", "stolen_or_lost_card"),
        ("4111111111160001", "invalid_security_code"),
    ],
)
def test_a_decline_is_no_error(omise_sandbox: Sandbox, number: str, code: str) -> None:
    """`status` says so, `failure_code` and `failure_message` say why."""
    charge = omise.Charge.create(amount=1000_00, currency="thb", card=omise_sandbox.card(number))

    assert (charge.status, charge.failure_code, charge.paid) == ("failed", code, False)
    assert charge.failure_message
    assert charge.transaction is None
    assert repr(charge).endswith(f"status='failed' failure_code={code!r}>")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"amount": "a lot"}, "amount is not a number"),
        ({"amount": -1000_00}, "amount must be greater than or equal to 2000"),
        ({"amount": 19_99}, "amount must be greater than or equal to 2000"),
        ({"currency": "xyz"}, "currency is currently not supported"),
    ],
)
def test_bad_amounts_and_currencies(omise_sandbox: Sandbox, fields: dict[str, Any], message: str) -> None:
    """The API's message reaches the caller, no charge is made, and the token stays fresh."""
    token = omise.Token.create(omise_sandbox.card())

    with pytest.raises(omise.errors.InvalidChargeError, match=message) as refused:
        omise.Charge.create(**{"amount": 1000_00, "currency": "thb", "card": token, **fields})

    assert (refused.value.code, refused.value.status) == ("invalid_charge", 400)
    assert len(omise.Charge.list()) == 0
    assert token.reload().used is False


def test_an_amount_has_to_be_given(omise_sandbox: Sandbox) -> None:
    """One that is missing has an error of its own."""
    with pytest.raises(omise.errors.InvalidAmountError, match="amount is not a number"):
        omise.Charge.create(currency="thb", card=omise_sandbox.card())


def test_amounts_that_are_no_json(omise_sandbox: Sandbox) -> None:
    """What has no JSON form is refused here, by name, before anything is sent."""
    with asked(omise_sandbox) as made:
        with pytest.raises(ValueError, match="amount is not a finite number"):
            omise.Charge.create(amount=float("nan"), currency="thb")
        with pytest.raises(TypeError, match="amount cannot be sent"):
            omise.Charge.create(amount=1000j, currency="thb")

    assert made == []


def test_a_spent_token(omise_sandbox: Sandbox, charge: omise.Charge) -> None:
    """Charging it a second time is a UsedTokenError, and an unknown one is not found."""
    token = omise.Token.create(omise_sandbox.card())
    omise.Charge.create(amount=1000_00, currency="thb", card=token)

    with pytest.raises(omise.errors.UsedTokenError):
        omise.Charge.create(amount=1000_00, currency="thb", card=token)
    with pytest.raises(omise.errors.NotFoundError, match="tokn_test_0 was not found"):
        omise.Charge.create(amount=1000_00, currency="thb", card="tokn_test_0")

    assert len(omise.Charge.list()) == 2


@pytest.mark.parametrize("name", ["card", "customer", "link"])
def test_records_of_the_wrong_type(omise_sandbox: Sandbox, charge: omise.Charge, name: str) -> None:
    """A record in the place of another kind is a TypeError, and nothing is sent."""
    wrong: Any = {"amount": 1000_00, "currency": "thb", name: charge}
    with asked(omise_sandbox) as made, pytest.raises(TypeError, match=name):
        omise.Charge.create(**wrong)

    assert made == []


# Retrieve, list, update, reload


def test_retrieve_and_list(omise_sandbox: Sandbox, charge: omise.Charge) -> None:
    """By id or record; without an argument it is the list."""
    assert omise.Charge.retrieve(charge.id) == omise.Charge.retrieve(charge) == charge
    assert last(omise_sandbox) == ("GET", f"/charges/{charge.id}", {})

    page = omise.Charge.list(limit=1, order="reverse_chronological")
    assert last(omise_sandbox) == ("GET", "/charges", {"limit": "1", "order": "reverse_chronological"})
    assert list(page) == [charge]
    assert isinstance(page[0], omise.Charge)
    assert list(omise.Charge.retrieve()) == [charge]
    with pytest.raises(omise.errors.NotFoundError, match="charge chrg_test_0 was not found"):
        omise.Charge.retrieve("chrg_test_0")


def test_update_and_reload(omise_sandbox: Sandbox, charge: omise.Charge) -> None:
    """Description and metadata; by parameters, by assignment, in place."""
    assert charge.update(description="Order 8", metadata={"order": 8}) is charge
    assert last(omise_sandbox) == (
        "PATCH",
        f"/charges/{charge.id}",
        {"description": "Order 8", "metadata": {"order": 8}},
    )

    charge.metadata["shipped"] = True
    charge.save()
    assert last(omise_sandbox)[2] == {"metadata": {"order": 8, "shipped": True}}

    charge.description = "dropped"
    assert charge.reload() is charge
    assert (charge.description, charge.metadata) == ("Order 8", {"order": 8, "shipped": True})


# Capture, reverse, expire


def test_capture(omise_sandbox: Sandbox, authorized: omise.Charge) -> None:
    """The whole, into the same record."""
    assert (authorized.status, authorized.capturable, authorized.paid) == ("pending", True, False)

    assert authorized.capture() is authorized

    assert last(omise_sandbox) == ("POST", f"/charges/{authorized.id}/capture", {})
    assert (authorized.status, authorized.paid, authorized.captured_amount) == ("successful", True, 1000_00)


def test_capture_a_part(omise_sandbox: Sandbox, authorized: omise.Charge) -> None:
    """`capture_amount` is sent; `amount` stays what was authorized."""
    authorized.capture(capture_amount=300_00)

    assert last(omise_sandbox)[2] == {"capture_amount": 300_00}
    assert (authorized.amount, authorized.captured_amount, authorized.funding_amount) == (1000_00, 300_00, 300_00)
    assert authorized.net == 300_00 - authorized.fee - authorized.fee_vat


@pytest.mark.parametrize("amount", [1000_01, 0, -1, "x"])
def test_capturing_what_cannot_be(omise_sandbox: Sandbox, authorized: omise.Charge, amount: Any) -> None:
    """The refusal reaches the caller, and the charge is as it was: here, and there."""
    with pytest.raises(omise.APIError) as refused:
        authorized.capture(capture_amount=amount)

    assert refused.value.status == 400
    assert authorized.capturable
    assert omise.Charge.retrieve(authorized).capturable


def test_a_second_capture_is_refused(authorized: omise.Charge) -> None:
    """The API's code reaches the caller, and the charge keeps its values."""
    authorized.capture(capture_amount=300_00)

    with pytest.raises(omise.errors.FailedCaptureError) as refused:
        authorized.capture()

    assert (refused.value.code, refused.value.status) == ("failed_capture", 400)
    assert authorized.captured_amount == 300_00
    assert authorized.reload().captured_amount == 300_00


def test_capture_too_late(omise_sandbox: Sandbox, authorized: omise.Charge) -> None:
    """An authorization does not last for ever."""
    omise_sandbox.application.clock.advance(days=31)

    with pytest.raises(omise.errors.ExpiredChargeError):
        authorized.capture()

    assert authorized.status == "pending"
    assert authorized.reload().status == "expired"


def test_reverse(omise_sandbox: Sandbox, authorized: omise.Charge, charge: omise.Charge) -> None:
    """What was authorized is let go of; what was captured cannot be."""
    assert authorized.reverse() is authorized
    assert last(omise_sandbox) == ("POST", f"/charges/{authorized.id}/reverse", {})
    assert (authorized.status, authorized.reversed, authorized.reversible) == ("reversed", True, False)
    assert isinstance(authorized.reversed_at, datetime)

    for refused in (authorized, charge):
        with pytest.raises(omise.errors.FailedReverseError):
            refused.reverse()
    with pytest.raises(omise.errors.FailedCaptureError):
        authorized.capture()

    assert charge.reload().status == "successful"


def test_expire(omise_sandbox: Sandbox, charge: omise.Charge) -> None:
    """A charge that waits for its payer, of a method that can; no other."""
    pending = omise.Charge.create(REDIRECT)
    assert pending.expire() is pending
    assert last(omise_sandbox) == ("POST", f"/charges/{pending.id}/expire", {})
    assert (pending.status, pending.expired) == ("expired", True)
    assert pending.source is not None
    assert pending.source.charge_status == "expired"

    for refused in (pending, charge, omise.Charge.create(PENDING)):
        with pytest.raises(omise.errors.FailedExpireError):
            refused.expire()


def test_marking_in_test_mode(omise_sandbox: Sandbox) -> None:
    """The payer of a pending charge has paid, or has not; only once."""
    paid, failed = omise.Charge.create(PENDING), omise.Charge.create(PENDING)
    assert paid.mark_as_paid() is paid
    assert last(omise_sandbox) == ("POST", f"/charges/{paid.id}/mark_as_paid", {})
    assert failed.mark_as_failed() is failed
    assert last(omise_sandbox) == ("POST", f"/charges/{failed.id}/mark_as_failed", {})

    assert (paid.status, paid.paid) == ("successful", True)
    assert (failed.status, failed.paid, bool(failed.failure_code)) == ("failed", False, True)
    with pytest.raises(omise.APIError, match="processed_charge"):
        paid.mark_as_failed()
    assert paid.reload().status == "successful"


# Refunds


def test_refunds(omise_sandbox: Sandbox, charge: omise.Charge) -> None:
    """`charge.refunds` is in the JSON; what is created there is there, and on the charge, when they are read."""
    with asked(omise_sandbox) as made:
        assert (len(charge.refunds), charge.refunds.data) == (0, [])
    assert made == []

    refund = charge.refunds.create(amount=100_00, metadata={"why": "damaged"})
    assert last(omise_sandbox) == (
        "POST",
        f"/charges/{charge.id}/refunds",
        {"amount": 100_00, "metadata": {"why": "damaged"}},
    )
    assert isinstance(refund, omise.Refund)
    with asked(omise_sandbox) as made:
        assert list(charge.refunds) == [refund]
        assert len(charge.refunds) == 1
    assert made == [f"GET /charges/{charge.id}/refunds"]

    with asked(omise_sandbox) as made:
        assert (charge.refunded_amount, charge.refundable) == (100_00, True)
    assert made == [f"GET /charges/{charge.id}"]
    assert charge.refunds.retrieve(refund) == refund
    assert last(omise_sandbox)[:2] == ("GET", refund.location)
    assert charge.status == "successful"


def test_refund_is_short_for_it(omise_sandbox: Sandbox, charge: omise.Charge) -> None:
    """charge.refund() posts to the charge's refunds; the whole becomes a void before it is settled."""
    refund = charge.refund(amount=1000_00)

    assert last(omise_sandbox) == ("POST", f"/charges/{charge.id}/refunds", {"amount": 1000_00})
    assert refund.voided
    assert charge.refunds[0] == refund
    assert (charge.reload().refundable, charge.voided) == (False, True)


def test_after_a_refund_the_charge_tells_the_truth(omise_sandbox: Sandbox, charge: omise.Charge) -> None:
    """It is fetched with the next read, once, and not before; refunds in a row ask no more; what was set stays."""
    charge.description = "Damaged"
    with asked(omise_sandbox) as made:
        charge.refund({"amount": 100_00})
        charge.refund(amount=200_00)
        assert charge.id
        assert f"{charge!r}".endswith(" (not loaded)>")
    assert made == [f"POST /charges/{charge.id}/refunds"] * 2

    with asked(omise_sandbox) as made:
        assert (charge.refunded_amount, charge["refunded_amount"]) == (300_00, 300_00)
        assert [refund.amount for refund in charge.refunds] == [100_00, 200_00]
    assert made == [f"GET /charges/{charge.id}"]
    assert charge.changes == {"description": "Damaged"}


def test_a_charge_refunded_with_another_key_is_read_with_it(omise_sandbox: Sandbox, charge: omise.Charge) -> None:
    """As the refund was made with it."""
    key = str(omise.secret_api_key)
    with omise_sandbox.client() as shop:
        omise.secret_api_key = shop.config.secret_api_key
    charge.refund(amount=100_00, key=key)

    assert charge.refunded_amount == 100_00
    assert omise_sandbox.requests[-1].used_key(key)


def test_a_refund_that_is_refused_leaves_the_charge(omise_sandbox: Sandbox, charge: omise.Charge) -> None:
    """Nothing changed, and nothing is fetched."""
    with pytest.raises(omise.errors.FailedRefundError):
        charge.refund(amount=1000_01)

    with asked(omise_sandbox) as made:
        assert charge.refunded_amount == 0
    assert made == []


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"amount": 1000_01}, omise.errors.FailedRefundError),
        ({"amount": 0}, omise.errors.FailedRefundError),
        ({"amount": -5}, omise.errors.FailedRefundError),
        ({"amount": "all"}, omise.errors.FailedRefundError),
        ({}, omise.errors.FailedRefundError),
        ({"amount": 5_00, "void": True}, omise.errors.FailedVoidError),
    ],
)
def test_refunds_that_cannot_be(charge: omise.Charge, fields: dict[str, Any], error: type[Exception]) -> None:
    """The refusal reaches the caller, and nothing is given back."""
    with pytest.raises(error):
        charge.refunds.create(**fields)

    assert charge.refunds.reload().total == 0
    assert charge.reload().refunded_amount == 0


def test_refunding_more_than_is_left(charge: omise.Charge) -> None:
    """What was given back before counts; the rest can still be refunded."""
    charge.refund(amount=600_00)

    with pytest.raises(omise.errors.FailedRefundError):
        charge.refund(amount=500_00)

    charge.refund(amount=400_00)
    assert charge.reload().refunded_amount == 1000_00
    assert [refund.amount for refund in charge.refunds] == [600_00, 400_00]


def test_a_filtered_list_of_refunds_stays_filtered(omise_sandbox: Sandbox, charge: omise.Charge) -> None:
    """Creating in a list that was fetched with parameters has it fetched with them again."""
    latest = charge.refunds(order="reverse_chronological", limit=1)
    first, second = latest.create(amount=100_00), latest.create(amount=200_00)

    assert latest.data == [second]
    assert last(omise_sandbox)[2] == {"order": "reverse_chronological", "limit": "1"}
    assert list(latest) == [second, first]


# What it is tied to


def test_the_parts_in_its_json(omise_sandbox: Sandbox, charge: omise.Charge) -> None:
    """Card, source, dispute and refunds are records, without a request."""
    omise.Dispute.create(charge)
    charge.reload()

    with asked(omise_sandbox) as made:
        assert isinstance(charge.card, omise.Card)
        assert isinstance(charge.dispute, omise.Dispute)
        assert isinstance(charge.refunds, omise.RefundList)
        assert (charge.source, charge.customer, charge.link, charge.schedule) == (None, None, None, None)
        assert charge.dispute.charge == charge
    assert made == []


def test_customer_and_transaction_are_fetched_once(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """The id costs nothing; the first other field costs one request."""
    charge = omise.Charge.create(amount=1000_00, currency="thb", customer=customer)

    with asked(omise_sandbox) as made:
        assert isinstance(charge.customer, omise.Customer)
        assert isinstance(charge.transaction, omise.Transaction)
        assert (charge.customer.id, charge.customer) == (charge["customer"], customer)
        assert charge.transaction.id == charge["transaction"]
    assert made == []

    with asked(omise_sandbox) as made:
        assert (charge.customer.email, charge.customer.description) == ("john@example.com", None)
        assert (charge.transaction.key, charge.transaction.amount) == ("charge.captured.net", charge.net)
    assert made == [f"GET /customers/{customer.id}", f"GET /transactions/{charge.attributes['transaction']}"]


def test_expand(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """With `expand` they come along: the same types, and no request."""
    id = omise.Charge.create(amount=1000_00, currency="thb", customer=customer).id
    charge = omise.Charge.retrieve(id, expand=True)
    assert last(omise_sandbox) == ("GET", f"/charges/{id}", {"expand": "true"})

    with asked(omise_sandbox) as made:
        assert charge.customer is not None
        assert charge.customer.email == "john@example.com"
        assert charge.transaction is not None
        assert charge.transaction.key == "charge.captured.net"
    assert made == []


def test_events(omise_sandbox: Sandbox, authorized: omise.Charge) -> None:
    """What happened to this charge, fetched when it is read."""
    authorized.capture()
    omise.Charge.create(PENDING)

    with asked(omise_sandbox) as made:
        assert [event.key for event in authorized.events] == ["charge.create", "charge.capture"]
        assert len(authorized.events) == 2
    assert made == [f"GET /charges/{authorized.id}/events"]
    assert isinstance(authorized.events[0], omise.Event)
    assert authorized.events(order="reverse_chronological")[0].key == "charge.capture"


def test_the_link_that_it_came_from() -> None:
    """A Link, fetched when more than its id is read."""
    link = {"object": "link", "id": "link_1", "title": "Cup"}
    stub = Stub(lambda sent: link if "links" in sent.path else {"object": "charge", "id": "chrg_1", "link": "link_1"})
    charge = stub.client().Charge.retrieve("chrg_1")

    assert isinstance(charge.link, omise.Link)
    assert charge.link.title == "Cup"
    assert [sent.path for sent in stub.sent] == ["/charges/chrg_1", "/links/link_1"]


# Names that mean two things


def test_schedule_of_a_charge_and_of_the_class(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """`Charge.schedule(…)` builds a schedule, `charge.schedule` is the one that the charge came from."""
    schedule = omise.Charge.schedule(customer=customer, amount=100_00, currency="thb").days().end_date("2099-12-31")
    started = schedule.start()
    charge = started.occurrences[0].result

    assert isinstance(schedule, omise.Scheduler)
    assert isinstance(charge, omise.Charge)
    assert isinstance(charge.schedule, omise.Schedule)
    assert charge.schedule == started
    assert charge.schedule.in_words == "Every 1 day(s)"
    assert charge["schedule"] == started.id


def test_capture_is_a_verb_and_a_field(charge: omise.Charge, authorized: omise.Charge) -> None:
    """`charge["capture"]` is the flag of the request, which stays as it was after a capture."""
    authorized.capture()

    assert callable(charge.capture)
    assert (charge["capture"], authorized["capture"]) == (True, False)
    assert charge.attributes["capture"] is True


@pytest.mark.parametrize("verb", ["create", "list", "search", "list_schedules"])
def test_class_verbs_are_no_verbs_of_a_charge(omise_sandbox: Sandbox, charge: omise.Charge, verb: str) -> None:
    """Reached through a charge they say how to call them, and send nothing."""
    with asked(omise_sandbox) as made, pytest.raises(TypeError, match=rf"omise\.Charge\.{verb}\(…\)"):
        getattr(charge, verb)()

    assert made == []


@pytest.mark.parametrize("version", ["2014-07-27", "2015-11-17", "2017-11-02", "2019-05-29"])
def test_paid_and_captured_stand_in_for_each_other(
    omise_sandbox: Sandbox, charge: omise.Charge, authorized: omise.Charge, version: str
) -> None:
    """Whatever the version calls it, both names are there; in records that are not loaded yet too."""
    refund = charge.refund(amount=100_00)
    omise.api_version = version
    paid, pending = omise.Charge.retrieve(charge), omise.Charge.retrieve(authorized)
    unloaded = omise.Refund.retrieve(charge, refund).charge
    assert unloaded is not None

    assert (paid.paid, paid.captured, paid["paid"], paid["captured"]) == (True, True, True, True)
    assert (pending.paid, pending.captured) == (False, False)
    assert unloaded.paid is True
    assert omise.Refund.retrieve(charge, refund).charge.captured is True


@pytest.mark.parametrize("version", ["2015-11-17", "2017-11-02"])
def test_the_lists_of_older_versions(omise_sandbox: Sandbox, charge: omise.Charge, version: str) -> None:
    """They tell no location in a charge; its refunds are found all the same."""
    omise.api_version = version
    found = omise.Charge.retrieve(charge)
    refund = found.refunds.create(amount=100_00)

    assert found.created == charge.created_at
    assert list(found.refunds) == [refund]
    assert found.reload().refunded == 100_00


# Schedules, search, accounts


def test_list_schedules(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """Those of charges, as Schedules, found again at their own address."""
    build = omise.Charge.schedule(customer=customer, amount=100_00, currency="thb")
    schedule = build.weeks(on="monday").end_date("2099-12-31").start()
    page = omise.Charge.list_schedules(limit=5)

    assert last(omise_sandbox) == ("GET", "/charges/schedules", {"limit": "5"})
    assert list(page) == [schedule]
    assert isinstance(page[0], omise.Schedule)
    assert page.retrieve(schedule) == schedule
    assert last(omise_sandbox)[1] == f"/schedules/{schedule.id}"


def test_search(omise_sandbox: Sandbox, charge: omise.Charge, authorized: omise.Charge) -> None:
    """The scope is that of charges."""
    found = omise.Charge.search().filter(status="pending").execute()

    assert last(omise_sandbox) == ("GET", "/search", {"scope": "charge", "filters": {"status": "pending"}})
    assert list(found) == [authorized]
    assert isinstance(found[0], omise.Charge)


def test_a_key_of_the_call_is_kept(omise_sandbox: Sandbox) -> None:
    """By the charge, by what it does, and by what it is tied to."""
    with omise_sandbox.client() as shop:
        key = str(shop.config.secret_api_key)
    charge = omise.Charge.create(PENDING, key=key)
    charge.mark_as_paid()
    assert charge.transaction is not None
    assert charge.transaction.amount > 0
    charge.events.reload()

    assert all(request.used_key(key) for request in omise_sandbox.requests)
    assert len(omise.Charge.list()) == 0


def test_a_clients_charges_stay_with_it(omise_sandbox: Sandbox) -> None:
    """Class verbs, builder, search and lists of a client are its account's."""
    with omise_sandbox.client() as shop:
        key = str(shop.config.secret_api_key)
        charge = shop.Charge.create(amount=1000_00, currency="thb", card=omise_sandbox.card())
        count = len(omise_sandbox.requests)
        refund = charge.refund(amount=100_00)
        assert refund.charge is not None
        refund.charge.reload()
        shop.Charge.search().execute()[0].reload()
        shop.Charge.list_schedules()
        shop.Dispute.create(charge).charge.reload()

        assert all(request.used_key(key) for request in omise_sandbox.requests[count:])
        assert isinstance(charge, shop.Charge)
        assert isinstance(refund.charge, shop.Charge)


def test_expires_at_takes_a_datetime(omise_sandbox: Sandbox) -> None:
    """It is sent as the API writes times."""
    until = datetime.now(timezone.utc).replace(microsecond=0) + timedelta(days=1)
    charge = omise.Charge.create(PENDING, expires_at=until)

    assert last(omise_sandbox)[2]["expires_at"] == until.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert charge.expires_at == until


def test_nothing_secret_is_shown(charge: omise.Charge) -> None:
    """Neither repr nor print tells a key or a card's number."""
    shown = f"{charge!r}\n{charge}\n{charge.card!r}\n{charge.refunds!r}"

    assert "4242424242424242" not in shown
    assert str(omise.secret_api_key) not in shown
