"""Sub-merchants of a platform."""

import pytest

import omise
from omise.sandbox import Sandbox

from .calls import last


def test_create_list_and_search(omise_sandbox: Sandbox) -> None:
    """By name; they belong to the account's team."""
    shop = omise.SubMerchant.create(name="Keiko's shop")

    assert last(omise_sandbox) == ("POST", "/sub_merchants", {"name": "Keiko's shop"})
    assert isinstance(shop, omise.SubMerchant)
    assert shop.parent_team_id == omise.Account.retrieve().team
    assert repr(shop) == f"""<SubMerchant {shop.id} name="Keiko's shop" live_account_status='unsubmitted'>"""

    assert list(omise.SubMerchant.list(limit=1)) == [shop]
    assert last(omise_sandbox) == ("GET", "/sub_merchants", {"limit": "1"})
    assert list(omise.SubMerchant.search().query("keiko")) == [shop]
    assert last(omise_sandbox)[2] == {"scope": "sub_merchant", "query": "keiko"}


def test_a_name_is_needed(omise_sandbox: Sandbox) -> None:
    """The API says so, and nothing is made."""
    with pytest.raises(omise.errors.BadRequestError, match="name can't be blank"):
        omise.SubMerchant.create()

    assert len(omise.SubMerchant.list()) == 0
    assert not hasattr(omise.SubMerchant, "retrieve")
