"""
System info: what the root of the API says about itself.

Source: https://api.omise.co/schema
"""

from __future__ import annotations

from typing import Any

from ..http.call import Call
from ..http.keys import PUBLIC, SECRET
from ..http.routing import route
from ..http.versions import VERSIONS


@route("GET", "/", keys=(SECRET, PUBLIC), takes={})
def retrieve(call: Call) -> dict[str, Any]:
    """The versions that there are. Any key will do. (inferred)"""
    return {"object": "system_info", "location": "/", "versions": list(VERSIONS)}
