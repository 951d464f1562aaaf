from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from omise.sandbox.state.ids import Ids, created_ms, identifier, suffix

MARCH_2025_MS = 1_742_461_921_772


def test_ids_grow_within_one_millisecond() -> None:
    """
    Ten thousand ids of the same millisecond are all different, and sorted as text.
    """
    ids = Ids()
    made = [identifier("cust", False, ids.next(MARCH_2025_MS)) for _ in range(10_000)]

    assert made == sorted(set(made))
    assert created_ms(ids.next(MARCH_2025_MS)) - MARCH_2025_MS in (0, 1)


def test_ids_grow_when_the_clock_goes_back() -> None:
    """
    A machine whose time is set back still makes later ids.
    """
    ids = Ids()
    before, after = ids.next(MARCH_2025_MS), ids.next(MARCH_2025_MS - 60_000)

    assert after > before


def test_ids_go_on_after_those_that_exist() -> None:
    """
    New ids are later than the newest one in a database, whatever time it is.
    """
    assert created_ms(Ids(after_ms=MARCH_2025_MS).next(0)) > MARCH_2025_MS


@given(st.lists(st.integers(min_value=MARCH_2025_MS, max_value=MARCH_2025_MS + 50), min_size=2, max_size=50))
def test_ids_always_grow(times: list[int]) -> None:
    """
    Whatever the order of times, numbers and texts grow.
    """
    ids = Ids()
    numbers = [ids.next(now_ms) for now_ms in times]

    assert all(a < b and suffix(a) < suffix(b) for a, b in pairwise(numbers))


def test_the_suffix_carries_the_time() -> None:
    """
    A recorded id gives back the time of its creation, and is made again from its number.
    """
    recorded = "63440m1wwjc3ipgm9w4"

    assert created_ms(int(recorded, 36)) == MARCH_2025_MS
    assert suffix(int(recorded, 36)) == recorded


def test_ids_tell_test_from_live() -> None:
    """
    Live ids lack the part that says test.
    """
    number = Ids().next(MARCH_2025_MS)

    assert re.fullmatch("cust_test_[0-9a-z]{19}", identifier("cust", False, number))
    assert re.fullmatch("cust_[0-9a-z]{19}", identifier("cust", True, number))
