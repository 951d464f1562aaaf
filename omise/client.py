"""
One account as its user sees it: its resource classes by name, and any address of the API.

The module `omise` is the default account; `using` makes another the default for a while.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal
from typing import cast as cast_type

from .config import HOSTS, Host
from .errors import resolve_with
from .records import access
from .records.access import BaseClient, Options, Origin, current_client
from .records.amounts import refuse, settled
from .records.casting import cast, class_named
from .records.key_kinds import KEY_KINDS
from .records.listing import List
from .redaction import Sealed, sealed, short

Method = Literal["GET", "POST", "PATCH", "DELETE"]
KeyKindName = Literal["secret", "public", "app"]
METHODS = ("GET", "POST", "PATCH", "DELETE")


class Client(BaseClient):
    """
    One account, with a connection pool of its own; its resource classes are attributes: ``client.Customer``.

    What they return (associations, pages, reloads) stays with this account. Keys that are not given come from the
    environment only if none is given. Usable as a context manager, which closes the connections at its end.

    Raises `ConfigurationError` for a setting that does not exist or a value of the wrong kind.
    """

    if TYPE_CHECKING:
        # The same classes that the module has, but bound; the checker sees them as the module's.
        from . import resources as _resources
        from . import webhook as _webhook
        from .records import search as _search

        Account: type[_resources.Account]
        Balance: type[_resources.Balance]
        BankAccount: type[_resources.BankAccount]
        Capability: type[_resources.Capability]
        Card: type[_resources.Card]
        CardList: type[_resources.CardList]
        Chain: type[_resources.Chain]
        Charge: type[_resources.Charge]
        ChargeList: type[_resources.ChargeList]
        CheckoutPayment: type[_resources.CheckoutPayment]
        CheckoutSession: type[_resources.CheckoutSession]
        Customer: type[_resources.Customer]
        Dispute: type[_resources.Dispute]
        Document: type[_resources.Document]
        DocumentList: type[_resources.DocumentList]
        Event: type[_resources.Event]
        Forex: type[_resources.Forex]
        Integration: type[_resources.Integration]
        Link: type[_resources.Link]
        LinkedAccount: type[_resources.LinkedAccount]
        Occurrence: type[_resources.Occurrence]
        OccurrenceList: type[_resources.OccurrenceList]
        PaymentMethod: type[_resources.PaymentMethod]
        Receipt: type[_resources.Receipt]
        Recipient: type[_resources.Recipient]
        Refund: type[_resources.Refund]
        RefundList: type[_resources.RefundList]
        Schedule: type[_resources.Schedule]
        ScheduledCharge: type[_resources.ScheduledCharge]
        ScheduledTransfer: type[_resources.ScheduledTransfer]
        Source: type[_resources.Source]
        SubMerchant: type[_resources.SubMerchant]
        SystemInfo: type[_resources.SystemInfo]
        Token: type[_resources.Token]
        Transaction: type[_resources.Transaction]
        Transfer: type[_resources.Transfer]
        WebhookDelivery: type[_resources.WebhookDelivery]
        WebhookSecret: type[_resources.WebhookSecret]
        Search: type[_search.Search[Any]]
        Webhook: type[_webhook.Webhook]
    else:

        def __getattr__(self, name: str) -> Any:
            if name.startswith("_"):
                raise AttributeError(name)
            if name == "Webhook":
                from .webhook import Webhook

                return self.bind(Webhook)
            return self.bind(class_named(name, f"a client has no attribute {name!r}, and there is no such resource"))

    def request(
        self,
        method: Method,
        path: str,
        /,
        *,
        host: Host = "api",
        key_kind: KeyKindName = "secret",
        files: Mapping[str, Any] | None = None,
        **params: Any,
    ) -> Any:
        """
        Call any address of the API, one that this library does not know too, and return what came back as a record.

        *method* is ``"GET"``, ``"POST"``, ``"PATCH"`` or ``"DELETE"``, *path* such as ``"/charges/chrg_1/capture"``;
        *host* ``"vault"`` or ``"checkout"`` and *key_kind* ``"public"`` or ``"app"`` where that is called for; *files*
        as requests takes them. *params* go into the query of a GET, else into a JSON body. Retried, raised and logged
        as all else.
        """
        method, path, host, key_kind, params, files = _unseen(method, path, host, key_kind, params, files)
        return _request(self, method, path, host=host, key_kind=key_kind, files=files, **params)


def _whole(client: BaseClient) -> Client:
    """Make *client*, which records may know already, one with resources as attributes."""
    client.__class__ = Client
    return cast_type("Client", client)


default_client: Client = _whole(access.default)


def request(
    method: Method,
    path: str,
    /,
    *,
    host: Host = "api",
    key_kind: KeyKindName = "secret",
    files: Mapping[str, Any] | None = None,
    **params: Any,
) -> Any:
    """Call any address of the API with the account of now, and return what came back; see `Client.request`."""
    method, path, host, key_kind, params, files = _unseen(method, path, host, key_kind, params, files)
    return _request(current_client(), method, path, host=host, key_kind=key_kind, files=files, **params)


def _unseen(*given: Any) -> Any:
    """Return what a call was given as no frame is to show it: parameters sealed where they are secret, files anyway."""
    *rest, files = given
    return *(sealed(each) for each in rest), None if files is None else Sealed(files)


def _request(
    client: BaseClient,
    method: str,
    path: str,
    /,
    *,
    host: Host = "api",
    key_kind: str = "secret",
    files: Any = None,
    **params: Any,
) -> Any:
    known = {"method": (method, METHODS), "host": (host, (*HOSTS,)), "key_kind": (key_kind, (*KEY_KINDS,))}
    for name, (value, values) in known.items():
        if value not in values:
            raise ValueError(f"{name} must be one of {', '.join(values)}, got {short(value)}")
    options, fields = Options.split(params)
    fields = dict(settled(fields, refuse))
    body = client.call(method, path, fields, host=host, key_kind=key_kind, files=files, options=options)
    found = cast(body, Origin(client, options.key))
    if isinstance(found, List):
        found._remember(path, fields, options)
    return found


@resolve_with
def _resolve(*question: Any) -> Any:
    from .resources.ways import resolve  # which few need, and not at import

    return resolve(*question)
