"""Schedules that begin on a known day, and what became of them."""

from __future__ import annotations

from typing import Any

from ..conftest import Caller

#: Noon of a Thursday, from which all tests here look ahead.
NOW, TODAY, TOMORROW = "2030-01-10T12:00:00", "2030-01-10", "2030-01-11"


DAILY = {"every": 1, "period": "day", "start_date": TODAY, "end_date": "2030-12-31"}
DECLINED = "4111111111140011"


def charging(api: Caller, number: str = "4242424242424242", **params: Any) -> dict[str, Any]:
    """What a schedule of charges needs besides its rhythm."""
    customer = api.ok("POST", "/customers", {"card": api.token(number=number)})
    return {"charge": {"customer": customer["id"], "amount": 100_000, **params}}


def transferring(api: Caller, verified: bool = True, **params: Any) -> dict[str, Any]:
    """What a schedule of transfers needs besides its rhythm."""
    bank = {"name": "A", "number": "1234567890", "brand": "scb"}
    recipient = api.ok("POST", "/recipients", {"name": "A", "type": "individual", "bank_account": bank})["id"]
    if verified:
        api.ok("PATCH", f"/recipients/{recipient}/verify")
    return {"transfer": {"recipient": recipient, **params}}


def create(api: Caller, half: dict[str, Any], **rhythm: Any) -> Any:
    return api.ok("POST", "/schedules", DAILY | rhythm | half)


def reload(api: Caller, schedule: Any) -> Any:
    return api.ok("GET", schedule["location"])


def runs(api: Caller, schedule: Any) -> list[tuple[str, str]]:
    """Day and outcome of all runs."""
    path = f"{schedule['location']}/occurrences"
    data = api.ok("GET", path, query_string={"limit": "100"})["data"]
    return [(run["scheduled_on"], run["status"]) for run in data]
