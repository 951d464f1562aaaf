from __future__ import annotations

from datetime import datetime, timedelta

from omise.sandbox.app import Application
from omise.sandbox.http.received import LOG_SIZE, ReceivedRequest, RequestLog

from ..conftest import CARD, PUBLIC_KEY, SECRET_KEY, Caller


def received(number: int) -> ReceivedRequest:
    return ReceivedRequest("GET", f"/{number}", {}, {}, 200, "api", None, None, (), "", "")


def test_the_log_remembers_the_last_requests() -> None:
    """
    Older ones are forgotten; it is a list in all other ways.
    """
    log = RequestLog()
    for number in range(LOG_SIZE + 5):
        log.record(received(number))

    assert len(log) == LOG_SIZE
    assert [request.path for request in log[:1] + log[-1:]] == ["/5", f"/{LOG_SIZE + 4}"]


def test_a_request_is_remembered_as_it_was_understood(api: Caller, application: Application) -> None:
    """
    Method, path, typed parameters of query and body, status, host, version, and the events it caused.
    """
    response = api.send("POST", "/customers?description=d", {"metadata": {"visits": 12}})
    sent = application.requests[-1]

    assert (sent.method, sent.path, sent.status, sent.host) == ("POST", "/customers", 200, "api")
    assert sent.params == {"description": "d", "metadata": {"visits": 12}}
    assert (sent.code, sent.version, sent.events) == (None, "2019-05-29", ("customer.create",))
    assert sent.request_id == response.headers["X-Request-Id"]
    assert sent.headers["Content-Type"] == "application/json"


def test_forms_are_remembered_as_structures(api: Caller, application: Application) -> None:
    """
    With the strings that forms are made of.
    """
    api.ok("POST", "/customers", data={"metadata[a]": "1"})

    assert application.requests[-1].params == {"metadata": {"a": "1"}}


def test_refusals_are_remembered_too(api: Caller, application: Application) -> None:
    """
    With their code; without parameters if they could not be read, without host if there was no route.
    """
    api.send("GET", "/customers/nobody")
    api.send("POST", "/customers", data="{", content_type="application/json")
    api.send("PUT", "/nowhere")

    assert [(sent.path, sent.status, sent.code, sent.host, sent.version) for sent in application.requests] == [
        ("/customers/nobody", 404, "not_found", "api", None),
        ("/customers", 400, "bad_request", "", None),
        ("/nowhere", 404, "service_not_found", "", None),
    ]
    assert application.requests[1].params == {}


def test_the_vault_is_told_from_the_api(api: Caller, application: Application) -> None:
    """
    By the route that answered.
    """
    api.token()

    assert application.requests[-1].host == "vault"


def test_secrets_are_not_remembered(api: Caller, application: Application) -> None:
    """
    Neither the key nor the card's number and code; but whether a key was the one can be asked.
    """
    api.token()
    sent = application.requests[-1]

    assert sent.params["card"] == CARD | {"number": "[redacted]4242", "security_code": "[redacted]"}
    assert sent.headers["Authorization"] == "[redacted]"
    for secret in (PUBLIC_KEY, "4242424242424242", "'123'"):
        assert secret not in repr(sent)
    assert sent.used_key(PUBLIC_KEY)
    assert not sent.used_key(SECRET_KEY)


def test_a_request_says_whose_it_was(api: Caller, application: Application) -> None:
    """
    By key, or on a payer's page by what is paid; refused ones too, but not those that did not come so far.
    """
    mine = api.ok("GET", "/account")["id"]
    other = api.ok("GET", "/account", key="skey_test_other")["id"]
    link = api.ok("POST", "/links", {"amount": 10_000, "currency": "thb", "title": "Cup", "description": "A cup"})
    api.client.get("/" + link["payment_uri"].rpartition("/")[2])
    api.refused("GET", "/charges/chrg_test_x")
    api.refused("GET", "/charges", key="nonsense")
    api.refused("GET", "/AAAAAAAAAAAAAAAAAAA")
    api.refused("GET", "/nowhere")

    assert [sent.account for sent in application.requests] == [mine, other, mine, mine, mine, None, None, None]
    logged = api.ok("GET", "/_sandbox/requests")["data"]
    assert [each["account"] for each in logged][:2] == [mine, other]


def test_a_request_says_when_it_came(api: Caller, application: Application) -> None:
    """
    By the clock of the sandbox, also after it was turned.
    """
    application.clock.advance(days=40)
    api.ok("GET", "/account")
    received_at = datetime.fromisoformat(application.requests[-1].received_at.replace("Z", "+00:00"))

    assert timedelta(0) <= application.clock.now() - received_at < timedelta(seconds=9)
