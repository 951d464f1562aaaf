from __future__ import annotations

from typing import Any

import pytest

from omise.sandbox.dashboard.sections import SECTIONS, places
from omise.sandbox.dashboard.values import Row
from omise.sandbox.state.kinds import KINDS

from ..conftest import Caller


def test_every_id_leads_to_its_section(api: Caller) -> None:
    """
    By what it begins with.
    """
    charge = api.charge()

    assert places()[charge["id"].partition("_")[0]] == "charges"
    assert places()[charge["transaction"].partition("_")[0]] == "ledger"
    assert len(places()) == len(SECTIONS)


def test_a_section_shows_a_kind_that_there_is(api: Caller) -> None:
    """
    And what belongs to its records is a section, too.
    """
    assert api.ok("GET", "/account")
    assert {section.kind for section in SECTIONS.values()} <= {*KINDS}
    assert {part.section for section in SECTIONS.values() for part in section.parts} <= {*SECTIONS}


@pytest.mark.parametrize(
    ("params", "facts"),
    [
        (
            {},
            {"Status": ["successful"], "Paid with": "Visa ending in 4242", "Net": "960.94 THB", "Page to pay at": None},
        ),
        (
            {"source": {"type": "internet_banking_bay"}, "return_uri": "https://shop.example.com"},
            {"Status": ["pending"], "Paid with": "Internet banking BAY", "Leads back to": "https://shop.example.com"},
        ),
    ],
)
def test_the_facts_of_a_charge(api: Caller, params: dict[str, Any], facts: dict[str, Any]) -> None:
    """
    In words, with amounts for people.
    """
    charge_id, section = api.charge(**params)["id"], SECTIONS["charges"]
    with api.workspace() as workspace:
        document = workspace.find("charge", charge_id)
        row = Row(workspace, document, workspace.show(document))
        said = {column.title: column.of(row) for column in section.columns + section.facts}

    assert {title: said[title] for title in facts} == facts
    assert said["Amount"] == "1,000.00 THB"
