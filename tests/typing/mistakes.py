"""The application of a user who mistypes: a checker reports each line that is marked, and no other. Never run."""

from __future__ import annotations

from datetime import date

import omise
from omise.resources.card import CardData


def sign_up(email: str, card: CardData) -> omise.Customer:
    omise.Customer.create(emial=email, card=card)  # mistake: a parameter that there is not
    customer = omise.Customer.create(email=email, card=card)
    customer.update(description=7)  # mistake: text is wanted
    customer.update(default_card=customer)  # mistake: a card is wanted
    customer.save(metdata={"tier": "gold"})  # mistake: of what save sends
    return customer


def remember(customer: omise.Customer) -> omise.Card:
    customer.cards.create({"numbr": "4242424242424242"})  # mistake: in an object
    customer.cards.create("tokn_test_1", timeout="5s")  # mistake: seconds are a number
    omise.Card.retrieve("card_test_1")  # mistake: it is kept under a customer
    return customer.cards.create("tokn_test_1", timeout=5)


def pay(customer: omise.Customer, card: CardData) -> omise.Charge:
    omise.Charge.create(amount=100_00, customer=customer)  # mistake: the currency is missing
    omise.Charge.create(amount="100.50", currency="thb", customer=customer)  # mistake: a whole number is wanted
    omise.Charge.create(amount=100_00, currency="thb", costumer=customer)  # mistake: a parameter that there is not
    omise.Charge.create(amount=100_00, currency="thb", source={"typ": "promptpay"})  # mistake: in an object
    omise.Charge.create(amount=100_00, currency="thb", card=customer)  # mistake: a customer is no card
    omise.Token.create(number="4242424242424242", expiration_month=10, name="A")  # mistake: the year is missing
    customer.charge(amount=100_00, curency="thb")  # mistake: a parameter that there is not
    return omise.Charge.create(amount=100_00, currency="thb", card=card)


def settle(charge: omise.Charge) -> omise.Refund | None:
    print(charge.status == "sucessful")  # mistake: a status that there is not
    charge.refund(amout=100_00)  # mistake: a parameter that there is not
    charge.capture(capture_amount=10.5)  # mistake: a whole number is wanted
    print(charge.source and charge.source.flow == "ofline")  # mistake: a flow that there is not
    print(charge.source.type)  # mistake: a charge by card has no source
    return charge.refund(amount=100_00) if charge.status == "successful" else None


def pay_out(recipient: omise.Recipient) -> omise.Transfer:
    omise.Recipient.create(name="A", type="individual", bank_account={"name": "A"})  # mistake: the number is missing
    omise.Transfer.create(recipient=recipient, fail_fast="yes")  # mistake: a boolean is wanted
    omise.Transfer.schedule(recipient=recipient, percentage="5")  # mistake: a parameter that there is not
    return omise.Transfer.create(amount=100_00, recipient=recipient)


def look(yesterday: date) -> None:
    omise.Charge.list(limt=5)  # mistake: a parameter that there is not
    omise.Charge.list(from_=5)  # mistake: a day is wanted
    omise.Charge.retrieve(omise.Balance.retrieve())  # mistake: another resource
    omise.Charge.search().per_page("30")  # mistake: a whole number is wanted
    for charge in omise.Charge.search().filter(status="failed"):
        print(charge.failure_mesage)  # mistake: a field that there is not
    for dispute in omise.Dispute.list(status="lost"):  # mistake: lists are by open, pending and closed
        dispute.close(status="loose")  # mistake: an outcome that there is not
    print(omise.Capability.retrieve().limits.charge_amout)  # mistake: a field that there is not
    print(omise.Charge.list(from_=yesterday, limit=5).total)


def hear(event: omise.Event) -> None:
    print(event.key in ("charge.compelte",), event.key == "charge.compelte")  # mistake: an event that there is not
    print(event.data.amount)  # mistake: not all that has events has an amount
    if event.key == "charge.complete" and isinstance(event.data, omise.Charge):
        print(event.data.amount)
