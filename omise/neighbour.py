"""The official package beside this one: both provide the import `omise`, and overwrite each other's files."""

import os.path

CLASH = (
    "the official package, distribution omise, was installed into the same place as this one, omise-orm, and they have "
    "overwritten each other's files: uninstall both, then install omise-orm again"
)


def is_overwritten() -> bool:
    """Tell whether the official package's files are among these; one look for a file that only it has."""
    return os.path.exists(os.path.join(os.path.dirname(__file__), "request.py"))


def warn_of_neighbour() -> None:
    """Warn where the official package's files are among these."""
    if is_overwritten():
        import warnings

        warnings.warn(CLASH, RuntimeWarning, stacklevel=4)
