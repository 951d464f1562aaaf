"""
The sandbox as a WSGI application: what happens to a request between its arrival and its answer.
"""

from __future__ import annotations

import logging
import time
import traceback
import weakref
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge
from werkzeug.wrappers import Request

from .dashboard.visits import LOOPBACK, Visit, check_reach, is_dashboard
from .events.endpoints import allowing, host_names, set_endpoints
from .events.signatures import default_secret, set_default_secret
from .events.webhooks import Webhooks
from .http.call import Call
from .http.control import check_caller, control, is_control
from .http.faults import Fault, Faults
from .http.hosts import PLAIN_HOST, is_api_host
from .http.keys import Keyring, digest_of, key_in
from .http.masking import redact, redact_headers, redact_text
from .http.pages import refusal
from .http.parameters import body_limit, parse
from .http.received import ReceivedRequest, RequestLog
from .http.responses import Response, error_response, json_response
from .http.routing import Route, router
from .http.versions import requested, translate
from .refusals import ApiError, bad_request, not_found, sentence, too_large
from .resources import load
from .rules.countries import set_country
from .state.alarms import run_due
from .state.clock import Clock, time_text
from .state.kinds import OPENINGS
from .state.store import Document, Store, Transaction
from .state.workspace import Workspace

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from .dashboard.dashboard import Dashboard

__all__ = ["Application", "ReceivedRequest"]

logger: logging.Logger = logging.getLogger("omise.sandbox")

#: Where requests come from that did not travel.
LOCALHOST = "127.0.0.1"

#: What a request with a body has one of. Source: RFC 9112, section 6
SAYS_BODY = {"CONTENT_LENGTH", "HTTP_TRANSFER_ENCODING"}


@dataclass(repr=False)
class _Exchange:
    """What is known of a request so far, for its answer and for the log."""

    request: Request
    params: Mapping[str, Any] = field(default_factory=dict)
    route: Route | None = None
    events: list[str] = field(default_factory=list)
    fault: Fault | None = None
    account: str | None = None

    @property
    def host(self) -> str:
        """The name under which the sandbox was reached."""
        return str(self.request.environ.get("HTTP_HOST", ""))

    @property
    def is_own(self) -> bool:
        """Whether it is for the sandbox itself, not for the API."""
        return is_control(self.request.path, self.host) or self.is_visit

    @property
    def is_visit(self) -> bool:
        """Whether a browser looks at the dashboard."""
        return is_dashboard(self.request.path, self.host, self.request.headers.get("Authorization"))

    @property
    def origin(self) -> str:
        """Where browsers find the sandbox's pages; empty where it stands in for the API's own hosts."""
        host = self.host
        known = not PLAIN_HOST.fullmatch(host) or is_api_host(host)
        return "" if known else f"{self.request.scheme}://{host}"


class Application:
    """
    A stateful Omise, as a WSGI callable.

    Every well-formed key opens an account of its own; with *secret_keys* or *public_keys* only those given are good.
    Each request is one transaction of *store*: it is carried out as a whole, or not at all.

    The endpoints *webhooks*, https, on this machine or on *webhook_hosts*, receive the events of all accounts, signed
    with *webhook_secret*, base64, if it is given. Parameters that the API does not know are refused; with *strict*
    false they are ignored, as the API does, and a warning is logged. New accounts are in *country*: ``TH``, ``JP``,
    ``SG`` or ``MY``; by default that of the store, which begins as Thailand. The dashboard is for callers on this
    machine, unless *dashboard* says ``anywhere`` or ``off``. Raises ValueError for a key, an endpoint, a host, a
    secret, a country or a word that cannot be one.

    Attributes:
        requests: What was received, a list of `ReceivedRequest`, oldest first.
        clock: The sandbox's time, which tests can turn.
        webhooks: The deliveries of events; `Webhooks.flush` waits for them.
        faults: What goes wrong on purpose.
        strict: Whether parameters that the API does not know are refused.
        webhook_secret: What webhooks are signed with for accounts that have no secret of their own; base64.
    """

    def __init__(
        self,
        store: Store | None = None,
        *,
        secret_keys: Iterable[str] = (),
        public_keys: Iterable[str] = (),
        webhooks: Iterable[str] = (),
        webhook_hosts: Iterable[str] = (),
        webhook_secret: str | None = None,
        strict: bool = True,
        country: str | None = None,
        dashboard: str = LOOPBACK,
    ) -> None:
        self.store: Store
        self.webhooks: Webhooks
        self.store = kept = store if store is not None else Store()
        self.strict: bool = strict
        self.clock: Clock = Clock(kept, on_turn=lambda clock: _turned(kept, clock, deliveries))
        self.faults: Faults = Faults()
        self.webhooks = deliveries = Webhooks(kept, self.clock, self.faults.strike_event, redact_text)
        self.requests: RequestLog = RequestLog()
        self._keyring = Keyring(secret_keys, public_keys, on_open=partial(_furnish, self.clock))
        self._router = router(tuple(load()))
        self._dashboard_reach = check_reach(dashboard)
        self._webhook_hosts = host_names([*webhook_hosts])
        with kept.transaction() as transaction, allowing(self._webhook_hosts):
            set_endpoints(transaction, webhooks)
            set_default_secret(transaction, webhook_secret)
            set_country(transaction, country)
            self.webhook_secret: str = default_secret(transaction)
        weakref.finalize(self, deliveries.stop)
        deliveries.wake()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        started = time.perf_counter()
        exchange = _Exchange(Request(environ))
        try:
            with allowing(self._webhook_hosts):
                response = self._respond(exchange)
        except ApiError as error:
            response = _refused(exchange, error)
        except Exception as error:
            _report(exchange, error)
            response = error_response(ApiError("internal_error"))
        fault = exchange.fault
        response = fault.spoil(response) if fault else response
        if not exchange.is_own:
            self.requests.record(_received(exchange, response, time_text(self.clock.now_ms())))
        body = fault.send(response.body) if fault else [response.body]
        start_response(response.status_line, response.all_headers(time.perf_counter() - started))
        return [] if exchange.request.method == "HEAD" else body

    def reset(self) -> None:
        """Begin anew: forget all accounts, their objects, the requests and the turns of the clock."""
        with self.store.transaction():
            self.store.clear()
            self.clock.reset()
        self.requests.clear()

    @cached_property
    def _dashboard(self) -> Dashboard:
        # Its templates take long to load, and most applications are never looked at.
        from .dashboard.dashboard import Dashboard

        parts = (self.store, self.clock, self.faults, self.requests, self.webhooks, self.reset)
        return Dashboard(*parts, reach=self._dashboard_reach)

    def _respond(self, exchange: _Exchange) -> Response:
        request = exchange.request
        exchange.params = parse(request.query_string, request.headers.get("Content-Type", ""), _body(request))
        if is_control(request.path, exchange.host):
            check_caller(exchange.host, request.headers.get("Origin"))
            return control(
                self.clock, self.requests, self.faults, self.reset, request.method, request.path, exchange.params
            )
        if exchange.is_visit:
            return self._dashboard.answer(_visit(exchange))
        exchange.fault = self.faults.strike(request.method, request.path) if self.faults else None
        prevented = exchange.fault.prevent() if exchange.fault else None
        return prevented or self._carry_out(exchange)

    def _carry_out(self, exchange: _Exchange) -> Response:
        request = exchange.request
        exchange.route, placeholders = self._router.match(request.method, request.path, exchange.host)
        if run_due(self.store, self.clock):
            self.webhooks.wake()
        with self.store.transaction() as transaction:
            placeholders = exchange.route.by_ids(transaction, placeholders)
            account = self._account(transaction, exchange.route, placeholders, request)
            exchange.account = account.id
            version = requested(request.headers.get("Omise-Version"), account["api_version"])
            exchange.route.check_version(version)
            self._check_names(exchange, exchange.route)
            call = Call(
                transaction,
                account,
                self.clock,
                method=request.method,
                path=request.path,
                params=exchange.params,
                origin=exchange.origin,
                caller=request.remote_addr or LOCALHOST,
            )
            result = exchange.route.handler(call, **call.resolve(placeholders))
            # Within the transaction, so that what cannot be answered is not done either.
            response = _answer(call, exchange.route, result, version)
        exchange.events = call.events
        self.webhooks.wake()
        return response

    def _check_names(self, exchange: _Exchange, route: Route) -> None:
        """Refuse parameters that the route does not know, or else warn of them."""
        problems = route.unknown(exchange.params)
        if problems and self.strict:
            raise bad_request(*problems)
        if problems:
            logger.warning("%s %s: %s", route.method, route.path, sentence(problems))

    def _account(
        self, transaction: Transaction, route: Route, placeholders: Mapping[str, str], request: Request
    ) -> Document:
        """Whose request it is: the key's account, or on a page without keys that of the object which it is about."""
        if route.keys:
            now_ms = self.clock.now_ms()
            key = self._keyring.authenticate(transaction, request.headers.get("Authorization"), now_ms)
            if key.kind not in route.keys:
                raise ApiError("authentication_failure")
            return key.account
        noun, document_id = next(iter(placeholders.items()))
        document = transaction.get(document_id)
        account = transaction.get(document.account) if document and document.account else None
        if account is None:
            raise not_found(noun, document_id)
        return account


def _answer(call: Call, route: Route, result: Document | dict[str, Any] | Response, version: str) -> Response:
    """What a handler returned, as it goes out."""
    if isinstance(result, Response):
        return result
    fields = call.answer(result) if isinstance(result, Document) else result
    return json_response(translate(fields, version, destroyed=route.method == "DELETE"), version, route.host)


def _refused(exchange: _Exchange, error: ApiError) -> Response:
    """An error of the API, or where a browser asks for a page, a page that says what is wrong."""
    is_page = exchange.is_visit or (exchange.route is not None and not exchange.route.keys)
    if is_page and "text/html" in exchange.request.headers.get("Accept", ""):
        return replace(refusal(error.message, error.status), code=error.code)
    return error_response(error)


def _turned(store: Store, clock: Clock, webhooks: Webhooks) -> None:
    """What a turn of the clock brings about."""
    run_due(store, clock)
    webhooks.wake()


def _furnish(clock: Clock, transaction: Transaction, account: Document) -> None:
    """Give a new account what every account has from the start."""
    for furnish in OPENINGS:
        furnish(Workspace(transaction, account, clock))


def _visit(exchange: _Exchange) -> Visit:
    request = exchange.request
    return Visit(
        method=request.method,
        path=request.path,
        params=exchange.params,
        host=exchange.host,
        origin=exchange.origin,
        sender=request.headers.get("Origin"),
        site=request.headers.get("Sec-Fetch-Site"),
        caller=request.remote_addr or LOCALHOST,
    )


def _body(request: Request) -> bytes:
    if not request.environ.keys() & SAYS_BODY:
        return b""
    limit = body_limit(request.headers.get("Content-Type", ""))
    # werkzeug cuts a body of unknown length off at its limit and says nothing, so it may read one byte more than we do.
    request.max_content_length = limit + 1
    try:
        body = request.get_data(cache=False)
    except RequestEntityTooLarge:
        raise too_large() from None
    except ClientDisconnected:
        raise bad_request("request body is incomplete") from None
    if len(body) > limit:
        raise too_large()
    return body


def _report(exchange: _Exchange, error: Exception) -> None:
    """Log a fault of ours: where it happened, but not its message, which may quote what the client sent."""
    where = "".join(traceback.format_tb(error.__traceback__))
    logger.error("%s in %s\n%s", type(error).__name__, exchange.route, where)


def _received(exchange: _Exchange, response: Response, now: str) -> ReceivedRequest:
    request, route = exchange.request, exchange.route
    return ReceivedRequest(
        method=request.method,
        path=redact_text(request.path),
        params=redact(exchange.params),
        headers=redact_headers(dict(request.headers)),
        status=response.status,
        host=route.host if route else "",
        code=response.code,
        version=response.version,
        events=tuple(exchange.events),
        request_id=response.request_id,
        key_digest=digest_of(key_in(request.headers.get("Authorization"))),
        fault=exchange.fault.kind if exchange.fault else None,
        received_at=now,
        account=exchange.account,
    )
