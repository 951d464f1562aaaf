"""What is blotted out, and what is left alone."""

import base64
import json
from datetime import datetime, timezone
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omise import redaction
from omise.redaction import MASK, NUMBER_FIELDS, SECRET_FIELDS, Sealed, redact, redact_text, sealed

PATTERNS = [
    "_KEY",
    "_CREDENTIALS",
    "_USER_INFO",
    "_NAMED",
    "_NAMED_NUMBER",
    "_WALLET",
    "_WEBHOOK_SECRET",
    "_DIGITS",
]
CARDS = [
    "4242424242424242",
    "5555551111110011",
    "3530111111190011",
    "6250947000000014",
    "377138160000009",
    "36021042111108",
]
KEYS = [
    "skey_test_5xuy4w91xqz7d1w9u0t",
    "pkey_5xuy4w91xqz7d1w9u0t",
    "ckey_test_please_let_me_in",
    "skey_test_x",
    "skey_live",
]


@pytest.mark.parametrize("name", sorted(SECRET_FIELDS))
@pytest.mark.parametrize("spelling", ["{}", "card[{}]", "cards[][{}]", "{}[]", "a[b][{}][]"])
def test_fields_that_hold_secrets_show_nothing(name: str, spelling: str) -> None:
    """A secret is known by the name of its field, in any spelling of a form, whatever its value is."""
    field = spelling.format(name)

    for value in ("123", 123, ["123", 9], {"a": "123"}):
        shown = redact({"inner": [{field: value, field.upper(): value}]})
        assert "123" not in repr(shown)
        assert MASK in repr(shown)


@pytest.mark.parametrize("number", [*CARDS, "4242 4242 4242 4242", "4242-4242-4242-4242", "4 2 4 2 4242 4242 4242"])
@pytest.mark.parametrize("field", ["number", "card[number]", "number[]", "account_number", "NUMBER"])
def test_fields_that_hold_numbers_show_the_last_four_digits(number: str, field: str) -> None:
    """Enough to tell cards and accounts apart, in any spelling of the number, and not more."""
    assert redact({field: number}) == {field: MASK + number[-4:]}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (4242424242424242, f"{MASK}4242"),
        ("4242 4242 4242 424x", f"{MASK}2424"),
        ("12345678", MASK),
        (12, MASK),
        ("number is invalid", "number is invalid"),
        (None, None),
        (["4242424242424242"], [f"{MASK}4242"]),
    ],
)
def test_a_number_is_hidden_even_if_it_is_mistyped(value: Any, shown: Any) -> None:
    """A number with a letter in it is nearly a number; a complaint of the API about one is none."""
    assert redact({"number": value}) == {"number": shown}


TEXTS = [
    "{}",
    "paid with {}.",
    "({})",
    "number={}",
    "a, {}, b",
    "2026-01-31 {}",
    "100 {} 200",
    "{} 12 7",
    "x_{}",
    "n%3D{}",
    "%20{}",
    "\t{}\n",
]


@pytest.mark.parametrize(
    "card", [*CARDS, "4242 4242 4242 4242", "4242-4242-4242-4242", "4242  4242\u00a04242 4242", "3771 381600 00009"]
)
@pytest.mark.parametrize("text", TEXTS)
def test_card_numbers_are_found_in_text(card: str, text: str) -> None:
    """A card number is found by its looks, beside other numbers too, and the text around it stays."""
    shown = redact_text(text.format(card))

    assert shown == text.format(MASK + card.replace(" ", "")[-4:])


def test_card_numbers_are_found_whatever_the_field() -> None:
    """In free text, as a number, as the name of a field."""
    card = 4242424242424242

    shown = redact(
        {"metadata": {"note": f"card {card}", "raw": card, "float": float(card), str(card): 1}, "list": [card]}
    )

    assert str(card) not in repr(shown)
    assert shown["metadata"][f"{MASK}4242"] == 1


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize(
    "text",
    ["{}", "'{}'", "https://api.omise.co/?key={}&a=1", "https://{}:@api.omise.co", "my_{}", "key%3A{}", "{}, {}"],
)
def test_keys_are_found_in_text(key: str, text: str) -> None:
    """Nothing of a key is shown but its kind."""
    shown = redact({"anything": text.format(key, key)})["anything"]

    assert key not in shown
    assert key.split("_", 1)[1].removeprefix("test_") not in shown


def test_the_user_of_an_address_is_not_shown() -> None:
    """Name and password before a host are credentials, whatever they look like."""
    assert redact_text("see https://john:hunter2@example.com/a@b") == f"see https://{MASK}@example.com/a@b"
    assert redact_text("redis://:hunter@2@localhost/0") == f"redis://{MASK}@localhost/0"
    assert redact_text("https://example.com?mail=a@b.co") == "https://example.com?mail=a@b.co"


def test_the_kind_of_a_key_is_shown() -> None:
    """Which kind of key it was, and of which mode, helps to find what is wrong."""
    assert redact_text("not skey_test_5xuy4w91xqz7d1w9u0t") == f"not skey_test_{MASK}"
    assert redact_text("not pkey_5xuy4w91xqz7d1w9u0t") == f"not pkey_{MASK}"


@pytest.mark.parametrize("key", KEYS)
def test_credentials_are_found_in_text(key: str) -> None:
    """The header that carries a key does not show it, in whatever shape it is printed."""
    encoded = base64.b64encode(f"{key}:".encode()).decode()

    for header in ({"Authorization": f"Basic {encoded}"}, {"x": f"Basic {encoded}"}, {"x": f"bearer {encoded}"}):
        assert encoded not in redact_text(repr(header))
        assert encoded not in redact_text(json.dumps(header))
        assert encoded not in repr(redact(header))


@pytest.mark.parametrize(
    "text",
    [
        '{"security_code": "987", "cvv":987}',
        "{'security_code': '987'}",
        "card[security_code]=987&name=x",
        urlencode({"card[security_code]": "987"}),
        json.dumps({"body": json.dumps({"security_code": "987"})}),
        "Security_Code: 987",
        "password=987",
    ],
)
def test_named_secrets_are_found_in_text(text: str) -> None:
    """A body that is shown as text, since it was no JSON, keeps its security codes to itself."""
    assert "987" not in redact_text(text)
    assert MASK in redact_text(text)


def test_webhook_secrets_are_found_under_their_name() -> None:
    """A webhook's secret is called a key, as is the name of an event; only one of them is a secret."""
    secret = base64.b64encode(bytes(range(32))).decode()

    assert redact({"object": "webhook_secret", "key": secret})["key"] == MASK
    assert redact({"object": "event", "key": "charge.create"})["key"] == "charge.create"
    assert redact({"object": "chain", "key": KEYS[2]})["key"] == f"ckey_test_{MASK}"


@pytest.mark.parametrize(
    "text",
    [
        "cust_test_5xuy4w91xqz7d1w9u0t",
        "chrg_test_4424242424242424242x",
        "4242424242424242abc",
        "2026-01-31T09:30:00Z",
        "2026-01-31 09:30:00 UTC",
        "2000-01-01 2001-01-01 2002-01-01",
        "+66812345678",
        "081-234-5678",
        "+66 81 234 5678",
        "1735689600003",  # milliseconds, and a check digit that is right
        "200 300 400 500 602",  # likewise
        "100000",
        "4242424242424243",  # a check digit that is wrong
        "whiskey_bottle and turkey_sandwich",
        "set test keys (skey_test_…, pkey_test_…), or a key that begins with skey_ or skey_test_",
        "The Basic subscription",
        "basic information",
        "security_code is invalid, and the secret is out",
        "a, b and c",
        "",
    ],
)
def test_what_only_resembles_a_secret_stays(text: str) -> None:
    """Ids, dates, amounts, phone numbers and words are left alone."""
    assert redact_text(text) == text


@given(st.integers(0, 10**11))
def test_amounts_stay_numbers(amount: int) -> None:
    """No amount is taken for a card."""
    assert redact({"amount": amount}) == {"amount": amount}


@given(st.datetimes(timezones=st.just(timezone.utc)))
def test_times_stay(moment: datetime) -> None:
    """No time of any form is taken for a card."""
    for text in (moment.isoformat(), f"{moment:%Y-%m-%d %H:%M:%S UTC}", f"{moment:%Y-%m-%d %H-%M-%S}"):
        assert redact_text(text) == text


def test_uuids_stay() -> None:
    """Request ids are needed to talk about what went wrong."""
    ids = [str(UUID(int=number**9 % 2**128)) for number in range(10**12, 10**12 + 300)]

    assert [redact_text(text) for text in ids] == ids


def test_the_shape_stays_and_the_original_too() -> None:
    """What is returned has the shape of the original, which is not touched."""
    original: dict[Any, Any] = {"a": [1, None, True, 2.5, ("x",)], 3: {"security_code": "1"}, "object": {}}
    before = repr(original)

    assert redact(original) == {"a": [1, None, True, 2.5, ["x"]], 3: {"security_code": MASK}, "object": {}}
    assert repr(original) == before


def test_what_is_too_deep_is_left_out() -> None:
    """A value deeper than Python can follow is shown as far as it goes."""
    deep: Any = "bottom"
    for _ in range(100_000):
        deep = {"a": deep}

    shown = redact(deep)

    assert "bottom" not in repr(shown)
    assert repr(shown).startswith("{'a': {'a': ")


parts = st.sampled_from(
    [*KEYS, *CARDS, "987", "cust_test_1", "security_code", "number", "skey_test_[redacted]", " ", "="]
) | st.text(max_size=5)
values = st.recursive(
    st.lists(parts, max_size=5).map("".join) | st.integers() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(parts, inner, max_size=3),
    max_leaves=8,
)


@given(values)
def test_redacting_twice_is_redacting_once(value: Any) -> None:
    """A recording whose secrets are out matches a request whose secrets are out."""
    once = redact(value)

    assert redact(once) == once


def _check_digit(digits: str) -> str:
    total = sum(sum(divmod(int(digit) * (2 - place % 2), 10)) for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


@given(
    st.sampled_from("34568"),
    st.text("0123456789", min_size=12, max_size=17),
    st.sampled_from(["", " ", "-"]),
    st.text(" ,.;()", min_size=1),
)
def test_no_card_number_gets_through(first: str, rest: str, gap: str, around: str) -> None:
    """Any number that could be a card's, in groups of four or without gaps, is blotted out."""
    number = first + rest + _check_digit(first + rest)
    groups = [number] if gap == "" else [number[place : place + 4] for place in range(0, len(number), 4)]
    if len(groups) > 1 and len(groups[-1]) < 3:
        groups[-2:] = [groups[-2] + groups[-1]]

    shown = redact({"note": around + gap.join(groups) + around})["note"]

    assert shown == f"{around}{MASK}{number[-4:]}{around}"


def test_the_number_of_a_receipt_is_no_secret() -> None:
    """It names a country, a day and a counter; anything else in a field of that name is treated as a card's."""
    assert redact({"number": "OMTH202601200001"}) == {"number": "OMTH202601200001"}
    assert redact({"number": "OM4242424242424242"}) == {"number": "[redacted]4242"}


@pytest.mark.parametrize("pattern", PATTERNS)
@settings(max_examples=20)
@given(st.data())
def test_a_text_with_a_secret_is_never_passed_over(pattern: str, data: st.DataObject) -> None:
    """The look at whether there may be a secret in a text sees all that is looked for."""
    text = data.draw(st.from_regex(getattr(redaction, pattern)))

    assert redaction._redact_text(text) == text or redaction._SUSPECT.search(text)


HOOK = base64.b64encode(bytes(range(32))).decode()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (HOOK, MASK),
        (f"/secrets/{HOOK}/a {HOOK}", f"/secrets/{MASK}/a {MASK}"),
        (f'{{"fingerprint": "{HOOK}"}}', None),
        ("query=4242+4242+4242+4242", f"query={MASK}4242"),
        ("query=4242%204242%204242%204242&a=1", f"query={MASK}4242&a=1"),
        ("a%253D4242424242424242%26b", f"a%3D{MASK}4242%26b"),
        ("a%2520b", None),
        ("security_code%253D123", f"security_code%3D{MASK}"),
        ("%7B%22cvv%22%3A%22123%22%7D", f"%7B%22cvv%22%3A%22{MASK}%22%7D"),
        ('{"account_number": "7772727364"}', f'{{"account_number": "{MASK}7364"}}'),
        ("bank_account[number]=777-2-72736-4", f"bank_account[number]={MASK}7364"),
        ("citizen_id: 1101700203450", f"citizen_id: {MASK}3450"),
        ("phone_number=0812345678", None),
        (
            '{"tokenization": {"data": "{\\"a\\": 1}"}}',
            '{"tokenization": {"data": "',
        ),
        ("BASIC c2tleV90ZXN0XzE6", f"BASIC {MASK}"),
        ("'a\\n4242424242424242'", f"'a\\n{MASK}4242'"),
        ("pass omise.secret_api_key=… here", None),
        ("tokn_test_5xuy4w91xqz7d1w9u0t", None),
        ("2026-01-31T09:30:00+07:00 and 10:30", None),
    ],
)
def test_what_texts_say_of_secrets(text: str, shown: str | None) -> None:
    """Named or known by their looks, in any form; None: nothing, so that it stays. The ids of tokens are none."""
    redacted = redact_text(text)

    assert redacted == text if shown is None else redacted.startswith(shown)
    assert redact_text(redacted) == redacted


@pytest.mark.parametrize("name", sorted(NUMBER_FIELDS))
def test_personal_numbers_show_their_end(name: str) -> None:
    """By their names; more than a number, under such a name, shows nothing."""
    assert redact({name: "1101700203450"}) == {name: f"{MASK}3450"}
    assert redact({name: "4242424242424242&security_code=123"}) == {name: MASK}


def test_a_wallets_data_is_known_by_where_it_stands() -> None:
    """In JSON and in forms; other data is left alone."""
    wallet = {"tokenization": {"method": "googlepay", "data": "payload"}, "data": "plain", "tokenization[data]": "x"}

    assert redact(wallet) == {
        "tokenization": {"method": "googlepay", "data": MASK},
        "data": "plain",
        "tokenization[data]": MASK,
    }


@pytest.mark.parametrize(
    "value",
    [4242424242424242, {"4242424242424242": "a"}, {4242424242424242}, b"secret", {"skey_test_5example": {"a": 1}}],
)
def test_what_is_sealed_whole(value: Any) -> None:
    """Numbers, names, and what nobody can look into; what is harmless is not."""
    assert type(sealed({"a": value})["a"]) is Sealed
    assert repr(sealed({"a": value})) == repr({"a": MASK})
    assert sealed({"a": 1735689600003, "b": set(), "payment_methods": [True, None, 2.5]}) == {
        "a": 1735689600003,
        "b": set(),
        "payment_methods": [True, None, 2.5],
    }
