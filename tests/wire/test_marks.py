"""`omise.wire.marks`: values that the library makes up."""

from omise.wire.marks import MADE_UP, make_up


def test_what_is_made_up_is_unique_and_known_as_such() -> None:
    """No two are alike, and no value of a user's looks like one by chance."""
    made = {make_up() for _ in range(1000)}

    assert len(made) == 1000
    assert all(MADE_UP.fullmatch(value) for value in made)
    assert not MADE_UP.fullmatch("auto_pay_batch_7")
