from __future__ import annotations

import pytest

from ..conftest import PUBLIC_KEY, Caller


@pytest.mark.parametrize(
    ("host", "api_status", "vault_status"),
    [
        ("api.omise.co", 200, 404),
        ("API.OMISE.CO:443", 200, 404),
        ("vault.omise.co", 404, 200),
        ("localhost:4010", 200, 200),
        ("", 200, 200),
        ("something [odd]", 200, 200),
    ],
)
def test_each_host_serves_its_routes(api: Caller, host: str, api_status: int, vault_status: int) -> None:
    """
    The API's own names keep the two apart; under any other name both are there.
    """
    token = api.token()
    environ = {"HTTP_HOST": host}

    assert api.send("GET", "/customers", environ_overrides=environ).status_code == api_status
    tokens = api.send("GET", f"/tokens/{token}", key=PUBLIC_KEY, environ_overrides=environ)
    assert tokens.status_code == vault_status
