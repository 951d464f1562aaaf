"""What test suites use: the pytest plugin, and cassettes without secrets."""

from .cassettes import recorder

__all__ = ["recorder"]
