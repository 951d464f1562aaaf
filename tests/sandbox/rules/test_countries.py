from __future__ import annotations

import pytest

from omise.sandbox import Application, Store
from omise.sandbox.rules.countries import COUNTRIES, default_country, set_country


@pytest.mark.parametrize(
    ("code", "currency", "limits", "days"),
    [
        ("TH", "THB", (2_000, 500_000_000_000), 7),
        ("JP", "JPY", (100, 6_000_000), 30),
        ("SG", "SGD", (100, 2_000_000), 7),
        ("MY", "MYR", (100, 10_000_000), 7),
    ],
)
def test_countries(code: str, currency: str, limits: tuple[int, int], days: int) -> None:
    """
    Their currencies, what a charge can be, and for how long money is held.
    """
    country = COUNTRIES[code]

    assert (country.code, country.currency, country.charge_limits) == (code, currency, limits)
    assert country.authorized_for.days == days


def test_a_store_begins_in_thailand() -> None:
    """
    And remembers another country.
    """
    with Store().transaction() as transaction:
        assert default_country(transaction) == "TH"
        set_country(transaction, "JP")
        set_country(transaction, None)
        assert default_country(transaction) == "JP"


def test_unknown_countries_are_refused() -> None:
    """
    Before anything is served.
    """
    with pytest.raises(ValueError, match="country must be one of TH, JP, SG, MY, not 'US'"):
        Application(country="US")
