"""The pytest plugin, as a user's suite meets it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from omise.guards import test_runs

ALONE = [word for name in ("cacheprovider", "randomly", "recording", "requests_mock") for word in ("-p", f"no:{name}")]
"""Without plugins that import what is looked for, or, in a process that runs pytest again, what is loaded already."""

PAYS = """
import omise
import pytest

CARD = {"name": "M", "number": "4242424242424242", "expiration_month": 8, "expiration_year": 2035,
        "security_code": "123"}

def pay():
    return omise.Charge.create(amount=100_00, currency="thb", card=CARD)
"""


def test_the_fixture_gives_a_fresh_sandbox_to_each_test(pytester: pytest.Pytester) -> None:
    """A suite needs no more than the fixture's name, and what one test did is unknown to the next."""
    pytester.makepyfile(
        """
        import omise
        import pytest

        @pytest.mark.parametrize("round", [1, 2])
        def test_customers(omise_sandbox, round):
            assert len(omise.Customer.list()) == 0
            omise.Customer.create(email="john@example.com")
            assert omise_sandbox.requests[-1].params == {"email": "john@example.com"}

        def test_settings_are_put_back():
            assert omise.secret_api_key is None
        """
    )

    pytester.runpytest(*ALONE).assert_outcomes(passed=3)


FIRST = """
import time, requests
began = time.process_time()
import omise
from omise.sandbox import Sandbox
with Sandbox():
    omise.Customer.create(email="mali@example.com")
print(time.process_time() - began)
"""


def test_the_first_sandbox_is_there_soon(tmp_path: Path) -> None:
    """Once for a suite, it takes some 0.1 s of a processor beyond what requests takes; three times that is too much."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-X", f"pycache_prefix={tmp_path}", "-c", FIRST]
    took = [
        float(subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True).stdout)
        for _ in range(3)  # the first compiles what it loads
    ]

    assert min(took) < 0.3


def test_this_package_is_loaded_as_it_is(pytester: pytest.Pytester) -> None:
    """Not by way of pytest's rewriting of assertions, from the first conftest.py on; the suite's own modules are."""
    pytester.makeconftest("import pytest\npytest.register_assert_rewrite('omise', 'own')\nimport omise.money, own")
    pytester.makepyfile(
        own="",
        test_loaders="""
        import omise.money, omise.sandbox.rules.cards, own

        def test_loaders():
            loaders = [type(each.__spec__.loader).__name__ for each in (omise.money, omise.sandbox.rules.cards, own)]
            assert loaders == ["SourceFileLoader", "SourceFileLoader", "AssertionRewritingHook"]
        """,
    )
    before = [*sys.meta_path]

    pytester.runpytest_subprocess(*ALONE).assert_outcomes(passed=1)
    pytester.runpytest_inprocess(*ALONE, "--collect-only")
    assert sys.meta_path == before


def test_the_server_is_fresh_for_each_test_and_over_http(pytester: pytest.Pytester) -> None:
    """For what needs an address, such as a browser or another process."""
    pytester.makepyfile(
        """
        import omise
        import pytest
        import requests

        @pytest.mark.parametrize("round", [1, 2])
        def test_customers(omise_sandbox_server, round):
            key = omise.secret_api_key
            url = f"{omise_sandbox_server.url}/customers"
            assert requests.post(url, data={"email": "john@example.com"}, auth=(key, ""), timeout=5).ok
            assert [customer.email for customer in omise.Customer.list()] == ["john@example.com"]
            assert len(omise_sandbox_server.application.requests) == 2

        def test_settings_are_put_back():
            assert omise.secret_api_key is None
        """
    )

    pytester.runpytest(*ALONE).assert_outcomes(passed=3)


def test_the_plugin_imports_nothing_until_it_is_used(pytester: pytest.Pytester) -> None:
    """A suite that does not use it does not pay for it, nor need what it needs; the plugin and two files are all."""
    pytester.makepyfile(
        """
        import sys

        def test_modules():
            loaded = {name for name in sys.modules if name.split(".")[0] == "omise"}
            assert {name for name in loaded if name.startswith("omise.testing")} == {
                "omise.testing", "omise.testing.network", "omise.testing.plugin"
            }
            assert not {"omise.config", "omise.client", "omise.wire", "omise.records", "omise.sandbox"} & loaded
            assert not {"requests", "urllib3", "werkzeug", "waitress", "vcr"} & set(sys.modules)
        """
    )

    pytester.runpytest_subprocess(*ALONE).assert_outcomes(passed=1)


LIVE_SUITE = """
    import omise
    import pytest

    def test_live(monkeypatch):
        monkeypatch.setattr("socket.getaddrinfo", lambda *args, **options: 1 / 0)
        client = omise.Client(secret_api_key="skey_5example00000000live", max_retries=0)
        with pytest.raises({expected}):
            client.Charge.list()
"""


@pytest.mark.parametrize(
    ("options", "expected"),
    [((), "omise.ConfigurationError, match='--omise-live'"), (("--omise-live",), "ZeroDivisionError")],
)
def test_a_live_key_leaves_a_test_run_only_where_that_was_allowed(
    pytester: pytest.Pytester, options: tuple[str, ...], expected: str
) -> None:
    """``--omise-live`` lets it; without it the test says how it is let."""
    pytester.makepyfile(LIVE_SUITE.format(expected=expected))
    before = [*test_runs]
    pytester.runpytest(*ALONE, *options).assert_outcomes(passed=1)

    assert test_runs == before


@pytest.mark.parametrize("options", [[], ["--omise-live"]])
def test_the_real_api_is_asked_only_where_that_is_allowed(pytester: pytest.Pytester, options: list[str]) -> None:
    """Its hosts are not looked up otherwise, from the collection on and to the end; all is as before after that."""
    pytester.makeconftest(
        """
        import socket

        LOOKED_UP = []

        def pytest_configure():
            pytest_configure.before = socket.getaddrinfo
            socket.getaddrinfo = lambda host, *_: LOOKED_UP.append(host) or (_ for _ in ()).throw(socket.gaierror())

        def pytest_unconfigure():
            socket.getaddrinfo = pytest_configure.before
        """
    )
    pytester.makepyfile(
        """
        import omise
        from conftest import LOOKED_UP

        def test_the_account(pytestconfig):
            try:
                omise.Client(secret_api_key="skey_test_of_a_test", max_retries=0).Account.retrieve()
            except omise.APIConnectionError:
                assert LOOKED_UP == ["api.omise.co"]
            except AssertionError as refusal:
                assert not pytestconfig.getoption("--omise-live")
                assert "api.omise.co" in str(refusal)
        """
    )

    pytester.runpytest_subprocess(*ALONE, *options).assert_outcomes(passed=1)


def record(pytester: pytest.Pytester, body: str, **outcomes: int) -> Path:
    """Record what the tests in *body* ask, then replay it, and return the folder of the recordings."""
    pytester.makepyfile(test_shop=PAYS + body)
    for options in (["--omise-record"], []):
        pytester.runpytest_subprocess(*ALONE, "--strict-markers", *options).assert_outcomes(**outcomes)
    return pytester.path / "cassettes" / "test_shop"


def test_a_recording_is_a_fixture(pytester: pytest.Pytester) -> None:
    """Under the name of its test, that of its class and of what it is given too."""
    folder = record(
        pytester,
        """
def test_pays(omise_vcr):
    assert pay().paid
    assert omise_vcr.play_count in (0, 2)

@pytest.mark.parametrize("note", ["a", "b/c"])
def test_notes(omise_vcr, note):
    assert omise.Customer.create(description=note).description == note

class TestShop:
    def test_pays(self, omise_vcr):
        assert pay().paid
""",
        passed=4,
    )

    names = ["TestShop.test_pays.yaml", "test_notes[a].yaml", "test_notes[b_c].yaml", "test_pays.yaml"]
    assert sorted(path.name for path in folder.iterdir()) == names


def test_a_recording_is_a_marker(pytester: pytest.Pytester) -> None:
    """Of a function, of a class, of a TestCase; with a name, and with settings, if it is given some."""
    folder = record(
        pytester,
        """
import unittest
import uuid

@pytest.mark.omise_vcr
def test_pays():
    assert pay().paid

@pytest.mark.omise_vcr("other", match_on=["method", "path"])
@pytest.mark.parametrize("round", [1])
def test_says_something_else_each_time(round):
    assert omise.Customer.create(description=str(uuid.uuid4())).id

@pytest.mark.omise_vcr
class TestShop:
    def test_pays(self):
        assert pay().paid

@pytest.mark.omise_vcr
class TestCase(unittest.TestCase):
    def test_pays(self):
        self.assertTrue(pay().paid)
""",
        passed=4,
    )

    names = ["TestCase.test_pays.yaml", "TestShop.test_pays.yaml", "other.yaml", "test_pays.yaml"]
    assert sorted(path.name for path in folder.iterdir()) == names


def test_a_recording_is_that_of_several_tests(pytester: pytest.Pytester) -> None:
    """Where they are given one name: what the first asked is still there when the last was recorded, and no more."""
    body = """
pytestmark = pytest.mark.omise_vcr("shop")

def test_pays():
    assert pay().paid

def test_nothing():
    pass

def test_signs_up():
    assert omise.Customer.create(email="mali@example.com").email == "mali@example.com"
"""
    (recording,) = record(pytester, body, passed=3).iterdir()
    once = recording.read_text().count("uri:")
    record(pytester, body, passed=3)

    assert (once, recording.read_text().count("uri:")) == (3, 3)


def test_a_recording_that_is_missing_is_told(pytester: pytest.Pytester) -> None:
    """With how to make it."""
    pytester.makepyfile("def test_pays(omise_vcr): pass")

    result = pytester.runpytest(*ALONE)

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*no recording *test_pays.yaml: make one with pytest --omise-record, or*"])


def test_what_there_is_is_described(pytester: pytest.Pytester) -> None:
    """By ``pytest --fixtures``, ``--markers`` and ``--help``."""
    fixtures, markers, options = (pytester.runpytest(*ALONE, f"--{name}") for name in ("fixtures", "markers", "help"))

    fixtures.stdout.fnmatch_lines(["omise_sandbox *", "*fresh sandbox for this test*"])
    fixtures.stdout.fnmatch_lines(["omise_sandbox_server *", "*over HTTP*"])
    fixtures.stdout.fnmatch_lines(["omise_vcr *", "*recording of this test*"])
    markers.stdout.fnmatch_lines(["@pytest.mark.omise_vcr(name=None, [*][*]settings): replay*"])
    options.stdout.fnmatch_lines(["Omise payments:", "*--omise-live *", "*--omise-record *"])
