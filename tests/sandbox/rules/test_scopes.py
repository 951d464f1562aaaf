from __future__ import annotations

import pytest

from omise.sandbox.rules.scopes import SCOPES, matches_query

#: The filters of each scope, as the API lists them.
FILTERS = {
    "audit": "actor_email actor_type auditable_type auditable_uid created verb",
    "charge": (
        "amount authorized capture capture_id captured card_last_digits created currency customer_present disputed "
        "failure_code installment_terms is_installment refund_amount refunded reversed safe scheduled source_of_fund "
        "source_type status voided acquirer_reference_number"
    ),
    "charge_schedule": "active amount card_last_digits created status",
    "customer": "created",
    "dispute": "amount card_first_digits card_last_digits charge_id closed_at created currency delayed status",
    "event": "",
    "link": "amount created currency multiple pending used used_at",
    "linked_account": "created status type",
    "log_entry": "",
    "receipt": "created",
    "recipient": "activated_at active bank_last_digits created deleted failure_code type verified verified_at",
    "refund": "acquirer_reference_number amount card_first_digits card_last_digits charge_id created status voided",
    "sub_merchant": "agreement_accepted created live_activated owner_uid registration_status",
    "transaction": "",
    "transfer": "amount created currency deleted fee paid paid_at sent sent_at",
    "transfer_schedule": "active created status",
}


def test_all_scopes_and_filters_are_there() -> None:
    """
    And no others.
    """
    assert {name: set(scope.filters) for name, scope in SCOPES.items()} == {
        name: set(filters.split()) for name, filters in FILTERS.items()
    }


OBJECT = {
    "object": "thing",
    "id": "thng_test_1a2b",
    "description": "Order 7781, ชา",
    "location": "/things/secret",
    "amount": 100,
    "metadata": {"Tier": "Gold", "nested": [{"deep": 42}], "nothing": None},
    "card": {"object": "card", "name": "Arunee Example", "last_digits": "4242"},
    "refunds": {"object": "list", "data": [{"id": "rfnd_test_9"}]},
    "email": None,
}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", True),
        ("  ", True),
        ("7781", True),
        ("ORDER", True),
        ("ord 778", True),
        ("order gold arunee", True),
        ("ชา", True),
        ("1A2B", True),
        ("tier", True),
        ("42", True),
        ("order nobody", False),
        ("secret", False),
        ("rfnd_test_9", False),
        ("100", False),
    ],
)
def test_each_word_of_a_query_is_somewhere(query: str, expected: bool) -> None:
    """
    In ids, descriptions, names, metadata, also of what an object holds; not in lists of others, addresses, numbers.
    """
    assert matches_query(OBJECT, query) is expected
