"""`omise.records.misspelling`: parameters that are nearly those that the API knows are told where they are sent."""

import warnings
from collections.abc import Callable
from typing import Any

import pytest

import omise
from omise import UnknownParameterWarning
from omise.sandbox import Sandbox

MISSPELT: dict[str, tuple[Callable[[Any], Any], str]] = {
    "Charge.create": (lambda omise: omise.Charge.create(amount=1000_00, captur=False), "'capture'"),
    "Transfer.create": (lambda omise: omise.Transfer.create(amount=1000_00, recipent="recp_1"), "'recipient'"),
    "Charge.list": (lambda omise: omise.Charge.list(limt=1), "'limit'"),
    "Customer.create": (lambda omise: omise.Customer.create(emial="a@b.co"), "'email'"),
    "charge.refund": (
        lambda omise: omise.Charge.from_data({"object": "charge", "id": "chrg_test_1"}).refund(amout=1),
        "'amount'",
    ),
}


@pytest.mark.parametrize("verb", MISSPELT)
def test_a_near_miss_is_warned_of(omise_sandbox: Sandbox, verb: str) -> None:
    """By the name that is likely meant, at the line of the application, for accounts of clients too."""
    call, likely = MISSPELT[verb]
    for account in (omise, omise_sandbox.client()):
        with (
            pytest.warns(UnknownParameterWarning, match=f"did you mean {likely}") as told,
            pytest.raises(omise.APIError),
        ):
            call(account)
        assert {warning.filename for warning in told} == {__file__}


def test_what_is_right_or_new_is_not_warned_of(omise_sandbox: Sandbox) -> None:
    """Parameters, options, and names that come near to nothing, which the API may have learnt since."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        omise.Charge.create(amount=1000_00, currency="thb", card=omise_sandbox.card(), timeout=9, key=omise.api_key)
        omise.Charge.list(from_="2020-01-01", limit=1)
        with pytest.raises(omise.APIError):
            omise.Charge.create(amount=1000_00, currency="thb", card="tokn_test_1", brand_new_thing=1)
