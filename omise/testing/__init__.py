"""What test suites use: the pytest plugin, and cassettes without secrets."""

from .cassettes import recorder, vcr_config

__all__ = ["recorder", "vcr_config"]
