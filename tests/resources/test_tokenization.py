"""`omise.resources.tokenization`: card data becomes a token at the vault, and only the token goes to the API."""

import copy
from typing import Any

import pytest

import omise
from omise.sandbox import Sandbox

from ..misbehaving import Answer, Misbehaving, answer, cut_short, hang_up, html, internal_error, reset

CARD = {
    "name": "A",
    "number": "4242424242424242",
    "expiration_month": 8,
    "expiration_year": 2035,
    "security_code": "123",
}


def calls(sandbox: Sandbox, since: int = 0) -> list[tuple[str, str]]:
    """What was sent: method and path of each request."""
    return [(each.method, each.path) for each in sandbox.requests[since:]]


@pytest.mark.parametrize("as_text", [True, False])
def test_a_card_dict_becomes_a_token(omise_sandbox: Sandbox, as_text: bool) -> None:
    """The data goes to the vault by the public key, the token's id to the API by the secret key."""
    omise.secret_api_key, omise.public_api_key = "skey_test_s", "pkey_test_p"
    card: dict[str, Any] = omise_sandbox.card()
    if as_text:
        card = {name: str(value) for name, value in card.items()}
    customer = omise.Customer.create(email="a@b.co", card=card)

    vault, api = omise_sandbox.requests
    assert (vault.method, vault.path, vault.host) == ("POST", "/tokens", "vault")
    assert (api.method, api.path, api.host) == ("POST", "/customers", "api")
    assert vault.used_key("pkey_test_p")
    assert api.used_key("skey_test_s")
    assert {*api.params} == {"email", "card"}
    assert api.params["card"].startswith("tokn_test_")
    assert customer.default_card.last_digits == "4242"


@pytest.mark.parametrize("more", [{}, {"street1": "x"}])
def test_the_callers_dict_stays_as_it_was(omise_sandbox: Sandbox, more: dict[str, Any]) -> None:
    """Neither the card nor the dict it is in is changed, by success or by refusal."""
    good = {"email": "a@b.co", "card": omise_sandbox.card(**more), "metadata": {"a": [1]}}
    bad = {**good, "card": omise_sandbox.card("4242424242424241")}
    before = copy.deepcopy((good, bad))

    omise.Customer.create(good)
    omise.Customer.create(**good)
    with pytest.raises(omise.errors.InvalidCardError):
        omise.Customer.create(bad)

    assert (good, bad) == before


def test_tokens_and_their_ids_go_as_they_are(omise_sandbox: Sandbox) -> None:
    """A token or its id costs no call to the vault."""
    one, two = omise_sandbox.card_token(), omise.Token.retrieve(omise_sandbox.card_token())
    omise.public_api_key = None
    count = len(omise_sandbox.requests)

    omise.Customer.create(card=one)
    omise.Customer.create(card=two)

    assert [each.params["card"] for each in omise_sandbox.requests[count:]] == [one, two.id]


@pytest.mark.parametrize("verb", ["create", "update", "save", "cards.create"])
def test_without_a_public_key_nothing_is_sent(omise_sandbox: Sandbox, verb: str) -> None:
    """The error names the setting, and neither customer nor token is made."""
    customer = omise.Customer.create()
    omise.public_api_key = None
    count = len(omise_sandbox.requests)
    card = omise_sandbox.card()
    send: dict[str, Any] = {
        "create": lambda: omise.Customer.create(email="a@b.co", card=card),
        "update": lambda: customer.update(email="a@b.co", card=card),
        "save": omise.Customer(card=card).save,
        "cards.create": lambda: customer.cards.create(card),
    }

    with pytest.raises(omise.ConfigurationError, match=r"omise\.public_api_key"):
        send[verb]()
    assert calls(omise_sandbox, count) == []


@pytest.mark.parametrize(("secret", "public"), [(None, "pkey_test_p"), ("pkey_test_p", "pkey_test_p")])
def test_no_token_is_made_without_a_good_secret_key(omise_sandbox: Sandbox, secret: str | None, public: str) -> None:
    """A token is of no use without the secret key, so that one is looked at first."""
    omise.secret_api_key, omise.public_api_key = secret, public

    with pytest.raises(omise.ConfigurationError, match="secret"):
        omise.Customer.create(card=omise_sandbox.card())
    assert omise_sandbox.requests == []


def test_a_secret_key_where_the_public_one_belongs(omise_sandbox: Sandbox) -> None:
    """It is refused before the card's data is sent anywhere."""
    omise.public_api_key = "skey_test_s"

    with pytest.raises(omise.ConfigurationError, match="public"):
        omise.Customer.create(card=omise_sandbox.card())
    assert omise_sandbox.requests == []


@pytest.mark.parametrize(
    ("params", "error"),
    [
        ({"metadata": {"tags": {1}}}, r"metadata\.tags"),
        ({"default_card": omise.Customer.from_data({"object": "customer", "id": "cust_1"})}, "default_card must be"),
        ({"card": {"number": {1}}}, r"card\.number"),
        ({"card": omise.Customer.from_data({"object": "customer", "id": "cust_1"})}, "card must be a dict"),
    ],
)
def test_a_bad_parameter_is_found_before_a_token_is_made(
    omise_sandbox: Sandbox, params: dict[str, Any], error: str
) -> None:
    """Everything that can be looked at here is, before the first request."""
    with pytest.raises(TypeError, match=error):
        omise.Customer.create(**{"card": omise_sandbox.card(), **params})

    assert omise_sandbox.requests == []


def test_no_token_is_made_for_a_destroyed_customer(omise_sandbox: Sandbox) -> None:
    """It refuses before the vault is asked."""
    customer = omise.Customer.create().destroy()
    count = len(omise_sandbox.requests)

    for call in (
        lambda: customer.update(card=omise_sandbox.card()),
        lambda: customer.cards.create(omise_sandbox.card()),
    ):
        with pytest.raises(omise.DestroyedError):
            call()
    assert calls(omise_sandbox, count) == []


def test_a_refused_card_changes_nothing(omise_sandbox: Sandbox) -> None:
    """The API's message reaches the caller, nothing is created, and what was assigned stays."""
    customer = omise.Customer.create(email="a@b.co")
    customer.email = "new@b.co"
    with pytest.raises(omise.errors.InvalidCardError, match="number is invalid") as refused:
        customer.update(card=omise_sandbox.card("4242424242424241"))

    assert "42424242" not in str(refused.value)
    assert calls(omise_sandbox)[-1] == ("POST", "/tokens")
    assert customer.changes == {"email": "new@b.co"}
    assert len(omise.Customer.list()) == 1


CARD_VERBS = ["Customer.create", "Charge.create", "customer.update", "customer.save", "cards.create"]


def give_card(verb: str, account: Any, sandbox: Sandbox, customer: Any, **options: Any) -> Any:
    """Call one of the verbs that take card data, with card data."""
    price = {"amount": 100_00, "currency": "thb"}
    card = sandbox.card()
    if verb == "customer.save":
        customer["card"] = card
    return {
        "Customer.create": lambda: account.Customer.create(card=card, **options),
        "Charge.create": lambda: account.Charge.create(card=card, **price, **options),
        "customer.update": lambda: customer.update(card=card, **options),
        "customer.save": lambda: customer.save(**options),
        "customer.charge": lambda: customer.charge(card=card, **price, **options),
        "cards.create": lambda: customer.cards.create(card, **options),
    }[verb]()


@pytest.mark.parametrize("verb", [*CARD_VERBS, "customer.charge"])
def test_card_data_never_goes_to_another_account_than_its_use(omise_sandbox: Sandbox, verb: str) -> None:
    """With the key of another account nothing is sent: the token would be made with this account's public key."""
    customer = omise.Customer.create()
    count = len(omise_sandbox.requests)

    with pytest.raises(omise.ConfigurationError, match="wrong account"):
        give_card(verb, omise, omise_sandbox, customer, key="skey_test_of_another_account")
    assert calls(omise_sandbox, count) == []


@pytest.mark.parametrize("verb", CARD_VERBS)
def test_the_accounts_own_key_may_be_given(omise_sandbox: Sandbox, verb: str) -> None:
    """The account's own secret key as ``key=`` is no other account, nor is one where no secret key is set."""
    customer = omise.Customer.create()
    key = omise.secret_api_key
    give_card(verb, omise, omise_sandbox, customer, key=key)
    omise.secret_api_key = None
    mine = omise.Customer.create(key=key)
    give_card(verb, omise, omise_sandbox, mine, key=key)

    assert sum(each.path == "/tokens" for each in omise_sandbox.requests) == 2


def test_a_token_is_not_looked_up_at_the_vault_of_another_account(omise_sandbox: Sandbox) -> None:
    """`cards.create(token, key=…)` does not ask this account's vault about it, and adds the card all the same."""
    key = "skey_test_of_another_account"
    customer = omise.Customer.create(key=key)
    count = len(omise_sandbox.requests)
    customer.cards.create(omise_sandbox.card_token())

    asked = omise_sandbox.requests[count:]
    assert [each.path for each in asked if each.host == "vault"] == ["/tokens"]  # made by the browser
    assert len(customer.cards) == 1


@pytest.mark.parametrize(("secret", "public"), [("skey_5live", "pkey_test_5"), ("skey_test_5", "pkey_5live")])
@pytest.mark.parametrize("verb", ["Customer.create", "Token.create", "Balance.retrieve", "Charge.create"])
def test_the_keys_of_a_pair_are_of_one_mode(omise_sandbox: Sandbox, secret: str, public: str, verb: str) -> None:
    """A live key beside a test key is refused before anything is sent, and which is which is said."""
    omise.secret_api_key, omise.public_api_key = secret, public
    name, action = verb.split(".")
    params = {"Token": omise_sandbox.card(), "Charge": {"amount": 100_00, "currency": "thb"}}.get(name, {})
    if name == "Charge":
        params["card"] = omise_sandbox.card()

    with pytest.raises(omise.ConfigurationError, match="one account and mode") as refused:
        getattr(getattr(omise, name), action)(**params)
    live = "secret" if "live" in secret else "public"
    assert f"omise.{live}_api_key is a live key" in str(refused.value)
    assert "5live" not in str(refused.value)
    assert omise_sandbox.requests == []


def test_a_client_with_one_key_of_a_pair_says_which_is_missing(omise_sandbox: Sandbox) -> None:
    """It does not take the other from the settings of the module, and says where it belongs."""
    half = omise_sandbox.client(public_api_key=None)
    other = omise_sandbox.client(secret_api_key=None)

    with pytest.raises(omise.ConfigurationError, match="only its secret_api_key, so pass public_api_key=…") as refused:
        half.Customer.create(card=omise_sandbox.card())
    with pytest.raises(omise.ConfigurationError, match="only its public_api_key, so pass secret_api_key=…"):
        other.Customer.create(card=omise_sandbox.card())
    assert "OMISE_" not in str(refused.value)
    assert omise_sandbox.requests == []


@pytest.mark.parametrize("verb", CARD_VERBS)
def test_what_a_call_says_of_its_time_holds_for_its_hidden_requests(
    omise_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    """The token of a card dict, and the look-up of what was added, keep to the timeout of the call."""
    customer = omise.Customer.create()
    timeouts: list[Any] = []
    client = omise.client.default_client
    real = client.transport.send
    monkeypatch.setattr(client.transport, "send", lambda request: timeouts.append(request.timeout) or real(request))
    give_card(verb, omise, omise_sandbox, customer, timeout=7)

    assert {*timeouts} == {7}
    assert len(timeouts) > 1


def test_the_pages_of_a_walk_keep_to_the_timeout_of_its_list(
    omise_sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every page that iteration, indexing or `next_page` fetches is asked for as the first was."""
    for _ in range(5):
        omise.Customer.create()
    timeouts: list[Any] = []
    client = omise.client.default_client
    real = client.transport.send
    monkeypatch.setattr(client.transport, "send", lambda request: timeouts.append(request.timeout) or real(request))
    found = omise.Customer.list(limit=2, timeout=7)
    assert len([*found]) == 5
    assert (found[4], found.next_page()) != (None, None)

    assert {*timeouts} == {7}
    assert len(timeouts) > 4


TOKEN = answer(200, {"object": "token", "id": "tokn_test_1"})
CHARGE = answer(200, {"object": "charge", "id": "chrg_test_1"})
SOURCE = answer(200, {"object": "source", "id": "src_test_1"})


@pytest.fixture
def server(server: Misbehaving, monkeypatch: pytest.MonkeyPatch) -> Misbehaving:
    """A server that answers as it is told to, which the default client asks without a pause between tries."""
    monkeypatch.setattr("omise.wire.transport.time.sleep", lambda seconds: None)
    omise.api_url = omise.vault_url = server.url
    omise.secret_api_key, omise.public_api_key = "skey_test_s", "pkey_test_p"
    return server


@pytest.mark.parametrize("lost", [hang_up, reset, cut_short, html, internal_error])
def test_a_lost_token_is_made_again(server: Misbehaving, lost: Answer) -> None:
    """Nobody can use a token whose id nobody knows, so the vault is asked again, and the charge is sent once."""
    server.answers = [lost, TOKEN, CHARGE]
    omise.Charge.create(amount=100_00, currency="thb", card=CARD)
    server.answers = [lost, SOURCE]
    omise.Source.create(amount=100_00, currency="thb", type="promptpay")
    server.answers = [lost, TOKEN]
    omise.Token.create(CARD)

    paths = ["/tokens", "/tokens", "/charges", "/sources", "/sources", "/tokens", "/tokens"]
    assert [each.path for each in server.received] == paths


@pytest.mark.parametrize("lost", [hang_up, reset, cut_short, html])
def test_a_token_that_stays_lost_charged_nobody(server: Misbehaving, lost: Answer) -> None:
    """The error says that nothing was changed, and the charge was not sent."""
    server.answers = [lost] * 3

    with pytest.raises(omise.APIConnectionError, match="Nothing was charged"):
        omise.Charge.create(amount=100_00, currency="thb", card=CARD)
    assert [each.path for each in server.received] == ["/tokens"] * 3


def test_a_lost_charge_stays_unknown(server: Misbehaving) -> None:
    """Only what nobody can use unseen is repeated: the charge itself is not."""
    server.answers = [TOKEN, hang_up]

    with pytest.raises(omise.OutcomeUnknown):
        omise.Charge.create(amount=100_00, currency="thb", card=CARD)
    assert [each.path for each in server.received] == ["/tokens", "/charges"]


def test_an_assigned_card_dict_is_sent_by_save(omise_sandbox: Sandbox) -> None:
    """`customer["card"] = {…}` goes the same way, and is neither shown nor left behind."""
    customer = omise.Customer.create()
    customer["card"] = omise_sandbox.card()
    assert "42424242" not in repr(customer) + str(customer)

    customer.save()

    assert [card.last_digits for card in customer.cards] == ["4242"]
    assert customer.changes == {}
    assert "card" not in customer
