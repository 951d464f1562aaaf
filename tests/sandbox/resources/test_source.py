from __future__ import annotations

import struct
from typing import Any
from urllib.parse import urlsplit

import pytest

from omise.sandbox import Application
from omise.sandbox.rules.countries import COUNTRIES
from omise.sandbox.rules.methods import METHODS
from omise.sandbox.rules.pictures import PICTURES

from ..conftest import PUBLIC_KEY, Caller

FIELDS: dict[str, type] = {
    "object": str,
    "id": str,
    "livemode": bool,
    "location": str,
    "amount": int,
    "barcode": str,
    "bank": str,
    "created_at": str,
    "currency": str,
    "email": str,
    "flow": str,
    "installment_term": int,
    "ip": str,
    "absorption_type": str,
    "name": str,
    "mobile_number": str,
    "phone_number": str,
    "platform_type": str,
    "scannable_code": dict,
    "qr_settings": dict,
    "billing": dict,
    "shipping": dict,
    "items": list,
    "references": dict,
    "provider_references": dict,
    "store_id": str,
    "store_name": str,
    "terminal_id": str,
    "type": str,
    "zero_interest_installments": bool,
    "charge_status": str,
    "receipt_amount": int,
    "discounts": list,
    "promotion_code": str,
    "supplier_id": str,
}
REQUIRED = {
    "object",
    "id",
    "livemode",
    "location",
    "amount",
    "created_at",
    "currency",
    "flow",
    "items",
    "type",
    "charge_status",
    "discounts",
    "ip",
}
REFERENCES = [
    "expires_at",
    "device_id",
    "customer_amount",
    "customer_currency",
    "customer_exchange_rate",
    "omise_tax_id",
    "reference_number_1",
    "reference_number_2",
    "barcode",
    "payment_code",
    "va_code",
]


def source(api: Caller, kind: str, *, key: str = PUBLIC_KEY, **params: Any) -> Any:
    """A new source, of 3,000 baht."""
    return api.ok("POST", "/sources", {"type": kind, "amount": 300000, "currency": "thb"} | params, key=key)


def test_a_source_has_the_documented_fields_in_order(api: Caller) -> None:
    """
    With their types, and null where nothing was given.
    """
    made = source(api, "promptpay")

    assert list(made) == list(FIELDS)
    assert {name for name, value in made.items() if value is not None} == REQUIRED
    assert all(isinstance(made[name], FIELDS[name]) for name in REQUIRED)
    assert (made["location"], made["charge_status"]) == (f"/sources/{made['id']}", "unknown")
    assert (made["amount"], made["currency"], made["flow"]) == (300000, "THB", "offline")


def test_public_and_secret_keys_make_and_see_sources(api: Caller) -> None:
    """
    Each sees those of the other; no event tells of them.
    """
    for maker, reader in ((PUBLIC_KEY, "skey_test_sandbox"), ("skey_test_sandbox", PUBLIC_KEY)):
        made = source(api, "promptpay", key=maker)
        assert api.ok("GET", made["location"], key=reader) == made
    assert api.refused("GET", made["location"], key="skey_live")[:2] == (404, "not_found")
    assert api.events() == []


def test_what_is_given_is_kept(api: Caller) -> None:
    """
    All of it.
    """
    given = {
        "email": "payer@example.com",
        "ip": "203.0.113.7",
        "name": "Arunee Example",
        "mobile_number": "0812345678",
        "phone_number": "0812345679",
        "platform_type": "IOS",
        "billing": {"city": "Chiang Mai"},
        "shipping": {"city": "Bangkok"},
        "items": [{"name": "Cup", "amount": 300000, "quantity": 1}],
        "store_id": "1",
        "store_name": "Nimman",
        "terminal_id": "2",
        "promotion_code": "NEW",
        "supplier_id": "3",
    }
    made = source(api, "atome", qr_settings={"image_type": "svg"}, **given)

    assert made | given == made
    assert made["qr_settings"] == {"image_type": "svg"}


@pytest.mark.parametrize(
    ("kind", "flow"),
    [
        ("alipay", "redirect"),
        ("truemoney", "redirect"),
        ("internet_banking_scb", "redirect"),
        ("mobile_banking_kbank", "app_redirect"),
        ("alipay_hk", "app_redirect"),
        ("wechat_pay", "app_redirect"),
        ("bill_payment_tesco_lotus", "offline"),
        ("truemoney_qr", "offline"),
    ],
)
def test_the_flow_follows_from_the_type(api: Caller, kind: str, flow: str) -> None:
    """
    As does what else has to be given.
    """
    assert source(api, kind, phone_number="0812345678")["flow"] == flow


def test_installments_say_who_pays_the_interest(api: Caller) -> None:
    """
    Nobody, for all other types.
    """
    plan = {"kind": "installment_bay", "installment_term": "4"}
    merchant, customer = source(api, **plan, zero_interest_installments=True), source(api, **plan)

    assert (merchant["installment_term"], merchant["absorption_type"]) == (4, "merchant")
    assert (customer["zero_interest_installments"], customer["absorption_type"]) == (None, "customer")
    assert source(api, "promptpay")["absorption_type"] is None


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"amount": None}, "amount is not a number"),
        ({"amount": "invalid_amount"}, "amount is not a number"),
        ({"amount": 10.5}, "amount must be an integer"),
        ({"currency": "UNSUPPORTED"}, "currency is currently not supported"),
        ({"currency": "USD"}, "currency must be THB"),
        ({"type": "UNSUPPORTED"}, "type is currently not supported"),
        ({"type": None}, "type is currently not supported"),
        ({"type": "card"}, "type is currently not supported"),
        ({"type": "direct_debit_bay"}, "type is currently not supported"),
        ({"type": "fpx"}, "type is currently not supported"),
        ({"amount": 1999}, "amount must be at least 2000"),
        ({"amount": 500_000_000_000}, "amount must be less than 500000000000"),
        ({"type": "installment_bay", "amount": 199_999, "installment_term": 3}, "amount must be at least 200000"),
        ({"type": "installment_bay"}, "installment_term cannot be blank"),
        ({"type": "installment_bay", "installment_term": 5}, "installment_term is not supported"),
        ({"type": "installment_bay", "installment_term": "x"}, "installment_term is not a number"),
        ({"type": "truemoney"}, "phone_number cannot be blank"),
        ({"type": "barcode_alipay"}, "barcode cannot be blank"),
        ({"email": "nobody"}, "email is in invalid format"),
        ({"items": {"name": "Cup"}}, "items must be a list of objects"),
        ({"billing": "Chiang Mai"}, "billing must be an object"),
        ({"qr_settings": {"image_type": []}}, "qr_settings must be a string"),
        ({"qr_settings": {"image_type": "gif"}}, "qr_settings has an image_type that is not supported"),
    ],
)
def test_what_is_wrong_with_a_source_is_told(api: Caller, params: Any, message: str) -> None:
    """
    In the API's words where they are known; nothing is made.
    """
    given = {"type": "promptpay", "amount": 300000, "currency": "THB"} | params
    api.ok("GET", "/capability", key=PUBLIC_KEY)
    before = api.snapshot()

    assert api.refused("POST", "/sources", given, key=PUBLIC_KEY) == (400, "bad_request", message)
    assert api.snapshot() == before


@pytest.mark.parametrize(
    ("params", "message"),
    [
        (
            {"name": "", "email": "", "phone_number": ""},
            "name cannot be blank, email cannot be blank, and phone_number cannot be blank",
        ),
        ({"name": "Eleven long"}, "name is too long (maximum is 10 characters)"),
        ({"email": "nobody"}, "email is in invalid format"),
        ({"phone_number": "123"}, "phone_number must contain 10-11 digit characters"),
        ({"amount": 99}, "amount must be at least 100"),
        ({"currency": "THB"}, "currency must be JPY"),
    ],
)
def test_konbini_payments_want_to_know_the_payer(params: Any, message: str) -> None:
    """
    In Japan.
    """
    api = Caller(Application(country="JP"))
    payer = {"name": "Taro", "email": "taro@example.com", "phone_number": "01234567890"}
    given = {"type": "econtext", "amount": 1000, "currency": "JPY"} | payer

    assert api.refused("POST", "/sources", given | params) == (400, "bad_request", message)
    charge = api.charge(1000, "JPY", source=given)
    assert len(charge["source"]["references"]["payment_code"]) == 12


def test_malaysian_methods_want_a_bank() -> None:
    """
    One that they know.
    """
    api = Caller(Application(country="MY"))
    given = {"type": "fpx", "amount": 1000, "currency": "MYR"}

    assert api.ok("POST", "/sources", given | {"bank": "ocbc"})["bank"] == "ocbc"
    assert api.refused("POST", "/sources", given)[2] == "bank cannot be blank"
    assert api.refused("POST", "/sources", given | {"bank": "swiss"})[2] == "bank is not supported"


def test_unknown_sources_are_not_found(api: Caller) -> None:
    """
    The id is echoed.
    """
    assert api.refused("GET", "/sources/src_test_1") == (404, "not_found", "source src_test_1 was not found")


def test_old_versions_have_no_sources(api: Caller) -> None:
    """
    They came with 2017-11-02.
    """
    given = {"type": "promptpay", "amount": 300000, "currency": "THB"}

    def create(version: str) -> int:
        return api.send("POST", "/sources", given, headers={"Omise-Version": version}).status_code

    assert (create("2015-11-17"), create("2017-11-02")) == (404, 200)


def test_a_charge_gives_the_source_a_code_to_scan(api: Caller) -> None:
    """
    A small picture, which anybody with the address can load.
    """
    charge = api.charge(300000, source=source(api, "promptpay", qr_settings={"image_type": "png"})["id"])
    code = charge["source"]["scannable_code"]
    image = code["image"]
    uri = image["download_uri"].removeprefix("http://localhost")
    picture = api.client.get(uri)

    assert (code["object"], code["type"], code["raw_data"]) == ("barcode", "qr", None)
    assert (image["object"], image["filename"], image["kind"]) == ("document", "qrcode.png", "qr")
    assert image["location"] == f"/charges/{charge['id']}/documents/{image['id']}"
    assert picture.content_type == "image/png"
    assert picture.data.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", picture.data[16:24]) == (180, 180)
    assert api.client.get(uri[:-1] + ("0" if uri[-1] != "0" else "1")).status_code == 404
    assert api.ok("GET", f"/sources/{charge['source']['id']}", key=PUBLIC_KEY)["scannable_code"] == code


@pytest.mark.parametrize("settings", [{}, {"qr_settings": {"image_type": "svg"}}])
def test_the_code_is_an_svg(api: Caller, settings: dict[str, Any]) -> None:
    """
    Unless the source says otherwise.
    """
    image = api.charge(source={"type": "promptpay"} | settings)["source"]["scannable_code"]["image"]
    picture = api.client.get(image["download_uri"].removeprefix("http://localhost"))

    assert (image["filename"], picture.mimetype) == ("qrcode.svg", "image/svg+xml")
    assert picture.text.startswith("<svg ")


@pytest.mark.parametrize("form", ["svg", "png"])
def test_what_is_scanned_is_a_page_to_pay_at(api: Caller, form: str) -> None:
    """
    Under the name by which the picture is loaded, so that a telephone finds it that found the picture.
    """
    charge = api.charge(source={"type": "promptpay", "qr_settings": {"image_type": form}})
    uri = urlsplit(charge["source"]["scannable_code"]["image"]["download_uri"]).path
    path = f"/payments/{charge['source']['provider_references']['reference_number_1']}/authorize"
    picture = api.client.get(uri, base_url="http://192.0.2.7:4010").data
    api.client.post(path, data={"action": "pay"})

    assert picture == PICTURES[form][1](f"http://192.0.2.7:4010{path}?acs=false")
    assert api.ok("GET", charge["location"])["status"] == "successful"


def test_every_method_with_a_code_has_a_page(api: Caller) -> None:
    """
    In its country, whether or not the payment has a number at a provider.
    """
    drawn = set()
    for country in COUNTRIES:
        here = Caller(Application(country=country))
        currency = COUNTRIES[country].currency
        for name in [name for name, method in METHODS.items() if method.code and currency in method.currencies]:
            source = {"type": name, **dict.fromkeys(METHODS[name].requires, "0812345678")}
            params = {"amount": 100_000, "currency": METHODS[name].charged_in(currency)[0], "source": source}
            image = here.ok("POST", "/charges", params)["source"]["scannable_code"]["image"]
            assert here.client.get(image["download_uri"]).status_code == 200
            drawn.add(name)

    assert drawn == {name for name, method in METHODS.items() if method.code}


def test_a_bill_has_references(api: Caller) -> None:
    """
    They are good for a day.
    """
    charge = api.charge(source={"type": "bill_payment_tesco_lotus"})
    references = charge["source"]["references"]

    assert list(references) == REFERENCES
    assert references["expires_at"] == charge["expires_at"]
    assert references["reference_number_1"].isdigit()
    assert len(references["reference_number_1"]) == 18
    assert charge["source"]["scannable_code"] is None


def test_promptpay_is_what_it_is_today(api: Caller) -> None:
    """
    Its fee, its day, its number once it is charged; the caller's address where none is given.
    """
    made = source(api, "promptpay")
    charge = api.charge(2000, source={"type": "promptpay"})
    references = charge["source"]["provider_references"]
    paid = api.ok("POST", f"/charges/{charge['id']}/mark_as_paid")

    assert (made["ip"], made["provider_references"]) == ("127.0.0.1", None)
    assert source(api, "promptpay", ip="203.0.113.7")["ip"] == "203.0.113.7"
    assert list(references) == ["reference_number_1", "reference_number_2", "payment_channel"]
    assert references["reference_number_1"].startswith("pay2_test_")
    assert (references["reference_number_2"], references["payment_channel"]) == (None, None)
    assert charge["transaction_fees"] == {"fee_flat": "0.0", "fee_rate": "1.65", "vat_rate": "7.0"}
    assert (paid["fee"], paid["fee_vat"], paid["net"]) == (33, 2, 1965)
    assert (charge["authorize_uri"], charge["source"]["scannable_code"]["image"]["kind"]) == (None, "qr")


def test_the_page_of_a_payment_without_a_way_back(api: Caller) -> None:
    """
    It says what came of it, and leads nowhere.
    """
    references = api.charge(source={"type": "promptpay"})["source"]["provider_references"]
    path = f"/payments/{references['reference_number_1']}/authorize"

    assert "Back to the shop" not in api.client.get(path).text
    assert "This payment was made." in api.client.post(path, data={"action": "pay"}).text


@pytest.mark.parametrize(
    ("kind", "term", "least"),
    [
        ("installment_bay", 10, 500_000),
        ("installment_bbl", 5, 250_000),
        ("installment_scb", 6, 300_000),
        ("installment_ttb", 4, 200_000),
        ("installment_uob", 6, 300_000),
        ("installment_first_choice", 36, 1_080_000),
        ("installment_ktc", 10, 300_000),
        ("installment_kbank", 3, 200_000),
        ("installment_wlb_kbank", 10, 300_000),
    ],
)
def test_each_month_has_a_least_amount(api: Caller, kind: str, term: int, least: int) -> None:
    """
    That of who gives the credit, and the country's least for the whole.
    """
    given = {"type": kind, "currency": "THB", "installment_term": term}

    assert api.ok("POST", "/sources", given | {"amount": least})["amount"] == least
    assert api.refused("POST", "/sources", given | {"amount": least - 1}) == (
        400,
        "bad_request",
        f"amount must be at least {least}",
    )


@pytest.mark.parametrize(("term", "least"), [(6, 50_000), (12, 100_000), (18, 150_000), (24, 200_000)])
def test_malaysian_instalments_have_least_totals(term: int, least: int) -> None:
    """
    By months; the merchant pays the interest, whatever was asked for.
    """
    api = Caller(Application(country="MY"))
    given = {"type": "installment_mbb", "currency": "MYR", "installment_term": term}

    assert api.ok("POST", "/sources", given | {"amount": least})["absorption_type"] == "merchant"
    assert api.refused("POST", "/sources", given | {"amount": least - 1})[2] == f"amount must be at least {least}"


def test_some_methods_are_charged_in_a_foreign_currency(api: Caller) -> None:
    """
    As the capability says; the money arrives in the account's.
    """
    charge = api.charge(5000, "SGD", source={"type": "dana"}, return_uri="https://shop.example.com")
    given = {"type": "dana", "amount": 5000, "currency": "MYR"}

    assert (charge["currency"], charge["funding_currency"], charge["funding_amount"] > 100_000) == ("SGD", "THB", True)
    assert api.refused("POST", "/sources", given)[2] == "currency must be SGD"
    assert source(api, "dana")["currency"] == "THB"


@pytest.mark.parametrize(
    "given",
    [
        {"type": "internet_banking_bay"},
        {"type": "installment_bay", "installment_term": 3},
        {"type": "promptpay"},
        {"type": "alipay"},
    ],
)
def test_only_bills_have_references(api: Caller, given: dict[str, Any]) -> None:
    """
    Not everything that has to be paid within a day.
    """
    assert api.charge(300_000, source=given, return_uri="https://a.example")["source"]["references"] is None
