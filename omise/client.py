"""
One account: its settings, its way to the API, and its own resource classes.

The module `omise` is the default account; `using` makes another the default for a while.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

from .config import AccountConfig, Config, Timeout, check_header, check_timeout
from .encoding import encode
from .errors import ConfigurationError
from .transport import Request, Transport

if TYPE_CHECKING:
    from requests.adapters import BaseAdapter
    from typing_extensions import Self, Unpack

    from .resource import Resource


class Settings(TypedDict, total=False):
    """The settings of a `Client`, as `Config` describes them."""

    secret_api_key: str | None
    public_api_key: str | None
    app_key: str | None
    api_version: str | None
    api_url: str
    vault_url: str
    timeout: Timeout
    max_retries: int
    user_agent_suffix: str | None


@dataclass(frozen=True)
class Options:
    """What one call may say for itself: another key, timeout in seconds, a value for the ``Idempotency-Key`` header."""

    key: str | None = field(default=None, repr=False)
    timeout: Timeout | None = None
    idempotency_key: str | None = None

    @classmethod
    def split(cls, params: Mapping[str, Any]) -> tuple[Options, dict[str, Any]]:
        """Return the options among the keyword arguments *params*, and the parameters for the API that are left."""
        rest = dict(params)
        options = cls(*(rest.pop(name, None) for name in OPTIONS))
        return options, rest


OPTIONS = tuple(field.name for field in fields(Options))
"""The keyword arguments that are options, whatever is called."""


class KeyKind(NamedTuple):
    """A kind of key: the setting that holds it, and how such keys begin."""

    setting: str
    environment: str
    prefixes: tuple[str, ...]
    purpose: str


KEY_KINDS = {
    "secret": KeyKind("secret_api_key", "OMISE_SECRET_KEY", ("skey_", "ckey_"), "a secret key (skey_…)"),
    "public": KeyKind("public_api_key", "OMISE_PUBLIC_KEY", ("pkey_",), "a public key (pkey_…)"),
    "app": KeyKind("app_key", "OMISE_APP_KEY", (), "the key of a platform app"),
}

METHODS = ("GET", "POST", "PATCH", "DELETE")
HOSTS = ("api", "vault")

_PREFIXES = tuple(prefix for kind in KEY_KINDS.values() for prefix in kind.prefixes)
_KEY = re.compile(r"[!-9;-~]+")  # printable ASCII but the colon, which ends the user name of HTTP Basic
_PATH = re.compile(r"/|(/(?!\.\.?(/|$))[A-Za-z0-9_.-]+)+")


class Client:
    """
    One account, with a connection pool of its own; its resource classes are attributes: ``client.Customer``.

    What they return (associations, pages, reloads) stays with this account. Keys that are not given come from the
    environment only if none is given. Usable as a context manager, which closes the connections at its end.

    Raises `ConfigurationError` for a setting that does not exist or a value of the wrong kind.
    """

    def __init__(self, **settings: Unpack[Settings]) -> None:
        self._set_up(AccountConfig(**settings))

    def _set_up(self, config: Config) -> None:
        self.config = config
        self.transport = Transport(config)
        self._classes: dict[type[Resource], type[Resource]] = {}

    @classmethod
    def _of(cls, config: Config) -> Self:
        client = cls.__new__(cls)
        client._set_up(config)
        return client

    def call(
        self,
        method: str,
        path: str,
        params: Mapping[str, Any] | None = None,
        *,
        host: str = "api",
        key_kind: str = "secret",
        files: Mapping[str, Any] | None = None,
        options: Options = Options(),
    ) -> dict[str, Any]:
        """
        Send one request and return the JSON object that came back.

        Raises what `Transport.send` does, and before anything is sent `ConfigurationError` for a key or option that
        cannot be used, TypeError and ValueError for a parameter or path that cannot be sent.
        """
        if not _PATH.fullmatch(path):
            raise ValueError(f"{path!r} is not a path of the API, such as /charges; parameters go beside it")
        base = self.config.vault_url if host == "vault" else self.config.api_url
        request = Request(
            method,
            base + path,
            self.key(key_kind, options.key),
            encode(dict(params or {})),
            files,
            None if options.timeout is None else check_timeout("timeout", options.timeout),
            check_header("idempotency_key", options.idempotency_key),
        )
        return self.transport.send(request)

    def key(self, kind: str, given: str | None = None) -> str:
        """
        Return the key of this *kind* (``"secret"``, ``"public"``, ``"app"``), or the *given* one in its place.

        Raises `ConfigurationError` if there is none, or if it is none of this kind.
        """
        wanted = KEY_KINDS[kind]
        key = getattr(self.config, wanted.setting) if given is None else given
        source = f"omise.{wanted.setting} (or {wanted.environment})" if given is None else "the key given with key="
        if given is None and not key:
            raise ConfigurationError(
                f"{wanted.purpose} is needed and none is set: set omise.{wanted.setting} or the environment variable "
                f"{wanted.environment}, or pass it to omise.Client"
            )
        if not isinstance(key, str) or not _KEY.fullmatch(key):
            raise ConfigurationError(f"{source} is malformed: a key has letters, digits and underscores, and no spaces")
        if key.startswith(_PREFIXES) and not key.startswith(wanted.prefixes):
            raise ConfigurationError(f"{source} begins with {key.partition('_')[0]}_, where {wanted.purpose} belongs")
        return key

    def bind(self, cls: type[Resource]) -> type[Resource]:
        """Return *cls* bound to this account: a subclass whose verbs use this client."""
        cls = cls._unbound or cls
        if self is default_client:
            return cls
        if cls not in self._classes:
            body = {"_client": self, "_unbound": cls, "__module__": cls.__module__, "__doc__": cls.__doc__}
            make: Any = type(cls)
            self._classes.setdefault(cls, make(cls.__name__, (cls,), body))  # another thread may have been first
        return self._classes[cls]

    if TYPE_CHECKING:
        # The same classes that the module has, but bound; the checker sees them as the module's.
        from . import resources as _resources
        from . import search as _search

        Account: type[_resources.Account]
        Balance: type[_resources.Balance]
        BankAccount: type[_resources.BankAccount]
        Capability: type[_resources.Capability]
        Card: type[_resources.Card]
        CardList: type[_resources.CardList]
        Chain: type[_resources.Chain]
        Charge: type[_resources.Charge]
        ChargeList: type[_resources.ChargeList]
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
    else:

        def __getattr__(self, name: str) -> Any:
            from .resource import class_named

            if name.startswith("_"):
                raise AttributeError(name)
            return self.bind(class_named(name, f"a client has no attribute {name!r}, and there is no such resource"))

    def __setattr__(self, name: str, value: Any) -> None:
        if name in Config.settings:
            raise AttributeError(f"the settings of a client are those of its config: client.config.{name} = …")
        super().__setattr__(name, value)

    def request(
        self,
        method: str,
        path: str,
        /,
        *,
        host: str = "api",
        key_kind: str = "secret",
        files: Any = None,
        **params: Any,
    ) -> Any:
        """
        Call any address of the API, one that this library does not know too, and return what came back as a record.

        *method* is ``"GET"``, ``"POST"``, ``"PATCH"`` or ``"DELETE"``, *path* such as ``"/charges/chrg_1/capture"``;
        *host* ``"vault"`` and *key_kind* ``"public"`` or ``"app"`` where that is called for; *files* as requests takes
        them. *params* go into the query of a GET, else into a JSON body. Retried, raised and logged as all else.
        """
        from .listing import List
        from .resource import Origin, cast

        known = {"method": (method, METHODS), "host": (host, HOSTS), "key_kind": (key_kind, (*KEY_KINDS,))}
        for name, (value, values) in known.items():
            if value not in values:
                raise ValueError(f"{name} must be one of {', '.join(values)}, got {value!r}")
        options, params = Options.split(params)
        body = self.call(method, path, params, host=host, key_kind=key_kind, files=files, options=options)
        found = cast(body, Origin(self, options.key))
        if isinstance(found, List):
            found._remember(path, params)
        return found

    @contextmanager
    def replaced(self, adapter: BaseAdapter | None, **settings: Unpack[Settings]) -> Iterator[Client]:
        """
        Use *settings*, and send everything through *adapter*, in a ``with`` block; everything is put back at its end.

        Meant for tests and sandboxes. What is set inside the block is undone with the rest.
        """
        before = {name: self.config.values[name] for name in self.config if name in self.config.values}
        previous = self.transport.mount(adapter)
        try:
            for name, value in settings.items():
                setattr(self.config, name, value)
            yield self
        finally:
            self.transport.mount(previous)
            for name in self.config:
                delattr(self.config, name)
            for name, value in before.items():
                setattr(self.config, name, value)

    def close(self) -> None:
        """Close the idle connections. The client stays usable."""
        self.transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return repr(self.config).replace("Config", type(self).__name__, 1)

    def __reduce__(self) -> Any:
        raise TypeError("a Client holds keys and connections, and cannot be copied or pickled; make another")


# The default account keeps its settings in the module's own namespace, so that they are the module's attributes.
default_client = Client._of(Config(vars(sys.modules[__package__ or "omise"])))

_current: ContextVar[Client | None] = ContextVar("omise_client", default=None)


def current_client() -> Client:
    """Return the account that resource classes use now: the one of `using`, else the default."""
    return _current.get() or default_client


@contextmanager
def using(client: Client) -> Iterator[Client]:
    """
    Make *client* the account that ``omise.Customer`` and its siblings use in a ``with`` block, for this thread or task.

    Records keep the account they came from, inside the block and after it.
    """
    if not isinstance(client, Client):
        raise TypeError(f"using() takes an omise.Client, got {type(client).__name__}")
    token = _current.set(client)
    try:
        yield client
    finally:
        _current.reset(token)


def request(method: str, path: str, /, **params: Any) -> Any:
    """Call any address of the API with the account of now, and return what came back; see `Client.request`."""
    return current_client().request(method, path, **params)
