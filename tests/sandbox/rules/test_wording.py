from __future__ import annotations

import pytest

from omise.sandbox.rules.methods import METHODS
from omise.sandbox.rules.wording import method_in_words, paid_with

from ..conftest import Caller


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("card", "Card"),
        ("promptpay", "PromptPay"),
        ("internet_banking_bay", "Internet banking BAY"),
        ("alipay_cn", "Alipay CN"),
        ("truemoney_qr", "TrueMoney QR"),
        ("alipayplus_upm", "Alipay+ UPM"),
        ("bkash", "bKash"),
        ("bill_payment_tesco_lotus", "Bill payment Tesco Lotus"),
        ("touch_n_go", "Touch 'n Go"),
    ],
)
def test_a_method_in_words(name: str, words: str) -> None:
    """
    As people write it.
    """
    assert method_in_words(name) == words


def test_no_two_methods_read_alike() -> None:
    """
    Whatever there is to pay with.
    """
    assert len({method_in_words(name) for name in METHODS}) == len(METHODS)


def test_what_a_charge_is_paid_with(api: Caller) -> None:
    """
    A card is told by its last digits.
    """
    ids = [api.charge()["id"], api.charge(source={"type": "promptpay"})["id"]]
    with api.workspace() as workspace:
        words = [paid_with(workspace, workspace.find("charge", charge_id)) for charge_id in ids]

    assert words == ["Visa ending in 4242", "PromptPay"]
