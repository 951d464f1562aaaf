"""Code written for the official package comes to the same here, but where docs/parity.md says that it does not."""

import sys
from pathlib import Path

import pytest

from migration import compare

PAGE = Path(__file__).parent.parent / "docs" / "parity.md"


@pytest.fixture(scope="module")
def found() -> list[compare.Difference]:
    """The steps that come to something else here than what was kept of the official package."""
    return [*compare.differences(compare.parse(compare.OFFICIAL.read_text()), compare.run(sys.executable))]


def test_no_step_differs_that_is_not_meant_to(found: list[compare.Difference]) -> None:
    """Each of the steps, against a sandbox over HTTP; `make migration` runs them on the official package too."""
    assert [each for each in found if each.row is None] == []


def test_the_comparison_sees_what_differs(found: list[compare.Difference]) -> None:
    """What is known to differ is found, and what only one of them could do would be told."""
    assert {"account.created_at", '"%s" % charge.customer'} <= {each.step for each in found}
    assert [
        str(each) for each in compare.differences([{"step": "x", "outcome": 1}], [{"step": "x", "outcome": 2}])
    ] == ["x\n  official: 1\n  here:     2\n  row:      NONE"]


def test_every_intended_difference_stands_on_the_page() -> None:
    """Each has a row there, and is about steps that there are."""
    rows = [line.split(" | ")[0].removeprefix("| ") for line in PAGE.read_text().splitlines() if line.startswith("| ")]
    steps = {each["step"] for each in compare.parse(compare.OFFICIAL.read_text())}

    assert set(compare.INTENDED) <= set(rows)
    assert {step for named in compare.INTENDED.values() for step in named} <= steps
    assert len(steps) > 150
