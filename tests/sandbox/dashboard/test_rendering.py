from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from omise.sandbox.dashboard.rendering import STATIC, day, moment, picture, short, static, tone


def test_every_file_is_served_as_what_it_is() -> None:
    """
    And nothing else is.
    """
    folder = files("omise.sandbox.dashboard") / "static"

    assert {entry.name for entry in folder.iterdir()} == {*STATIC}
    for name, kind in STATIC.items():
        response = static(name)
        assert response is not None
        assert (response.headers["Content-Type"], response.body) == (kind, (folder / name).read_bytes())
    assert static("../rendering.py") is None


@pytest.mark.parametrize(
    ("now", "text"),
    [("", "27 Nov 2026 05:20:31"), ("2026-01-01", "27 Nov 05:20:31"), ("2027-01-01", "27 Nov 2026 05:20:31")],
)
def test_a_time_for_people(now: str, text: str) -> None:
    """
    Without the year that it is anyway.
    """
    assert moment("2026-11-27T05:20:31Z", now) == text


def test_a_day_for_people() -> None:
    """
    As times are written.
    """
    assert day("2026-12-01") == "1 Dec 2026"


def test_a_picture_runs_nothing() -> None:
    """
    It is under the policy of the pages.
    """
    response = picture(b"<svg/>")

    assert (response.body, response.headers["Content-Type"]) == (b"<svg/>", "image/svg+xml")
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_a_short_id_keeps_what_is_its_own() -> None:
    """
    What it is of, and its end.
    """
    assert short("chrg_test_69tjl9dfu21yw3klx9t") == "chrg_…yw3klx9t"
    assert short("card_1") == "card_1"


@pytest.mark.parametrize(
    ("state", "colour"),
    [
        ("successful", "good"),
        ("answered 204", "good"),
        ("pending", "waiting"),
        ("failed", "bad"),
        ("transfer_send_failure", "bad"),
        ("answered 500", "bad"),
        ("could not connect", "bad"),
        ("reversed", "quiet"),
        ("authorized", "waiting"),
        ("dispute open", "waiting"),
        ("dispute won", "good"),
        ("dispute lost", "bad"),
        ("nowhere to go", "quiet"),
    ],
)
def test_states_have_colours(state: str, colour: str) -> None:
    """
    Four of them.
    """
    assert tone(state) == colour


def test_no_template_has_a_script_or_a_style_of_its_own() -> None:
    """
    The policy would not let it run, and nothing is marked as safe.
    """
    folder = Path(str(files("omise.sandbox.dashboard") / "templates"))
    texts = {path.name: path.read_text() for path in folder.glob("*.html")}

    assert texts
    for text in texts.values():
        for forbidden in (" style=", "<style", " onclick", "javascript:", "| safe", "autoescape"):
            assert forbidden not in text
