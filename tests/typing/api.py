"""What type checkers see of the API. Checked by `mypy --strict`, never run; each ignore is an error that it finds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from typing_extensions import assert_type

import omise

client = omise.Client(secret_api_key="skey_test_1", timeout=(5, 30))

# Verbs of the class give records of the class, bound or not.
customer = omise.Customer.create(email="john@example.com", metadata={"a": 1})
assert_type(customer, omise.Customer)
assert_type(omise.Customer.create({"email": "john@example.com"}), omise.Customer)
assert_type(omise.Customer.retrieve("cust_1", expand=True), omise.Customer)
assert_type(client.Customer.retrieve(customer), omise.Customer)
assert_type(client.Customer.list(limit=5)[0], omise.Customer)
assert_type(omise.Card.retrieve(customer, "card_1"), omise.Card)
assert_type(omise.Token.create(number="4242424242424242"), omise.Token)
assert_type(omise.Customer.from_data({}), omise.Customer)
assert_type(omise.Customer(email="a@b.co").save(), omise.Customer)

# Verbs of a record give the record.
assert_type(customer.update(description=None), omise.Customer)
assert_type(customer.reload(), omise.Customer)
assert_type(customer.destroy(), omise.Customer)
assert_type(customer.destroyed, bool)

# Fields are what reading gives.
assert_type(customer.email, str | None)
assert_type(customer.created_at, datetime)
assert_type(customer.metadata, dict[str, Any])
assert_type(customer.attributes, Mapping[str, Any])
assert_type(customer.changes, dict[str, Any])
assert_type(customer["newer"], Any)
customer.email = "new@example.com"
customer.email = 7  # type: ignore[assignment]
print(customer.emial)  # type: ignore[attr-defined]
customer.emial = "x"  # type: ignore[attr-defined]
customer.destory()  # type: ignore[attr-defined]
omise.Customer.creat()  # type: ignore[attr-defined]
omise.Token.list()  # type: ignore[attr-defined]
print(client.Custmer)  # type: ignore[attr-defined]
print(omise.secret_key)  # type: ignore[attr-defined]

# Associations.
assert_type(customer.default_card, omise.Card | None)
customer.default_card = customer.cards[0]
customer.default_card = "card_1"
customer.default_card = None
customer.default_card = customer  # type: ignore[assignment]
print(customer.default_card.last_digits)  # type: ignore[union-attr]
assert_type(customer.cards, omise.CardList)
assert_type(customer.cards(limit=1), omise.CardList)
assert_type(customer.cards.create({"number": "4242424242424242"}), omise.Card)
assert_type(customer.cards.retrieve("card_1"), omise.Card)
assert_type(omise.Token.retrieve("tokn_1").card, omise.Card | None)

# Lists.
customers = omise.Customer.list(limit=20)
assert_type(customers, omise.List[omise.Customer])
for each in customers:
    assert_type(each, omise.Customer)
for each in client.Customer.list():
    assert_type(each, omise.Customer)
for card in customer.cards:
    assert_type(card, omise.Card)
assert_type(customers[0], omise.Customer)
assert_type(customers[1:3], list[omise.Customer])
assert_type(customers["total"], Any)
assert_type(customers.data, list[omise.Customer])
assert_type(customers.last, omise.Customer | None)
assert_type(customers.next_page(), omise.List[omise.Customer] | None)
assert_type(customers.total, int)
assert_type([each.email for each in reversed(customers)], list[str | None])

# Settings.
with omise.using(client) as current:
    assert_type(current, omise.Client)
assert_type(omise.secret_api_key, str | None)
omise.secret_api_key = 7  # type: ignore[assignment]
omise.Client(secret_key="skey_test_1")  # type: ignore[call-arg]
