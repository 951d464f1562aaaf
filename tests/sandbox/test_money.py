"""Money neither appears nor vanishes, whatever is done in whatever order: random walks over the sandbox's states."""

from typing import Any

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

import omise
from omise.sandbox import Sandbox

CARDS = st.sampled_from(["4242424242424242", "5555555555554444", "4111111111140011", "4111111111120013"])
AMOUNTS = st.integers(min_value=2_000, max_value=500_000)
PARTS = st.sampled_from([0.01, 0.3, 0.5, 1, 1.01, 2]) | st.floats(min_value=0.001, max_value=3)
"""Amounts to capture or to refund, as shares of what there is: all of it, less, and more."""

MOVING = ("to", "from")
"""Fields of lists that are the time of the answer."""


def without_times(value: Any) -> Any:
    """Return the JSON *value* without what changes from one answer to the next by itself."""
    if isinstance(value, dict):
        return {name: without_times(item) for name, item in value.items() if name not in MOVING}
    return [without_times(item) for item in value] if isinstance(value, list) else value


def captured(charge: Any) -> int:
    """What was captured of a charge; one that was authorized as usual has no such field when it is shown alone."""
    return int(getattr(charge, "captured_amount", charge.amount))


class Ledger(RuleBasedStateMachine):
    """What a merchant can do, in any order, against what the ledger says of it."""

    charges = Bundle("charges")
    disputes = Bundle("disputes")
    transfers = Bundle("transfers")

    def __init__(self) -> None:
        super().__init__()
        self.sandbox = Sandbox()
        self.client = self.sandbox.client()
        self.recipient = self.client.Recipient.list().data[0]
        self.expected = 0

    def teardown(self) -> None:
        self.sandbox.close()

    def attempt(self, record: Any, codes: set[str], verb: Any, *args: Any, **params: Any) -> Any:
        """Do it and return what came of it; where it is refused, with one of *codes*, see that nothing changed."""
        before, total = without_times(record.reload().to_dict()), self.client.Balance.retrieve().total
        done, refusal = self.outcome(verb, *args, **params)
        record.reload()
        if refusal is not None:
            assert refusal.code in codes, refusal
            assert without_times(record.to_dict()) == before
            assert self.client.Balance.retrieve().total == total
        return done

    def outcome(self, verb: Any, *args: Any, **params: Any) -> tuple[Any, omise.APIError | None]:
        """Do it, and return what came of it, or the API's refusal."""
        try:
            return verb(*args, **params), None
        except omise.APIError as refused:
            return None, refused

    @initialize(target=charges, amount=AMOUNTS)
    def open_for_business(self, amount: int) -> Any:
        """Begin with a charge of every kind, so that there is something to do from the first step on."""
        paid = [self.charge_a_card("4242424242424242", amount, capture=True, partial=False) for _ in range(2)]
        held = [self.charge_a_card("5555555555554444", amount, capture=False, partial=partial) for partial in (0, 1)]
        return multiple(*paid, *held, self.charge_a_source(amount, "alipay_cn"))

    @rule(target=charges, number=CARDS, amount=AMOUNTS, capture=st.booleans(), partial=st.booleans())
    def charge_a_card(self, number: str, amount: int, capture: bool, partial: bool) -> Any:
        kind = {"authorization_type": "pre_auth"} if partial and not capture else {}
        card = self.sandbox.card(number)
        charge = self.client.Charge.create(amount=amount, currency="thb", card=card, capture=capture, **kind)
        assert charge.paid == (charge.status == "successful")
        self.expected += charge.net if charge.paid else 0
        return charge

    @rule(target=charges, amount=AMOUNTS, method=st.sampled_from(["promptpay", "truemoney", "alipay_cn"]))
    def charge_a_source(self, amount: int, method: str) -> Any:
        source = {"type": method, "phone_number": "0812345678"}
        charge = self.client.Charge.create(
            amount=amount, currency="thb", source=source, return_uri="https://shop.example.com/"
        )
        assert charge.status == "pending"
        return charge

    @rule(charge=charges, share=st.none() | PARTS)
    def capture(self, charge: Any, share: float | None) -> None:
        amount = None if share is None else int(charge.amount * share)
        params = {} if amount is None else {"capture_amount": amount}
        codes = {"failed_capture", "expired_charge"}
        if self.attempt(charge, codes, charge.capture, **params):
            assert captured(charge) == (amount or charge.amount) <= charge.amount
            self.expected += charge.net

    @rule(charge=charges)
    def reverse(self, charge: Any) -> None:
        if self.attempt(charge, {"failed_reverse", "expired_charge"}, charge.reverse):
            assert (charge.status, charge.paid) == ("reversed", False)

    @rule(charge=charges, paid=st.booleans())
    def settle_a_source(self, charge: Any, paid: bool) -> None:
        verb = charge.mark_as_paid if paid else charge.mark_as_failed
        if self.attempt(charge, {"processed_charge", "expired_charge"}, verb):
            assert charge.status == ("successful" if paid else "failed")
            self.expected += charge.net if paid else 0

    @rule(charge=charges)
    def expire(self, charge: Any) -> None:
        if self.attempt(charge, {"failed_expire"}, charge.expire):
            assert (charge.status, charge.paid) == ("expired", False)

    @rule(charge=charges, share=PARTS)
    def refund(self, charge: Any, share: float) -> None:
        before = charge.reload().refunded_amount
        amount = int((captured(charge) - before) * share)
        refund = self.attempt(charge, {"failed_refund"}, charge.refund, amount=amount)
        if refund:
            assert charge.refunded_amount == before + amount <= captured(charge)
            self.expected -= refund.funding_amount

    @rule(charge=charges)
    def refund_the_rest(self, charge: Any) -> None:
        left = captured(charge) - charge.refunded_amount
        refund = self.attempt(charge, {"failed_refund"}, charge.refund, amount=left)
        if refund:
            assert not charge.refundable
            self.expected -= refund.funding_amount

    @rule(target=disputes, charge=charges)
    def dispute(self, charge: Any) -> Any:
        dispute = self.attempt(charge, {"bad_request"}, self.client.Dispute.create, charge)
        if dispute is None:
            return multiple()
        self.expected -= dispute.funding_amount
        return dispute

    @rule(dispute=disputes, status=st.sampled_from(["won", "lost", "accepted"]))
    def settle_a_dispute(self, dispute: Any, status: str) -> None:
        done = (
            self.attempt(dispute, {"bad_request"}, dispute.accept)
            if status == "accepted"
            else self.attempt(dispute, {"bad_request"}, dispute.close, status=status)
        )
        if done:
            assert dispute.status == ("won" if status == "won" else "lost")
            self.expected += dispute.funding_amount if status == "won" else 0

    @rule(target=transfers, amount=st.none() | AMOUNTS)
    def transfer(self, amount: int | None) -> Any:
        params = {} if amount is None else {"amount": amount}
        transfer, refusal = self.outcome(self.client.Transfer.create, recipient=self.recipient, **params)
        assert refusal is None or refusal.code in {"bad_request", "invalid_amount"}, refusal
        return multiple() if transfer is None else transfer

    @rule(transfer=transfers)
    def send(self, transfer: Any) -> None:
        if self.attempt(transfer, {"bad_request", "not_found"}, transfer.mark_as_sent) and transfer.sent:
            self.expected -= transfer.amount if not transfer.failure_code else 0

    @rule(transfer=transfers)
    def pay_out(self, transfer: Any) -> None:
        self.attempt(transfer, {"bad_request", "not_found"}, transfer.mark_as_paid)

    @rule(days=st.sampled_from([0.5, 3, 8]))
    def time_passes(self, days: float) -> None:
        self.sandbox.application.clock.advance(days=days)

    @invariant()
    def the_ledger_is_the_balance(self) -> None:
        lines = list(self.client.Transaction.list(limit=100))
        signed = [line.amount if line.direction == "credit" else -line.amount for line in lines]
        balance = self.client.Balance.retrieve()
        # A receipt gives back what was rounded up: the tax of a day's fees is that of their sum.
        rounding = [line.amount for line in lines if line.key == "receipt.vat_adjustment.credit"]
        assert sum(rounding) <= len(lines)
        assert sum(signed) == balance.total == self.expected + sum(rounding)
        assert balance.transferable <= balance.total


usual = settings.get_current_profile_name() == "usual"
quick = settings(max_examples=30, stateful_step_count=30, phases=[Phase.explicit, Phase.generate])
Ledger.TestCase.settings = quick if usual else settings(stateful_step_count=50)
test_money = Ledger.TestCase
