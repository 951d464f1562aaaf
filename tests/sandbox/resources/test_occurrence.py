from __future__ import annotations

from ..conftest import Caller

FIELDS: dict[str, type] = {
    "object": str,
    "livemode": bool,
    "location": str,
    "id": str,
    "result": str,
    "schedule": str,
    "message": str,
    "status": str,
    "processed_at": str,
    "created_at": str,
    "scheduled_on": str,
    "retry_on": str,
    "execute_time": str,
    "split_metadata": dict,
    "transfer_amount": int,
}
NULLABLE = {"message", "retry_on", "execute_time", "split_metadata"}


def schedule(api: Caller) -> str:
    """The path of a daily schedule, which had its first run."""
    api.turn_to("2030-01-10T12:00:00")
    charge = {"customer": api.customer(cards=1)["id"], "amount": 5_000}
    made = api.ok("POST", "/schedules", {"every": 1, "period": "day", "end_date": "2030-12-31", "charge": charge})
    return str(made["location"])


def test_an_occurrence_has_the_documented_fields_in_order(api: Caller) -> None:
    """
    In lists, within the schedule, and by itself.
    """
    path = schedule(api)
    (listed,) = api.ok("GET", f"{path}/occurrences")["data"]
    (nested,) = api.ok("GET", path)["occurrences"]["data"]

    assert list(listed) == list(FIELDS)
    assert {name for name, value in listed.items() if value is None} == NULLABLE
    assert all(type(value) is FIELDS[name] for name, value in listed.items() if value is not None)
    assert listed == nested == api.ok("GET", listed["location"])
    assert listed["location"] == f"/occurrences/{listed['id']}"
    assert f"/schedules/{listed['schedule']}" == path
    assert listed["transfer_amount"] == 0


def test_only_what_is_processed_is_listed(api: Caller) -> None:
    """
    The run of tomorrow is not there yet; lists go page by page.
    """
    path = schedule(api)
    assert api.ok("GET", f"{path}/occurrences")["total"] == 1

    api.application.clock.advance(days=25)
    page = api.ok("GET", f"{path}/occurrences", query_string={"offset": "20", "order": "reverse_chronological"})
    assert (page["total"], len(page["data"]), page["location"]) == (26, 6, f"{path}/occurrences")
    assert api.ok("GET", path)["occurrences"]["total"] == 26
    assert len(api.ok("GET", path)["occurrences"]["data"]) == 20


def test_expand_shows_result_and_schedule(api: Caller) -> None:
    """
    In the place of their ids.
    """
    (listed,) = api.ok("GET", f"{schedule(api)}/occurrences")["data"]
    expanded = api.ok("GET", listed["location"], query_string={"expand": "true"})

    assert (expanded["result"]["object"], expanded["result"]["id"]) == ("charge", listed["result"])
    assert (expanded["schedule"]["object"], expanded["schedule"]["id"]) == ("schedule", listed["schedule"])


def test_there_is_no_list_of_all(api: Caller) -> None:
    """
    And an unknown one is not found.
    """
    assert api.refused("GET", "/occurrences")[:2] == (404, "service_not_found")
    assert api.refused("GET", "/occurrences/occu_test_1") == (404, "not_found", "occurrence occu_test_1 was not found")
