from __future__ import annotations

from typing import Any

import pytest

from omise.sandbox import Application

from ..conftest import PUBLIC_KEY, SECRET_KEY, Caller

FIELDS = [
    "object",
    "location",
    "banks",
    "limits",
    "payment_methods",
    "country",
    "tokenization_methods",
    "zero_interest_installments",
]
METHOD_FIELDS = [
    "object",
    "name",
    "currencies",
    "card_brands",
    "installment_terms",
    "loan_installment_terms",
    "banks",
    "provider",
]
BANKS = [
    "test",
    "bbl",
    "kbank",
    "rbs",
    "ktb",
    "jpm",
    "mufg",
    "ttb",
    "scb",
    "citi",
    "smbc",
    "sc",
    "cimb",
    "uob",
    "bay",
    "mega",
    "boa",
    "cacib",
    "gsb",
    "hsbc",
    "db",
    "ghb",
    "baac",
    "mb",
    "bnp",
    "ibank",
    "tisco",
    "kk",
    "icbc",
    "tcrb",
    "lhb",
]
METHODS = [
    "card",
    "alipay",
    "bill_payment_tesco_lotus",
    "barcode_alipay",
    "alipay_cn",
    "alipay_hk",
    "alipayplus_mpm",
    "alipayplus_upm",
    "atome",
    "atome_qr",
    "dana",
    "direct_debit_bay",
    "direct_debit_kbank",
    "direct_debit_ktb",
    "direct_debit_scb",
    "gcash",
    "grabpay",
    "installment_wlb_bay",
    "installment_wlb_bbl",
    "installment_wlb_first_choice",
    "installment_wlb_kbank",
    "installment_wlb_ktc",
    "installment_wlb_scb",
    "installment_wlb_ttb",
    "installment_wlb_uob",
    "kakaopay",
    "mobile_banking_bay",
    "mobile_banking_bbl",
    "mobile_banking_kbank",
    "mobile_banking_ktb",
    "mobile_banking_scb",
    "promptpay",
    "qr_code_upi",
    "rabbit_linepay",
    "shopeepay",
    "shopeepay_jumpapp",
    "touch_n_go",
    "truemoney",
    "truemoney_jumpapp",
    "truemoney_qr",
    "wechat_pay",
    "wechat_pay_mpm",
    "wechat_pay_upm",
]


def methods(capability: dict[str, Any]) -> dict[str, Any]:
    """The payment methods by name."""
    return {method["name"]: method for method in capability["payment_methods"]}


def test_a_capability_has_the_documented_fields_in_order(api: Caller) -> None:
    """
    With the limits, banks and methods of a Thai account; a public key sees it, and a secret one.
    """
    capability = api.ok("GET", "/capability", key=PUBLIC_KEY)

    assert list(capability) == FIELDS
    assert capability == api.ok("GET", "/capability")
    assert capability["limits"] == {
        "charge_amount": {"max": 500000000000, "min": 2000},
        "transfer_amount": {"max": 100000000000, "min": 3000},
        "installment_amount": {"min": 200000},
    }
    assert sorted(capability["banks"]) == sorted(BANKS)
    assert list(methods(capability)) == METHODS
    assert len(METHODS) == 43
    assert (capability["country"], capability["tokenization_methods"]) == ("TH", ["googlepay", "applepay"])
    assert capability["zero_interest_installments"] is False


def test_payment_methods_have_the_documented_fields_in_order(api: Caller) -> None:
    """
    Brands, terms and banks where a method has some.
    """
    found = methods(api.ok("GET", "/capability"))
    blank = {"object": "payment_method", "card_brands": None, "installment_terms": None, "loan_installment_terms": None}
    blank |= {"banks": [], "provider": None, "currencies": ["THB"]}

    assert all(list(method) == METHOD_FIELDS for method in found.values())
    assert found["promptpay"] == blank | {"name": "promptpay"}
    assert found["grabpay"] == blank | {"name": "grabpay", "provider": "RMS"}
    assert found["touch_n_go"]["provider"] == "Alipay_plus"
    assert (found["dana"]["currencies"], found["gcash"]["currencies"]) == (["SGD"], ["SGD", "MYR"])
    assert found["installment_wlb_kbank"]["installment_terms"] == [3, 4, 6, 10]
    assert found["installment_wlb_first_choice"]["loan_installment_terms"] == [3, 4, 6, 9, 10, 12, 18, 24]
    assert len(found["card"]["currencies"]) == 12
    assert {*api.ok("GET", "/account")["supported_currencies"]} - {*found["card"]["currencies"]} == {"CAD", "IDR"}
    assert found["card"]["card_brands"] == ["JCB", "Visa", "MasterCard", "American Express", "UnionPay"]


@pytest.mark.parametrize(
    ("country", "currency", "name", "limits"),
    [
        ("JP", "JPY", "paypay", (100, 6_000_000)),
        ("SG", "SGD", "paynow", (100, 2_000_000)),
        ("MY", "MYR", "fpx", (100, 10_000_000)),
    ],
)
def test_other_countries_have_methods_of_their_own(
    country: str, currency: str, name: str, limits: tuple[int, int]
) -> None:
    """
    In their currency, and within their limits.
    """
    capability = Caller(Application(country=country)).ok("GET", "/capability")
    found = methods(capability)

    assert capability["country"] == country
    assert (found[name]["currencies"], found["card"]["currencies"][0]) == ([currency], currency)
    assert tuple(capability["limits"]["charge_amount"][bound] for bound in ("min", "max")) == limits
    assert "promptpay" not in found
    assert "direct_debit_bay" not in found


def test_banks_to_choose_from_are_listed() -> None:
    """
    With their names.
    """
    found = methods(Caller(Application(country="MY")).ok("GET", "/capability"))

    assert {"code": "ocbc", "name": "OCBC Bank", "active": True} in found["fpx"]["banks"]


@pytest.mark.parametrize("version", ["2014-07-27", "2015-11-17", "2017-11-02"])
@pytest.mark.parametrize("key", [SECRET_KEY, PUBLIC_KEY])
def test_older_versions_have_backends(api: Caller, version: str, key: str) -> None:
    """
    One object with one key for each method, and currencies in lower case; neither a country nor limits of instalments.
    """
    capability = api.ok("GET", "/capability", key=key, headers={"Omise-Version": version})
    newest = api.ok("GET", "/capability")
    backends = {name: backend for item in capability["payment_backends"] for name, backend in item.items()}

    assert set(newest) - set(capability) == {"payment_methods", "country"}
    assert set(capability["limits"]) == {"charge_amount", "transfer_amount"}
    assert all(len(item) == 1 for item in capability["payment_backends"])
    assert list(backends) == ["credit_card" if name == "card" else name for name in methods(newest)]
    card, installment, alipay = (backends[name] for name in ("credit_card", "installment_wlb_bay", "alipay"))
    currencies = [code.lower() for code in methods(newest)["card"]["currencies"]]
    assert card == {"type": "card", "currencies": currencies, "brands": methods(newest)["card"]["card_brands"]}
    assert (installment["type"], installment["allowed_installment_terms"]) == ("installment", [3, 4, 6, 9, 10])
    assert installment["amount"]["min"] == newest["limits"]["installment_amount"]["min"]
    assert alipay == {"type": "alipay", "currencies": ["thb"], "amount": newest["limits"]["charge_amount"]}
