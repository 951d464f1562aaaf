"""
Whom a call is made for: an account's settings, the choice of a key, its connection, and which account it is by default.

Knows records as classes to bind, and no resource by name; `omise.Client` is this with the resources as attributes.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar

from ..checks import check_reach, is_test_key, looks_test
from ..config import HOSTS, AccountConfig, Config, Host
from ..config import Settings as Settings
from ..discretion import discreet, hidden, unseen
from ..errors import ConfigurationError, OutcomeUnknown
from ..guards import holds_card, refuse_card, refuse_write
from ..redaction import Sealed, opened, short
from ..wire.deadlines import Deadline
from ..wire.encoding import encode
from ..wire.request import READS, Request
from ..wire.transport import Transport
from .key_kinds import KEY, KEY_KINDS, PREFIXES, KeyKind, fault_of
from .losses import homes, reference_in
from .options import NO_OPTIONS
from .options import OPTIONS as OPTIONS
from .options import Options as Options
from .options import merge_attributes as merge_attributes
from .watching import watching

if TYPE_CHECKING:
    from requests.adapters import BaseAdapter
    from typing_extensions import Self, Unpack

T = TypeVar("T")
C = TypeVar("C", bound="BaseClient")


_PATH = re.compile(r"/|(/(?!\.\.?(/|$))[A-Za-z0-9_.-]+)+")


class BaseClient:
    """One account as its records see it: they ask it to call, and it binds their classes to itself."""

    def __init__(self, **settings: Unpack[Settings]) -> None:
        self._set_up(AccountConfig(**unseen(settings)))

    def _set_up(self, config: Config) -> None:
        self.config = config
        self.transport: Transport = Transport(config)
        self._classes: dict[type[Any], type[Any]] = {}
        self._pair = Sealed((None, None))  # the keys that were last found to be one

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
        host: Host = "api",
        key_kind: str = "secret",
        files: Mapping[str, Any] | None = None,
        options: Options = NO_OPTIONS,
        harmless: bool = False,
    ) -> dict[str, Any]:
        """
        Send one request and return the JSON object that came back.

        A *harmless* write is repeated as a read is, since it makes what nobody can use without knowing of it.

        Raises what `Transport.send` does, and before anything is sent `ConfigurationError` for a key or option that
        cannot be used, TypeError and ValueError for a parameter or path that cannot be sent.
        """
        encoded, options = encode(dict(params or {})), self.begun(options)
        return self.send(method, path, encoded, host, key_kind, options, files, harmless=harmless)

    def begun(self, options: Options) -> Options:
        """Return *options* with the deadline of the settings, if they name none: its time begins now."""
        seconds = None if options.deadline is not None else self.config.deadline
        return options if seconds is None else options._replace(deadline=Deadline.of(seconds))

    def send(
        self,
        method: str,
        path: str,
        encoded: Mapping[str, Any],
        host: Host = "api",
        key_kind: str = "secret",
        options: Options = NO_OPTIONS,
        files: Mapping[str, Any] | None = None,
        **facts: Any,
    ) -> dict[str, Any]:
        """Do as `call` does, with parameters that are encoded already; *facts* are further ones of the `Request`."""
        if not isinstance(path, str) or not _PATH.fullmatch(path):
            raise ValueError(f"{short(path)} is not a path of the API, such as /charges; parameters go beside it")
        base: str = getattr(self.config, HOSTS[host])
        watch = watching.get()
        request = Request(
            method,
            base,
            path,
            self.key(key_kind, options.key),
            encoded,
            files,
            *options.checked(),
            deadline=options.deadline,
            host=host,
            watcher=watch,
            **facts,
        )
        if not base.startswith("https://"):
            check_reach(HOSTS[host], base, self.config.allow_http_hosts, is_test_key(request.key))
        if method not in READS and self.config.readonly:
            raise refuse_write(f"{method} {path}")
        is_guarded = looks_test(request.key) is False and not self.config.allow_raw_card
        if is_guarded and holds_card(path, encoded, opened(files)):
            raise refuse_card(f"{method} {path}")
        try:
            if watch is None:
                return self.transport.send(request)
            with watch.request(f"{method} {path}", writes=not request.changes_nothing):
                return self.transport.send(request)
        except OutcomeUnknown as error:
            homes[error] = origin = Origin(self, options.key)
            error.path, error.account = path, origin.mark
            error.reference = reference_in(request.params, self.config)
            raise

    def key(self, kind: str, given: str | None = None) -> str:
        """
        Return the key of this *kind* (``"secret"``, ``"public"``, ``"app"``), or the *given* one in its place.

        Raises `ConfigurationError` if there is none, or if it is none of this kind.
        """
        wanted = KEY_KINDS[kind]
        key = getattr(self.config, wanted.setting) if given is None else given
        fits = isinstance(key, str) and KEY.fullmatch(key) is not None
        if not fits or (key.startswith(PREFIXES) and not key.startswith(wanted.prefixes)):
            problem = self._problem(wanted, given, key, fits)
        elif given is None and not self._are_a_pair():
            problem = self._disagreement()
        else:
            return str(key)
        del given, key  # what prints the variables of frames shows neither
        raise ConfigurationError(problem)

    def _problem(self, wanted: KeyKind, given: object, key: Any, fits: bool) -> str:
        """Return a sentence that says what is wrong with *key*, the one that was *given* or that is set."""
        source = f"omise.{wanted.setting} (or {wanted.environment})" if given is None else "the key given with key="
        if given is None and not key:
            return self._missing(wanted)
        if not fits:
            return f"{source} is malformed: a key has letters, digits and underscores, and this one {fault_of(key)}"
        return f"{source} begins with {key.partition('_')[0]}_, where {wanted.purpose} belongs"

    def _missing(self, wanted: KeyKind) -> str:
        """Return a sentence that says which key is missing, and where to put it."""
        there = [kind.setting for kind in KEY_KINDS.values() if getattr(self.config, kind.setting)]
        if there and not self.config.reads_environment(wanted.setting):
            return (
                f"{wanted.purpose} is needed, and this client has only its {' and '.join(there)}, so pass "
                f"{wanted.setting}=…, that of the same account, to omise.Client too"
            )
        elsewhere = ". A block of omise.using() is open, but not in this thread: use client.Customer here"
        return (
            f"{wanted.purpose} is needed and none is set: set omise.{wanted.setting} or the environment variable "
            f"{wanted.environment}, or pass it to omise.Client{elsewhere if _blocks and current.get() is None else ''}"
        )

    def _are_a_pair(self) -> bool:
        """Tell whether the keys are both for test data or both for live, as far as their looks say."""
        pair = self.config.secret_api_key, self.config.public_api_key
        if pair != self._pair.open():
            if {looks_test(key or "") for key in pair} == {True, False}:
                return False
            self._pair = Sealed(pair)
        return True

    def _disagreement(self) -> str:
        test, live = "secret_api_key", "public_api_key"
        if not looks_test(self.config.secret_api_key or ""):
            test, live = live, test
        return f"omise.{live} is a live key and omise.{test} a test key: set both to keys of one account and mode"

    def other_account(self, key: str | None) -> bool:
        """Tell whether *key*, the secret key that a call brought, is known not to be this account's own."""
        own = self.config.secret_api_key
        return key is not None and own is not None and key != own

    def bind(self, cls: type[T]) -> type[T]:
        """Return *cls* bound to this account: a subclass whose verbs use this client."""
        cls = getattr(cls, "_unbound", None) or cls
        if self is default:
            return cls
        if cls not in self._classes:
            body = {"_client": self, "_unbound": cls, "__module__": cls.__module__, "__doc__": cls.__doc__}
            make: Any = type(cls)
            self._classes.setdefault(cls, make(cls.__name__, (cls,), body))  # another thread may have been first
        return self._classes[cls]

    @discreet
    def __setattr__(self, name: str, value: Any) -> None:
        if name in Config.settings:
            raise AttributeError(f"the settings of a client are those of its config: client.config.{name} = …")
        super().__setattr__(name, value)

    @contextmanager
    def replaced(self, adapter: BaseAdapter | None, **settings: Unpack[Settings]) -> Generator[Self]:
        """
        Use *settings*, and send everything through *adapter*, in a ``with`` block; everything is put back at its end.

        Meant for tests and sandboxes. What is set inside the block is undone with the rest.
        """
        before = {name: hidden(self.config.values[name]) for name in self.config if name in self.config.values}
        previous = self.transport.mount(adapter)
        try:
            for name, value in unseen(settings).items():
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
        made = vars(self).get("config", "Config, not made: a setting was refused")
        return repr(made).replace("Config", type(self).__name__, 1)

    def __reduce__(self) -> Any:
        raise TypeError("a Client holds keys and connections, and cannot be copied or pickled; make another")


class Origin(NamedTuple):
    """Where a record came from: the account, and the key of the call if it named one. Later calls go there too."""

    client: BaseClient
    key: str | None = None

    @property
    def mark(self) -> str | None:
        """What tells this account's secret key from others without telling the key; None while there is no key."""
        key = self.key or self.client.config.secret_api_key
        return sha256(key.encode()).hexdigest()[:16] if key else None

    def bind(self, cls: type[T]) -> type[T]:
        """Return *cls* bound to the account."""
        return self.client.bind(cls)

    def __repr__(self) -> str:
        return f"Origin({self.client!r}{', key=…' if self.key else ''})"


class Stray(NamedTuple):
    """Where a record came from that was pickled: of the account nothing is known but its mark."""

    mark: str | None

    def bind(self, cls: type[T]) -> type[T]:
        """Return *cls* as it is."""
        return cls


Home: TypeAlias = "Origin | Stray | None"
"""Where a record came from; None if nobody said."""


current: ContextVar[BaseClient | None] = ContextVar("omise_client", default=None)
"""The account of `using`, if this thread or task is in such a block."""

_blocks: list[BaseClient] = []
"""The accounts of all blocks of `using` that are open now, in any thread or task."""

ASTRAY = (
    "a block of omise.using() ended in another thread or task than it began in, as that of a dependency may: "
    "what ran between may have used the default account. Use the client's own classes there, client.Customer"
)

# Its settings are kept in the package's own namespace, so that they are the attributes of `omise`.
default: BaseClient = BaseClient._of(Config(vars(sys.modules[__name__.partition(".")[0]])))
"""The account of all who name none; `omise.client` makes it a whole client."""


def current_client() -> BaseClient:
    """Return the account that resource classes use now: the one of `using`, else the default."""
    return current.get() or default


@contextmanager
def using(client: C) -> Generator[C]:
    """
    Make *client* the account that ``omise.Customer`` and its siblings use in a ``with`` block, for this thread or task.

    Records keep the account they came from, inside the block and after it. Threads that are started in the block do not
    inherit it: there, use ``client.Customer``, or run what they do in ``contextvars.copy_context()``.

    Raises `ConfigurationError` at the end of a block that ends in another thread or task than it began in.
    """
    if not isinstance(client, BaseClient):
        raise TypeError(f"using() takes an omise.Client, got {type(client).__name__}")
    token = current.set(client)
    _blocks.append(client)
    try:
        yield client
    except BaseException:
        with suppress(ValueError):  # what went wrong in the block matters more
            current.reset(token)
        raise
    finally:
        _blocks.remove(client)
    try:
        current.reset(token)
    except ValueError:
        raise ConfigurationError(ASTRAY) from None
