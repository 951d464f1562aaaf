"""The official package beside this one: both provide the import `omise`, and overwrite each other's files."""

import warnings
from pathlib import Path

CLASH = (
    "the official package, distribution omise, was installed into the same place as this one, omise-orm, and they have "
    "overwritten each other's files: uninstall both, then install omise-orm again"
)


def warn_of_neighbour() -> None:
    """Warn where the official package's files are among these; one look for a file that only it has."""
    if Path(__file__).with_name("request.py").exists():
        warnings.warn(CLASH, RuntimeWarning, stacklevel=4)
