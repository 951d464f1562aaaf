"""Finding out what became of a write: what is believed, when it is asked again, and whose account it is."""

import pickle
import threading
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import omise
from omise.records.resolving import CLOCKS_APART, MARGIN
from omise.sandbox import Fault, Sandbox, Server
from omise.sandbox.http.faults import Plan

MONEY = {"amount": 1000_00, "currency": "thb"}


def lost(sandbox: Sandbox, kind: str, write: Any, path: str = "*") -> omise.OutcomeUnknown:
    """What is raised when the answer to a write is lost."""
    faults = [Fault(kind, method=method, path=path, times=1) for method in ("POST", "PATCH")]
    with sandbox.faults(*faults), pytest.raises(omise.OutcomeUnknown) as raised:
        write()
    return raised.value


def lost_charge(sandbox: Sandbox, kind: str = "reset_after", **params: Any) -> omise.OutcomeUnknown:
    token = sandbox.card_token()
    return lost(sandbox, kind, lambda: omise.Charge.create(**MONEY, card=token, **params), "/charges")


@pytest.fixture
def customer(omise_sandbox: Sandbox) -> omise.Customer:
    return omise.Customer.create(email="mali@example.com", card=omise_sandbox.card_token())


# What it knows


def test_the_error_says_what_was_sent_and_when(omise_sandbox: Sandbox) -> None:
    """Method, path, parameters, times and tries, as people at night want to read them."""
    before = datetime.now(timezone.utc)
    error = lost_charge(omise_sandbox)

    assert (error.method, error.path, error.tries) == ("POST", "/charges", 1)
    assert error.params["amount"] == 1000_00
    assert error.sent_at is not None
    assert error.lost_at is not None
    assert before <= error.sent_at <= error.lost_at <= datetime.now(timezone.utc)


def test_it_is_pickled_with_what_it_knows_and_without_keys(omise_sandbox: Sandbox) -> None:
    """A queue or a table may keep it; who loads it finds the record."""
    omise.reference_key = "ref"
    error = lost_charge(omise_sandbox)
    stored = pickle.dumps(error)
    loaded = pickle.loads(stored)

    assert vars(loaded) == vars(error)
    assert b"key_test" not in stored
    assert loaded.resolve(of=omise.Charge) == error.resolve(of=omise.Charge)
    assert isinstance(loaded.resolve(), omise.Done)


# Whose account


def test_the_account_of_the_write_is_asked(omise_sandbox: Sandbox) -> None:
    """Whatever the current one is: the error of a client goes back to it."""
    with omise_sandbox.client(reference_key="ref") as shop:
        error = lost(omise_sandbox, "reset_after", lambda: shop.Customer.create(email="a@example.com"))

    assert error.resolve() == omise.Done(shop.Customer.list()[0])


def test_an_error_that_was_stored_is_refused_by_another_account(omise_sandbox: Sandbox) -> None:
    """There it would never be found, and be paid again; its own account finds it, given or current."""
    shop = omise_sandbox.client(reference_key="ref")
    error = lost(omise_sandbox, "reset_after", lambda: shop.Customer.create(email="a@example.com"))
    stored = pickle.loads(pickle.dumps(error))
    other = omise_sandbox.client(secret_api_key="skey_test_other00000000000000")

    for ask in (stored.resolve, lambda: stored.resolve(other), lambda: error.resolve(other)):
        with pytest.raises(omise.ConfigurationError, match="another key"):
            ask()
    with omise.using(shop):
        assert isinstance(stored.resolve(), omise.Done)
    assert isinstance(stored.resolve(shop), omise.Done)
    with pytest.raises(TypeError, match="got str"):
        stored.resolve("skey_test_1")


def test_a_key_that_was_replaced_is_no_obstacle(omise_sandbox: Sandbox) -> None:
    """Who knows that it is the same account says so."""
    error = pickle.loads(pickle.dumps(lost_charge(omise_sandbox)))
    error.account = "of the key before"
    with pytest.raises(omise.ConfigurationError):
        error.resolve()
    error.account = None

    assert isinstance(error.resolve(), omise.StillUnknown)


def test_the_key_of_one_call_is_used_again(omise_sandbox: Sandbox) -> None:
    """What was sent for another account is looked for there."""
    key = "skey_test_5ofonecall00000000000"
    error = lost(omise_sandbox, "reset_after", lambda: omise.WebhookSecret.create(key=key))

    assert len(error.resolve().candidates) == 1
    assert omise.WebhookSecret.list().total == 0


# Beside limits and guards


MEETINGS: dict[str, dict[str, Any]] = {
    "full": {"max_concurrency": 1},
    "full, shared": {"max_concurrency": 1, "limits_shared_by": "limits"},
    "only reading": {"readonly": True},
    "guarded, with hooks that fail": {"on_request": ZeroDivisionError, "on_response": int, "on_wait": [int, len]},
}


def strike(server: Server, *faults: Fault) -> Plan:
    """Have *faults* happen at a sandbox over HTTP."""
    plan = Plan(faults)
    server.application.faults.add(plan)
    return plan


@pytest.mark.parametrize("stored", [False, True])
@pytest.mark.parametrize("meeting", MEETINGS)
def test_what_keeps_a_client_back_does_not_keep_it_from_asking(
    sandbox_server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, meeting: str, stored: bool
) -> None:
    """Its limits, while they are full, make it wait; that it only reads is no obstacle."""
    monkeypatch.chdir(tmp_path)
    settings = {name: getattr(omise, name) for name in ("secret_api_key", "public_api_key", "api_url", "vault_url")}
    client = omise.Client(**settings, reference_key="ref", max_retries=0)
    strike(sandbox_server, Fault("reset_after", path="/customers", times=1))
    with pytest.raises(omise.OutcomeUnknown) as raised:
        client.Customer.create()
    error = pickle.loads(pickle.dumps(raised.value)) if stored else raised.value
    for name, value in MEETINGS[meeting].items():
        setattr(client.config, name, value)
    plan = strike(sandbox_server, Fault("latency", path="/balance", seconds=0.3, times=1))
    busy = threading.Thread(target=client.Balance.retrieve)
    busy.start()
    while not plan.struck[0]:
        time.sleep(0.001)
    answer = error.resolve(client)
    busy.join()

    assert answer == omise.Done(client.Customer.list()[0])


def test_a_deadline_that_the_limits_outlast_leaves_it_open(sandbox_server: Server) -> None:
    """It says why, and is asked again when there is time."""
    omise.reference_key, omise.max_retries = "ref", 0
    strike(sandbox_server, Fault("reset_after", path="/customers", times=1))
    with pytest.raises(omise.OutcomeUnknown) as raised:
        omise.Customer.create()
    omise.requests_per_second, omise.deadline = 1, 0.5
    omise.Balance.retrieve()
    first = raised.value.resolve()
    omise.requests_per_second = 0

    assert isinstance(first, omise.StillUnknown)
    assert "could not be asked: nothing was sent: it would have to wait" in first.reason
    assert raised.value.resolve() == omise.Done(omise.Customer.list()[0])


# When it is asked again


def test_work_that_is_under_way_is_waited_for(omise_sandbox: Sandbox) -> None:
    """The answer took too long: it is unknown, and found once it is there."""
    omise.reference_key = "ref"
    token = omise_sandbox.card_token()
    with (
        omise_sandbox.faults("latency", seconds=0.6, method="POST", path="/charges", times=1),
        pytest.raises(omise.OutcomeUnknown) as raised,
    ):
        omise.Charge.create(**MONEY, card=token, timeout=0.1)
    at_once, later = raised.value.resolve(), raised.value.resolve(within=10)

    assert isinstance(at_once, omise.StillUnknown)
    assert "still be at work" in at_once.reason
    assert later == omise.Done(omise.Charge.list()[0])


def test_it_waits_as_long_as_it_is_told(omise_sandbox: Sandbox) -> None:
    """And no longer: the API may still be at work then."""
    error = lost_charge(omise_sandbox, "reset_before")
    started = time.monotonic()
    answer = error.resolve(within=0.4)

    assert 0.4 <= time.monotonic() - started < 5
    assert isinstance(answer, omise.StillUnknown)


def test_what_had_its_time_was_not_done(omise_sandbox: Sandbox) -> None:
    """Once the API is taken to be done with it, the wait is over."""
    error = lost_charge(omise_sandbox, "reset_before")

    assert error.resolve(within=20, settled_after=0.3) == omise.NotDone()
    error.lost_at = datetime.now(timezone.utc) - timedelta(seconds=31)
    assert error.resolve() == omise.NotDone()


def test_an_api_that_answered_is_not_at_work(omise_sandbox: Sandbox) -> None:
    """A 500 with the API's own error object came after the work, if there was any; a gateway's came when it liked."""
    assert lost_charge(omise_sandbox, "error_before").resolve() == omise.NotDone()
    for kind in ("html_before", "unavailable_before", "reset_before"):
        assert isinstance(lost_charge(omise_sandbox, kind).resolve(), omise.StillUnknown)


def test_an_api_that_cannot_be_asked_leaves_it_open(omise_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """No exception: a job goes on with the next one; and with the time it was given, it asks again."""
    monkeypatch.setattr("omise.wire.transport.BACKOFF", 0)
    omise.reference_key = "ref"
    error = lost_charge(omise_sandbox)
    with omise_sandbox.faults("reset_before", "error_before", method="GET", times=9):
        answers = [error.resolve(), error.resolve()]
    with omise_sandbox.faults("unavailable_before", method="GET", times=4):
        answers.append(error.resolve(within=10))

    assert [answer.status for answer in answers] == ["unknown", "unknown", "done"]
    assert "could not be asked" in answers[0].reason


def test_a_refusal_of_the_question_is_raised(omise_sandbox: Sandbox) -> None:
    """It says nothing about the write, and will not change by itself."""
    error = lost_charge(omise_sandbox, "reset_before")
    omise.api_version = "1999-01-01"
    with pytest.raises(omise.APIError):
        error.resolve()
    for wrong in ({"within": -1}, {"settled_after": "soon"}, {"within": float("nan")}, {"within": True}):
        with pytest.raises(omise.ConfigurationError, match="must be seconds, 0 or more"):
            error.resolve(**wrong)


# What is believed


def test_the_token_that_was_not_used_says_it(omise_sandbox: Sandbox) -> None:
    """However many charges of the same amount others made."""
    token = omise_sandbox.card_token()
    omise.Charge.create(**MONEY, card=omise_sandbox.card_token())
    error = lost(omise_sandbox, "reset_before", lambda: omise.Charge.create(**MONEY, card=token), "/charges")

    assert error.resolve(settled_after=0) == omise.NotDone()


def test_a_source_makes_one_charge(omise_sandbox: Sandbox) -> None:
    """A charge of it is the one; without one, there is none."""
    source = omise.Source.create(**MONEY, type="promptpay")
    omise.Charge.create(**MONEY, source={"type": "promptpay"})
    before = lost(omise_sandbox, "reset_before", lambda: omise.Charge.create(**MONEY, source=source), "/charges")
    assert before.resolve(settled_after=0) == omise.NotDone()
    after = lost(omise_sandbox, "reset_after", lambda: omise.Charge.create(**MONEY, source=source), "/charges")

    assert after.resolve() == omise.Done(omise.Charge.list(order="reverse_chronological")[0])


@pytest.mark.parametrize("difference", [{"amount": 2000_00}, {"currency": "usd"}, {"card": None}])
def test_what_differs_in_what_never_changes_is_another(
    omise_sandbox: Sandbox, customer: omise.Customer, difference: dict[str, Any]
) -> None:
    """Amount, currency and customer of a charge say that it is not the one."""
    other = {**MONEY, **difference}
    payer = {"card": omise_sandbox.card_token()} if "card" in difference else {"customer": customer}
    omise.Charge.create({**other, **payer})
    error = lost(omise_sandbox, "reset_before", lambda: customer.charge(**MONEY))

    assert error.resolve(settled_after=0) == omise.NotDone()


def test_what_may_have_been_changed_since_is_no_proof(omise_sandbox: Sandbox) -> None:
    """A new customer with another address may be the one, changed by who was told of it."""
    error = lost(omise_sandbox, "reset_after", lambda: omise.Customer.create(email="a@example.com"))
    omise.Customer.list()[0].update(email="b@example.com")

    assert error.resolve(settled_after=0).status == "unknown"


def test_who_has_the_reference_of_the_user_is_it(omise_sandbox: Sandbox) -> None:
    """A value that is there stays, and is the reference; two records of one value are not told apart."""
    omise.reference_key = "order"
    error = lost_charge(omise_sandbox, metadata={"order": 7781})
    assert error.params["metadata"] == {"order": 7781}
    assert isinstance(error.resolve(), omise.Done)
    omise.Charge.create(**MONEY, card=omise_sandbox.card_token(), metadata={"order": 7781})

    answer = error.resolve()
    assert isinstance(answer, omise.StillUnknown)
    assert len(answer.candidates) == 2


def test_nothing_is_read_beyond_a_reference_that_was_made_up(omise_sandbox: Sandbox) -> None:
    """There is no other record that has it."""
    omise.reference_key = "ref"
    for _ in range(101):
        omise.Customer.create()
    error = lost(omise_sandbox, "reset_after", omise.Customer.create)
    before = len(omise_sandbox.requests)

    assert error.resolve() == omise.Done(omise.Customer.list(order="reverse_chronological")[0])
    assert len(omise_sandbox.requests) - before == 3


@pytest.mark.parametrize("changes", [{"description": "new"}, {"metadata": {"a": 1}}, {"email": None}])
def test_an_update_that_others_overwrote_is_open(
    omise_sandbox: Sandbox, customer: omise.Customer, changes: dict[str, Any]
) -> None:
    """As it was before: not changed. As it was to be: done. Anything else: nobody knows."""
    name = next(iter(changes))
    stale = omise.Customer.retrieve(customer.id)
    error = lost(omise_sandbox, "reset_before", lambda: stale.update(changes))
    assert error.resolve(settled_after=0) == omise.NotDone()
    customer.update({name: {"b": 2} if name == "metadata" else "x@example.com"})
    assert error.resolve(settled_after=0).status == "unknown"
    customer.update(changes)

    assert error.resolve() == omise.Done(customer)


def test_an_update_of_what_was_never_read_is_done_or_open(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """What it was before is not known."""
    change = {"description": "new"}
    error = lost(omise_sandbox, "reset_before", lambda: omise.request("PATCH", f"/customers/{customer.id}", **change))
    assert error.resolve(settled_after=0).status == "unknown"
    customer.update(change)

    assert error.resolve() == omise.Done(customer)


def test_what_is_written_otherwise_is_no_proof(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """The API may write what was sent in other letters: that is neither the change nor its absence."""
    error = lost(omise_sandbox, "reset_before", lambda: customer.update(email="MALI@EXAMPLE.COM"))

    assert error.resolve(settled_after=0).status == "unknown"


def test_a_capture_of_another_amount_is_another(omise_sandbox: Sandbox) -> None:
    """A charge is captured once: if it was for another amount, it was not by this write."""
    params = {**MONEY, "capture": False, "authorization_type": "pre_auth"}
    charge = omise.Charge.create(params, card=omise_sandbox.card_token())
    error = lost(omise_sandbox, "reset_before", lambda: charge.capture(capture_amount=500_00))
    omise.Charge.retrieve(charge.id).capture(capture_amount=600_00)
    assert error.resolve(settled_after=0) == omise.NotDone()
    error.params["capture_amount"] = 600_00

    assert isinstance(error.resolve(), omise.Done)


def test_what_nobody_knows_how_to_find_is_open(omise_sandbox: Sandbox) -> None:
    """A write to an address that this library does not know."""
    error = lost(omise_sandbox, "reset_after", lambda: omise.request("POST", "/chains", email="a@example.com"))

    assert error.resolve().status == "unknown"


def test_the_time_of_the_api_counts(omise_sandbox: Sandbox) -> None:
    """Records are dated by its clock, which tells in every list how late it is."""
    omise.reference_key = "ref"
    omise_sandbox.clock.advance(days=400)
    error = lost_charge(omise_sandbox)

    assert isinstance(error.resolve(), omise.Done)


def test_only_the_window_is_read(omise_sandbox: Sandbox) -> None:
    """From just before it was sent to when the API was done with it; wider where the clock is another machine's."""
    error = lost_charge(omise_sandbox)
    error.sent_at = error.lost_at = datetime.now(timezone.utc) - timedelta(days=2)
    stored = pickle.loads(pickle.dumps(error))
    for each, apart in ((error, MARGIN), (stored, CLOCKS_APART)):
        each.resolve()
        asked = omise_sandbox.requests[-1].params

        assert asked["order"] == "reverse_chronological"
        assert abs(datetime.fromisoformat(asked["from"][:19] + "+00:00") - each.sent_at + apart).seconds <= 2
        assert asked["to"] > asked["from"]


def test_the_record_is_of_the_type_that_is_expected(omise_sandbox: Sandbox, customer: omise.Customer) -> None:
    """Or the caller is told at once that it waits for another write."""
    error = lost(omise_sandbox, "reset_after", lambda: customer.update(description="new"))

    assert error.resolve(of=omise.Customer) == omise.Done(customer)
    with pytest.raises(TypeError, match="which is no Charge"):
        error.resolve(of=omise.Charge)


# Among others who write


@settings(max_examples=40)
@given(
    kind=st.sampled_from(["reset_before", "reset_after"]),
    reference=st.sampled_from([None, "ref"]),
    payer=st.sampled_from(["token", "card", "customer", "source"]),
    before=st.integers(0, 2),
    after=st.integers(0, 2),
)
def test_no_claim_is_wrong(kind: str, reference: str | None, payer: str, before: int, after: int) -> None:
    """Whoever creates the same before and after it: what is said to be it is it, and what is said not to be is not."""
    with Sandbox() as sandbox:
        customer = omise.Customer.create(card=sandbox.card()) if payer == "customer" else None
        ways: dict[str, Any] = {
            "token": lambda: {"card": sandbox.card_token()},
            "card": lambda: {"card": sandbox.card()},
            "customer": lambda: {"customer": customer},
            "source": lambda: {"source": omise.Source.create(**MONEY, type="promptpay")},
        }
        for _ in range(before):
            omise.Charge.create(**MONEY, **ways[payer]())
        omise.reference_key = reference
        mine = ways[payer]()
        error = lost(sandbox, kind, lambda: omise.Charge.create(**MONEY, **mine), "/charges")
        made = [charge.id for charge in omise.Charge.list()][before:]
        omise.reference_key = None
        for _ in range(after):
            omise.Charge.create(**MONEY, **ways[payer]())
        answer = error.resolve(settled_after=0)

    match answer:
        case omise.Done(record):
            assert [record.id] == made
        case omise.NotDone():
            assert made == []
        case omise.StillUnknown(_, candidates):
            assert reference is None
            assert before + after + len(made) > 0
            assert {*made} <= {charge.id for charge in candidates}


def test_no_claim_is_wrong_while_others_write(omise_sandbox: Sandbox) -> None:
    """Threads charge one customer the same amount at the same time: none takes another's charge for its own."""
    omise.reference_key = "ref"
    customer = omise.Customer.create(card=omise_sandbox.card())
    answers = dict[str, Any]()

    def work(number: int) -> None:
        for turn in range(12):
            try:
                customer.charge(**MONEY, description=f"{number}-{turn}")
            except omise.OutcomeUnknown as error:
                answers[f"{number}-{turn}"] = error.resolve(settled_after=0)

    with omise_sandbox.faults("reset_after", "reset_before", "cut_body", method="POST", probability=0.2):
        threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)

    made = {charge.description: charge for charge in omise.Charge.list(limit=100)}
    expected = {mark: omise.Done(made[mark]) if mark in made else omise.NotDone() for mark in answers}
    assert answers == expected
    assert {answer.status for answer in answers.values()} == {"done", "not_done"}
