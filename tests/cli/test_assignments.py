"""Parameters as they are typed, and what becomes of them."""

import io
from pathlib import Path
from typing import Any

import click
import pytest

from omise.cli.assignments import AssignmentType, declared_kinds, parameters


def read(*words: str) -> dict[str, Any]:
    """The parameters that *words* stand for."""
    return parameters([AssignmentType().convert(word, None, None) for word in words])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["email=a@example.com"], {"email": "a@example.com"}),
        (["description="], {"description": ""}),
        (["description=a=b"], {"description": "a=b"}),
        (["amount=10000"], {"amount": 10000}),
        (["description=10000"], {"description": "10000"}),
        (["zip=0123"], {"zip": "0123"}),
        (["percentage_of_balance=2.5"], {"percentage_of_balance": 2.5}),
        (["capture=false"], {"capture": False}),
        (["description=true"], {"description": "true"}),
        (["fail_fast=true"], {"fail_fast": True}),
        (["card[number]=4242424242424242"], {"card": {"number": "4242424242424242"}}),
        (["card[expiration_month]=8"], {"card": {"expiration_month": 8}}),
        (["metadata[amount]=8", "metadata[vip]=true"], {"metadata": {"amount": "8", "vip": True}}),
        (["metadata[0]=a"], {"metadata": {"0": "a"}}),
        (["webhook_endpoints[]=a", "webhook_endpoints[]=b"], {"webhook_endpoints": ["a", "b"]}),
        (
            ["items[][sku]=a", "items[][amount]=1", "items[][sku]=b"],
            {"items": [{"sku": "a", "amount": 1}, {"sku": "b"}]},
        ),
        (["items[0][sku]=a", "items[1][sku]=b"], {"items": [{"sku": "a"}, {"sku": "b"}]}),
        (["filters[amount]=1000"], {"filters": {"amount": 1000}}),
        (["description=@@home"], {"description": "@home"}),
    ],
)
def test_words_become_parameters(words: list[str], expected: dict[str, Any]) -> None:
    """Numbers and booleans where the declared type is one, objects and lists by their brackets."""
    assert read(*words) == expected


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["amount"], "'amount' is no parameter; write name=value"),
        (["=x"], "is no parameter"),
        (["a[b=x"], "is no parameter"),
        (["amount=10.50"], "amount is a whole number, amounts in the currency's smallest unit, and not '10.50'"),
        (["amount=ten"], "not 'ten'"),
        (["fail_fast=yes"], "fail_fast is true or false, and not 'yes'"),
        (["email=a", "email=b"], "email is given twice"),
        (["card=tokn_1", "card[name]=A"], "card[name] is given beside a value for all of it"),
        (["card[name]=A", "card=tokn_1"], "card is given twice"),
        (["key=skey_test_1"], "key is no parameter of the API; set OMISE_SECRET_KEY"),
        (["description=@/nowhere/to/be/found"], "description: nothing can be read from /nowhere/to/be/found: No such"),
    ],
)
def test_what_cannot_be_meant_is_refused(words: list[str], problem: str) -> None:
    """With the name of the parameter, before anything is sent."""
    with pytest.raises(click.UsageError) as refused:
        read(*words)

    assert problem in refused.value.message


def test_a_number_of_a_card_is_not_shown() -> None:
    """Also where it stands in the wrong place, or the word is no parameter."""
    for word in ("amount=4242424242424242x 4242 4242 4242 4242", "4242 4242 4242 4242"):
        with pytest.raises(click.UsageError) as refused:
            read(word)
        assert "4242 4242 4242 4242" not in refused.value.message


def test_values_come_from_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Text as it is, JSON as what it says, what is piped in by a dash; a document stays a file."""
    (tmp_path / "note.txt").write_text("Likes durian\n")
    (tmp_path / "card.json").write_text('{"name": "Arunee Dee", "expiration_month": 8}')
    monkeypatch.setattr("sys.stdin", io.StringIO("4242424242424242\n"))

    assert read(f"description=@{tmp_path}/note.txt") == {"description": "Likes durian"}
    assert read(f"card=@{tmp_path}/card.json") == {"card": {"name": "Arunee Dee", "expiration_month": 8}}
    assert read("card[number]=@-") == {"card": {"number": "4242424242424242"}}
    assert read("file=@receipt.png") == {"file": Path("receipt.png")}


def test_a_file_that_is_no_json_is_refused(tmp_path: Path) -> None:
    """By its name, and without what is in it."""
    (tmp_path / "card.json").write_text("4242424242424242,")
    with pytest.raises(click.UsageError, match="it is not what its name says"):
        read(f"card=@{tmp_path}/card.json")


def test_types_are_those_of_the_declarations() -> None:
    """Of fields of every resource."""
    kinds = declared_kinds()

    assert (kinds["amount"], kinds["email"], kinds["captured"]) == ({"int", "Money"}, {"str"}, {"bool"})
