"""`omise.records.access`: calls, their keys and options, the classes of an account, and which account is used."""

import asyncio
import copy
import gc
import pickle
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any

import pytest

import omise
from omise.client import Client, default_client
from omise.errors import ConfigurationError
from omise.records.access import Options, Origin, current_client, using
from omise.sandbox import Sandbox

from .. import misbehaving
from ..conftest import CHAIN, PUBLIC, SECRET
from ..misbehaving import Misbehaving
from ..stubs import Stub
from .test_key_kinds import MALFORMED


@pytest.fixture
def server(server: Misbehaving) -> Misbehaving:
    """A server that says yes to everything, and a default client that asks it."""
    omise.api_url = omise.vault_url = server.url
    omise.secret_api_key, omise.public_api_key = SECRET, PUBLIC
    return server


def key_of(received: misbehaving.Received) -> str:
    """The key that a request was sent with."""
    import base64

    kind, _, encoded = received.headers["Authorization"].partition(" ")
    assert kind == "Basic"
    return base64.b64decode(encoded).decode().removesuffix(":")


# Calls


def test_a_call_is_one_request(server: Misbehaving) -> None:
    """Method, path, JSON body, key as the user name of HTTP Basic, and what came back."""
    body = default_client.call("POST", "/customers", {"email": "john@example.com", "metadata": {"a": [1]}})

    [sent] = server.received
    assert (sent.method, sent.path) == ("POST", "/customers")
    assert sent.json == {"email": "john@example.com", "metadata": {"a": [1]}}
    assert key_of(sent) == SECRET
    assert body == {"object": "thing", "id": "thing_1"}


def test_the_hosts_have_addresses_of_their_own(server: Misbehaving) -> None:
    """Tokens go to the vault with the public key; with the secret one sessions to the checkout, all else to the API."""
    with Misbehaving() as vault, Misbehaving() as checkout:
        omise.vault_url, omise.checkout_url = vault.url + "/vault/", checkout.url
        default_client.call("GET", "/tokens/tokn_1", host="vault", key_kind="public")
        default_client.call("POST", "/api/sessions", host="checkout")
        default_client.call("GET", "/account")

        assert [(sent.path, key_of(sent)) for sent in vault.received] == [("/vault/tokens/tokn_1", PUBLIC)]
        assert [(sent.path, key_of(sent)) for sent in checkout.received] == [("/api/sessions", SECRET)]
        assert [(sent.path, key_of(sent)) for sent in server.received] == [("/account", SECRET)]


def test_a_call_may_bring_its_own_options(server: Misbehaving) -> None:
    """Another key and an idempotency key, for this call alone."""
    default_client.call("POST", "/charges", options=Options(CHAIN, 5, "order 7"))
    default_client.call("POST", "/charges")

    first, second = server.received
    assert (key_of(first), first.headers["Idempotency-Key"]) == (CHAIN, "order 7")
    assert (key_of(second), second.headers.get("Idempotency-Key")) == (SECRET, None)


@pytest.mark.parametrize(
    ("options", "name"),
    [
        ({"timeout": 0}, "timeout"),
        ({"timeout": -1}, "timeout"),
        ({"timeout": "soon"}, "timeout"),
        ({"timeout": (1, 2, 3)}, "timeout"),
        ({"idempotency_key": "a\r\nX-Evil: 1"}, "idempotency_key"),
        ({"idempotency_key": "a\n"}, "idempotency_key"),
        ({"idempotency_key": "ร้าน"}, "idempotency_key"),
        ({"idempotency_key": ""}, "idempotency_key"),
        ({"idempotency_key": 7}, "idempotency_key"),
    ],
)
def test_an_option_that_cannot_be_used_is_refused_before_anything_is_sent(
    server: Misbehaving, options: Any, name: str
) -> None:
    """The error names the option; a line break in it does not become a header."""
    with pytest.raises(ConfigurationError, match=f"^{name} "):
        default_client.call("POST", "/charges", options=Options(**options))

    assert server.received == []


@pytest.mark.parametrize(
    "path",
    [
        "",
        "customers",
        "@evil.example/",
        "//evil.example",
        "/a//b",
        "/../b",
        "/a/..",
        "/a/./b",
        "/a?b=1",
        "/a#b",
        "/a b",
        "/a/",
        "/a\n",
    ],
)
def test_what_is_no_path_of_the_api_is_refused(server: Misbehaving, path: str) -> None:
    """A key goes to no other host and no other path than the one that is written."""
    with pytest.raises(ValueError, match="is not a path of the API"):
        default_client.call("GET", path)

    assert server.received == []


def test_parameters_are_checked_before_anything_is_sent(server: Misbehaving) -> None:
    """What cannot be sent is named by its path."""
    with pytest.raises(TypeError, match=r"^metadata\.tags cannot be sent"):
        default_client.call("POST", "/customers", {"metadata": {"tags": {1}}})

    assert server.received == []


def test_the_callers_parameters_stay_as_they_were(server: Misbehaving) -> None:
    """Options and parameters are told apart in a copy."""
    params = {"key": CHAIN, "timeout": 1, "idempotency_key": "a", "amount": 1}
    before = dict(params)

    options, rest = Options.split(params)

    assert (options, rest) == (Options(CHAIN, 1, "a"), {"amount": 1})
    assert params == before


# Keys


@pytest.mark.parametrize(
    ("kind", "setting", "variable", "other"),
    [
        ("secret", "secret_api_key", "OMISE_SECRET_KEY", PUBLIC),
        ("public", "public_api_key", "OMISE_PUBLIC_KEY", SECRET),
    ],
)
def test_a_key_of_the_wrong_kind_is_refused(
    server: Misbehaving, kind: str, setting: str, variable: str, other: str
) -> None:
    """A public key where a secret one belongs, and the reverse, set or given: nothing is sent, and no key is shown."""
    setattr(omise, setting, other)

    for options, source in (
        (Options(), f"omise.{setting} (or {variable})"),
        (Options(key=other), "the key given with key="),
    ):
        with pytest.raises(ConfigurationError) as refused:
            default_client.call("GET", "/account", key_kind=kind, options=options)
        assert str(refused.value).startswith(
            f"{source} begins with {other[:5]}, where a {kind} key ({kind[0]}key_…) belongs"
        )
        assert other not in str(refused.value)
    assert server.received == []


@pytest.mark.parametrize(
    ("kind", "setting", "variable"),
    [
        ("secret", "secret_api_key", "OMISE_SECRET_KEY"),
        ("public", "public_api_key", "OMISE_PUBLIC_KEY"),
        ("app", "app_key", "OMISE_APP_KEY"),
    ],
)
@pytest.mark.parametrize("nothing", [None, ""])
def test_a_missing_key_is_refused(
    server: Misbehaving, kind: str, setting: str, variable: str, nothing: str | None
) -> None:
    """The error names the setting and the environment variable that may give it."""
    setattr(omise, setting, nothing)

    with pytest.raises(ConfigurationError, match=f"omise.{setting} .*{variable}"):
        default_client.call("GET", "/account", key_kind=kind)

    assert server.received == []


@pytest.mark.parametrize(("key", "fault"), MALFORMED)
def test_a_malformed_key_is_refused(server: Misbehaving, key: Any, fault: str) -> None:
    """What cannot be a key, such as one with quotes from an env file, is not sent and not shown; its fault is named."""
    for given in (True, False):
        if not given and not isinstance(key, str):
            continue  # refused when it is set
        omise.secret_api_key = SECRET if given else key
        with pytest.raises(ConfigurationError, match="malformed") as refused:
            default_client.call("GET", "/account", options=Options(key=key if given else None))
        assert str(refused.value).startswith(
            "the key given with key=" if given else "omise.secret_api_key (or OMISE_SECRET_KEY)"
        )
        assert fault in str(refused.value)
        assert str(key).strip() not in str(refused.value) or not str(key).strip()

    assert server.received == []


@pytest.mark.parametrize(
    ("kind", "variable"), [("secret", "OMISE_SECRET_KEY"), ("public", "OMISE_PUBLIC_KEY"), ("app", "OMISE_APP_KEY")]
)
def test_a_malformed_key_in_the_environment_is_refused(
    server: Misbehaving, monkeypatch: pytest.MonkeyPatch, kind: str, variable: str
) -> None:
    """Quotes that an env file's reader left on are named, with the variable, for every kind of key."""
    monkeypatch.setenv(variable, f'"{kind[0]}key_test_quoted"')
    client = omise.Client(api_url=omise.api_url)

    with pytest.raises(ConfigurationError, match=rf"{variable}\) is malformed.* quotation marks") as refused:
        client.call("GET", "/account", key_kind=kind)

    assert "quoted" not in str(refused.value)
    assert server.received == []


@pytest.mark.parametrize(
    ("kind", "key", "goes"),
    [
        ("secret", "skey_test_1", True),
        ("secret", "ckey_test_1", True),
        ("secret", "skey_5xuy4w91xqz7d1w9u0t", False),
        ("secret", "skey_testing", False),
        ("secret", "something_else", False),
        ("public", "pkey_test_1", True),
        ("public", "pkey_5xuy4w91xqz7d1w9u0t", False),
        ("app", "akey_test_1", True),
        ("app", "akey_1", False),
    ],
)
@pytest.mark.parametrize("host", ["api", "vault"])
def test_only_test_keys_go_over_plain_http(kind: str, key: str, goes: bool, host: str) -> None:
    """To a host that was named, and to no other; a live key is refused before anything is sent, set or given."""
    address = "http://sandbox.test:4010"
    stub = Stub(lambda sent: {"object": "account"})
    client = omise.Client(api_url=address, vault_url=address, allow_http_hosts="sandbox.test")
    client.transport.mount(stub)

    if goes:
        client.call("GET", "/account", key_kind=kind, host=host, options=Options(key=key))
    else:
        with pytest.raises(ConfigurationError, match="only a test key") as refused:
            client.call("GET", "/account", key_kind=kind, host=host, options=Options(key=key))
        assert key not in str(refused.value)
    assert len(stub.sent) == goes

    client.config.allow_http_hosts = ()
    with pytest.raises(ConfigurationError, match="never goes over plain http"):
        client.call("GET", "/account", key_kind=kind, host=host, options=Options(key=key))


def test_an_empty_key_is_not_no_key(server: Misbehaving) -> None:
    """A call that brings an empty key is refused, not sent with the account's own."""
    with pytest.raises(ConfigurationError, match="the key given with key= is malformed"):
        default_client.call("GET", "/account", options=Options(key=""))

    assert server.received == []


@pytest.mark.parametrize("key", [SECRET, CHAIN, "skey_5xuy4w91xqz7d1w9u0t", "no_prefix"])
def test_every_kind_of_secret_key_is_sent(server: Misbehaving, key: str) -> None:
    """Test and live, a chain's, and what other servers call a key."""
    omise.secret_api_key, omise.public_api_key = key, None
    default_client.call("GET", "/account")

    assert key_of(server.received[0]) == key


def test_options_show_no_key() -> None:
    """Options stand in the frames that error reporters print."""
    assert SECRET not in repr(Options(key=SECRET))


# Clients


def test_a_client_does_not_take_keys_of_another_account(monkeypatch: pytest.MonkeyPatch, server: Misbehaving) -> None:
    """Neither the module's keys nor those of the environment complete the keys that a client was given."""
    monkeypatch.setenv("OMISE_PUBLIC_KEY", "pkey_environment")
    client = Client(secret_api_key=SECRET, api_url=server.url, vault_url=server.url)

    with pytest.raises(ConfigurationError):
        client.call("GET", "/tokens/tokn_1", host="vault", key_kind="public")
    assert server.received == []

    Client(api_url=server.url, vault_url=server.url).call("GET", "/tokens/t", host="vault", key_kind="public")
    assert key_of(server.received[0]) == "pkey_environment"


def test_a_client_without_keys_does_not_take_those_of_the_module(server: Misbehaving) -> None:
    """Two accounts share nothing."""
    with pytest.raises(ConfigurationError, match="a secret key"):
        Client(api_url=server.url).call("GET", "/account")

    assert server.received == []


@pytest.mark.parametrize("settings", [{"secret_key": "x"}, {"timeout": -1}, {"api_url": "http://api.omise.co"}])
def test_a_client_refuses_nonsense(settings: Any) -> None:
    """Misspelt settings and wrong values are found when the client is made."""
    with pytest.raises(ConfigurationError):
        Client(**settings)


def test_the_settings_of_a_client_are_in_its_config(server: Misbehaving) -> None:
    """Set on the client itself they would change nothing, so that is refused with the right words."""
    client = Client(secret_api_key=SECRET, api_url=server.url)
    with pytest.raises(AttributeError, match=r"client\.config\.timeout = …"):
        client.timeout = 5  # type: ignore[attr-defined]

    client.config.timeout = 5
    client.config.user_agent_suffix = "shop/2.1"
    client.call("GET", "/account")

    assert server.received[0].headers["User-Agent"].endswith(" shop/2.1")


def test_a_repr_shows_no_key() -> None:
    """What kind of keys a client has can be seen, and no key."""
    client = Client(secret_api_key=SECRET, public_api_key=PUBLIC, timeout=3)

    assert repr(client) == "Client(secret_api_key='skey_test_…', public_api_key='pkey_test_…', timeout=3)"


def test_a_client_cannot_be_copied_or_pickled() -> None:
    """Keys and connections stay in the process."""
    for attempt in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="holds keys and connections"):
            attempt(Client(secret_api_key=SECRET))  # type: ignore[operator]


def test_a_bound_class_is_bound_anew_from_its_origin() -> None:
    """Binding what is another client's does not leave anything of the other's in it."""
    one, other = Client(secret_api_key=SECRET), Client(secret_api_key=SECRET)

    assert one.bind(one.Customer) is one.Customer
    assert other.bind(one.Customer) is other.Customer
    assert default_client.bind(one.Customer) is omise.Customer
    assert one.Customer not in other.Customer.__mro__


def test_classes_are_bound_once_whatever_the_thread() -> None:
    """Threads that ask at the same moment get the same class."""
    client = Client(secret_api_key=SECRET)
    together = threading.Barrier(8)

    def ask(_: int) -> type:
        together.wait(5)
        return client.Customer

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(ask, range(8)))) == 1


def test_leaving_a_client_closes_its_connections(server: Misbehaving) -> None:
    """A ``with`` block leaves no connection open, also after an exception, and the client can be used again."""
    client = Client(secret_api_key=SECRET, api_url=server.url)

    def fail() -> None:
        with client as same:
            assert same is client
            client.call("GET", "/account")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert server.wait_until_closed()

    client.call("GET", "/account")
    client.close()
    client.close()
    assert server.wait_until_closed()
    assert [sent.connection for sent in server.received] == [1, 2]


def test_closing_an_unused_client_does_nothing() -> None:
    """There is nothing to close yet."""
    client = Client(secret_api_key=SECRET)
    client.close()

    assert "_sender" not in vars(client.transport)


# using


def test_using_makes_another_account_the_default(omise_sandbox: Sandbox) -> None:
    """The module's classes ask the other account in the block, and records stay where they came from after it."""
    shop = omise_sandbox.client()
    mine = omise.Customer.create(email="mine@example.com")
    with using(shop) as used:
        theirs = omise.Customer.create(email="theirs@example.com")
        assert used is shop
        assert [customer.id for customer in omise.Customer.list()] == [theirs.id]
        assert mine.reload().email == "mine@example.com"

    assert [customer.id for customer in omise.Customer.list()] == [mine.id]
    assert theirs.reload().email == "theirs@example.com"


def test_using_nests_and_is_undone_by_exceptions() -> None:
    """Each block restores what was there before it, however it ends."""
    one, two = Client(secret_api_key=SECRET), Client(secret_api_key=SECRET)

    def fail() -> None:
        with using(two):
            assert current_client() is two
            raise ZeroDivisionError

    with using(one):
        with pytest.raises(ZeroDivisionError):
            fail()
        assert current_client() is one
        with using(default_client):
            assert current_client() is default_client
        assert current_client() is one
    assert current_client() is default_client


def test_using_is_for_this_thread_only() -> None:
    """Another thread goes on with its own account."""
    clients = [Client(secret_api_key=SECRET) for _ in range(4)]
    together = threading.Barrier(4)

    def work(client: Client) -> bool:
        before = current_client()
        with using(client):
            together.wait(5)
            inside = current_client()
            together.wait(5)
        return before is default_client and inside is client

    with using(clients[0]), ThreadPoolExecutor(4) as pool:
        assert all(pool.map(work, clients))


def test_a_thread_in_a_block_is_told_where_there_is_no_other_account(omise_sandbox: Sandbox) -> None:
    """Without keys of a default account nothing goes astray: the error says that the block does not reach there."""
    osaka = omise_sandbox.client()
    omise.secret_api_key = None
    count = len(omise_sandbox.requests)

    with omise.using(osaka), ThreadPoolExecutor() as pool:
        with pytest.raises(ConfigurationError, match=r"not in this thread: use client\.Customer"):
            pool.submit(omise.Customer.create).result()
        assert len(omise_sandbox.requests) == count

        assert pool.submit(osaka.Customer.create).result().reload()
        assert pool.submit(copy_context().run, omise.Customer.create).result().using(osaka).reload()
    with pytest.raises(ConfigurationError) as elsewhere:
        omise.Customer.create()
    assert "block" not in str(elsewhere.value)


def test_a_block_that_ends_elsewhere_says_so() -> None:
    """As that of a dependency with ``yield`` does, each half of which a framework runs in a context of its own."""
    client = omise.Client(secret_api_key=SECRET)

    block = omise.using(client)
    copy_context().run(block.__enter__)
    with pytest.raises(ConfigurationError, match="ended in another thread or task than it began in"):
        copy_context().run(block.__exit__, None, None, None)
    assert current_client() is default_client

    block = omise.using(client)
    copy_context().run(block.__enter__)
    wrong = KeyError("in the block")
    assert not copy_context().run(block.__exit__, KeyError, wrong, None)  # which leaves the error to its way


def test_using_is_for_this_task_only() -> None:
    """Tasks that take turns in one thread do not see each other's account; a task begins with that of its creator."""
    clients = [Client(secret_api_key=SECRET) for _ in range(3)]

    async def work(client: Client) -> list[Client]:
        seen = [current_client()]
        with using(client):
            for _ in range(3):
                await asyncio.sleep(0)
                seen.append(current_client())
        return [*seen, current_client()]

    async def main() -> list[list[Client]]:
        with using(clients[0]):
            return await asyncio.gather(*(work(client) for client in clients))

    seen = asyncio.run(main())

    assert seen == [[clients[0], client, client, client, clients[0]] for client in clients]


@pytest.mark.parametrize("wrong", [None, SECRET, omise, Client])
def test_using_takes_a_client(wrong: Any) -> None:
    """A key or the module is not an account."""
    with pytest.raises(TypeError, match=r"using\(\) takes an omise\.Client"), using(wrong):
        pass


# replaced


def test_replaced_puts_everything_back() -> None:
    """Settings changed or set in the block, by any name, and the adapter are as before, also after an error."""
    omise.api_key, omise.timeout = SECRET, 7
    adapter = misbehaving_adapter()
    session = default_client.transport.session

    def fail() -> None:
        with default_client.replaced(adapter, secret_api_key="skey_other", api_url="https://other.example") as same:
            assert same is default_client
            assert session.get_adapter("https://other.example") is adapter
            omise.public_api_key = PUBLIC
            omise.api_secret = "skey_third"
            omise.max_retries = 9
            del omise.timeout
            default_client.transport.mount(None)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert (omise.secret_api_key, omise.api_secret, omise.api_key) == (SECRET, SECRET, SECRET)
    assert (omise.public_api_key, omise.vault_key, omise.max_retries, omise.timeout) == (None, None, 2, 7)
    assert omise.api_url == "https://api.omise.co"
    assert default_client.transport.session is session
    assert session.adapter is None


def test_replaced_refuses_nonsense_and_changes_nothing() -> None:
    """A wrong setting leaves no half-made block behind."""
    with (
        pytest.raises(ConfigurationError),
        default_client.replaced(misbehaving_adapter(), secret_api_key=SECRET, timeout=-1),
    ):
        pass

    assert omise.secret_api_key is None
    assert default_client.transport.session.adapter is None


def test_replaced_nests() -> None:
    """The inner block puts back what the outer one set."""
    with default_client.replaced(None, secret_api_key=SECRET):
        with default_client.replaced(None, secret_api_key="skey_inner"):
            assert omise.secret_api_key == "skey_inner"
        assert omise.secret_api_key == SECRET
    assert omise.secret_api_key is None


def misbehaving_adapter() -> Any:
    """Any adapter; it is not asked."""
    from requests.adapters import HTTPAdapter

    return HTTPAdapter()


# Keys of an app


def test_keys_of_the_api_are_no_keys_of_an_app(omise_sandbox: Sandbox) -> None:
    """A secret or public key in the place of an app's is an error that names the setting."""
    for key in (SECRET, PUBLIC, CHAIN):
        omise.app_key = key
        with pytest.raises(ConfigurationError, match=r"omise\.app_key .* begins with"):
            omise.Integration.retrieve("integration_1")

    assert omise_sandbox.requests == []


# Accounts


def test_two_clients_do_not_mix(omise_sandbox: Sandbox) -> None:
    """Bound classes share no state: each account's records, lists and associations are of its own classes."""
    one, two = omise_sandbox.client(), omise_sandbox.client()
    first = one.Customer.create(card=omise_sandbox.card())
    second = two.Customer.create(card=omise_sandbox.card())

    assert one.Customer is one.Customer
    assert one.Customer is not two.Customer
    assert issubclass(one.Customer, omise.Customer)
    assert isinstance(first.default_card, one.Card)
    assert not isinstance(second.default_card, one.Card)
    assert type(first.cards[0]) is one.Card
    assert [*one.Customer.list()] == [first]
    assert one.Customer.__module__ == "omise.resources.customer"
    assert one.Customer.__doc__ == omise.Customer.__doc__


def test_an_origin_shows_no_key(omise_sandbox: Sandbox) -> None:
    """Where a record came from is kept in it, but neither its repr nor that of what it stands in shows a key."""
    customer = omise.Customer.create(key="skey_test_of_a_call")

    assert "of_a_call" not in repr(vars(customer))
    assert "key=…" in repr(customer._origin)
    assert repr(Origin(default_client)).startswith("Origin(Client(")


def test_clients_and_their_classes_are_collected(omise_sandbox: Sandbox) -> None:
    """A client that nobody holds any more goes, with its classes and records."""
    client = omise_sandbox.client()
    kept = [
        weakref.ref(thing) for thing in (client, client.Customer, client.Customer.create(card=omise_sandbox.card()))
    ]

    del client
    gc.collect()

    assert [ref() for ref in kept] == [None] * 3
