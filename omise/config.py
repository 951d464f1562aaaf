"""
The settings of one account: its keys, the API's addresses, timeouts and retries.

Each is declared once, as a `Setting`: its default, the environment variable that may give it, its other names, and
the check that refuses nonsense when it is set rather than when a payment is under way.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from typing import Any, Generic, Literal, TypeAlias, TypedDict, TypeVar, overload

from .checks import (
    Timeout,
    check_address,
    check_count,
    check_deadline,
    check_flag,
    check_header,
    check_hooks,
    check_hosts,
    check_most,
    check_name,
    check_rate,
    check_reach,
    check_shared,
    check_text,
    check_timeout,
)
from .discretion import checked, hidden, unseen
from .errors import ConfigurationError
from .hooks import Hook
from .nearest import nearest
from .redaction import is_secret, redact_text
from .variables import variable

T = TypeVar("T")

HOLD_SECRETS = (check_text, check_shared)
"""The checks of settings that a secret belongs in: a key, and the address of a redis with its password."""

Host: TypeAlias = Literal["api", "vault", "checkout"]

HOSTS: dict[Host, str] = {"api": "api_url", "vault": "vault_url", "checkout": "checkout_url"}
"""The API's hosts, and the setting that holds the address of each."""


class Setting(Generic[T]):
    """
    One setting of a `Config`, kept under its own name and under its *aliases*.

    Reading gives what was set, else the environment's value, else the default.
    """

    def __init__(
        self,
        default: T,
        check: Callable[[str, Any], T],
        *,
        env: str | None = None,
        aliases: tuple[str, ...] = (),
    ) -> None:
        self.default = default
        self.check = check
        self.env = env
        self.aliases = aliases

    def __set_name__(self, owner: type[Config], name: str) -> None:
        self.name = name
        for spelling in (name, *self.aliases):
            owner.settings[spelling] = self

    @overload
    def __get__(self, config: None, owner: type[Config]) -> Setting[T]: ...
    @overload
    def __get__(self, config: Config, owner: type[Config]) -> T: ...
    def __get__(self, config: Config | None, owner: type[Config]) -> T | Setting[T]:
        if config is None:
            return self
        if self.name in config.values:
            return config.values[self.name]  # type: ignore[no-any-return]
        return self.unset(config)

    def unset(self, config: Config) -> T:
        """Return what is read while nothing is set."""
        if self.env and (text := variable(self.env)) and config.reads_environment(self.name):
            given, text = hidden(text), None  # which no frame is to show
            return checked(self.check, self.env, given)
        return self.default

    def __set__(self, config: Config, value: T) -> None:
        given = hidden(value)
        del value  # which no frame is to show
        good = checked(self.check, self.name, given)
        is_number = isinstance(given.open(), (int, float))
        if self.check not in HOLD_SECRETS and not is_number and is_secret(str(given.open())):
            del good
            raise ConfigurationError(f"{self.name} is no place for what looks like a key, or the number of a card")
        self.keep(config, good)

    def keep(self, config: Config, good: T) -> None:
        """Keep a value that was checked, under every name."""
        for spelling in (self.name, *self.aliases):
            config.values[spelling] = good

    def __delete__(self, config: Config) -> None:
        for spelling in (self.name, *self.aliases):
            config.values.pop(spelling, None)


class _Address(Setting[str]):
    """The address of one of the API's hosts: https, or plain http where it is allowed."""

    def unset(self, config: Config) -> str:
        address = super().unset(config)
        check_reach(str(self.env), address, config.allow_http_hosts)
        return address

    def keep(self, config: Config, good: str) -> None:
        check_reach(self.name, good, config.allow_http_hosts)
        super().keep(config, good)


class Config:
    """
    The settings of one account.

    Attributes:
        secret_api_key: ``skey_…``, for everything but tokens; a chain's ``ckey_…`` works in its place. Environment:
            ``OMISE_SECRET_KEY``. Also ``api_key`` and ``api_secret``.
        public_api_key: ``pkey_…``, for tokens and capability. Environment: ``OMISE_PUBLIC_KEY``. Also ``vault_key``
            and ``api_public``.
        app_key: Key of a platform app, for integrations. Environment: ``OMISE_APP_KEY``.
        api_version: ``Omise-Version`` to ask for; None leaves it to the account. Environment: ``OMISE_API_VERSION``.
        api_url: Address of the API. Environment: ``OMISE_API_URL``. Also ``api_main``.
        vault_url: Address of its host for tokens. Environment: ``OMISE_VAULT_URL``. Also ``api_vault``.
        checkout_url: Address of its host for checkout sessions. Environment: ``OMISE_CHECKOUT_URL``.
        timeout: Seconds, one number or (connect, read). Environment: ``OMISE_TIMEOUT``.
        deadline: Seconds after which a call has ended in any case, with its tries, pauses and hidden requests; None for
            none. Each page of a list is a call of its own.
        max_response_bytes: How long an answer may be, unpacked; a longer one is not read to its end.
        max_retries: How often a request that is safe to repeat is tried again. Environment: ``OMISE_MAX_RETRIES``.
        user_agent_suffix: Text to add to the ``User-Agent``, such as ``"shop/2.1"``.
        reference_key: Key in ``metadata`` by which creates are found again, such as ``"ref"``: a random value is put
            there, unless there is one, which must then be of no other create. None: nothing is put there.
        allow_http_hosts: Names of hosts that test keys may go to over plain http, such as the container that a sandbox
            runs in. Set it before the addresses. Environment: ``OMISE_ALLOW_HTTP_HOSTS``, with commas between them.
        max_concurrency: How many requests may be on their way to the API at once; 0 or None: any number. The vault gets
            a quarter. What is not set is no limit to plain http, or to this machine.
        requests_per_second: How many requests may go to the API in a second, in the same way.
        limits_shared_by: A file, or the address of a redis (``redis://…``), by which processes share these limits;
            None: each has its own.
        on_request: A function, or several, that each try is told to before it is sent, as a `RequestInfo`.
        on_response: The same, after it.
        on_retry: The same, before the pause that leads to another try.
        on_wait: The same, after it waited for the limits.
        readonly: Refuse what is no read, before anything is sent. Environment: ``OMISE_READONLY``, as 1 or 0.
        allow_raw_card: Send card data with a live key. Environment: ``OMISE_ALLOW_RAW_CARD``, as 1 or 0.

    Raises `ConfigurationError` for a setting that does not exist, or a value of the wrong kind.
    """

    settings: dict[str, Setting[Any]] = {}
    """Every spelling of every setting."""

    secret_api_key: Setting[str | None] = Setting(
        None, check_text, env="OMISE_SECRET_KEY", aliases=("api_key", "api_secret")
    )
    public_api_key: Setting[str | None] = Setting(
        None, check_text, env="OMISE_PUBLIC_KEY", aliases=("vault_key", "api_public")
    )
    app_key: Setting[str | None] = Setting(None, check_text, env="OMISE_APP_KEY")
    api_version: Setting[str | None] = Setting("2019-05-29", check_header, env="OMISE_API_VERSION")
    # Before the addresses, which are checked against it, wherever settings are taken over one by one.
    allow_http_hosts: Setting[tuple[str, ...]] = Setting((), check_hosts, env="OMISE_ALLOW_HTTP_HOSTS")
    api_url: Setting[str] = _Address("https://api.omise.co", check_address, env="OMISE_API_URL", aliases=("api_main",))
    vault_url: Setting[str] = _Address(
        "https://vault.omise.co", check_address, env="OMISE_VAULT_URL", aliases=("api_vault",)
    )
    checkout_url: Setting[str] = _Address("https://checkout-page.omise.co", check_address, env="OMISE_CHECKOUT_URL")
    # Card charges take seconds, and a scheme may take its time: an answer lost to impatience is worse than a wait.
    timeout: Setting[Timeout] = Setting((10.0, 60.0), check_timeout, env="OMISE_TIMEOUT")
    max_response_bytes: Setting[int] = Setting(16 * 2**20, check_count)
    deadline: Setting[float | None] = Setting(None, check_deadline)
    max_retries: Setting[int] = Setting(2, check_count, env="OMISE_MAX_RETRIES")
    user_agent_suffix: Setting[str | None] = Setting(None, check_header)
    reference_key: Setting[str | None] = Setting(None, check_name)
    # The API documents that it has limits, and no number; source: https://docs.omise.co/api-rate-limits (inferred)
    max_concurrency: Setting[int] = Setting(10, check_most)
    requests_per_second: Setting[float] = Setting(20.0, check_rate)
    limits_shared_by: Setting[str | None] = Setting(None, check_shared)
    on_request: Setting[tuple[Hook, ...]] = Setting((), check_hooks)
    on_response: Setting[tuple[Hook, ...]] = Setting((), check_hooks)
    on_retry: Setting[tuple[Hook, ...]] = Setting((), check_hooks)
    on_wait: Setting[tuple[Hook, ...]] = Setting((), check_hooks)
    readonly: Setting[bool] = Setting(False, check_flag, env="OMISE_READONLY")
    allow_raw_card: Setting[bool] = Setting(False, check_flag, env="OMISE_ALLOW_RAW_CARD")

    values: MutableMapping[str, Any]

    def __init__(self, values: MutableMapping[str, Any] | None = None, **settings: Any) -> None:
        object.__setattr__(self, "values", {} if values is None else values)
        for name, value in sorted(unseen(settings).items()):  # allow_http_hosts first
            setattr(self, name, value)

    def __setattr__(self, name: str, value: Any) -> None:
        value = hidden(value)
        self._setting(name).__set__(self, value)

    def __getattr__(self, name: str) -> Any:
        # Only what is not a descriptor of the class gets here: an alias, or a misspelling.
        if name in Config.settings:
            return self.settings[name].__get__(self, Config)
        raise AttributeError(unknown_setting(name))

    def __delattr__(self, name: str) -> None:
        self._setting(name).__delete__(self)

    def _setting(self, name: str) -> Setting[Any]:
        if name not in self.settings:
            raise ConfigurationError(unknown_setting(name))
        return self.settings[name]

    def reads_environment(self, setting: str) -> bool:
        """Tell whether the environment may give *setting*."""
        return True

    def __iter__(self) -> Iterator[str]:
        return (name for name, setting in self.settings.items() if name == setting.name)

    def __repr__(self) -> str:
        shown = {name: self.values[name] for name in self if name in self.values}
        return f"Config({', '.join(f'{name}={_shown(name, value)}' for name, value in shown.items())})"

    def __reduce__(self) -> Any:
        raise TypeError("a Config holds keys, and cannot be copied or pickled")


class Settings(TypedDict, total=False):
    """The settings of a `Client`, as `Config` describes them."""

    secret_api_key: str | None
    public_api_key: str | None
    app_key: str | None
    api_version: str | None
    api_url: str
    vault_url: str
    checkout_url: str
    timeout: Timeout
    deadline: float | None
    max_response_bytes: int
    max_retries: int
    user_agent_suffix: str | None
    reference_key: str | None
    allow_http_hosts: str | Iterable[str]
    max_concurrency: int | None
    requests_per_second: float | None
    limits_shared_by: str | os.PathLike[str] | None
    on_request: Hook | Iterable[Hook] | None
    on_response: Hook | Iterable[Hook] | None
    on_retry: Hook | Iterable[Hook] | None
    on_wait: Hook | Iterable[Hook] | None
    readonly: bool
    allow_raw_card: bool


API_ADDRESSES: dict[str, str] = {name: Config.settings[name].default for name in HOSTS.values()}
"""The settings of the hosts' addresses, each with the address of the API's own host."""


class AccountConfig(Config):
    """
    The settings of an account that was made on purpose: its keys come from the environment only if it was given none.

    Otherwise a public key of one account could meet the secret key of another.
    """

    KEYS = ("secret_api_key", "public_api_key", "app_key")

    def reads_environment(self, setting: str) -> bool:
        return setting not in self.KEYS or not any(key in self.values for key in self.KEYS)


def unknown_setting(name: str) -> str:
    """Return a sentence that says there is no setting *name*, and which one may be meant."""
    near = nearest(name, Config.settings)
    hint = f"did you mean {near!r}?" if near else f"there are {', '.join(sorted(Config.settings))}"
    return f"there is no setting {name!r}; {hint}"


def _shown(name: str, value: Any) -> str:
    if name.startswith("on_"):
        return f"({len(value)} function{'s' * (len(value) != 1)})"  # whose own repr could show anything
    if not name.endswith("_key") or value is None:
        return redact_text(repr(value))
    found = re.match("[spc]key_(test_)?", value)
    return f"'{found[0] if found else ''}…'"
