from __future__ import annotations

import pytest

from omise.sandbox import Application
from omise.sandbox.resources import source
from omise.sandbox.rules.countries import COUNTRIES, Country
from omise.sandbox.rules.currencies import CURRENCIES
from omise.sandbox.rules.methods import ALL, METHODS
from omise.sandbox.rules.pictures import PICTURES

from ..conftest import Caller

FLOWS = {"", "redirect", "app_redirect", "offline"}

#: Months, as documented or recorded.
TERMS = {
    "installment_bay": [3, 4, 6, 9, 10],
    "installment_bbl": [3, 4, 5, 6, 7, 8, 9, 10],
    "installment_first_choice": [3, 4, 6, 9, 10, 12, 18, 24, 36],
    "installment_kbank": [3, 4, 6, 10],
    "installment_ktc": [3, 4, 5, 6, 7, 8, 9, 10],
    "installment_ttb": [3, 4, 6, 10],
    "installment_uob": [3, 4, 6, 10],
    "installment_mbb": [6, 12, 18, 24],
    "installment_wlb_bay": [3, 4, 6, 9, 10],
    "installment_wlb_scb": [3, 4, 6, 9, 10],
    "installment_wlb_bbl": [4, 6, 8, 10],
    "installment_wlb_first_choice": [3, 4, 6, 9, 10, 12, 18, 24, 36],
    "installment_wlb_kbank": [3, 4, 6, 10],
    "installment_wlb_ktc": [3, 4, 5, 6, 7, 8, 9, 10],
    "installment_wlb_ttb": [3, 4, 6, 10],
    "installment_wlb_uob": [3, 4, 6, 10],
}


def test_methods_make_sense() -> None:
    """
    Known flows and currencies; what is required can be given; what is scanned is no page.
    """
    assert len(METHODS) == len(ALL)
    for method in METHODS.values():
        assert method.flow in FLOWS
        assert {*method.currencies} <= {*CURRENCIES}
        assert {*method.requires} <= source.PARAMETERS.keys()
        assert not method.code or method.flow == "offline"
    assert {*PICTURES} == {"png", "svg"}


@pytest.mark.parametrize(("name", "terms"), TERMS.items())
def test_terms_of_instalments(name: str, terms: list[int]) -> None:
    """
    By who gives the credit.
    """
    assert list(METHODS[name].terms) == terms
    assert METHODS[name].requires == ("installment_term",)


#: What each type may ask for.
ANSWERS = {
    "barcode": "1234",
    "bank": "ocbc",
    "name": "Arunee",
    "email": "payer@example.com",
    "phone_number": "0812345678",
}


@pytest.mark.parametrize("country", COUNTRIES.values(), ids=lambda country: country.code)
def test_every_source_type_can_be_charged(country: Country) -> None:
    """
    In each country that has it, for the least that it takes, with the flow, fee and refunds of the table.
    """
    api = Caller(Application(country=country.code))
    offered = [method for method in ALL if method.flow and country.currency in method.currencies]
    for method in offered:
        term = max(method.terms, default=None)
        amount = max(country.charge_limits[0], country.installment_minimum, method.least_over(term))
        source = {"type": method.name, "installment_term": term, **ANSWERS}
        charge = api.charge(amount, country.currency, source=source, return_uri="https://shop.example.com")
        paid = api.ok("POST", f"/charges/{charge['id']}/mark_as_paid")
        fee = paid["transaction_fees"]["fee_rate"]

        assert (paid["source"]["flow"], fee, paid["refundable"]) == (method.flow, method.fee_rate, method.refundable)
        assert (paid["source"]["references"] is not None) is method.bill
        assert paid["partially_refundable"] is method.partially_refundable


@pytest.mark.parametrize(
    ("name", "flow", "currency"),
    [
        ("grabpay_rms", "redirect", "MYR"),
        ("touch_n_go_alipay_plus", "app_redirect", "SGD"),
        ("virtual_account", "offline", "JPY"),
        ("bkash", "redirect", "SGD"),
        ("easypaisa", "redirect", "SGD"),
        ("mobile_banking_ocbc_pao", "app_redirect", "SGD"),
        ("installment_citi", "redirect", "THB"),
        ("truemoney_qr", "offline", "THB"),
        ("atome_qr", "offline", "THB"),
        ("shopeepay_jumpapp", "app_redirect", "THB"),
    ],
)
def test_types_that_only_sdks_or_the_documentation_name(name: str, flow: str, currency: str) -> None:
    """
    They are there, too.
    """
    assert METHODS[name].flow == flow
    assert currency in METHODS[name].currencies
