"""The pytest plugin, which an installed `omise` brings along: fixtures, and nothing imported until one is used."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ..guards import test_runs

if TYPE_CHECKING:
    from types import ModuleType

    from vcr.cassette import Cassette

    from ..sandbox import Sandbox, Server

PACKAGE = f"{__name__.partition('.')[0]}."
LIVE, RECORD = "--omise-live", "--omise-record"
VCR = "omise_vcr"
CHECKED = "omise_check_cassettes"
"""The setting in pytest's configuration that names folders with recordings."""

MADE = pytest.StashKey["set[Path]"]()
"""The recordings of this run: what another test of the same name records is added."""

MARKER = (
    "omise_vcr(name=None, **settings): replay the recording cassettes/MODULE/TEST.yaml beside the test's file, or NAME "
    "in place of TEST; with settings of omise.testing.recorder."
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take what lets tests ask the API itself, and what makes recordings."""
    group = parser.getgroup("omise", "Omise payments")
    group.addoption(
        LIVE, action="store_true", help="let tests ask the real API, and use live keys; else both is refused"
    )
    group.addoption(
        RECORD,
        action="store_true",
        help=f"make the recordings of omise_vcr anew, from a sandbox, or with {LIVE} from the account of the test keys",
    )
    parser.addini(CHECKED, "folders with recordings that hold no secret, or a test of their own fails", "paths")


class Unrewritten:
    """
    Finds this package's modules before pytest does, which would rewrite the assertions of all that a plugin comes with.

    There are none in them; and where rewritten modules are not kept, as with PYTHONDONTWRITEBYTECODE, it took each run
    of a suite longer than all its other imports of them.
    """

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return what Python itself finds; None for modules of others."""
        return PathFinder.find_spec(name, path, target) if name.startswith(PACKAGE) else None


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Load this package as it is, from the first conftest.py on until pytest ends."""
    finder = Unrewritten()
    sys.meta_path.insert(0, finder)
    early_config.add_cleanup(lambda: sys.meta_path.remove(finder))


def pytest_configure(config: pytest.Config) -> None:
    """Name the marker, and keep everything away from the API until pytest ends, unless that was asked for."""
    config.addinivalue_line("markers", MARKER)
    test_runs.append(bool(config.getoption(LIVE)))
    config.add_cleanup(lambda: test_runs.__delitem__(-1))
    if not config.getoption(LIVE):
        from .network import api_refused

        refused = ExitStack()
        refused.enter_context(api_refused())
        config.add_cleanup(refused.close)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Give a test with the marker the fixture of that name."""
    if item.get_closest_marker(VCR) and isinstance(item, pytest.Function) and VCR not in item.fixturenames:
        item.fixturenames.append(VCR)


def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    """Add a test for each folder of the setting."""
    if config.getini(CHECKED):
        from .items import cassette_items

        items += cassette_items(session, config.getini(CHECKED))


@pytest.fixture
def omise_sandbox() -> Iterator[Sandbox]:
    """
    A fresh sandbox for this test, which the default client uses, in every thread, with a fresh pair of test keys.

    ``omise_sandbox.client()`` is another account, ``.requests`` what was received, ``.card_token()`` a token.
    """
    from ..sandbox import Sandbox

    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture
def omise_sandbox_server() -> Iterator[Server]:
    """
    A fresh sandbox for this test over HTTP, at ``omise_sandbox_server.url``, which the default client uses.

    ``.application.requests`` is what was received, ``.application.clock`` its time.
    """
    from .servers import sandbox_server

    with sandbox_server() as server:
        yield server


@pytest.fixture
def omise_vcr(request: pytest.FixtureRequest) -> Iterator[Cassette]:
    """
    The recording of this test, replayed: no network, no keys. ``pytest --omise-record`` makes it.

    It is the file cassettes/MODULE/TEST.yaml beside the test's; the marker omise_vcr gives it another name, by which
    several tests may share one.
    """
    from .replaying import cassette

    marker = request.node.get_closest_marker(VCR)
    name, settings = (marker.args[:1], marker.kwargs) if marker else ((), {})
    record, live = (request.config.getoption(option) for option in (RECORD, LIVE))
    path, made = _path(request, *name), request.config.stash.setdefault(MADE, set())
    with cassette(path, record=bool(record), live=bool(live), more=path in made, **settings) as tape:
        yield tape
        if len(tape):
            made.add(path)


def _path(request: pytest.FixtureRequest, name: str | None = None) -> Path:
    """Where the recording of a test is, under its own name unless it is given one."""
    if name is None:
        within = [request.cls.__name__] if request.cls else []
        name = re.sub(r"[^\w.\[\]-]+", "_", ".".join([*within, request.node.name]))
    return request.path.parent / "cassettes" / request.path.stem / f"{name}.yaml"
