"""The path of a request without what stands for one record: the one place that tells words of the API from ids."""

from __future__ import annotations

# fmt: off
WORDS = frozenset({
    "accept", "account", "api", "api_version", "audits", "balance", "capability", "capture", "cards", "chains",
    "charges", "close", "closed", "customers", "disputes", "documents", "events", "expire", "forex",
    "integrations", "linked_accounts", "links", "mark_as_failed", "mark_as_paid", "mark_as_sent", "occurrences",
    "open", "pending", "receipts", "recipients", "refunds", "reverse", "revoke", "schedules", "search", "secrets",
    "sessions", "sources", "sub_merchants", "tokens", "transactions", "transfers", "verify", "webhooks",
})
# fmt: on
"""What may stand in a path beside ids. Whatever else does is taken for an id, and shown nowhere."""

ID = "{id}"


def route_of(path: str) -> str:
    """Return *path* with ``{id}`` in the place of all that is no word of the API: ``/customers/{id}/cards/{id}``."""
    return "/".join([part if part in WORDS or not part else ID for part in path.split("/")])
