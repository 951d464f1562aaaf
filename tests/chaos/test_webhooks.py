"""Webhooks that were changed on their way, in every way that bytes can be: none is believed."""

import json
import random
from collections.abc import Callable
from typing import Any

import pytest

import omise

from .storm import size

MUTATIONS = size(100_000, 4_000)
SECRET, OTHER = "c2VjcmV0IG9mIGEgc2hvcA==", "YW5vdGhlciBzZWNyZXQgb2Yg"
NOW = 1_900_000_000
BODY = json.dumps(
    {"object": "event", "id": "evnt_test_1", "key": "charge.complete", "data": {"note": "ชา ☕"}}
).encode()

Parts = tuple[bytes, Any, Any]
Mutation = Callable[[random.Random, bytes, str, str], Parts]


def flip(chance: random.Random, data: bytes) -> bytes:
    """Change a bit."""
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << chance.randrange(8))]) + data[at + 1 :]


def body_bit(chance: random.Random, body: bytes, signature: str, timestamp: str) -> Parts:
    return flip(chance, body), signature, timestamp


def body_part(chance: random.Random, body: bytes, signature: str, timestamp: str) -> Parts:
    return body[: chance.randrange(len(body))], signature, timestamp


def body_longer(chance: random.Random, body: bytes, signature: str, timestamp: str) -> Parts:
    at = chance.randrange(len(body) + 1)
    return body[:at] + chance.randbytes(chance.randint(1, 9)) + body[at:], signature, timestamp


def body_encoded(chance: random.Random, body: bytes, signature: str, timestamp: str) -> Parts:
    text = body.decode()
    return text.encode(chance.choice(["utf-16", "utf-32", "utf-7", "utf-8-sig"])), signature, timestamp


def body_of_another_type(chance: random.Random, body: bytes, signature: str, timestamp: str) -> Parts:
    value = chance.choice([None, [], {}, 0, "event", True, [json.loads(body)], [[[[[]]]]], {"object": "event"}])
    return json.dumps(value).encode(), signature, timestamp


def body_written_again(chance: random.Random, body: bytes, signature: str, timestamp: str) -> Parts:
    return json.dumps(json.loads(body), indent=chance.randint(1, 8), ensure_ascii=False).encode(), signature, timestamp


def signature_bit(chance: random.Random, body: bytes, signature: str, timestamp: str) -> Parts:
    return body, flip(chance, signature.encode()), timestamp


def signature_part(chance: random.Random, body: bytes, signature: str, timestamp: str) -> Parts:
    return body, signature[: chance.randrange(len(signature))], timestamp


def signature_noise(chance: random.Random, body: bytes, signature: str, timestamp: str) -> Parts:
    noise = chance.choice([chance.randbytes(32).hex(), ",,,,", "☕" * 64, "\x00", "é" * 64, "\ud800", "0" * 10_000, ""])
    return body, noise, timestamp


def signature_of_another_type(chance: random.Random, body: bytes, signature: str, timestamp: str) -> Parts:
    return (
        body,
        chance.choice([None, 0, [signature], {"v1": signature}, b"\xff\xfe", 1.5, signature.upper()]),
        timestamp,
    )


def signed_by_another(chance: random.Random, body: bytes, signature: str, timestamp: str) -> Parts:
    return body, omise.Webhook.sign(body, OTHER, timestamp=NOW)["Omise-Signature"], timestamp


def timestamp_bit(chance: random.Random, body: bytes, signature: str, timestamp: str) -> Parts:
    return body, signature, flip(chance, timestamp.encode())


def timestamp_noise(chance: random.Random, body: bytes, signature: str, timestamp: str) -> Parts:
    noise = [
        "",
        "now",
        "-1",
        "1e9",
        "٣",
        "9" * 400,
        "NaN",
        f" {timestamp}",
        f"{timestamp}.0",
        f"0{timestamp}",
        "\x00",
        None,
        [],
    ]
    return body, signature, chance.choice(noise)


def signed_at_another_time(chance: random.Random, body: bytes, signature: str, timestamp: str) -> Parts:
    moment = NOW + chance.choice([-1, 1]) * chance.randint(301, 1_000_000_000)
    headers = omise.Webhook.sign(body, SECRET, timestamp=moment)
    return body, headers["Omise-Signature"], headers["Omise-Signature-Timestamp"]


MUTATE: list[Mutation] = [
    body_bit, body_part, body_longer, body_encoded, body_of_another_type, body_written_again,
    signature_bit, signature_part, signature_noise, signature_of_another_type, signed_by_another,
    timestamp_bit, timestamp_noise, signed_at_another_time,
]  # fmt: skip


def test_the_webhook_itself_is_believed() -> None:
    """Unchanged, so that what follows says something."""
    headers = omise.Webhook.sign(BODY, SECRET, timestamp=NOW)

    assert omise.Webhook.construct_event(BODY, headers, SECRET, now=NOW).id == "evnt_test_1"


@pytest.mark.parametrize("mutate", MUTATE, ids=lambda mutate: mutate.__name__)
def test_no_mutation_is_believed(mutate: Mutation) -> None:
    """Each is a `SignatureError`, and nothing else."""
    chance = random.Random(mutate.__name__)
    headers = omise.Webhook.sign(BODY, SECRET, timestamp=NOW)
    original = (headers["Omise-Signature"], headers["Omise-Signature-Timestamp"])
    for _ in range(-(-MUTATIONS // len(MUTATE))):
        body, signature, timestamp = mutate(chance, BODY, *original)
        changed = {"Omise-Signature": signature, "Omise-Signature-Timestamp": timestamp}
        with pytest.raises(omise.errors.SignatureError):
            omise.Webhook.construct_event(body, changed, SECRET, now=NOW)
