"""``omise listen``: events, signed and posted to an address of one's own."""

import base64
import re
from collections.abc import Callable

import pytest

import omise
from omise.cli import listen
from omise.sandbox import Sandbox

from ..sandbox.receiver import Receiver
from .conftest import Typed

SECRET = base64.b64encode(b"a secret of thirty-two characters").decode()


def script(monkeypatch: pytest.MonkeyPatch, *steps: Callable[[], object]) -> None:
    """Do one of *steps* whenever events would be waited for, then press Ctrl-C."""
    left = [*steps]

    def pause(seconds: float) -> None:
        if not left:
            raise KeyboardInterrupt
        left.pop(0)()

    monkeypatch.setattr(listen, "pause", pause)


def customer() -> object:
    return omise.Customer.create(email="mali@example.com")


def keys(receiver: Receiver, secret: str = SECRET) -> list[str]:
    """The events that arrived, whose signatures were right."""
    return [omise.Webhook.construct_event(each.body, each.headers, secret).key for each in receiver.received]


def test_events_go_on_as_they_happen(typed: Typed, omise_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Signed as webhooks are, each once and in order; what happened before is passed over."""
    customer()
    script(monkeypatch, customer, lambda: None, lambda: (customer(), omise.Customer.list()[0].destroy()))
    with Receiver() as receiver:
        said = typed("listen", "--forward", receiver.url, "--secret", SECRET)

    assert said.status == 0
    assert keys(receiver) == ["customer.create", "customer.create", "customer.destroy"]
    assert [row.split()[1] for row in said.out.splitlines()] == keys(receiver)
    assert re.fullmatch(
        r"\d\d:\d\d:\d\d  customer\.create       evnt_test_\w+  200 in \d+ ms", said.out.splitlines()[0]
    )
    assert said.err == f"Events go to {receiver.url}. Ctrl-C stops it.\nStopped.\n"


def test_the_first_event_of_an_account_goes_on_too(
    typed: Typed, omise_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing had happened before; the clock of the API counts, and not that of this machine."""
    omise_sandbox.clock.advance(days=400)
    script(monkeypatch, customer, lambda: omise_sandbox.clock.advance(hours=1), customer)
    with Receiver() as receiver:
        typed("listen", "--forward", receiver.url, "--secret", SECRET)

    assert keys(receiver) == ["customer.create"] * 2


def test_it_begins_with_one_look(typed: Typed, omise_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """However much has happened in the last minute: what comes meanwhile would be passed over."""
    for _ in range(120):
        customer()
    omise_sandbox.requests.clear()
    looks: list[str] = []
    script(monkeypatch, lambda: looks.extend(each.params["order"] for each in omise_sandbox.requests), customer)
    with Receiver() as receiver:
        typed("listen", "--forward", receiver.url, "--secret", SECRET)

    assert looks[0] == "reverse_chronological"
    assert looks.count("reverse_chronological") == 1
    assert keys(receiver)[-1] == "customer.create"


def test_without_a_secret_one_is_made_up(typed: Typed, omise_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """And told, since the server has to know it."""
    script(monkeypatch, customer)
    with Receiver() as receiver:
        said = typed("listen", "--forward", receiver.url)
    found = re.match(r"Signed with the secret (\S+), made up for this run\.\n", said.err)

    assert found
    assert keys(receiver, found[1]) == ["customer.create"]


def test_a_secret_comes_from_the_environment(
    typed: Typed, omise_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it stands in no history of the shell; it is not shown."""
    script(monkeypatch, customer)
    monkeypatch.setenv("OMISE_WEBHOOK_SECRET", SECRET)
    with Receiver() as receiver:
        said = typed("listen", "--forward", receiver.url)

    assert keys(receiver) == ["customer.create"]
    assert SECRET not in said.err + said.out


def test_an_event_is_posted_again(typed: Typed, omise_sandbox: Sandbox) -> None:
    """By its id; the command ends then, and tells whether it was taken."""
    customer()
    event = omise.Event.list()[0].id
    with Receiver() as receiver:
        said = typed("listen", "--forward", receiver.url, "--secret", SECRET, "--replay", event)
        receiver.statuses[:] = [500]
        refused = typed("listen", "--forward", receiver.url, "--secret", SECRET, "--replay", event)
    gone = typed("listen", "--forward", receiver.url, "--secret", SECRET, "--replay", event)

    assert keys(receiver) == ["customer.create"] * 2
    assert (said.status, refused.status, gone.status) == (0, 1, 1)
    assert f"{event}  500 in " in refused.out
    assert f"{event}  no connection: " in gone.out


def test_it_goes_on_where_the_api_is_not_reached(
    typed: Typed, omise_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a line on standard error; nothing is missed."""
    omise.max_retries = 0
    faults = omise_sandbox.faults("reset_before", path="/events")
    script(
        monkeypatch,
        lambda: (customer(), faults.__enter__()),
        lambda: faults.__exit__(None, None, None),
    )
    with Receiver() as receiver:
        said = typed("listen", "--forward", receiver.url, "--secret", SECRET)

    assert keys(receiver) == ["customer.create"]
    assert said.err.count("The API was not reached, and is asked again: ") == 1


@pytest.mark.parametrize("url", ["http://example.com/hook", "ftp://127.0.0.1/", "example.com:80", "4000", "https://"])
def test_events_go_over_no_open_line(typed: Typed, omise_sandbox: Sandbox, url: str) -> None:
    """They tell of people: to this machine, or by https."""
    said = typed("listen", "--forward", url)

    assert (said.status, omise_sandbox.requests) == (1, [])
    assert said.err.startswith(f"omise: {url} is no address that events may go to\n")


@pytest.mark.parametrize("scheme", ["", "http://"])
def test_this_machine_needs_no_scheme(typed: Typed, omise_sandbox: Sandbox, scheme: str) -> None:
    """As people write it: 127.0.0.1:8000/events."""
    customer()
    event = omise.Event.list()[0].id
    with Receiver() as receiver:
        said = typed("listen", "--forward", scheme + receiver.url.removeprefix("http://"), "--replay", event)

    assert said.status == 0
    assert len(receiver.received) == 1


def test_a_redirect_is_not_taken(typed: Typed, omise_sandbox: Sandbox) -> None:
    """As the API does not follow it either."""
    customer()
    with Receiver() as receiver:
        receiver.statuses[:] = [302]
        said = typed("listen", "--forward", receiver.url, "--secret", SECRET, "--replay", omise.Event.list()[0].id)

    assert said.status == 1
    assert "  302 in " in said.out


@pytest.mark.parametrize("arguments", [[], ["--replay", "evnt_test_unknown"]])
def test_nothing_is_promised_before_the_api_answers(typed: Typed, omise_sandbox: Sandbox, arguments: list[str]) -> None:
    """No secret is made up, and nothing listens, where there is no key or no such event."""
    if not arguments:
        omise.secret_api_key = ""
    said = typed("listen", "--forward", "localhost:1", *arguments)

    assert said.status == (1 if arguments else 3)
    assert said.err.startswith("omise: ")
    assert len(said.err.splitlines()) == 2


def test_a_secret_that_is_none_is_refused(typed: Typed, omise_sandbox: Sandbox) -> None:
    """Before anything is asked, and without showing it."""
    said = typed("listen", "--forward", "http://127.0.0.1:1", "--secret", "not base64!")

    assert (said.status, omise_sandbox.requests) == (3, [])
    assert "not base64!" not in said.err
