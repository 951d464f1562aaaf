"""`Metadata`: a dict whose keys are attributes too, where they hide no method."""

import copy
import json
import pickle
from typing import Any

import pytest

import omise
from omise.records.metadata import Metadata, free_form

KEPT = {
    "order_id": 7781,
    "items": ["cup"],
    "deep": {"er": {"still": 1}},
    "list": [{"sku": "a"}],
    "_own": 1,
    "two words": 2,
}


@pytest.fixture
def charge() -> Any:
    return omise.Charge.from_data({"object": "charge", "id": "chrg_test_1", "metadata": KEPT})


def test_keys_are_attributes_at_every_level(charge: Any) -> None:
    """Read as attributes and as items, in dicts and lists inside too."""
    assert charge.metadata.order_id == charge.metadata["order_id"] == 7781
    assert charge.metadata.deep.er.still == 1
    assert charge.metadata.list[0].sku == "a"
    assert hasattr(charge.metadata, "order_id")
    assert not hasattr(charge.metadata, "order")


def test_it_is_a_dict_like_any_other(charge: Any) -> None:
    """It equals, prints and is written as the plain dict, and `to_dict`, `changes` and `attributes` hold plain ones."""
    charge.metadata.deep.er.still = 2
    whole = {**KEPT, "deep": {"er": {"still": 2}}}

    assert isinstance(charge.metadata, dict)
    assert charge.metadata == whole
    assert repr(charge.metadata) == repr(whole)
    assert json.dumps(charge.metadata) == json.dumps(whole)
    for plain in (charge.to_dict(), charge.changes, charge.attributes):
        assert type(plain["metadata"]) is type(plain["metadata"]["deep"]) is dict


def test_attributes_hide_no_method(charge: Any) -> None:
    """A dict's own names, and names with an underscore before them, are items alone; setting them says so."""
    for name in ("items", "update", "copy", "__class__", "_own"):
        with pytest.raises(AttributeError, match=rf"metadata\['{name}'\]"):
            setattr(charge.metadata, name, 1)
        with pytest.raises(AttributeError, match=rf"metadata\['{name}'\]"):
            delattr(charge.metadata, name)
    with pytest.raises(AttributeError):
        charge.metadata._own  # noqa: B018

    assert dict(charge.metadata.items()) == KEPT
    assert charge.metadata["items"] == ["cup"]
    assert charge.changes == {}


def test_setting_and_deleting_attributes_are_changes_of_the_record(charge: Any) -> None:
    """As edits of items are; what was put in reads in the same way, and undoing it takes the change away."""
    charge.metadata.paid_by = {"name": "Mali"}
    charge.metadata.paid_by.name = "Arunee"
    del charge.metadata.order_id
    expected = {**{name: value for name, value in KEPT.items() if name != "order_id"}, "paid_by": {"name": "Arunee"}}
    assert charge.changes == {"metadata": expected}

    charge.metadata.order_id = 7781
    del charge.metadata["paid_by"]

    assert charge.changes == {}


@pytest.mark.parametrize(
    "duplicate", [lambda it: it, copy.copy, copy.deepcopy, lambda it: pickle.loads(pickle.dumps(it))]
)
def test_what_was_assigned_reads_in_the_same_way(charge: Any, duplicate: Any) -> None:
    """Before it is saved too, in the record and in a copy of it; the dict that was given stays the caller's."""
    mine = {"a": {"b": 1}}
    charge.metadata = mine
    twin = duplicate(charge)
    twin.metadata.a.b = 2

    assert twin.metadata.a.b == 2
    assert twin.changes == {"metadata": {"a": {"b": 2}}}
    assert mine == {"a": {"b": 1}}


def test_a_missing_key_is_an_attribute_error_with_a_suggestion(charge: Any) -> None:
    """It names the key, and holds what Python needs to suggest another."""
    for use in (lambda: charge.metadata.order_di, lambda: delattr(charge.metadata, "order_di")):
        with pytest.raises(AttributeError, match="metadata has no key 'order_di'") as missing:
            use()
        assert missing.value.name == "order_di"
        assert "order_id" in dir(missing.value.obj)

    assert "two words" not in dir(charge.metadata)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_copies(charge: Any, protocol: int) -> None:
    """A copy, shallow, deep or pickled, is one of its kind; a deep one shares nothing."""
    metadata = charge.metadata
    copies = [
        metadata.copy(),
        copy.copy(metadata),
        copy.deepcopy(metadata),
        pickle.loads(pickle.dumps(metadata, protocol)),
    ]
    copies[2].deep.er.still = copies[3].deep.er.still = 9

    assert [type(each) for each in copies] == [Metadata] * 4
    assert metadata.deep.er.still == 1
    assert copies[0] == metadata


def test_hostile_keys(charge: Any) -> None:
    """A customer's text may be a key: names that Python looks up by itself are never found there."""
    hostile = free_form({"__deepcopy__": 1, "__html__": 1, "__reduce_ex__": 1, "_repr_html_": 1, "__class__": "x"})

    assert copy.deepcopy(hostile) == pickle.loads(pickle.dumps(hostile)) == hostile
    assert not hasattr(hostile, "__html__")
    assert type(hostile) is hostile.__class__ is Metadata


@pytest.mark.parametrize("value", [None, "text", 7, [1]])
def test_metadata_that_is_no_dict(value: Any) -> None:
    """Is handed out as it came."""
    assert omise.Charge.from_data({"object": "charge", "id": "chrg_1", "metadata": value}).metadata == value
