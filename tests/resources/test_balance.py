"""The balance: one record, at an address without an id."""

import omise
from omise.sandbox import Sandbox

from .calls import last


def test_retrieve(omise_sandbox: Sandbox, charge: omise.Charge) -> None:
    """What came in, less fees, in the smallest unit of the account's currency."""
    balance = omise.Balance.retrieve()

    assert last(omise_sandbox) == ("GET", "/balance", {})
    assert isinstance(balance, omise.Balance)
    assert (balance.total, balance.transferable) == (charge.net, charge.net)
    assert (balance.currency, balance.reserve, balance.on_hold) == ("THB", 0, 0)
    assert repr(balance) == "<Balance total=96094 transferable=96094 currency='THB'>"


def test_reload(omise_sandbox: Sandbox, charge: omise.Charge) -> None:
    """It follows what is taken out."""
    balance = omise.Balance.retrieve()
    charge.refund(amount=100_00)

    assert balance.reload() is balance
    assert last(omise_sandbox) == ("GET", "/balance", {})
    assert balance.total == charge.net - 100_00


def test_older_versions(omise_sandbox: Sandbox, charge: omise.Charge) -> None:
    """They tell no location, and call it `available`; reading and reloading are the same."""
    omise.api_version = "2017-11-02"
    balance = omise.Balance.retrieve()

    assert balance.reload().available == balance["available"] == charge.net
    assert balance.location == "/balance"


def test_each_account_has_its_own(omise_sandbox: Sandbox, charge: omise.Charge) -> None:
    """A client's balance is that of its account, whatever the default one has."""
    with omise_sandbox.client() as shop:
        assert shop.Balance.retrieve().total == 0
        assert shop.Balance.retrieve().reload().total == 0
