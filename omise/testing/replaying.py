"""The recording of one test, replayed, or made anew from a sandbox or from a test account."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..checks import is_live
from ..client import default_client
from .cassettes import recorder

if TYPE_CHECKING:
    from vcr.cassette import Cassette

MADE_UP = {"secret_api_key": "skey_test_of_a_recording", "public_api_key": "pkey_test_of_a_recording"}
"""What a replay has for keys where none are set: nobody looks at them."""

HOW = "pytest --omise-record, or with record=True where it is no fixture"


@contextmanager
def cassette(
    path: str | os.PathLike[str], *, record: bool = False, live: bool = False, more: bool = False, **settings: Any
) -> Generator[Cassette]:
    """
    Replay the recording at *path* in the block, and ask nobody; it needs no keys.

    With *record* it is made anew, or with *more* added to, by the default client from a fresh sandbox, or with *live*
    from the API, with the test keys that are set; where nothing is asked it stays. *settings* are those of `recorder`.
    Raises FileNotFoundError if there is no recording, and ValueError if what is set is no test key.
    """
    path = Path(path)
    if not record:
        if not path.exists():
            raise FileNotFoundError(f"there is no recording {path}: make one with {HOW}")
        config = default_client.config
        missing: Any = {name: key for name, key in MADE_UP.items() if getattr(config, name) is None}
        with default_client.replaced(None, **missing), recorder(**settings).use_cassette(str(path)) as tape:
            yield tape
        return

    with _source(live) as sandbox_url:
        fresh = path if more else path.with_name(f"{path.name}.new")
        if not more:
            fresh.unlink(missing_ok=True)
        tapes = recorder(**{"record_mode": "all", "sandbox_url": sandbox_url, **settings})
        try:
            with tapes.use_cassette(str(fresh)) as tape:
                yield tape
        finally:
            if fresh.exists():
                os.replace(fresh, path)


@contextmanager
def _source(live: bool) -> Generator[str | None]:
    """What is recorded from: the address of a fresh sandbox, or None for the API."""
    if not live:
        from .servers import sandbox_server  # to replay, no sandbox is needed

        with sandbox_server() as server:
            yield server.url
        return
    for name in MADE_UP:
        key = getattr(default_client.config, name)
        if is_live(key):
            raise ValueError(f"omise.{name} is no test key, and recordings are made with test keys alone")
    yield None
