"""A flow of each resource on recordings. `make record` makes the recordings anew."""

from datetime import date
from typing import Any

import pytest

import omise

pytestmark = pytest.mark.usefixtures("cassette")

CARD = {
    "name": "Somchai Prasert",
    "number": "4242424242424242",
    "expiration_month": 10,
    "expiration_year": 2035,
    "security_code": "987",
}
BANK = {"brand": "test", "number": "1234567890", "name": "Somchai Prasert"}
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


def charged(amount: int = 1000_00, **fields: Any) -> omise.Charge:
    """A charge of a fresh card."""
    return omise.Charge.create(amount=amount, currency="thb", card=CARD, **fields)


def test_account() -> None:
    """It is retrieved, changed, and reloaded."""
    account = omise.Account.retrieve().update(zero_interest_installments=True)

    assert omise.Account.retrieve().zero_interest_installments is True
    assert account.update(zero_interest_installments=False).reload().zero_interest_installments is False


def test_balance_and_transactions() -> None:
    """A charge and a refund move the balance by what their transactions say."""
    before = omise.Balance.retrieve()
    charge = charged()
    transaction = charge.transaction
    refund = charge.refund(amount=100_00)
    after = omise.Balance.retrieve()

    assert transaction is not None
    assert refund.transaction is not None
    assert after.total - before.total == transaction.amount - refund.transaction.amount
    assert omise.Transaction.retrieve(transaction).origin == charge
    assert omise.Transaction.list(order="reverse_chronological", limit=1)[0] == refund.transaction


def test_capability() -> None:
    """It tells limits, banks and ways to pay."""
    capability = omise.Capability.retrieve()

    assert capability.limits.charge_amount.min > 0
    assert "card" in [method.name for method in capability.payment_methods]
    assert capability.banks


def test_charge() -> None:
    """Paid, authorized and captured in part, reversed, declined, refused, and searched for."""
    paid = charged(description="Order 7", metadata={"order": 7})
    partly = charged(capture=False, authorization_type="pre_auth").capture(capture_amount=300_00)
    reversed_ = charged(capture=False).reverse()
    declined = omise.Charge.create(amount=1000_00, currency="thb", card={**CARD, "number": "4111111111140011"})
    paid.update(description="Order 8")
    with pytest.raises(omise.errors.FailedCaptureError):
        paid.capture()
    with pytest.raises(omise.errors.InvalidChargeError):
        charged(amount=1)

    assert (paid.paid, paid.metadata, paid.reload().description) == (True, {"order": 7}, "Order 8")
    assert (partly.captured_amount, partly.amount) == (300_00, 1000_00)
    assert (reversed_.status, declined.status, declined.failure_code) == ("reversed", "failed", "insufficient_fund")
    assert [event.key for event in paid.events] == ["charge.create", "charge.update"]


def test_customer_charge() -> None:
    """A customer's card is charged, and the charge knows whose it is."""
    customer = omise.Customer.create(email="john@example.com", card=CARD)
    charge = customer.charge(amount=1000_00, currency="thb")

    assert charge.paid
    assert charge.card == customer.default_card
    assert charge.customer is not None
    assert charge.customer.email == "john@example.com"
    assert omise.Charge.retrieve(charge.id, expand=True).customer == customer


def test_source() -> None:
    """A source is charged; its payer pays, or lets it expire."""
    source = omise.Source.create(type="promptpay", amount=500_00, currency="thb")
    paid = omise.Charge.create(amount=500_00, currency="thb", source=source).mark_as_paid()
    wallet: dict[str, Any] = {"source": {"type": "alipay_cn"}, "return_uri": "https://shop.example.com"}
    expired = omise.Charge.create(amount=500_00, currency="thb", **wallet).expire()

    assert (paid.status, source.reload().charge_status) == ("successful", "successful")
    assert (expired.status, bool(expired.authorize_uri)) == ("expired", True)


def test_refund() -> None:
    """A part, then the rest, and no more."""
    charge = charged()
    part = charge.refunds.create(amount=400_00, metadata={"why": "damaged"})
    rest = charge.refund(amount=600_00)
    with pytest.raises(omise.errors.FailedRefundError):
        charge.refund(amount=1)

    assert list(charge.refunds) == [part, rest]
    assert omise.Refund.retrieve(charge, part).metadata == {"why": "damaged"}
    assert omise.Refund.list(order="reverse_chronological", limit=1)[0] == rest
    assert charge.reload().refunded_amount == 1000_00


def test_dispute_and_document() -> None:
    """Opened, answered with a document, and accepted; the documents are locked then."""
    dispute = omise.Dispute.create(charged())
    document = dispute.documents.upload(PNG, filename="note.png", kind="proof_of_receipt")
    dispute.update(message="It was delivered.")
    with pytest.raises(omise.errors.DocumentsLockedError):
        document.destroy()

    assert omise.Document.retrieve(dispute, document).filename == "note.png"
    assert omise.Dispute.list(status="pending", order="reverse_chronological")[0] == dispute
    assert dispute.accept().status == "lost"
    assert omise.Dispute.retrieve(dispute).documents.data == [document]


def test_event() -> None:
    """What happened, with the record as it was."""
    link = omise.Link.create(amount=599_00, currency="thb", title="Cup", description="One cup")
    event = omise.Event.list(order="reverse_chronological", limit=1)[0]

    assert (event.key, event.data) == ("link.create", link)
    assert isinstance(omise.Event.retrieve(event).data, omise.Link)


def test_forex() -> None:
    """What a dollar is worth in the account's currency."""
    forex = omise.Forex.from_("usd")

    assert (forex.base, forex.quote) == ("USD", "THB")
    assert forex.rate > 1


def test_link() -> None:
    """Created, found, and closed."""
    link = omise.Link.create(amount=599_00, currency="thb", title="Cup", description="One cup", multiple=True)

    assert omise.Link.retrieve(link.id) == link
    assert (link.used, len(link.charges)) == (False, 0)
    assert link.destroy().destroyed


def test_linked_account() -> None:
    """Begun, and cut."""
    account = omise.LinkedAccount.create(type="direct_debit_kbank", return_uri="https://shop.example.com")

    assert omise.LinkedAccount.retrieve(account).status == "pending"
    assert account.destroy().destroyed


def test_recipient_and_transfer() -> None:
    """Money goes to a bank account, and another transfer is cancelled."""
    charged(amount=5000_00)
    recipient = omise.Recipient.create(name="Somchai Prasert", type="individual", bank_account=BANK).verify()
    default = omise.Recipient.list()[0]
    transfer = omise.Transfer.create(amount=1000_00, recipient=default, idemp_key="batch-7")
    again = omise.Transfer.create(amount=1000_00, recipient=default, idemp_key="batch-7")
    cancelled = omise.Transfer.create(amount=500_00, idemp_key="batch-8").update(metadata={"a": 1}).destroy()
    transfer.mark_as_sent().mark_as_paid()

    assert (again, transfer.paid, cancelled.destroyed) == (transfer, True, True)
    assert transfer.recipient == default
    assert transfer.bank_account.last_digits == default.bank_account.last_digits
    assert (recipient.verified, recipient.update(description="Courier").description) == (True, "Courier")
    assert recipient.destroy().destroyed


def test_schedule_and_occurrence() -> None:
    """A charge is repeated, and stopped."""
    customer = omise.Customer.create(card=CARD)
    build = omise.Charge.schedule(customer=customer, amount=100_00, currency="thb", description="Membership")
    schedule = build.parse("every month on the 1st and the 15th until 2099-12-31").start_date("2090-01-01").start()

    assert (schedule.start_on, schedule.on.days_of_month) == (date(2090, 1, 1), [1, 15])
    assert schedule.next_occurrences_on[:2] == build.parse("every month on the 1st and the 15th").start_date(
        "2090-01-01"
    ).next(2)
    assert list(customer.schedules) == [schedule]
    assert omise.Charge.list_schedules(order="reverse_chronological")[0] == schedule
    assert schedule.charge.customer == customer
    assert list(schedule.occurrences) == []
    assert schedule.destroy().destroyed


def test_search() -> None:
    """By text and filters, in the order asked for."""
    made = [charged(description=f"Searched {number}") for number in range(3)]
    scope = omise.Charge.search().filter(status="successful", amount=(1000, 1000)).order("reverse_chronological")

    assert scope.per_page(2).execute()[:3] == made[::-1]
    assert scope.query("nothing-like-it").execute().data == []
    with pytest.raises(omise.errors.InvalidScopeError):
        omise.Search.execute("nonsense")


def test_receipts_and_chains() -> None:
    """What a new account has none of: empty lists."""
    assert omise.Receipt.list().data == []
    assert omise.Chain.list().data == []


def test_request() -> None:
    """Any address, and a record of what came back."""
    customer = omise.request("POST", "/customers", email="john@example.com")

    assert isinstance(customer, omise.Customer)
    assert omise.request("GET", f"/customers/{customer.id}").email == "john@example.com"
    with pytest.raises(omise.errors.ServiceNotFoundError):
        omise.request("GET", "/nowhere")
