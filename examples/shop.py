"""A shop: a charge, one with 3-D Secure, the webhook that tells of it, and a refund. `make shop` runs it."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Queue
from threading import Thread
from typing import Any

import requests
import transcript

import omise
from omise.resources.card import CardData


class Shop(ThreadingHTTPServer):
    """The shop's server, on a free port of this machine; `wait_for` gives the events that it let in."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Webhooks)
        self.webhook_uri = f"http://127.0.0.1:{self.server_port}/omise/events"
        self.secrets: list[str] = []
        self.events: Queue[Any] = Queue()
        Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def wait_for(self, key: str) -> Any:
        """Return the next event of that *key*. Events may come twice, and in any order."""
        while (event := self.events.get(timeout=30)).key != key:
            pass
        return event

    def close(self) -> None:
        """Stop listening."""
        self.shutdown()
        self.server_close()


class Webhooks(BaseHTTPRequestHandler):
    """Receives events, and lets in only what is signed with one of the shop's secrets."""

    def do_POST(self) -> None:
        """Check the signature, say thanks, and leave the work to others."""
        shop = self.server
        assert isinstance(shop, Shop)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            event = omise.Webhook.construct_event(body, self.headers, shop.secrets)
        except omise.SignatureError as error:
            self.send_error(400, str(error))
            return
        self.send_response(204)
        self.end_headers()
        shop.events.put(event)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the transcript is the log."""


def pay_in_browser(charge: omise.Charge) -> str:
    """Press the button to pay on the bank's page, as the payer would, and return where the browser is sent then."""
    answer = requests.post(str(charge.authorize_uri), data={"action": "pay"}, allow_redirects=False, timeout=30)
    return answer.headers["Location"]


def guide() -> None:
    """An order is paid with 3-D Secure, the shop hears of it by a webhook, and gives a part of the money back."""
    # 1. The shop tells the account where its events go, and learns the secret that they are signed with.

    shop = Shop()
    shop.secrets.append(omise.WebhookSecret.create().key)
    omise.Account.retrieve().update(webhook_uri=shop.webhook_uri)

    # 2. The payer's card is charged at once. In a shop, the browser sends a token instead of the card.

    card: CardData = {
        "name": "Mali Srisuk",
        "number": "4242424242424242",
        "expiration_month": 10,
        "expiration_year": 2035,
        "security_code": "123",
    }
    charge = omise.Charge.create(amount=1200_00, currency="thb", card=card, metadata={"order": 7781})
    charge
    (charge.fee, charge.fee_vat, charge.net)
    shop.wait_for("charge.create").data == charge

    # A declined card is no exception: look at the status.

    declined = omise.Charge.create(amount=1200_00, currency="thb", card={**card, "number": "4111111111140011"})
    (declined.status, declined.failure_message)

    # 3. With 3-D Secure the charge waits for the payer, who confirms it on the bank's page.

    order = omise.Charge.create(
        amount=3500_00,
        currency="thb",
        card=card,
        authentication="3DS",
        description="Order 7782",
        return_uri="https://shop.example.com/orders/7782",
    )
    (order.status, order.authorized)
    pay_in_browser(order)

    # That the browser is back proves nothing. The webhook tells, once its signature was checked.

    event = shop.wait_for("charge.complete")
    event
    (event.data.description, event.data.status)
    order.reload().paid

    # What somebody else posts is turned away.

    forged = requests.post(shop.webhook_uri, json={"object": "event", "key": "charge.complete"}, timeout=30)
    (forged.status_code, forged.reason)

    # 4. A part of it comes back damaged, and is refunded.

    refund = order.refund(amount=500_00, metadata={"reason": "damaged"})
    refund
    shop.wait_for("refund.create").data == refund
    order.reload().refunded_amount

    # More than is left cannot be.

    try:
        order.refund(amount=3500_00)
    except omise.errors.FailedRefundError as error:
        print(repr(error))

    # 5. What happened to the order, from the beginning.

    [event.key for event in order.events]

    # The shop closes, and is sent nothing more.

    omise.Account.retrieve().update(webhook_uri="")
    shop.close()


if __name__ == "__main__":
    transcript.main(guide, sandbox_only=True)
