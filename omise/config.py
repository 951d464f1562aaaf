"""
The settings of one account: its keys, the API's addresses, timeouts and retries.

Each is declared once, as a `Setting`: its default, the environment variable that may give it, its other names, and
the check that refuses nonsense when it is set rather than when a payment is under way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from functools import lru_cache
from ipaddress import ip_address
from typing import Any, Generic, Literal, TypeAlias, TypeVar, overload

from .nearest import nearest
from .neighbour import CLASH
from .variables import variable

try:
    from .errors import ConfigurationError
except ImportError:  # the file is the official package's, or went with it; whatever is used of this package gets here
    raise ImportError(CLASH) from None

T = TypeVar("T")

Timeout: TypeAlias = "float | tuple[float, float]"
"""Seconds to wait: for connecting and for each part of an answer, or one number for both."""

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
            return self.check(self.env, text)
        return self.default

    def __set__(self, config: Config, value: T) -> None:
        checked = self.check(self.name, value)
        for spelling in (self.name, *self.aliases):
            config.values[spelling] = checked

    def __delete__(self, config: Config) -> None:
        for spelling in (self.name, *self.aliases):
            config.values.pop(spelling, None)


class _Address(Setting[str]):
    """The address of one of the API's hosts: https, or plain http where it is allowed."""

    def unset(self, config: Config) -> str:
        address = super().unset(config)
        check_reach(str(self.env), address, config.allow_http_hosts)
        return address

    def __set__(self, config: Config, value: str) -> None:
        check_reach(self.name, self.check(self.name, value), config.allow_http_hosts)
        super().__set__(config, value)


_HEADER = re.compile(r"[!-~]([ -~]*[!-~])?")
_HOST = r"[\w-]+(?:\.[\w-]+)*|\[[\da-f:.]+]"
_ADDRESS = re.compile(rf"(https?)://({_HOST})(?::(\d{{1,5}}))?(?:/[\w.~-]+)*/?", re.ASCII | re.IGNORECASE)


def _text(name: str, value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise ConfigurationError(f"{name} must be text or None, got {type(value).__name__}")


def _name(name: str, value: Any) -> str | None:
    if value is None or (isinstance(value, str) and value.strip()):
        return value
    raise ConfigurationError(f"{name} must be None or the name of a key in metadata, such as 'ref'")


def check_header(name: str, value: Any) -> str | None:
    """Return *value* if it can stand in a header: a line break would begin another one."""
    if value is None or (isinstance(value, str) and _HEADER.fullmatch(value)):
        return value
    raise ConfigurationError(f"{name} must be None or printable ASCII text, without spaces at its ends")


def _address(name: str, value: Any) -> str:
    """Return an address without a slash at its end."""
    found = _ADDRESS.fullmatch(value) if isinstance(value, str) else None
    if found is None or int(found[3] or 443) not in range(1, 65536):
        raise ConfigurationError(f"{name} must be an address such as https://api.omise.co, and nothing more")
    return found[0].removesuffix("/")


def _hosts(name: str, value: Any) -> tuple[str, ...]:
    """Return names of hosts in lower case, which come as text (``"sandbox, ci"``) or one by one."""
    names = re.split(r"[\s,]+", value.strip(" ,")) if isinstance(value, str) and value.strip(" ,") else value or ()
    hosts = [*names] if isinstance(names, Iterable) else [names]
    for host in hosts:
        if not isinstance(host, str) or not re.fullmatch(_HOST, host, re.ASCII | re.IGNORECASE):
            raise ConfigurationError(f"{name} must be names of hosts such as 'sandbox', without port and address")
    return tuple(host.lower() for host in hosts)


_TEST_KEY = re.compile(r"[a-z]key_test(_|$)")


@lru_cache(maxsize=64)
def check_reach(name: str, address: str, allowed: tuple[str, ...], is_test: bool = True) -> None:
    """
    Raise `ConfigurationError` if *address* is of plain http to another machine, unless its host is *allowed*.

    A key that is no test key (*is_test*) never goes to one, allowed or not.
    """
    if not address.lower().startswith("http://"):
        return
    found = _ADDRESS.fullmatch(address)
    host = found[2].lower() if found else ""
    if is_loopback(host.strip("[]")):
        return
    if host not in allowed:
        raise ConfigurationError(
            f"{name} is {address}: a key never goes over plain http to another machine; use https, a loopback address, "
            "or for test keys a host that is named in allow_http_hosts (or OMISE_ALLOW_HTTP_HOSTS)"
        )
    if not is_test:
        raise ConfigurationError(
            f"{name} is {address}: only a test key (skey_test_…) goes over plain http, to any host"
        )


def is_test_key(key: str) -> bool:
    """Tell whether *key* is one for test data, by its looks."""
    return _TEST_KEY.match(key) is not None


def check_timeout(name: str, value: Any) -> Timeout:
    """Return *value* if it is a number of seconds, or a pair of them."""
    if isinstance(value, str):
        value = _number(name, value)
    pair = value if isinstance(value, (tuple, list)) else (value, value)
    if len(pair) != 2 or not all(_is_number(seconds) and 0 < seconds < float("inf") for seconds in pair):
        raise ConfigurationError(f"{name} must be seconds above 0, or a pair of them (connect, read), got {value!r}")
    return value if not isinstance(value, list) else (pair[0], pair[1])


def check_seconds(name: str, value: Any) -> float:
    """Return *value* if it is a number of seconds, 0 or more."""
    if not _is_number(value) or not 0 <= value < float("inf"):
        raise ConfigurationError(f"{name} must be seconds, 0 or more, got {value!r}")
    return float(value)


def check_deadline(name: str, value: Any) -> float | None:
    """Return *value* if it is a number of seconds above 0, or None."""
    if value is None or (_is_number(value) and 0 < value < float("inf")):
        return value  # type: ignore[no-any-return]
    raise ConfigurationError(f"{name} must be seconds above 0, or None, got {value!r}")


def _count(name: str, value: Any) -> int:
    if isinstance(value, str):
        value = _number(name, value)
    if not _is_number(value) or not 0 <= value < float("inf") or value != int(value):
        raise ConfigurationError(f"{name} must be a whole number, 0 or more, got {value!r}")
    return int(value)


def _number(name: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise ConfigurationError(f"{name} must be a number, got {text!r}") from None


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def is_loopback(host: str) -> bool:
    """Tell whether *host* is this machine, by name or address."""
    if host.lower() == "localhost":  # not api.localhost: many a resolver asks the network for it
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


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

    Raises `ConfigurationError` for a setting that does not exist, or a value of the wrong kind.
    """

    settings: dict[str, Setting[Any]] = {}
    """Every spelling of every setting."""

    secret_api_key: Setting[str | None] = Setting(
        None, _text, env="OMISE_SECRET_KEY", aliases=("api_key", "api_secret")
    )
    public_api_key: Setting[str | None] = Setting(
        None, _text, env="OMISE_PUBLIC_KEY", aliases=("vault_key", "api_public")
    )
    app_key: Setting[str | None] = Setting(None, _text, env="OMISE_APP_KEY")
    api_version: Setting[str | None] = Setting("2019-05-29", check_header, env="OMISE_API_VERSION")
    # Before the addresses, which are checked against it, wherever settings are taken over one by one.
    allow_http_hosts: Setting[tuple[str, ...]] = Setting((), _hosts, env="OMISE_ALLOW_HTTP_HOSTS")
    api_url: Setting[str] = _Address("https://api.omise.co", _address, env="OMISE_API_URL", aliases=("api_main",))
    vault_url: Setting[str] = _Address(
        "https://vault.omise.co", _address, env="OMISE_VAULT_URL", aliases=("api_vault",)
    )
    checkout_url: Setting[str] = _Address("https://checkout-page.omise.co", _address, env="OMISE_CHECKOUT_URL")
    # Card charges take seconds, and a scheme may take its time: an answer lost to impatience is worse than a wait.
    timeout: Setting[Timeout] = Setting((10.0, 60.0), check_timeout, env="OMISE_TIMEOUT")
    max_response_bytes: Setting[int] = Setting(16 * 2**20, _count)
    deadline: Setting[float | None] = Setting(None, check_deadline)
    max_retries: Setting[int] = Setting(2, _count, env="OMISE_MAX_RETRIES")
    user_agent_suffix: Setting[str | None] = Setting(None, check_header)
    reference_key: Setting[str | None] = Setting(None, _name)

    values: MutableMapping[str, Any]

    def __init__(self, values: MutableMapping[str, Any] | None = None, **settings: Any) -> None:
        object.__setattr__(self, "values", {} if values is None else values)
        for name, value in sorted(settings.items()):  # allow_http_hosts first
            setattr(self, name, value)

    def __setattr__(self, name: str, value: Any) -> None:
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
    if not name.endswith("_key") or value is None:
        return repr(value)
    found = re.match("[spc]key_(test_)?", value)
    return f"'{found[0] if found else ''}…'"
