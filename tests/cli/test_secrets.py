"""What the command line prints, whatever it is given and whatever goes wrong, has no secret in it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from omise.cli import main

from ..canaries import ACCOUNT, CARD, CITIZEN, CODE, NUMBER, OUTCOMES, SPELLINGS, WALLET, Sinks, set_up
from ..misbehaving import Misbehaving

CARD_ARGUMENTS = [f"card[{name}]={value}" for name, value in CARD.items()]
BANK_ARGUMENTS = ["bank_account[brand]=bbl", f"bank_account[number]={ACCOUNT}", "bank_account[name]=M"]

Line = Callable[[str], list[str]]

LINES: dict[str, Line] = {
    "value": lambda text: ["customers", "create", f"description={text}"],
    "metadata": lambda text: ["customers", "create", f"metadata[a]={text}"],
    "name in metadata": lambda text: ["customers", "create", f"metadata[{text}]=a"],
    "name": lambda text: ["customers", "create", f"{text}=a"],
    "name, unchecked": lambda text: ["customers", "create", f"{text}=a", "--unchecked"],
    "no assignment": lambda text: ["customers", "create", text],
    "number": lambda text: ["charges", "create", f"amount={text}", "currency=thb"],
    "boolean": lambda text: ["links", "create", f"multiple={text}", "amount=1"],
    "twice": lambda text: ["customers", "create", f"description={text}", f"description={text}"],
    "option": lambda text: ["customers", "create", f"key={text}"],
    "file": lambda text: ["customers", "create", f"description=@{text}"],
    "document": lambda text: ["documents", "upload", "dspt_test_1", f"file=@{text}"],
    "id": lambda text: ["customers", "get", text],
    "id of a write": lambda text: ["customers", "update", text, f"description={text}"],
    "search": lambda text: ["charges", "search", f"query={text}"],
    "day": lambda text: ["charges", "list", f"from={text}"],
    "card": lambda text: ["tokens", "create", *CARD_ARGUMENTS, f"card[city]={text}"],
    "charge": lambda text: ["charges", "create", "amount=100", "currency=thb", *CARD_ARGUMENTS, f"description={text}"],
    "bank": lambda text: ["recipients", "create", "name=M", *BANK_ARGUMENTS, f"tax_id={CITIZEN}", f"email={text}"],
    "wallet": lambda text: ["tokens", "create", "tokenization[method]=applepay", f"tokenization[data]={WALLET}"],
    "code alone": lambda text: ["tokens", "create", f"card[security_code]={CODE}", f"card[number][a]={NUMBER}"],
    "command": lambda text: [text],
    "verb": lambda text: ["customers", text],
    "flag": lambda text: ["customers", "list", f"--{text}"],
    "export": lambda text: ["export", text, "--out", "a.csv"],
    "export from": lambda text: ["export", "charges", "--from", text, "--out", "a.csv"],
    "export to": lambda text: ["export", "charges", "--out", f"/nowhere/{text}.csv"],
    "partition": lambda text: ["export", "charges", "--partition", text, "--out", "a.csv"],
    "forward": lambda text: ["listen", "--forward", f"http://{text}.example/"],
    "secret": lambda text: ["listen", "--forward", "http://127.0.0.1:9/", "--secret", f"{text}!", "--replay", "evnt_1"],
    "replay": lambda text: ["listen", "--forward", "http://127.0.0.1:9/", "--replay", text],
    "trigger": lambda text: ["trigger", text],
    "clock": lambda text: ["clock", "--url", f"http://{text}.example"],
    "clock's step": lambda text: ["clock", "--days", text],
    "requests": lambda text: ["requests", "--url", f"https://x:{text}@127.0.0.1:1"],
    "port": lambda text: ["sandbox", "--port", text],
    "host": lambda text: ["sandbox", "--port", "0", "--host", f"{text}.example"],
    "key of a sandbox": lambda text: ["sandbox", "--port", "0", "--secret-key", f"-{text}"],
    "webhook of a sandbox": lambda text: ["sandbox", "--port", "0", "--webhook", f"http://{text}.example/"],
    "webhook secret of a sandbox": lambda text: ["sandbox", "--port", "0", "--webhook-secret", f"{text}!"],
    "faults": lambda text: ["sandbox", "--port", "0", "--faults", text],
    "database": lambda text: ["sandbox", "--port", "0", "--db", f"/nowhere/{text}"],
    "country": lambda text: ["sandbox", "--country", text],
    "cassettes": lambda text: ["check-cassettes", text],
}
"""What may be typed, with a secret somewhere."""


@pytest.mark.parametrize("outcome", ["success", "refused", "hung up", "no JSON", "dry run"])
def test_the_command_line_prints_no_secret(
    server: Misbehaving,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    tmp_path: Path,
    outcome: str,
) -> None:
    """In what it did, in errors, in tracebacks with --debug, in what it would send."""
    monkeypatch.chdir(tmp_path)
    set_up(outcome, server.url, monkeypatch)
    monkeypatch.setattr("omise.sandbox.serve", lambda *_: None)
    texts = [*SPELLINGS]
    with Sinks() as sinks:
        for number, (place, line) in enumerate(LINES.items()):
            for spelling in texts if outcome == "refused" else texts[number % 4 :: 4]:
                server.answers = OUTCOMES.get(outcome, []) * 6
                arguments = line(SPELLINGS[spelling])
                dry = ["--dry-run"] if outcome == "dry run" and arguments[0].endswith("s") else []
                sinks.call(f"{place}: {spelling}", partial(main, [*arguments, *dry, "--debug"]))
                sinks.take("output", "".join(capfd.readouterr()))

    assert sinks.leaks == {}
