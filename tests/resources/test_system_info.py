"""System info: what the root of the API says about itself."""

import omise
from omise.sandbox import Sandbox


def test_retrieve_and_reload(omise_sandbox: Sandbox) -> None:
    """The root of the API tells its versions, one of which is asked for."""
    info = omise.SystemInfo.retrieve()
    again = info.reload()

    assert again is info
    assert omise.api_version in info.versions
    assert repr(info).startswith("<SystemInfo versions=['2014-07-27', ")
    assert [(request.method, request.path) for request in omise_sandbox.requests] == [("GET", "/")] * 2
