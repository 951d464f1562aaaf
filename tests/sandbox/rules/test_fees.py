from __future__ import annotations

import pytest

from omise.sandbox.rules.fees import Fees, fees_of


@pytest.mark.parametrize(
    ("amount", "fee", "vat"),
    [(100000, 3650, 256), (50000, 1825, 128), (2000, 73, 5), (1, 0, 0), (13, 0, 0), (14, 1, 0), (270, 10, 1)],
)
def test_fees_are_rounded_half_up(amount: int, fee: int, vat: int) -> None:
    """
    3.65 % of the amount, and 7 % of that; 255.5 satang are 256.
    """
    assert fees_of(amount, "3.65") == Fees(fee, vat)


def test_there_may_be_no_fee() -> None:
    """
    Nor a tax on it.
    """
    assert fees_of(100000, "0.0") == Fees(0, 0)
