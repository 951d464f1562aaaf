from __future__ import annotations

from typing import Any

import pytest

from ..conftest import PUBLIC_KEY, Caller

RETURN_URI = "https://shop.example.com/orders/1"
MAESTRO = "6759649826438453"
AMEX = "378282246310005"


def refused(api: Caller, amount: int = 100000, currency: str = "THB", **params: Any) -> tuple[int, str, str]:
    """How a charge is refused, after looking that nothing changed."""
    api.ok("GET", "/account")
    before = api.snapshot()
    refusal = api.refused("POST", "/charges", {"amount": amount, "currency": currency, **params})
    assert api.snapshot() == before
    return refusal


def linked_account(api: Caller, action: str = "enrol", **params: Any) -> Any:
    """A new linked account, whose owner did that on its page."""
    account = api.ok("POST", "/linked_accounts", {"return_uri": RETURN_URI, "type": "direct_debit_kbank"} | params)
    if action:
        api.client.post(f"/linked_accounts/{account['id']}/pay", data={"action": action})
    return account


def test_a_customer_is_charged_by_the_default_card(api: Caller) -> None:
    """
    Which is shown with its address; the charge names the customer.
    """
    customer = api.customer(cards=2)
    charge = api.charge(customer=customer["id"])

    assert charge["customer"] == customer["id"]
    assert charge["card"]["id"] == customer["default_card"]
    assert charge["card"]["location"] == f"/customers/{customer['id']}/cards/{customer['default_card']}"


def test_a_customer_is_charged_by_the_card_that_is_named(api: Caller) -> None:
    """
    If it is one of the customer's own.
    """
    customer, other = api.customer(cards=2), api.customer(cards=1)
    second = customer["cards"]["data"][1]["id"]
    token = api.token()

    assert api.charge(customer=customer["id"], card=second)["card"]["id"] == second
    for card in (other["default_card"], token, "card_test_1"):
        assert refused(api, customer=customer["id"], card=card) == (404, "not_found", f"card {card} was not found")


def test_a_card_stays_with_its_charges(api: Caller) -> None:
    """
    Deleted, and with its customer deleted, too.
    """
    customer = api.customer(cards=1)
    path = f"/charges/{api.charge(customer=customer['id'])['id']}"
    api.ok("DELETE", f"/customers/{customer['id']}/cards/{customer['default_card']}")
    api.ok("DELETE", f"/customers/{customer['id']}")
    charge = api.ok("GET", path)

    assert (charge["card"]["id"], charge["card"]["deleted"]) == (customer["default_card"], True)
    assert charge["customer"] == customer["id"]
    assert api.ok("GET", f"{path}?expand=true")["customer"]["deleted"] is True


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({"card": "tokn_test_1"}, (404, "not_found", "token tokn_test_1 was not found")),
        ({"customer": "cust_test_1"}, (404, "not_found", "customer cust_test_1 was not found")),
        ({"source": "src_test_1"}, (404, "not_found", "source src_test_1 was not found")),
        ({"linked_account": "lnac_test_1"}, (404, "not_found", "linked_account lnac_test_1 was not found")),
        ({"card": "tokn_test_1", "amount": "x"}, (400, "invalid_charge", "amount is not a number")),
        ({"card": {"number": "4242424242424242"}}, (400, "invalid_card_token", "invalid card token")),
        ({"customer": {"id": 1}}, (400, "bad_request", "customer must be a string")),
        ({"source": ["promptpay"]}, (400, "bad_request", "source must be a string")),
        (
            {"card": "", "customer": None},
            (404, "not_found", "one of card, customer, source, or linked_account must be given"),
        ),
        (
            {"source": {"type": "alipay"}},
            (400, "invalid_charge", "return uri is required"),
        ),
        ({"source": {"type": "cowries"}}, (400, "bad_request", "type is currently not supported")),
        ({"source": {"name": "x"}}, (400, "bad_request", "type is currently not supported")),
        (
            {"source": {"type": "alipay"}, "amount": "x", "currency": "x"},
            (400, "invalid_charge", "currency is currently not supported and amount is not a number"),
        ),
    ],
)
def test_payers_that_are_refused(api: Caller, params: Any, refusal: tuple[int, str, str]) -> None:
    """
    Ids are looked up after the amount was checked, and before anything else.
    """
    assert refused(api, **params) == refusal


def test_a_card_of_a_customer_needs_the_customer(api: Caller) -> None:
    """
    Without it, the id can only be that of a token.
    """
    card = api.customer(cards=1)["default_card"]

    assert refused(api, card=card) == (404, "not_found", f"token {card} was not found")


def test_a_token_is_good_for_one_use(api: Caller) -> None:
    """
    A declined charge is one, a refused one is not.
    """
    spent, declined = api.token(), api.token(number="4111111111140011")
    refused(api, amount=1, card=spent)
    api.charge(card=spent)

    assert api.charge(card=declined)["status"] == "failed"
    for token in (spent, declined):
        assert refused(api, card=token) == (400, "used_token", "token was already used")
    assert api.ok("GET", f"/tokens/{declined}", key=PUBLIC_KEY)["charge_status"] == "failed"


def test_a_customer_without_anything_cannot_be_charged(api: Caller) -> None:
    """
    Nor can one that was deleted.
    """
    customer = api.customer(cards=1)
    gone = customer["id"]
    api.ok("DELETE", f"/customers/{gone}")

    assert refused(api, customer=api.customer()["id"]) == (400, "invalid_charge", "customer has no card")
    assert refused(api, customer=gone) == (404, "not_found", f"customer {gone} was not found")


def test_brands_that_the_account_cannot_take(api: Caller) -> None:
    """
    And brands that can only be charged in the account's own currency.
    """
    assert refused(api, card=api.token(number=MAESTRO)) == (400, "brand_not_supported", "brand not supported")
    assert refused(api, currency="USD", card=api.token(number=AMEX)) == (
        400,
        "failed_multi_currency",
        "the currency conversion could not be completed",
    )


def test_a_source_is_good_for_one_charge_of_its_amount(api: Caller) -> None:
    """
    A public key's sources are open to all.
    """
    source = api.ok("POST", "/sources", {"type": "promptpay", "amount": 100000, "currency": "thb"}, key=PUBLIC_KEY)[
        "id"
    ]

    assert refused(api, 100001, source=source)[1:] == ("invalid_charge", "amount must be the amount of the source")
    assert refused(api, 5000, "USD", source=source)[1:] == ("invalid_charge", "amount must be the amount of the source")
    assert refused(api, 100000, "USD", source=source)[1:] == (
        "invalid_charge",
        "currency must be the currency of the source",
    )
    charge = api.charge(source=source)
    assert (charge["source"]["id"], charge["source"]["charge_status"]) == (source, "pending")
    assert refused(api, source=source)[1:] == ("invalid_charge", "source was already used")


def test_a_source_can_be_made_with_its_charge(api: Caller) -> None:
    """
    Of the charge's amount and currency; in a form, too.
    """
    form = {"amount": "100000", "currency": "THB", "source[type]": "promptpay", "source[amount]": "5"}
    source = api.ok("POST", "/charges", data=form)["source"]

    assert (source["type"], source["amount"], source["currency"]) == ("promptpay", 100000, "THB")
    assert api.ok("GET", f"/sources/{source['id']}")["id"] == source["id"]


def test_only_one_way_to_pay_can_be_given(api: Caller) -> None:
    """
    But for the instalments that take a card and a source; a customer can be named with any of them.
    """
    both = {"card": api.token(), "source": {"type": "promptpay"}}
    installments = {"type": "installment_wlb_kbank", "installment_term": 3}
    customer = api.customer()["id"]
    charge = api.charge(300000, card=api.token(), source=installments, return_uri=RETURN_URI)

    assert refused(api, **both)[1:] == (
        "invalid_charge",
        "only one of card, source, and linked_account can be given",
    )
    assert (charge["status"], charge["card"]["brand"], charge["source"]["installment_term"]) == ("pending", "Visa", 3)
    assert api.charge(customer=customer, source={"type": "promptpay"})["customer"] == customer


def test_a_linked_account_is_charged_at_once(api: Caller) -> None:
    """
    Named by itself, or as what a customer without a card has; nothing of it can be refunded.
    """
    account, other = linked_account(api), linked_account(api)
    customer = api.ok("POST", "/customers", {"linked_account": other["id"]})
    charge = api.charge(linked_account=account["id"])

    assert (charge["status"], charge["paid"], charge["refundable"]) == ("successful", True, False)
    assert (charge["linked_account"]["id"], charge["card"], charge["source"]) == (account["id"], None, None)
    assert api.charge(customer=customer["id"])["linked_account"]["id"] == other["id"]
    assert api.events().count("charge.complete") == 0


@pytest.mark.parametrize("action", ["", "refuse"])
def test_a_linked_account_has_to_be_registered(api: Caller, action: str) -> None:
    """
    One that waits for its owner, or that the owner refused, cannot be charged.
    """
    account = linked_account(api, action)

    assert refused(api, linked_account=account["id"])[1:] == ("invalid_charge", "linked account is not registered")


def test_limits_of_linked_accounts(api: Caller) -> None:
    """
    150,000 baht, and no other currency.
    """
    account = linked_account(api)["id"]

    assert refused(api, 15_000_001, linked_account=account)[1:] == (
        "invalid_charge",
        "amount must be less than or equal to 15000000 (thb subunits)",
    )
    assert refused(api, 10000, "USD", linked_account=account)[1:] == ("invalid_charge", "currency must be THB")
    assert api.charge(15_000_000, linked_account=account)["paid"] is True
