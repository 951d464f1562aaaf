"""The sandbox in a container, as far as it can be told without one: the files are whole, and what they run runs."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from omise.cli import serving
from omise.config import Config
from omise.sandbox import Application, Server

ROOT = Path(__file__).parent.parent
DOCKERFILE = (ROOT / "examples" / "sandbox.Dockerfile").read_text()


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    """What examples/compose.yaml has in it."""
    return dict(yaml.safe_load((ROOT / "examples" / "compose.yaml").read_text())["services"])


def test_the_image_is_made_of_what_there_is(services: dict[str, Any]) -> None:
    """Every file that is copied is there, the extra too, and each service is built from this folder."""
    copied = [name for line in re.findall(r"^COPY (.*)$", DOCKERFILE, re.MULTILINE) for name in line.split()[:-1]]

    assert copied
    assert all((ROOT / name).exists() for name in copied)
    assert re.findall(r"\[(\w+)\]\"$", DOCKERFILE, re.MULTILINE) == ["sandbox"]
    for service in services.values():
        context = (ROOT / "examples" / service["build"]["context"]).resolve()
        assert (context / service["build"]["dockerfile"]).samefile(ROOT / "examples" / "sandbox.Dockerfile")


def taken(command: list[str]) -> dict[str, Any]:
    """The options that ``omise sandbox`` takes from *command*."""
    assert command[:2] == ["omise", "sandbox"]
    return serving.sandbox.make_context("sandbox", command[2:]).params


def test_the_commands_are_taken_by_the_command_line(services: dict[str, Any]) -> None:
    """The image's own as that of the composition; it lets the sandbox send its webhooks to the shop."""
    own = json.loads(re.findall(r"^CMD (.*)$", DOCKERFILE, re.MULTILINE)[0])
    of_image, options = (taken(command) for command in (own, services["sandbox"]["command"]))
    hosts, secret = options["allow_webhook_host"], options["webhook_secret"]
    application = Application(webhooks=options["webhook"], webhook_hosts=hosts, webhook_secret=secret)

    assert of_image["host"] == options["host"] == "0.0.0.0"
    assert application.webhook_secret == secret
    assert services["sandbox"]["ports"] == [f"127.0.0.1:{options['port']}:{options['port']}"]


def test_the_shop_may_ask_the_sandbox(services: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Its environment is taken as settings, and with it the example's call gets through."""
    environment = services["shop"]["environment"]
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert Config().api_url == Config().vault_url == Config().checkout_url == "http://sandbox:4010"
    with Server(Application()) as server:
        monkeypatch.setenv("OMISE_API_URL", server.url)
        call = [sys.executable, *services["shop"]["command"][1:]]
        result = subprocess.run(call, capture_output=True, text=True, timeout=30, check=False)
        code = services["sandbox"]["healthcheck"]["test"][-1].replace("http://127.0.0.1:4010", server.url)
        health = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=30, check=False)

    assert (result.returncode, result.stderr) == (0, "")
    assert "mali@example.com" in result.stdout
    assert (health.returncode, health.stderr) == (0, "")
