"""What came back, as it is printed."""

import csv
import io
import json
import re

import pytest
from rich.cells import cell_len

import omise
from omise.sandbox import Sandbox

from .conftest import Typed


def test_a_list_is_a_table(typed: Typed, omise_sandbox: object) -> None:
    """In plain columns where it goes into a pipe: no colours, no lines, nothing cut off."""
    description = "A description that is longer than a terminal of eighty columns is wide, by quite a bit [bold]"
    customer = omise.Customer.create(email="mali@example.com", description=description)
    said = typed("customers", "list")
    head, row = said.out.splitlines()

    assert head.split() == ["id", "email", "description", "created_at"]
    assert row.startswith(f"{customer.id}  mali@example.com  {description}  20")
    assert said.err == ""
    assert "\x1b" not in said.out


@pytest.mark.parametrize("length", [0, 200])
def test_ids_stay_whole_on_a_terminal(
    typed: Typed, omise_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    """Of 80 columns, whatever else is in the row: they are there to be copied. A charge fits into a line."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")
    customer = omise.Customer.create(email="mali@example.com", description="a" * length, card=omise_sandbox.card())
    charge = customer.charge(amount=1_200_00, currency="thb")

    assert customer.id in typed("customers", "list").out
    assert re.search(f"{charge.id} +120000 +THB +successful +20[^ ]+Z", typed("charges", "list").out)


def test_a_page_says_that_there_is_more(typed: Typed, omise_sandbox: object) -> None:
    """On standard error, so that what reads the table is not disturbed."""
    for _ in range(3):
        omise.Customer.create()

    assert typed("customers", "list", "limit=2").err == "2 of 3; --all goes on to the end.\n"
    assert len(typed("customers", "list", "limit=2", "--all").out.splitlines()) == 4


def test_all_pages_are_large(typed: Typed, omise_sandbox: Sandbox) -> None:
    """Unless another size is asked for: a fifth of the requests."""
    for _ in range(30):
        omise.Customer.create()
    count = len(omise_sandbox.requests)

    assert len(typed("customers", "list", "--all").out.splitlines()) == 31
    assert [sent.params for sent in omise_sandbox.requests[count:]] == [{"limit": "100"}]


def test_nothing_is_told(typed: Typed, omise_sandbox: object) -> None:
    """An empty table has no head."""
    assert typed("customers", "list") == (0, "", "No customers.\n")
    assert typed("customers", "list", "--json").out == "[]\n"
    assert typed("customers", "list", "--csv").out == ""


def test_json_is_the_records(typed: Typed, omise_sandbox: object) -> None:
    """A list of them, or one; as the API gave them."""
    customer = omise.Customer.create(email="mali@example.com", metadata={"name": "มะลิ"})
    (listed,) = json.loads(typed("customers", "list", "--json").out)
    one = typed("customers", "get", customer.id, "--json").out

    assert [*listed] == [*json.loads(one)] == [*customer.to_dict()]
    assert json.loads(one)["metadata"] == customer.metadata
    assert "มะลิ" in one


def test_csv_is_a_row_for_each(typed: Typed, omise_sandbox: object) -> None:
    """Nested parts in columns of their own."""
    card = omise_sandbox.card()  # type: ignore[attr-defined]
    omise.Charge.create(amount=100_00, currency="thb", card=card, description='Say "hi"\nand go')
    (row,) = csv.DictReader(io.StringIO(typed("charges", "list", "--csv").out))

    assert (row["amount"], row["paid"], row["card.brand"], row["source"]) == ("10000", "true", "Visa", "")
    assert row["description"] == 'Say "hi"\nand go'


def test_a_record_is_a_field_a_line(typed: Typed, omise_sandbox: object) -> None:
    """Without secrets, which --json has where the API tells them."""
    customer = omise.Customer.create(email="mali@example.com")
    said = typed("customers", "get", customer.id)

    assert said.out.startswith(f"Customer {customer.id}\n  email            mali@example.com\n")
    assert said.out.endswith("\n  without a value: description, default_card\n")
    secret = omise.WebhookSecret.create()
    assert secret.key not in typed("webhook-secrets", "list").out
    assert secret.key not in typed("webhook-secrets", "get", secret.id).out
    assert secret.key in typed("webhook-secrets", "get", secret.id, "--json").out


@pytest.mark.parametrize("columns", [40, 60, 80, 200])
def test_nothing_is_cut_off_on_a_terminal(
    typed: Typed, omise_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    """However narrow: texts are folded, or each record is told in lines; ids and times stay whole."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", str(columns))
    customer = omise.Customer.create(email="somebody@a-long-name.example.com", description="ผู้ซื้อ จาก กรุงเทพฯ")
    said = typed("customers", "list").out

    assert customer.id in said
    assert customer.to_dict()["created_at"] in said
    plain = re.sub("\x1b.*?m", "", said)
    assert max(map(cell_len, plain.splitlines())) <= max(columns, len("description  ") + 32)
    squeezed = re.sub(r"[\s─]", "", plain)
    if columns != 80:
        assert "somebody@a-long-name.example.com" in squeezed
        assert "ผู้ซื้อจากกรุงเทพฯ" in squeezed


def test_a_record_is_told_to_people_who_type(typed: Typed, omise_sandbox: Sandbox) -> None:
    """Truth, amounts and other records as no program writes them; and nothing that plays with a terminal."""
    charge = omise.Charge.create(
        amount=1_234_00, currency="thb", card=omise_sandbox.card(), description="\x1b[31mred", metadata={"a": "ก"}
    )
    lines = dict(re.findall(r"^  (\w+) +(.*)$", typed("charges", "get", charge.id).out, re.MULTILINE))

    assert lines["amount"] == "123400  ฿1,234.00"
    assert (lines["paid"], lines["currency"], lines["refunds"]) == ("true", "THB", "0 of 0")
    assert (lines["description"], lines["metadata"]) == ("\\x1b[31mred", '{"a": "ก"}')
    assert lines["card"].startswith(f"Card {charge.to_dict()['card']['id']} brand=Visa last_digits=4242")
    assert lines["transaction"].split()[0].startswith(("trxn_", "Transaction"))
