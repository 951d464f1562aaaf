"""
A merchant in Japan whose code was written for version 2015-11-17, from the first token to the last transfer.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from omise.sandbox.app import Application

from .conftest import CARD, PUBLIC_KEY, SECRET_KEY, Caller

VERSION = {"Omise-Version": "2015-11-17"}

#: The fields of each object.
FIELDS = {
    "account": """
        object id livemode location api_version auto_activate_recipients chain_enabled chain_return_uri country created
        currency email metadata_export_keys supported_currencies webhook_uri zero_interest_installments
    """,
    "balance": "object livemode location currency total available reserve_amount",
    "bank_account": "object account_type bank_code branch_code brand created last_digits name",
    "capability": """
        object location banks limits payment_backends tokenization_methods zero_interest_installments
    """,
    "card": """
        object id livemode location street1 street2 city state phone_number postal_code country financing bank brand
        fingerprint first_digits last_digits name expiration_month expiration_year security_code_check
        tokenization_method created
    """,
    "charge": """
        object id livemode location amount currency description metadata status capture authorized reversed paid
        transaction refunded refunds return_uri reference authorize_uri failure_code failure_message card customer ip
        dispute created source_of_fund offsite
        branch capturable device disputable expired expired_at expires_at funding_amount funding_currency link offline
        paid_at refundable reversed_at reversible schedule terminal voided
        transaction_fees
        acquirer_reference_number approval_code can_perform_void
    """,
    "customer": "object id livemode location metadata cards default_card description email created",
    "dispute": """
        object id livemode location currency amount funding_amount funding_currency metadata charge documents
        transaction admin_message message reason_code reason_message status closed_at created
    """,
    "event": "object id livemode location data key created",
    "forex": "object rate location livemode from to",
    "link": """
        object id livemode location deleted multiple used currency amount charges description title payment_uri created
    """,
    "list": "object from to offset limit total order location data",
    "occurrence": """
        object livemode location id result schedule message status processed_at created schedule_date retry_date
        execute_time split_metadata transfer_amount
    """,
    "recipient": """
        object id livemode location bank_account active default verified description email failure_code name tax_id
        type created schedule metadata verified_at activated_at
    """,
    "refund": """
        object id location livemode voided currency amount metadata charge capture terminal transaction funding_amount
        funding_currency created
    """,
    "scheduled_charge": """
        object id livemode currency amount default_card card customer linked_account description metadata
    """,
    "scheduled_transfer": "object id livemode amount currency percentage_of_balance recipient",
    "search": """
        object export data page per_page total total_pages filters location order query scope aggregate_level
    """,
    "token": "object id livemode location used charge_status card created",
    "transaction": "object id currency amount location type source transferable created",
    "transfer": """
        object id livemode location fail_fast paid sent sendable currency amount fee metadata recipient bank_account
        failure_code failure_message paid_at sent_at created transaction schedule
    """,
}
SCHEDULE = """
    object id deleted livemode location every occurrences on in_words period status active state
    next_occurrence_dates ended_at start_date end_date created execute_time deleted_by
"""
STUB = ["object", "id", "livemode", "deleted"]

BANK_ACCOUNT = {
    "bank_code": "0001",
    "branch_code": "001",
    "account_type": "normal",
    "number": "0000001",
    "name": "ヤマダタロウ",
}


def fields_of(record: dict[str, Any]) -> set[str]:
    """Those that an object has to have: a token's card is nowhere yet, a schedule has one of two halves."""
    kind = record["object"]
    if record.get("deleted") is True and kind != "schedule" and not (kind == "link" and "amount" in record):
        return set(STUB)
    if kind == "schedule":
        return {*SCHEDULE.split(), "charge" if "charge" in record else "transfer"}
    optional = {"location"} if kind == "card" and "location" not in record else set()
    return set(FIELDS[kind].split()) - optional


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Everything that is an object of the API, at any depth."""
    if isinstance(value, dict) and "object" in value:
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects(item)


def flat(params: dict[str, Any], outer: str = "") -> dict[str, Any]:
    """Parameters as forms write them: ``card[name]``, ``on[weekdays][]``."""
    found: dict[str, Any] = {}
    for name, value in params.items():
        name = f"{outer}[{name}]" if outer else name
        if isinstance(value, dict):
            found |= flat(value, name)
        elif isinstance(value, list):
            found[f"{name}[]"] = [str(item) for item in value]
        else:
            found[name] = str(value).lower() if isinstance(value, bool) else str(value)
    return found


class Merchant:
    """Calls as code of that time did, with forms or with JSON, and looks at each answer."""

    def __init__(self, encoding: str) -> None:
        self.api = Caller(Application(country="JP"))
        self.encoding = encoding

    def _options(self, params: dict[str, Any]) -> dict[str, Any]:
        body = {"data": flat(params)} if self.encoding == "form" else {"json": params}
        return {"headers": VERSION, **(body if params else {})}

    def call(self, method: str, path: str, *, key: str = SECRET_KEY, **params: Any) -> Any:
        answer = self.api.ok(method, path, key=key, **self._options(params))
        for record in objects(answer):
            assert record.keys() == fields_of(record), record["object"]
            assert all(item is None or item == item.lower() for name, item in record.items() if "currency" in name)
        return answer

    def refused(self, method: str, path: str, **params: Any) -> tuple[int, str, str]:
        return self.api.refused(method, path, **self._options(params))

    def get(self, path: str) -> Any:
        return self.call("GET", path)

    def post(self, path: str, **params: Any) -> Any:
        return self.call("POST", path, **params)

    def patch(self, path: str, **params: Any) -> Any:
        return self.call("PATCH", path, **params)

    def delete(self, path: str) -> Any:
        return self.call("DELETE", path)

    def token(self, **card: Any) -> str:
        return str(self.post("/tokens", key=PUBLIC_KEY, card=CARD | card)["id"])

    def charge(self, amount: int = 1_000, **params: Any) -> Any:
        payer = {} if "customer" in params else {"card": self.token()}
        return self.post("/charges", amount=amount, currency="jpy", **payer, **params)

    def recipient(self) -> Any:
        return self.post("/recipients", name="Taro Yamada", type="individual", bank_account=BANK_ACCOUNT)


@pytest.fixture(params=["form", "json"])
def merchant(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Merchant:
    """
    One for each way to write parameters. It is always the same second, which lists around records end at.
    """
    now = time.time_ns()
    monkeypatch.setattr("omise.sandbox.state.clock.time", SimpleNamespace(time_ns=lambda: now))
    return Merchant(request.param)


def gone(record: dict[str, Any]) -> dict[str, Any]:
    """What is left of an object."""
    return {"object": record["object"], "id": record["id"], "livemode": False, "deleted": True}


def test_the_account(merchant: Merchant) -> None:
    """
    Known by its team's id; currencies are in lower case, in all that the account can do, too.
    """
    account, balance, capability = (merchant.get(f"/{name}") for name in ("account", "balance", "capability"))

    assert re.fullmatch("acct_[0-9a-z]{19}", account["id"])
    assert (account["country"], account["currency"], account["supported_currencies"][0]) == ("JP", "jpy", "jpy")
    assert (balance["total"], balance["available"], balance["reserve_amount"]) == (0, 0, 0)
    assert set(capability["limits"]) == {"charge_amount", "transfer_amount"}
    assert all(len(backend) == 1 for backend in capability["payment_backends"])
    card = capability["payment_backends"][0]["credit_card"]
    assert (list(card), card["type"], card["currencies"][0]) == (["type", "currencies", "brands"], "card", "jpy")
    assert {"JCB", "Visa"} <= set(card["brands"])


def test_tokens_customers_and_cards(merchant: Merchant) -> None:
    """
    Made, read, listed, changed, deleted.
    """
    token = merchant.post("/tokens", key=PUBLIC_KEY, card=CARD | {"city": "Tokyo", "postal_code": "100-0001"})
    assert merchant.call("GET", f"/tokens/{token['id']}", key=PUBLIC_KEY) == token
    customer = merchant.post("/customers", email="taro@example.jp", description="Taro", card=token["id"])
    path = f"/customers/{customer['id']}"
    (card,) = customer["cards"]["data"]
    second = merchant.patch(path, card=merchant.token())["cards"]["data"][1]
    changed = merchant.patch(f"{path}/cards/{card['id']}", name="Hanako", expiration_month=12, expiration_year=2039)

    assert (customer["default_card"], card["city"], card["postal_code"]) == (card["id"], "Tokyo", "100-0001")
    assert (changed["name"], changed["expiration_month"], changed["expiration_year"]) == ("Hanako", 12, 2039)
    assert merchant.get(f"{path}/cards/{card['id']}") == changed
    assert [item["id"] for item in merchant.get(f"{path}/cards")["data"]] == [card["id"], second["id"]]
    assert merchant.delete(f"{path}/cards/{second['id']}") == gone(second)
    assert merchant.patch(path, description="T")["description"] == merchant.get(path)["description"] == "T"
    assert [item["id"] for item in merchant.get("/customers")["data"]] == [customer["id"]]
    assert merchant.delete(path) == gone(customer)
    assert merchant.refused("GET", path) == (404, "not_found", f"customer {customer['id']} was not found")
    assert merchant.get("/customers")["total"] == 0
    missing = (404, "not_found", "token tokn_test_x was not found")
    assert merchant.refused("POST", "/customers", card="tokn_test_x") == missing


def test_charges(merchant: Merchant) -> None:
    """
    Of tokens and of customers, at once and in two steps, by fields of today with names of then.
    """
    customer = merchant.post("/customers", card=merchant.token())
    paid = merchant.charge(description="Tea", metadata={"order": "1"})
    by_customer = merchant.charge(customer=customer["id"], card=customer["default_card"])
    held, released = merchant.charge(capture=False), merchant.charge(capture=False)
    before = (held["status"], held["authorized"], held["paid"], held["capturable"], held["reversible"])
    captured = merchant.post(f"/charges/{held['id']}/capture")
    reversed_ = merchant.post(f"/charges/{released['id']}/reverse")
    failed = merchant.post("/charges", amount=1_000, currency="JPY", card=merchant.token(number="4111111111140011"))

    assert (paid["amount"], paid["currency"], paid["funding_amount"]) == (1_000, "jpy", 1_000)
    assert (paid["status"], paid["paid"], paid["refunded"], paid["refunds"]["data"]) == ("successful", True, 0, [])
    assert (paid["source_of_fund"], paid["offsite"], paid["offline"]) == ("card", None, None)
    assert (paid["description"], paid["metadata"], paid["customer"]) == ("Tea", {"order": "1"}, None)
    assert paid["transaction"].startswith("trxn_test_")
    assert (by_customer["customer"], by_customer["card"]["id"]) == (customer["id"], customer["default_card"])
    assert before == ("pending", True, False, True, True)
    assert (captured["paid"], captured["capturable"], captured["paid_at"] is not None) == (True, False, True)
    assert (reversed_["status"], reversed_["reversed"], reversed_["paid"]) == ("reversed", True, False)
    assert (failed["status"], failed["paid"], failed["transaction"]) == ("failed", False, None)
    assert failed["failure_code"]
    updated = merchant.patch(f"/charges/{paid['id']}", description="Green tea")
    assert updated == paid | {"description": "Green tea"} == merchant.get(f"/charges/{paid['id']}")
    made = [charge["id"] for charge in (paid, by_customer, held, released, failed)]
    assert [charge["id"] for charge in merchant.get("/charges")["data"]] == made
    assert merchant.get("/charges?limit=2&offset=1&order=reverse_chronological")["data"][0]["id"] == released["id"]
    merchant.delete(f"/customers/{customer['id']}")
    assert merchant.refused("GET", "/charges/chrg_test_x") == (404, "not_found", "charge chrg_test_x was not found")
    assert merchant.get(f"/charges/{by_customer['id']}")["customer"] == customer["id"]


def test_refunds(merchant: Merchant) -> None:
    """
    Of a part, then of the rest; each has a transaction of its own.
    """
    charge = merchant.charge()
    path = f"/charges/{charge['id']}/refunds"
    part, rest = merchant.post(path, amount=400, metadata={"reason": "late"}), merchant.post(path, amount=600)
    after = merchant.get(f"/charges/{charge['id']}")

    assert (part["amount"], part["currency"], part["charge"], part["voided"]) == (400, "jpy", charge["id"], False)
    assert (part["funding_amount"], part["funding_currency"], part["metadata"]) == (400, "jpy", {"reason": "late"})
    assert part["transaction"] != rest["transaction"]
    assert (after["refunded"], after["refundable"], after["status"]) == (1_000, False, "successful")
    assert after["refunds"]["data"] == merchant.get(path)["data"] == [part, rest]
    assert after["refunds"]["order"] == "chronological"
    assert merchant.get(f"{path}/{part['id']}") == part
    assert [item["id"] for item in merchant.get("/refunds")["data"]] == [part["id"], rest["id"]]
    assert merchant.refused("POST", path, amount=1)[:2] == (400, "failed_refund")
    whole = merchant.charge()
    assert merchant.post(f"/charges/{whole['id']}/refunds", amount=1_000)["voided"] is True
    assert merchant.get(f"/charges/{whole['id']}")["voided"] is True


def test_recipients(merchant: Merchant) -> None:
    """
    With a Japanese bank account; an account begins with one of its own.
    """
    recipient = merchant.recipient()
    path = f"/recipients/{recipient['id']}"
    account = recipient["bank_account"]
    changed = merchant.patch(path, email="taro@example.jp", description="Pays", bank_account=BANK_ACCOUNT)

    assert (account["bank_code"], account["branch_code"], account["last_digits"]) == ("0001", "001", "0001")
    assert (account["name"], recipient["verified"], recipient["type"]) == ("ヤマダタロウ", False, "individual")
    assert (changed["email"], changed["description"]) == ("taro@example.jp", "Pays")
    assert merchant.get(path) == changed
    assert [item["default"] for item in merchant.get("/recipients")["data"]] == [True, False]
    assert merchant.patch(f"{path}/verify")["verified"] is True
    assert merchant.delete(path) == gone(recipient)
    assert merchant.refused("GET", path) == (404, "not_found", f"recipient {recipient['id']} was not found")


def test_transfers(merchant: Merchant) -> None:
    """
    Made, changed, deleted; sent and paid they have a transaction.
    """
    merchant.charge(1_000_000)
    recipient = merchant.recipient()
    merchant.patch(f"/recipients/{recipient['id']}/verify")
    transfer = merchant.post("/transfers", amount=5_000, recipient=recipient["id"])
    path = f"/transfers/{transfer['id']}"
    changed = merchant.patch(path, amount=6_000)
    to_myself = merchant.post("/transfers", amount=7_000)

    assert (transfer["amount"], transfer["currency"], transfer["recipient"]) == (5_000, "jpy", recipient["id"])
    assert (transfer["sent"], transfer["paid"], transfer["transaction"]) == (False, False, None)
    assert changed["amount"] == merchant.get(path)["amount"] == 6_000
    assert [item["id"] for item in merchant.get("/transfers")["data"]] == [transfer["id"], to_myself["id"]]
    sent = merchant.post(f"/transfers/{to_myself['id']}/mark_as_sent")
    paid = merchant.post(f"/transfers/{to_myself['id']}/mark_as_paid")
    assert (sent["sent"], paid["paid"], paid["transaction"]) == (True, True, sent["transaction"])
    assert merchant.get(f"/transactions/{paid['transaction']}")["type"] == "debit"
    assert merchant.delete(path) == gone(transfer)
    assert merchant.refused("GET", path)[:2] == (404, "not_found")
    total = merchant.get("/balance")["available"]
    assert (
        sum(line["amount"] * (1 if line["type"] == "credit" else -1) for line in merchant.get("/transactions")["data"])
        == total
    )


def test_schedules(merchant: Merchant) -> None:
    """
    Of charges and of transfers; one that is deleted comes back whole.
    """
    customer, recipient = merchant.post("/customers", card=merchant.token()), merchant.recipient()
    merchant.patch(f"/recipients/{recipient['id']}/verify")
    of_charges = merchant.post(
        "/schedules",
        every=1,
        period="day",
        end_date="2039-12-31",
        charge={"customer": customer["id"], "amount": 1_000, "currency": "jpy", "description": "Rent"},
    )
    of_transfers = merchant.post(
        "/schedules",
        every=2,
        period="week",
        on={"weekdays": ["monday", "friday"]},
        start_date="2038-01-01",
        end_date="2039-12-31",
        transfer={"recipient": recipient["id"], "percentage_of_balance": 50},
    )
    path = f"/schedules/{of_charges['id']}"

    assert (of_charges["status"], of_charges["active"], of_charges["end_date"]) == ("active", True, "2039-12-31")
    assert (of_charges["charge"]["amount"], of_charges["charge"]["currency"]) == (1_000, "jpy")
    assert (of_transfers["start_date"], of_transfers["on"]) == ("2038-01-01", {"weekdays": ["monday", "friday"]})
    assert of_transfers["transfer"]["recipient"] == recipient["id"]
    assert len(of_transfers["next_occurrence_dates"]) == 30
    (occurrence,) = merchant.get(f"{path}/occurrences")["data"]
    assert occurrence == merchant.get(f"/occurrences/{occurrence['id']}") == of_charges["occurrences"]["data"][0]
    assert merchant.get(f"/charges/{occurrence['result']}")["schedule"] == of_charges["id"]
    both = [of_charges["id"], of_transfers["id"]]
    assert [item["id"] for item in merchant.get("/schedules")["data"]] == both
    assert [item["id"] for item in merchant.get(f"/customers/{customer['id']}/schedules")["data"]] == both[:1]
    assert [item["id"] for item in merchant.get(f"/recipients/{recipient['id']}/schedules")["data"]] == both[1:]
    assert [item["id"] for item in merchant.get("/charges/schedules")["data"]] == both[:1]
    assert [item["id"] for item in merchant.get("/transfers/schedules")["data"]] == both[1:]
    ended = merchant.delete(path)
    assert (ended["status"], ended["deleted"], ended["active"]) == ("deleted", True, False)
    assert merchant.get(path) == ended


def test_links(merchant: Merchant) -> None:
    """
    Used by a payer in a browser; the answer to their deletion is a stub.
    """
    link = merchant.post("/links", amount=1_000, currency="jpy", title="Tea", description="A cup", multiple=True)
    path = f"/links/{link['id']}"
    page = link["payment_uri"].rpartition("/")[2]
    merchant.api.client.post(f"/{page}", data={"number": CARD["number"]})
    used = merchant.get(path)

    assert (link["deleted"], link["used"], link["multiple"], link["currency"]) == (False, False, True, "jpy")
    assert (used["used"], used["charges"]["data"][0]["link"]) == (True, link["id"])
    assert merchant.get(f"{path}/charges")["data"] == used["charges"]["data"]
    assert [item["id"] for item in merchant.get("/links")["data"]] == [link["id"]]
    assert merchant.delete(path) == gone(link)


def test_what_there_is_to_read(merchant: Merchant) -> None:
    """
    Rates, disputes with their documents, searches, and events, whose data are in the account's version.
    """
    merchant.patch("/account/api_version", api_version="2015-11-17")
    charge = merchant.charge()
    dispute = merchant.post(f"/charges/{charge['id']}/disputes")
    answered = merchant.patch(f"/disputes/{dispute['id']}", message="It was delivered.")
    customer = merchant.post("/customers", card=merchant.token())
    merchant.delete(f"/customers/{customer['id']}")
    events = merchant.get("/events?limit=100")["data"]

    assert (merchant.get("/forex/usd")["from"], merchant.get("/forex/usd")["to"]) == ("usd", "jpy")
    assert dispute["transaction"].startswith("trxn_test_")
    assert answered["status"] == "pending"
    assert merchant.get("/disputes/pending")["data"] == [answered]
    assert merchant.get(f"/charges/{charge['id']}")["dispute"] == answered
    assert merchant.get("/search?scope=charge")["data"] == [merchant.get(f"/charges/{charge['id']}")]
    assert merchant.get(f"/events/{events[0]['id']}") == events[0]
    assert events[-1]["data"] == gone(customer)
    kinds = [event["key"] for event in events]
    assert kinds[:3] == ["charge.create", "dispute.create", "dispute.update"]
    assert kinds[-1] == "customer.destroy"


def test_what_came_later_is_not_there(merchant: Merchant) -> None:
    """
    Sources are of a version of their own.
    """
    refused = merchant.refused("POST", "/sources", type="paypay", amount=1_000, currency="jpy")

    assert refused == (404, "service_not_found", "API version 2015-11-17 does not support this operation")
