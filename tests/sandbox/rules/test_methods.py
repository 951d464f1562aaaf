from __future__ import annotations

import pytest

from omise.sandbox.resources import source
from omise.sandbox.rules.currencies import CURRENCIES
from omise.sandbox.rules.methods import ALL, METHODS
from omise.sandbox.rules.pictures import PICTURES

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
