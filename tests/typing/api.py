"""What type checkers see of the API. Checked by `mypy --strict`, never run; each ignore is an error that it finds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

from typing_extensions import Unpack, assert_type

import omise
from omise.resources.bank_account import BankAccountData
from omise.resources.charge import ChargeCreate
from omise.resources.checkout_session import RedirectURLs
from omise.resources.event import EventData

client = omise.Client(secret_api_key="skey_test_1", timeout=(5, 30))

# Verbs of the class give records of the class, bound or not.
customer = omise.Customer.create(email="john@example.com", metadata={"a": 1})
assert_type(customer, omise.Customer)
assert_type(omise.Customer.create({"email": "john@example.com"}), omise.Customer)
assert_type(omise.Customer.retrieve("cust_1", expand=True), omise.Customer)
assert_type(client.Customer.retrieve(customer), omise.Customer)
assert_type(client.Customer.list(limit=5)[0], omise.Customer)
assert_type(omise.Card.retrieve(customer, "card_1"), omise.Card)
assert_type(
    omise.Token.create(number="4242424242424242", name="Somchai", expiration_month=10, expiration_year=2035),
    omise.Token,
)
assert_type(omise.Customer.from_data({}), omise.Customer)
assert_type(omise.Customer(email="a@b.co").save(), omise.Customer)

# Money is an amount, and brings its currency.
money = omise.Money("100.50", "THB")
assert_type(money.subunits, int)
assert_type(money + money, omise.Money)
assert_type(omise.Money.from_subunits(10050, "THB"), omise.Money)
assert_type(omise.Charge.create(amount=money, card="tokn_1"), omise.Charge)
assert_type(omise.Charge.create(amount=money, currency="thb", customer="cust_1"), omise.Charge)
assert_type(customer.charge(amount=money, capture=False), omise.Charge)
assert_type(omise.Link.create(amount=money, title="Cup", description="One"), omise.Link)
assert_type(omise.Source.create(amount=money, type="promptpay"), omise.Source)
assert_type(omise.Charge.retrieve("chrg_1").refund(amount=money).money, omise.Money)
assert_type(omise.Charge.retrieve("chrg_1").money_of("fee"), omise.Money | None)
assert_type(omise.Transfer.create(amount=money).update(amount=money).money, omise.Money)
omise.Money(1.5, "THB")  # type: ignore[arg-type]
print(money < 5)  # type: ignore[operator]

# Verbs of a record give the record.
assert_type(customer.update(description=None), omise.Customer)
assert_type(customer.reload(), omise.Customer)
assert_type(customer.destroy(), omise.Customer)
assert_type(customer.destroyed, bool)

# Fields are what reading gives.
assert_type(customer.email, str | None)
assert_type(customer.created_at, datetime)
assert_type(customer.metadata, dict[str, Any])
assert_type(customer.attributes, Mapping[str, Any])
assert_type(customer.changes, dict[str, Any])
assert_type(customer["newer"], Any)
assert_type(omise.Customer.list().to_dicts(), list[dict[str, Any]])
assert_type(omise.json_default(customer), Any)
customer.email = "new@example.com"
customer.email = 7  # type: ignore[assignment]
print(customer.emial)  # type: ignore[attr-defined]
customer.emial = "x"  # type: ignore[attr-defined]
customer.destory()  # type: ignore[attr-defined]
omise.Customer.creat()  # type: ignore[attr-defined]
omise.Token.list()  # type: ignore[attr-defined]
print(client.Custmer)  # type: ignore[attr-defined]
print(omise.secret_key)  # type: ignore[attr-defined]

# Associations.
assert_type(customer.default_card, omise.Card | None)
customer.default_card = customer.cards[0]
customer.default_card = "card_1"
customer.default_card = None
customer.default_card = customer  # type: ignore[assignment]
print(customer.default_card.last_digits)  # type: ignore[union-attr]
assert_type(customer.cards, omise.CardList)
assert_type(customer.cards(limit=1), omise.CardList)
assert_type(customer.cards.create("tokn_1", key="skey_test_2"), omise.Card)
assert_type(customer.cards.retrieve("card_1"), omise.Card)
assert_type(omise.Token.retrieve("tokn_1").card, omise.Card | None)
redirect_urls: RedirectURLs = {"complete_url": "https://shop.example.com"}
session = omise.CheckoutSession.create(amount=100_00, currency="thb", redirect_urls=redirect_urls)
assert_type(session.payments[0].charge, omise.Charge | None)

# Lists.
customers = omise.Customer.list(limit=20)
assert_type(customers, omise.List[omise.Customer])
for each in customers:
    assert_type(each, omise.Customer)
for each in client.Customer.list():
    assert_type(each, omise.Customer)
for card in customer.cards:
    assert_type(card, omise.Card)
assert_type(customers[0], omise.Customer)
assert_type(customers[1:3], list[omise.Customer])
assert_type(customers["total"], Any)
assert_type(customers.data, list[omise.Customer])
assert_type(customers.last, omise.Customer | None)
assert_type(customers.next_page(), omise.List[omise.Customer] | None)
assert_type(customers.total, int)
assert_type([each.email for each in reversed(customers)], list[str | None])

# Settings.
with omise.using(client) as current:
    assert_type(current, omise.Client)
assert_type(omise.secret_api_key, str | None)
omise.secret_api_key = 7  # type: ignore[assignment]
omise.Client(secret_key="skey_test_1")  # type: ignore[call-arg]

# Every resource: its verbs, and what they give.
charge = omise.Charge.create(amount=100_00, currency="thb", customer=customer)
assert_type(charge, omise.Charge)
assert_type(charge.capture(capture_amount=50_00), omise.Charge)
assert_type(charge.reverse(), omise.Charge)
assert_type(charge.expire(), omise.Charge)
assert_type(charge.mark_as_paid(), omise.Charge)
assert_type(charge.refund(amount=10_00), omise.Refund)
assert_type(charge.refunds, omise.RefundList)
assert_type(charge.refunds.create(amount=10_00), omise.Refund)
assert_type(charge.refunds.retrieve("rfnd_1"), omise.Refund)
assert_type(charge.events, omise.List[omise.Event])
assert_type(charge.customer, omise.Customer | None)
assert_type(charge.link, omise.Link | None)
assert_type(charge.transaction, omise.Transaction | None)
assert_type(charge.schedule, omise.Schedule | None)
assert_type(charge.card, omise.Card | None)
assert_type(charge.source, omise.Source | None)
assert_type(charge.dispute, omise.Dispute | None)
assert_type(charge.amount, int)
assert_type(charge.paid_at, datetime | None)
assert_type(charge["capture"], Any)
charge.customer = customer
charge.customer = charge  # type: ignore[assignment]
print(charge.amuont)  # type: ignore[attr-defined]
charge.destroy()  # type: ignore[attr-defined]

assert_type(customer.charge(amount=100_00, currency="thb"), omise.Charge)
assert_type(customer.schedules, omise.List[omise.Schedule])
assert_type(customer.linked_accounts, omise.List[omise.LinkedAccount])

assert_type(omise.Account.retrieve().update(chain_enabled=True), omise.Account)
assert_type(omise.Balance.retrieve().reload().total, int)
assert_type(omise.Capability.retrieve().payment_methods, list[omise.PaymentMethod])
assert_type(omise.Chain.retrieve("acch_1").revoke(), omise.Chain)
dispute = omise.Dispute.create(charge)
assert_type(dispute, omise.Dispute)
assert_type(omise.Dispute.list(status="open"), omise.List[omise.Dispute])
assert_type(dispute.accept(), omise.Dispute)
assert_type(dispute.charge, omise.Charge | None)
assert_type(dispute.documents.upload(b"%PDF", filename="a.pdf"), omise.Document)
assert_type(dispute.transactions, list[omise.Transaction])
assert_type(omise.Document.retrieve(dispute, "docu_1").destroy(), omise.Document)
assert_type(omise.Event.list()[0].webhook_deliveries, list[omise.WebhookDelivery])
assert_type(omise.Forex.from_("usd").rate, float)
assert_type(omise.Integration.retrieve("integration_1").secret_key, str)
link = omise.Link.create(amount=100_00, currency="thb", title="Cup", description="One")
assert_type(link.charges, omise.ChargeList)
assert_type(link.charges[0], omise.Charge)
assert_type(link.charges.retrieve("chrg_1"), omise.Charge)
assert_type(omise.LinkedAccount.list(), omise.List[omise.LinkedAccount])
occurrence = omise.Occurrence.retrieve("occu_1")
assert_type(occurrence.scheduled_on, date)
assert_type(occurrence.schedule, omise.Schedule | None)
assert_type(occurrence.result, omise.Charge | omise.Transfer | None)
assert_type(
    omise.Transaction.list()[0].origin,
    omise.Charge | omise.Dispute | omise.Receipt | omise.Refund | omise.Transfer | None,
)
assert_type(omise.Receipt.list()[0].issued_on, date)
bank_account: BankAccountData = {"name": "Somchai", "number": "1234567890", "brand": "scb"}
recipient = omise.Recipient.create(name="Somchai", type="individual", bank_account=bank_account)
assert_type(recipient.verify().bank_account, omise.BankAccount)
assert_type(recipient.schedules, omise.List[omise.Schedule])
assert_type(omise.Refund.list()[0].charge, omise.Charge | None)
assert_type(omise.Source.create(type="promptpay", amount=1, currency="thb"), omise.Source)
assert_type(omise.SubMerchant.create(name="Keiko"), omise.SubMerchant)
assert_type(omise.Transfer.create(amount=100_00).mark_as_sent().mark_as_paid(), omise.Transfer)
assert_type(omise.Transfer.create().recipient, omise.Recipient | None)
assert_type(omise.WebhookSecret.create().destroy(), omise.WebhookSecret)
omise.Transaction.create()  # type: ignore[attr-defined]
link.update(title="x")  # type: ignore[attr-defined]

# Schedules, searches, webhooks, any address.
builder = omise.Charge.schedule(customer=customer, amount=100_00, currency="thb")
assert_type(builder, omise.Scheduler)
assert_type(builder.every(2).weeks(on="monday").end_date("2099-12-31").start(), omise.Schedule)
assert_type(builder.next(3), list[date])
assert_type(builder.start().charge, omise.ScheduledCharge)
assert_type(builder.start().charge.card, omise.Card | None)
assert_type(builder.start().occurrences, omise.OccurrenceList)
assert_type(builder.start().next_occurrences_on, list[date])
assert_type(omise.Transfer.list_schedules(), omise.List[omise.Schedule])
assert_type(omise.Charge.search().filter(amount=(1000, None)).query("x"), omise.SearchScope[omise.Charge])
assert_type(omise.Charge.search().execute(), omise.Search[omise.Charge])
assert_type(client.Customer.search().execute()[0], omise.Customer)
assert_type(next(iter(omise.Charge.search())), omise.Charge)
assert_type(omise.Search.execute(omise.Charge.search(), query="x"), omise.Search[omise.Charge])
assert_type(omise.Search.execute("charge", query="x"), omise.Search[Any])
assert_type(omise.Webhook.construct_event(b"", {}, "secret"), omise.Event)
assert_type(omise.request("GET", "/new-thing", limit=1), Any)
assert_type(client.request("GET", "/new-thing"), Any)
assert_type(client.Charge.create(amount=1, currency="thb"), omise.Charge)


# Parameters: a user's own helper takes what a verb takes; what is newer than the types goes into a dict.
def charge_monthly(**params: Unpack[ChargeCreate]) -> omise.Charge:
    return omise.Charge.create(**params)


assert_type(charge_monthly(amount=100_00, currency="thb", customer=customer), omise.Charge)
assert_type(omise.Charge.create({"amount": 100_00, "currency": "thb", "newer": 1}), omise.Charge)
assert_type(omise.Charge.create(amount=1, currency="xyz", card="tokn_1", key="skey_test_2", timeout=5), omise.Charge)
assert_type(omise.Charge.create(amount=1, currency="thb", source={"type": "promptpay"}), omise.Charge)
assert_type(
    omise.Charge.create(amount=1, currency="thb", source={"type": "newer"}, expires_at=date.today()), omise.Charge
)
assert_type(customer.update({"newer": 1}, description="x"), omise.Customer)
assert_type(customer.update(card=omise.Token.retrieve("tokn_1"), default_card=customer.cards[0]), omise.Customer)
assert_type(omise.Charge.list(limit=5, from_=date.today(), order="reverse_chronological"), omise.List[omise.Charge])
assert_type(dispute.documents.upload(b"%PDF", kind="proof_of_receipt"), omise.Document)
assert_type(omise.Transfer.schedule(recipient=recipient, percentage_of_balance=5), omise.Scheduler)

# Words, parts, and what is one of several.
assert_type(charge.status, Literal["pending", "successful", "failed", "expired", "reversed"])
assert_type(charge.transaction_fees.fee_rate, str)
source = charge.source
assert source is not None
assert source.scannable_code is not None
assert_type(source.scannable_code.image.download_uri, str | None)
assert_type(source.flow, Literal["redirect", "app_redirect", "offline"])
assert_type(source.items[0].sku, str)
assert_type(omise.Capability.retrieve().limits.charge_amount.min, int)
assert_type(omise.Capability.retrieve().payment_methods[0].banks[0].code, str)
assert_type(omise.Account.retrieve().transfer_config.fee, str)
assert_type(builder.start().on.days_of_month, list[int])
event = omise.Event.retrieve("evnt_1")
data: EventData = event.data
if isinstance(event.data, omise.Charge):
    assert_type(event.data.status, Literal["pending", "successful", "failed", "expired", "reversed"])
everything: omise.List[omise.Resource] = customers

# What became of a write whose answer was lost: three answers, by match and by status.
try:
    customer.charge(amount=100, currency="thb")
except omise.OutcomeUnknown as error:
    assert_type(error.resolve(), omise.Done[Any] | omise.NotDone | omise.StillUnknown[Any])
    answer = error.resolve(client, of=omise.Charge, within=30, settled_after=10)
    assert_type(answer, omise.Done[omise.Charge] | omise.NotDone | omise.StillUnknown[omise.Charge])
    resolved: omise.Resolved[omise.Charge] = answer
    match answer:
        case omise.Done(record):
            assert_type(record, omise.Charge)
        case omise.NotDone():
            assert_type(answer, omise.NotDone)
        case omise.StillUnknown(reason, candidates):
            assert_type(reason, str)
            assert_type(candidates, tuple[omise.Charge, ...])
    if answer.status == "done":
        assert_type(answer.record, omise.Charge)
    elif answer.status == "unknown":
        assert_type(answer.candidates, tuple[omise.Charge, ...])
    else:
        assert_type(answer, omise.NotDone)
    print(answer.record)  # type: ignore[union-attr]
    error.resolve(within="30")  # type: ignore[call-overload]
    assert_type(error.known, Mapping[str, Any] | None)
assert_type(omise.reference_key, str | None)

# Limits, hooks and guards.


def count(info: omise.RequestInfo) -> None:
    assert_type(info.route, str)
    assert_type(info.status, int | None)


omise.on_response = count
omise.on_wait = [count, print]
omise.on_wait = None
omise.readonly = True
assert_type(omise.max_concurrency, int)
omise.Client(on_retry=count, on_request=[count], max_concurrency=None, requests_per_second=0.5, limits_shared_by="l")
omise.Client(on_retry=7)  # type: ignore[arg-type]
omise.telemetry.request_hook(None, None)
