from __future__ import annotations

import pytest

from omise.sandbox.http.versions import VERSIONS

from ..conftest import PUBLIC_KEY, SECRET_KEY, Caller


@pytest.mark.parametrize("key", [SECRET_KEY, PUBLIC_KEY])
def test_the_root_tells_the_versions(api: Caller, key: str) -> None:
    """
    To secret and public keys.
    """
    assert api.ok("GET", "/", key=key) == {"object": "system_info", "location": "/", "versions": list(VERSIONS)}


def test_a_key_is_needed(api: Caller) -> None:
    """
    As for everything else of the API.
    """
    assert api.refused("GET", "/", key="nonsense")[1] == "authentication_failure"
