from __future__ import annotations

import base64

import pytest

from omise.sandbox.app import Application
from omise.sandbox.events.signatures import sign
from omise.sandbox.state.store import Store

A = base64.b64encode(bytes(range(32))).decode()
B = base64.b64encode(bytes(range(255, 223, -1))).decode()
TIMESTAMP = "1767225600"

LINE = (
    b'{"object":"event","id":"evnt_test_60a1b2c3d4e5f6g7h8i","livemode":false,"key":"charge.complete",'
    b'"data":{"object":"charge","id":"chrg_test_60a1b2c3d4e5f6g7h8j","amount":12345}}'
)
THAI = '{"object":"event","key":"charge.create","data":{"description":"ชำระเงิน ☕"}}'.encode()
PRETTY = b'{\n  "object": "event",\n  "key": "link.create"\n}\n'


@pytest.mark.parametrize(
    ("secret", "body", "signature"),
    [
        (A, LINE, "9213910da505297704881bb34b3922dfbe47411ecb7fb58d696f07fbe2e2cb4e"),
        (B, LINE, "0a130a364c9ff4e698e3e58ee38ea525f8fe1640c04a4f3e360a2d35b6a33057"),
        (A, THAI, "9b24cae9ef913bbcca7917aa784463c88eb5508ef8a16036091056169e2aa3d2"),
        (A, PRETTY, "955848a044207a0a3220d946f56b7c47a428b59506ba6af8add7250cc91bb928"),
    ],
)
def test_signatures_are_those_of_the_api(secret: str, body: bytes, signature: str) -> None:
    """
    The secret is decoded first, the time is part of what is signed, and the result is in hex.
    """
    assert sign(secret, TIMESTAMP, body) == signature


@pytest.mark.parametrize(("timestamp", "body"), [("1767225601", LINE), (TIMESTAMP, LINE + b"\n")])
def test_everything_counts(timestamp: str, body: bytes) -> None:
    """
    Another time or another body has another signature.
    """
    assert sign(A, timestamp, body) != sign(A, TIMESTAMP, LINE)


def test_a_secret_can_be_given() -> None:
    """
    It signs for accounts without one of their own, and stays that of the database.
    """
    store = Store()

    assert Application(store, webhook_secret=A).webhook_secret == A
    assert Application(store).webhook_secret == A
    assert Application(Store()).webhook_secret not in (A, B)


@pytest.mark.parametrize("secret", ["", "no base64", "MTIz\n", "MTI", "ชำระ"])
def test_what_is_no_secret_is_refused(secret: str) -> None:
    """
    Without being shown.
    """
    with pytest.raises(ValueError, match=r"^a webhook secret is base64, as the dashboard shows it$"):
        Application(webhook_secret=secret)
