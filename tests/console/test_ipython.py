"""IPython as the console, at a real terminal."""

import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from omise.sandbox import Server

from .conftest import Seat
from .test_standard import LIVE_KEY


def test_somebody_looks_around(sit: Callable[..., Seat], state: Path) -> None:
    """Completion, a record as a field a line, its help; what had a secret in it is not kept."""
    seat = sit()
    assert "this is a sandbox in this process" in seat.wait("omise(sandbox) In [1]: ")
    seat.type("charge = Charge.list()[0]", "In [2]: ")
    shown = seat.type("charge", "In [3]: ")
    assert "\n  amount                      129900  ฿1,299.00\n" in shown
    assert "<Charge chrg_test_" in seat.type("[charge]", "In [4]: ")
    assert "captured_amount" in seat.type("charge.captu\t", "captured_amount", enter=False)
    seat.process.sendcontrol("u")
    seat.type("omise.secret_api_key = 'skey_test_5xuy4w91xqz7d1w9u0t'", "In [5]: ")
    assert "One attempt to take money" in seat.type("charge?", "In [6]: ")
    assert seat.leave() == 0

    kept = state / "history.sqlite"
    with closing(sqlite3.connect(kept)) as database:
        lines = [line for (line,) in database.execute("select source_raw from history order by line")]
    assert lines == ["charge = Charge.list()[0]", "charge", "[charge]", "", "charge?"]
    assert b"5xuy4w91xqz7d1w9u0t" not in kept.read_bytes()
    assert [stat.S_IMODE(path.stat().st_mode) for path in (state, kept)] == [0o700, 0o600]


def test_a_live_key_is_red_and_asks(sit: Callable[..., Seat], sandbox_server: Server) -> None:
    """As at the other one; `exit(3)` is the exit status."""
    seat = sit(OMISE_SECRET_KEY=LIVE_KEY, OMISE_API_URL=sandbox_server.url)
    seat.wait("omise(LIVE) In [1]: ")
    assert "\x1b[0;31;1momise(LIVE) " in seat.raw
    assert "go on?" in seat.type("Customer.create()", "[y/N]")
    said = seat.type("n", "In [2]: ")
    assert "NotSent: POST /customers was not sent" in said
    assert "Traceback" not in said
    assert seat.leave() == 0
