"""What one call may say for itself, beside the parameters for the API."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..checks import Timeout, check_header, check_timeout
from ..discretion import checked, hidden
from ..redaction import Sealed, opened
from ..wire.deadlines import Deadline

TELLING = "the name of a parameter looks like a key, or the number of a card"


class Options(NamedTuple):
    """
    What one call may say for itself: another key, timeout in seconds, a value for the ``Idempotency-Key`` header, and
    the deadline, which its hidden requests and a list's further pages share.
    """

    key: str | None = None
    timeout: Timeout | None = None
    idempotency_key: str | None = None
    deadline: Deadline | None = None

    def __repr__(self) -> str:
        return f"Options({', '.join(f'{name}=…' for name, value in self._asdict().items() if value is not None)})"

    def checked(self) -> tuple[Timeout | None, str | None]:
        """Return the timeout and the value of the header, if they can be that; raises `ConfigurationError`."""
        if self.timeout is None and self.idempotency_key is None:
            return None, None
        timeout = None if self.timeout is None else checked(check_timeout, "timeout", hidden(self.timeout))
        return timeout, checked(check_header, "idempotency_key", hidden(self.idempotency_key))

    @classmethod
    def split(
        cls, params: Mapping[str, Any], attributes: Mapping[str, Any] | None = None
    ) -> tuple[Options, dict[str, Any]]:
        """
        Return the options among the keyword arguments *params*, and the parameters for the API that are left.

        Either may be given as the dict *attributes* too. The time until the deadline begins now.
        """
        rest = merge_attributes(attributes, params)
        if not rest:
            return cls(), rest
        options = cls(*(opened(rest.pop(name, None)) for name in OPTIONS))
        return (options if options.deadline is None else options._replace(deadline=Deadline.of(options.deadline))), rest


def merge_attributes(attributes: Mapping[str, Any] | None, params: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields given as a dict and those given as keyword arguments in one new dict."""
    if is_telling(attributes):
        raise TypeError(TELLING)
    if attributes is not None and not isinstance(attributes, Mapping):
        raise TypeError(f"attributes are given as keyword arguments or a dict, got {type(attributes).__name__}")
    return {**(attributes or {}), **params}


def is_telling(params: Any) -> bool:
    """Tell whether the parameters had to be sealed as a whole, for what is among their names."""
    return type(params) is Sealed and isinstance(params.open(), dict)


NO_OPTIONS = Options()

OPTIONS = Options._fields
"""The keyword arguments that are options, whatever is called."""
