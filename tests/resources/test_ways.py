"""Every verb that writes, its answer lost before the work and after it: what became of it is found, or left open."""

import inspect
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import pytest

import omise
from omise.records.resource import Resource
from omise.resources.scheduler import Scheduler
from omise.resources.ways import WAYS, way_of
from omise.sandbox import Sandbox

PAGE = "https://shop.example.com/back"
BANK_ACCOUNT = {"brand": "test", "number": "1234567890", "name": "Somchai Example"}
MONEY = {"amount": 1000_00, "currency": "thb"}
PLAN = {"every": 1, "period": "day", "end_date": "2040-01-01"}

Write = Callable[[], Any]


class Case(NamedTuple):
    """A verb: how to come to call it, which request is lost, and what there is to be found."""

    set_up: Callable[[Sandbox], Write]
    request: str
    found: type[omise.Resource]
    sure: bool = True
    """Whether it can be told from what others may do, without a reference."""
    referable: bool = False


def charge(sandbox: Sandbox, **params: Any) -> omise.Charge:
    return omise.Charge.create(**MONEY, card=sandbox.card_token(), **params)


def pending(sandbox: Sandbox) -> omise.Charge:
    return omise.Charge.create(**MONEY, source={"type": "bill_payment_tesco_lotus"})


def redirected(sandbox: Sandbox) -> omise.Charge:
    return omise.Charge.create(**MONEY, source={"type": "alipay_cn"}, return_uri=PAGE)


def customer(sandbox: Sandbox) -> omise.Customer:
    return omise.Customer.create(email="mali@example.com", card=sandbox.card_token())


def dispute(sandbox: Sandbox) -> omise.Dispute:
    return omise.Dispute.create(charge(sandbox))


def document(sandbox: Sandbox) -> omise.Document:
    return dispute(sandbox).documents.upload(b"%PDF-1.7\n")


def new_recipient(sandbox: Sandbox) -> Write:
    return partial(omise.Recipient.create, name="Somchai", type="individual", bank_account=BANK_ACCOUNT)


def recipient(sandbox: Sandbox) -> omise.Recipient:
    return omise.Recipient.create(name="Somchai", type="individual", bank_account=BANK_ACCOUNT)


def transfer(sandbox: Sandbox) -> omise.Transfer:
    charge(sandbox)
    return omise.Transfer.create(amount=50_00)


def sent(sandbox: Sandbox) -> omise.Transfer:
    return transfer(sandbox).mark_as_sent()


def link(sandbox: Sandbox) -> omise.Link:
    return omise.Link.create(**MONEY, title="T", description="D")


def linked_account(sandbox: Sandbox) -> omise.LinkedAccount:
    return omise.LinkedAccount.create(type="direct_debit_kbank", return_uri=PAGE)


def scheduler(sandbox: Sandbox) -> Scheduler:
    return omise.Charge.schedule(**MONEY, customer=customer(sandbox)).every(2).days().end_date("2040-01-01")


def schedule(sandbox: Sandbox) -> omise.Schedule:
    return scheduler(sandbox).start()


def chain(sandbox: Sandbox) -> omise.Chain:
    made: omise.Chain = omise.request("POST", "/chains", email="sub@example.com")
    return made


def verb(make: Callable[[Sandbox], Any], name: str, /, *args: Any, **params: Any) -> Callable[[Sandbox], Write]:
    """Set up by making a record, to call its verb."""
    return lambda sandbox: partial(getattr(make(sandbox), name), *args, **params)


def creation(cls: Any, **params: Any) -> Callable[[Sandbox], Write]:
    return lambda sandbox: partial(cls.create, **params)


def saving(cls: Any, **params: Any) -> Callable[[Sandbox], Write]:
    return lambda sandbox: cls(**params).save


CASES = {
    "Account.save": Case(
        verb(lambda _: omise.Account.retrieve(), "save", webhook_uri=PAGE), "PATCH /account", omise.Account
    ),
    "Account.update": Case(
        verb(lambda _: omise.Account.retrieve(), "update", chain_enabled=True), "PATCH /account", omise.Account
    ),
    "Card.destroy": Case(
        verb(lambda sandbox: customer(sandbox).cards[0], "destroy"), "DELETE /customers/*/cards/*", omise.Card
    ),
    "Card.save": Case(
        verb(lambda sandbox: customer(sandbox).cards[0], "save", name="Mali D."),
        "PATCH /customers/*/cards/*",
        omise.Card,
    ),
    "Card.update": Case(
        verb(lambda sandbox: customer(sandbox).cards[0], "update", expiration_year=2040),
        "PATCH /customers/*/cards/*",
        omise.Card,
    ),
    "CardList.create": Case(
        lambda sandbox: partial(customer(sandbox).cards.create, sandbox.card_token("5555555555554444")),
        "PATCH /customers/*",
        omise.Card,
    ),
    "Chain.revoke": Case(verb(chain, "revoke"), "POST /chains/*/revoke", omise.Chain),
    "Charge.capture": Case(verb(partial(charge, capture=False), "capture"), "POST /charges/*/capture", omise.Charge),
    "Charge.create": Case(
        lambda sandbox: partial(omise.Charge.create, **MONEY, card=sandbox.card()), "POST /charges", omise.Charge
    ),
    "Charge.expire": Case(verb(redirected, "expire"), "POST /charges/*/expire", omise.Charge),
    "Charge.mark_as_failed": Case(verb(pending, "mark_as_failed"), "POST /charges/*/mark_as_failed", omise.Charge),
    "Charge.mark_as_paid": Case(verb(pending, "mark_as_paid"), "POST /charges/*/mark_as_paid", omise.Charge),
    "Charge.refund": Case(
        verb(charge, "refund", amount=100), "POST /charges/*/refunds", omise.Refund, sure=False, referable=True
    ),
    "Charge.reverse": Case(verb(partial(charge, capture=False), "reverse"), "POST /charges/*/reverse", omise.Charge),
    "Charge.save": Case(verb(charge, "save", description="new"), "PATCH /charges/*", omise.Charge),
    "Charge.update": Case(verb(charge, "update", metadata={"order": 7}), "PATCH /charges/*", omise.Charge),
    "Customer.charge": Case(
        verb(customer, "charge", **MONEY), "POST /charges", omise.Charge, sure=False, referable=True
    ),
    "Customer.create": Case(
        creation(omise.Customer, email="mali@example.com"),
        "POST /customers",
        omise.Customer,
        sure=False,
        referable=True,
    ),
    "Customer.destroy": Case(verb(customer, "destroy"), "DELETE /customers/*", omise.Customer),
    "Customer.save": Case(
        saving(omise.Customer, email="mali@example.com"), "POST /customers", omise.Customer, sure=False, referable=True
    ),
    "Customer.update": Case(verb(customer, "update", description="new"), "PATCH /customers/*", omise.Customer),
    "Dispute.accept": Case(verb(dispute, "accept"), "PATCH /disputes/*/accept", omise.Dispute),
    "Dispute.close": Case(verb(dispute, "close", status="won"), "PATCH /disputes/*/close", omise.Dispute),
    "Dispute.create": Case(
        lambda sandbox: partial(omise.Dispute.create, charge(sandbox)), "POST /charges/*/disputes", omise.Dispute
    ),
    "Dispute.save": Case(verb(dispute, "save", metadata={"a": 1}), "PATCH /disputes/*", omise.Dispute),
    "Dispute.update": Case(verb(dispute, "update", message="It was sent."), "PATCH /disputes/*", omise.Dispute),
    "Dispute.upload_document": Case(
        verb(dispute, "upload_document", b"%PDF-1.7\n"), "POST /disputes/*/documents", omise.Document, sure=False
    ),
    "Document.destroy": Case(verb(document, "destroy"), "DELETE /disputes/*/documents/*", omise.Document),
    "DocumentList.upload": Case(
        verb(lambda sandbox: dispute(sandbox).documents, "upload", b"%PDF-1.7\n"),
        "POST /disputes/*/documents",
        omise.Document,
        sure=False,
    ),
    "Link.create": Case(
        creation(omise.Link, **MONEY, title="T", description="D"), "POST /links", omise.Link, sure=False
    ),
    "Link.destroy": Case(verb(link, "destroy"), "DELETE /links/*", omise.Link),
    "Link.save": Case(saving(omise.Link, **MONEY, title="T", description="D"), "POST /links", omise.Link, sure=False),
    "LinkedAccount.create": Case(
        creation(omise.LinkedAccount, type="direct_debit_kbank", return_uri=PAGE),
        "POST /linked_accounts",
        omise.LinkedAccount,
        sure=False,
        referable=True,
    ),
    "LinkedAccount.destroy": Case(verb(linked_account, "destroy"), "DELETE /linked_accounts/*", omise.LinkedAccount),
    "LinkedAccount.save": Case(
        saving(omise.LinkedAccount, type="direct_debit_kbank", return_uri=PAGE),
        "POST /linked_accounts",
        omise.LinkedAccount,
        sure=False,
        referable=True,
    ),
    "Recipient.create": Case(
        new_recipient,
        "POST /recipients",
        omise.Recipient,
        sure=False,
        referable=True,
    ),
    "Recipient.destroy": Case(verb(recipient, "destroy"), "DELETE /recipients/*", omise.Recipient),
    "Recipient.save": Case(verb(recipient, "save", name="Somsri"), "PATCH /recipients/*", omise.Recipient),
    "Recipient.update": Case(verb(recipient, "update", email="a@example.com"), "PATCH /recipients/*", omise.Recipient),
    "Recipient.verify": Case(verb(recipient, "verify"), "PATCH /recipients/*/verify", omise.Recipient),
    "RefundList.create": Case(
        verb(lambda sandbox: charge(sandbox).refunds, "create", amount=100),
        "POST /charges/*/refunds",
        omise.Refund,
        sure=False,
        referable=True,
    ),
    "Schedule.create": Case(
        lambda sandbox: partial(omise.Schedule.create, **PLAN, charge={**MONEY, "customer": customer(sandbox).id}),
        "POST /schedules",
        omise.Schedule,
        sure=False,
    ),
    "Schedule.destroy": Case(verb(schedule, "destroy"), "DELETE /schedules/*", omise.Schedule),
    "Schedule.save": Case(
        lambda sandbox: omise.Schedule(**PLAN, charge={**MONEY, "customer": customer(sandbox).id}).save,
        "POST /schedules",
        omise.Schedule,
        sure=False,
    ),
    "Scheduler.start": Case(verb(scheduler, "start"), "POST /schedules", omise.Schedule, sure=False),
    "SubMerchant.create": Case(
        creation(omise.SubMerchant, name="Branch"), "POST /sub_merchants", omise.SubMerchant, sure=False
    ),
    "SubMerchant.save": Case(
        saving(omise.SubMerchant, name="Branch"), "POST /sub_merchants", omise.SubMerchant, sure=False
    ),
    "Transfer.create": Case(
        lambda sandbox: partial(omise.Transfer.create, amount=50_00 if charge(sandbox) else 0),
        "POST /transfers",
        omise.Transfer,
        sure=False,
        referable=True,
    ),
    "Transfer.destroy": Case(verb(transfer, "destroy"), "DELETE /transfers/*", omise.Transfer),
    "Transfer.mark_as_paid": Case(verb(sent, "mark_as_paid"), "POST /transfers/*/mark_as_paid", omise.Transfer),
    "Transfer.mark_as_sent": Case(verb(transfer, "mark_as_sent"), "POST /transfers/*/mark_as_sent", omise.Transfer),
    "Transfer.save": Case(verb(transfer, "save", amount=60_00), "PATCH /transfers/*", omise.Transfer),
    "Transfer.update": Case(verb(transfer, "update", metadata={"a": "b"}), "PATCH /transfers/*", omise.Transfer),
    "WebhookSecret.create": Case(
        creation(omise.WebhookSecret), "POST /webhooks/secrets", omise.WebhookSecret, sure=False
    ),
    "WebhookSecret.destroy": Case(
        verb(lambda _: omise.WebhookSecret.create(), "destroy"), "DELETE /webhooks/secrets/*", omise.WebhookSecret
    ),
    "WebhookSecret.save": Case(saving(omise.WebhookSecret), "POST /webhooks/secrets", omise.WebhookSecret, sure=False),
}

HARMLESS = {f"{name}.{verb}" for name in ("CheckoutSession", "Source", "Token") for verb in ("create", "save")}
"""What nobody can use without knowing of it is made again instead."""


def writing_verbs() -> set[str]:
    """Every verb of every class that is marked as one that writes."""
    classes = [cls for name in omise.__all__ if inspect.isclass(cls := getattr(omise, name))]
    return {
        f"{cls.__name__}.{name}"
        for cls in classes
        if issubclass(cls, (Resource, Scheduler))
        for name in dir(cls)
        if not name.startswith("_") and getattr(getattr(cls, name, None), "alters_data", False)
    }


def lose(sandbox: Sandbox, case: Case, kind: str) -> omise.OutcomeUnknown:
    """Call the verb, lose every answer to the request that writes, and return what is raised."""
    write = case.set_up(sandbox)
    method, path = case.request.split()
    with sandbox.faults(kind, method=method, path=path), pytest.raises(omise.OutcomeUnknown) as lost:
        write()
    return lost.value


def strangers(answer: Any) -> list[omise.Resource]:
    """The candidates, but for the account's own recipient, which is as new as the account."""
    return [record for record in answer.candidates if record.attributes.get("default") is not True]


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No pause before a request is repeated."""
    monkeypatch.setattr("omise.wire.transport.BACKOFF", 0)


def test_every_verb_that_writes_is_in_the_table() -> None:
    """A new one is to be found again too."""
    assert writing_verbs() == CASES.keys() | HARMLESS


def test_every_way_is_that_of_a_verb() -> None:
    """None is without a test, and each path leads to its own way alone."""
    requests = {tuple(case.request.replace("*", "{}").split()) for case in CASES.values()}

    assert requests == WAYS.keys()
    for method, template in WAYS:
        path = template.replace("{}", "id_1")
        assert way_of(method, path) == (WAYS[method, template], ("id_1",) * template.count("{}"))
    assert way_of("POST", "/inventions") is None


@pytest.mark.parametrize("name", CASES)
def test_what_was_done_is_found(omise_sandbox: Sandbox, name: str) -> None:
    """Lost after the work: the record is found, or it is among the candidates where others could have made the same."""
    case = CASES[name]

    answer = lose(omise_sandbox, case, "reset_after").resolve(of=case.found)

    if case.sure:
        assert isinstance(answer, omise.Done)
        assert type(answer.record) is case.found
    else:
        assert isinstance(answer, omise.StillUnknown)
        assert [type(record) for record in strangers(answer)] == [case.found]


@pytest.mark.parametrize("name", [name for name in CASES if CASES[name].referable])
def test_what_was_done_is_found_by_its_reference(omise_sandbox: Sandbox, name: str) -> None:
    """With `omise.reference_key` there is no doubt."""
    omise.reference_key = "ref"

    error = lose(omise_sandbox, CASES[name], "reset_after")
    answer = error.resolve(of=CASES[name].found)

    assert isinstance(answer, omise.Done)
    assert answer.record["metadata"]["ref"] == error.params["metadata"]["ref"]


@pytest.mark.parametrize("referable", [False, True])
@pytest.mark.parametrize("name", CASES)
def test_what_was_not_done_is_not_claimed(omise_sandbox: Sandbox, name: str, referable: bool) -> None:
    """Lost before the work: unknown as long as the API may be at work, then it is known that it was not done."""
    omise.reference_key = "ref" if referable else None

    error = lose(omise_sandbox, CASES[name], "reset_before")

    assert isinstance(error.resolve(), omise.StillUnknown)
    answer = error.resolve(settled_after=0)
    assert answer == omise.NotDone() or (name == "Recipient.create" and strangers(answer) == [])


@pytest.mark.parametrize("name", ["Source.create", "Token.create", "CheckoutSession.create"])
def test_what_is_harmless_is_made_again(omise_sandbox: Sandbox, name: str) -> None:
    """There is nothing to find out: it is repeated, and there if one answer comes."""
    params: dict[str, Any] = {
        "Source.create": {**MONEY, "type": "promptpay"},
        "Token.create": {"card": omise_sandbox.card()},
        "CheckoutSession.create": {**MONEY, "redirect_urls": {"complete_url": PAGE, "cancel_url": PAGE}},
    }[name]
    make = getattr(omise, name.split(".")[0]).create
    with omise_sandbox.faults("reset_after", method="POST", times=1):
        made = make(**params)
    with omise_sandbox.faults("reset_after", method="POST"), pytest.raises(omise.APIConnectionError):
        make(**params)

    assert made.id


def test_a_transfer_can_be_sent_again_with_its_own_key(omise_sandbox: Sandbox) -> None:
    """It is one transfer then; the answer that leaves it open says so."""
    error = lose(omise_sandbox, CASES["Transfer.create"], "reset_after")
    answer = error.resolve()
    assert isinstance(answer, omise.StillUnknown)
    assert "same idemp_key" in answer.reason

    assert omise.Transfer.create(error.params) == answer.candidates[0]
    assert omise.Transfer.list().total == 1


def test_a_card_that_was_added_is_found_by_its_token(omise_sandbox: Sandbox) -> None:
    """As data, or as a `Token`, its card is known; of a token's id alone nobody knows, once it is used."""
    kept, token = customer(omise_sandbox), omise.Token.create(card=omise_sandbox.card())
    cards: list[Any] = [omise_sandbox.card(), token, omise_sandbox.card_token()]
    answers = []
    for card in cards:
        with omise_sandbox.faults("reset_after", method="PATCH"), pytest.raises(omise.OutcomeUnknown) as lost:
            kept.update(card=card)
        answers.append(lost.value.resolve())

    assert [answer.status for answer in answers] == ["done", "done", "unknown"]
    assert answers[0].record == answers[1].record == kept
