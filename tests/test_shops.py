"""The shops in `examples/`, with Flask, Django and FastAPI, served for real: payments, the bank, signed events."""

import base64
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
import requests

import omise
from omise.sandbox.http.faults import Fault, Plan

from .shops import ROOT, SECRET, Shop, opened

OTHER = base64.b64encode(b"that of somebody else").decode()
DJANGO = ROOT / "examples" / "django_shop"
WAITRESS = [str(Path(sys.executable).with_name("waitress-serve")), "--listen=127.0.0.1:0"]


def flask(folder: Path) -> Any:
    command = [*WAITRESS, "--call", "examples.flask_shop:create_app"]
    return opened(command, ROOT, SHOP_DB=str(folder / "shop.db"))


def django(folder: Path) -> Any:
    settings = {"SHOP_DB": str(folder / "shop.db"), "DJANGO_SECRET_KEY": "of the tests alone"}
    manage = [sys.executable, "manage.py", "migrate", "--run-syncdb", "--verbosity=0"]
    subprocess.run(manage, cwd=DJANGO, env={**os.environ, **settings, "OMISE_WEBHOOK_SECRET": SECRET}, check=True)
    return opened([*WAITRESS, "wsgi:application"], DJANGO, **settings)


def fastapi(folder: Path) -> Any:
    return opened([sys.executable, "-m", "uvicorn", "--port=0", "examples.fastapi_shop:app"], ROOT)


def with_token_of_django(shop: Shop, item: str, token: str) -> dict[str, Any]:
    csrf = shop.browser.get(f"{shop.url}/", timeout=10).json()["csrf"]
    return {"data": {"item": item, shop.field(token): token}, "headers": {"X-CSRFToken": csrf}}


def as_json(shop: Shop, item: str, token: str) -> dict[str, Any]:
    return {"json": {"item": item, shop.field(token).removeprefix("omise").lower(): token}}


FORMS = {django: with_token_of_django, fastapi: as_json}


@pytest.fixture(scope="module", params=[flask, django, fastapi], ids=lambda start: start.__name__)
def shop(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with request.param(tmp_path_factory.mktemp("shop")) as shop:
        shop.form = partial(FORMS.get(request.param, Shop.form), shop)
        yield shop


def check_out(shop: Shop, item: str, token: str) -> requests.Response:
    """Send the form of the checkout, as a browser would, and go nowhere yet."""
    form = shop.form(item, token)
    return shop.browser.post(f"{shop.url}/checkout", allow_redirects=False, timeout=10, **form)


def look(shop: Shop, address: str) -> Any:
    """What the shop says of an order, by its address or its id."""
    address = address if "/" in address else f"/orders/{address}"
    return shop.browser.get(urljoin(shop.url, address), timeout=10).json()


def post(shop: Shop, body: str, headers: dict[str, str]) -> int:
    return requests.post(shop.events, data=body.encode(), headers=headers, timeout=10).status_code


def test_a_payment(shop: Shop) -> None:
    """It is made once, however often the form is sent, at the shop's own price."""
    token = shop.token()
    first, second = check_out(shop, "cup", token), check_out(shop, "cup", token)
    order = look(shop, first.headers["Location"])

    assert (first.status_code, second.status_code) == (303, 303)
    assert look(shop, second.headers["Location"]) == order
    assert (order["status"], order["parcels"]) == ("successful", 1)
    assert shop.client.Charge.retrieve(order["charge"]).amount == 590_00
    assert shop.client.Token.retrieve(token).charge_status == "successful"


@pytest.mark.parametrize(("button", "status", "parcels"), [("pay", "successful", 1), ("fail", "failed", 0)])
def test_a_payment_at_the_bank(shop: Shop, button: str, status: str, parcels: int) -> None:
    """The payer is sent to the bank, does something there, and comes back to the shop, which asks the API."""
    sent = check_out(shop, "grinder", shop.token())
    back = requests.post(sent.headers["Location"], data={"action": button}, allow_redirects=False, timeout=10)
    order = look(shop, back.headers["Location"])

    assert back.headers["Location"].endswith("/complete")
    assert (order["status"], order["parcels"]) == (status, parcels)


def test_a_payment_by_a_code(shop: Shop) -> None:
    """The order shows what is scanned, until the event tells that it is paid; the same form again changes nothing."""
    source = shop.client.Source.create(type="promptpay", amount=590_00, currency="thb").id
    first, second = check_out(shop, "cup", source), check_out(shop, "cup", source)
    order = look(shop, first.headers["Location"])
    assert look(shop, second.headers["Location"]) == order
    assert (order["status"], order["parcels"]) == ("pending", 0)
    assert requests.get(order["scan"], timeout=10).headers["Content-Type"].startswith("image/")

    shop.client.Charge.retrieve(order["charge"]).mark_as_paid()
    assert {status for _, status in shop.told()} == {204}
    paid = look(shop, order["order"])
    assert (paid["status"], paid["parcels"], paid["scan"]) == ("successful", 1, None)


def test_a_payer_who_never_comes_back(shop: Shop) -> None:
    """The event tells what the browser does not."""
    sent = check_out(shop, "grinder", shop.token())
    requests.post(sent.headers["Location"], data={"action": "pay"}, allow_redirects=False, timeout=10)
    charge = shop.client.Charge.list(limit=1, order="reverse_chronological").data[0]
    told = shop.told()
    order = look(shop, charge.metadata["order"])

    assert {status for _, status in told} == {204}
    assert (order["charge"], order["status"], order["parcels"]) == (charge.id, "successful", 1)


def test_a_declined_card_and_one_that_makes_no_sense(shop: Shop) -> None:
    """Both are 402, with the reason; nothing goes out."""
    declined, nonsense = check_out(shop, "cup", shop.token("4111111111140011")), check_out(shop, "cup", "tokn_test_1")

    assert [answer.status_code for answer in (declined, nonsense)] == [402, 402]
    assert "insufficient funds" in declined.json()["message"]
    assert "not found" in nonsense.json()["message"]
    assert [look(shop, answer.json()["order"])["parcels"] for answer in (declined, nonsense)] == [0, 0]


def test_what_the_shop_does_not_have(shop: Shop) -> None:
    """It is not to be found; the token is still good for something else."""
    token = shop.token()

    assert check_out(shop, "car", token).status_code == 404
    assert check_out(shop, "cup", token).status_code == 303


@pytest.mark.parametrize("kind", ["reset_after", "error_after"])
def test_a_lost_answer_is_no_second_charge(shop: Shop, kind: str) -> None:
    """What became of it is found out while the payer waits."""
    before = shop.client.Charge.list().total
    shop.application.faults.add(Plan([Fault(kind, method="POST", path="/charges", times=1)], 0))
    order = look(shop, check_out(shop, "cup", shop.token()).headers["Location"])

    assert (order["status"], order["parcels"]) == ("successful", 1)
    assert shop.client.Charge.list().total == before + 1


@pytest.mark.parametrize("kind", ["too_many_requests", "error_before"])
def test_an_api_that_does_nothing(shop: Shop, kind: str) -> None:
    """The same form is good again as soon as it does, whether it said at once that it did not, or when it was asked."""
    token, before = shop.token(), shop.client.Charge.list().total
    shop.application.faults.add(Plan([Fault(kind, method="POST", path="/charges", times=None)], 0))
    answer = check_out(shop, "cup", token)
    shop.application.faults.clear()
    assert (answer.status_code, shop.client.Charge.list().total) == (503, before)

    assert look(shop, check_out(shop, "cup", token).headers["Location"])["status"] == "successful"


@pytest.fixture
def paid_unheard(shop: Shop) -> Iterator[omise.Event]:
    """The event of a charge that was paid at the bank, of which the shop was not told."""
    account = shop.client.Account.retrieve()
    account.update(webhook_uri="")
    sent = check_out(shop, "grinder", shop.token())
    requests.post(sent.headers["Location"], data={"action": "pay"}, allow_redirects=False, timeout=10)
    yield shop.client.Event.list(limit=1, order="reverse_chronological").data[0]
    account.update(webhook_uri=shop.events)


def test_an_event_that_comes_again_and_too_late(shop: Shop, paid_unheard: omise.Event) -> None:
    """One parcel goes out, and the event of before changes nothing any more."""
    body, order = paid_unheard.to_json(), paid_unheard.data.metadata["order"]
    before = look(shop, order)
    created = next(event for event in paid_unheard.data.events if event.key == "charge.create")
    told = [post(shop, text, omise.Webhook.sign(text, SECRET)) for text in (body, body, created.to_json(), body)]

    assert paid_unheard.key == "charge.complete"
    assert (before["status"], before["parcels"]) == ("pending", 0)
    assert told == [204] * 4
    assert look(shop, order) == {**before, "status": "successful", "parcels": 1}


def test_events_that_the_api_did_not_sign(shop: Shop, paid_unheard: omise.Event) -> None:
    """Another secret, a changed body, a signature of long ago, and none: 400, and nothing is done."""
    body, order = paid_unheard.to_json(), paid_unheard.data.metadata["order"]
    signed = omise.Webhook.sign(body, SECRET)
    told = [
        post(shop, body, omise.Webhook.sign(body, OTHER)),
        post(shop, body.replace("successful", "SUCCESSFUL"), signed),
        post(shop, body, omise.Webhook.sign(body, SECRET, timestamp=1767225600)),
        post(shop, body, {}),
    ]

    assert told == [400] * 4
    assert look(shop, order)["parcels"] == 0
