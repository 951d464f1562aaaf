from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omise.sandbox.http.masking import REDACTED, redact, redact_headers, redact_text
from omise.sandbox.http.parameters import Upload

REDACTED_4242 = f"{REDACTED}4242"


@pytest.mark.parametrize(
    ("params", "redacted"),
    [
        ({"card": {"number": "4242424242424242"}}, {"card": {"number": REDACTED_4242}}),
        ({"card": {"number": 4242424242424242}}, {"card": {"number": REDACTED_4242}}),
        ({"card": {"number": "42424"}}, {"card": {"number": REDACTED}}),
        ({"card": {"number": None, "name": "A"}}, {"card": {"number": None, "name": "A"}}),
        ({"card": {"security_code": 123}}, {"card": {"security_code": REDACTED}}),
        ({"number": "1"}, {"number": REDACTED}),
        ({"Security_Code": "123"}, {"Security_Code": REDACTED}),
        ({"a": [{"b": {"cvc": "1"}}]}, {"a": [{"b": {"cvc": REDACTED}}]}),
        ({"cards": [["4242424242424242"]]}, {"cards": [[REDACTED_4242]]}),
        ({"4242424242424242": "x"}, {REDACTED_4242: "x"}),
        (
            {"tokenization": {"data": "abc", "method": "googlepay"}},
            {"tokenization": {"data": REDACTED, "method": "googlepay"}},
        ),
        ({"bank_account": {"number": "1234567890"}}, {"bank_account": {"number": f"{REDACTED}7890"}}),
        ({"metadata": {"note": "call skey_test_abc now"}}, {"metadata": {"note": f"call skey_test_{REDACTED} now"}}),
        ({"capture_amount": 3000, "ok": True, "rate": 1.5}, {"capture_amount": 3000, "ok": True, "rate": 1.5}),
        ({"file": Upload("a.png", "image/png", b"\x00" * 9)}, {"file": "<file a.png, image/png, 9 bytes>"}),
    ],
)
def test_parameters_lose_their_secrets(params: Any, redacted: Any) -> None:
    """
    At any depth, by name or by what they look like; everything else stays as it was.
    """
    assert redact(params) == redacted


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("4242 4242-4242 4242", REDACTED_4242),
        ("pay 378282246310005!", f"pay {REDACTED}0005!"),
        ("pkey_4xs8breq32civvobx15", f"pkey_{REDACTED}"),
        (
            '{"number":"4242424242424242","security_code":"123"}',
            f'{{"number":"{REDACTED_4242}","security_code":"{REDACTED}"}}',
        ),
        ("security_code: 1234, name", f"security_code: {REDACTED}, name"),
        ("/customers/4242424242424242", f"/customers/{REDACTED_4242}"),
        ("4242424242424241", "4242424242424241"),
        ("cust_test_4242424242424242424", "cust_test_4242424242424242424"),
        ("order 1234567890123", "order 1234567890123"),
    ],
)
def test_text_loses_keys_and_card_numbers(text: str, redacted: str) -> None:
    """
    Numbers that are no card's, and ids, stay.
    """
    assert redact_text(text) == redacted


def test_headers_lose_credentials() -> None:
    """
    Whatever the letter case.
    """
    headers = {"authorization": "Basic abc", "Cookie": "a=b", "X-Key": "skey_test_abc", "Accept": "*/*"}

    assert redact_headers(headers) == {
        "authorization": REDACTED,
        "Cookie": REDACTED,
        "X-Key": f"skey_test_{REDACTED}",
        "Accept": "*/*",
    }


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(json_values, st.sampled_from(["note", "number", "security_code"]))
def test_no_structure_hides_a_card_number(value: Any, name: str) -> None:
    """
    Wherever it is put, under whatever name, it is gone.
    """
    secret = "4242424242424242"
    hidden = redact({"a": [value, {name: {"b": [value, f"x {secret}", int(secret)]}}], "card": {name: value}})

    assert secret not in repr(hidden)
