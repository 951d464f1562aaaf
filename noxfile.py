"""
The suite on each Python that this machine has, with the newest and with the oldest versions of what it needs.

``make matrix`` runs it; ``make matrix ARGS='--session oldest-3.10'`` runs a part.
"""

import nox

nox.needs_version = ">=2025.2.9"
nox.options.envdir = "build/matrix"
nox.options.reuse_venv = "yes"

PYTHONS = nox.project.python_versions(nox.project.load_toml("pyproject.toml"))
"""Those that the classifiers name."""


def test(session: nox.Session, *limits: str) -> None:
    """Install the package with all that its tests need, within *limits*, and run them."""
    session.install("--disable-pip-version-check", *limits, "--editable", ".[suite]")
    session.run("python", "-m", "pytest", "-n", "auto", "--dist", "loadfile", *session.posargs)


@nox.session(python=PYTHONS)
def newest(session: nox.Session) -> None:
    """Run the suite with the newest versions."""
    test(session, "--upgrade", "--upgrade-strategy", "eager")


@nox.session(python=PYTHONS)
def oldest(session: nox.Session) -> None:
    """Run the suite with the oldest versions that pyproject.toml allows."""
    test(session, "--constraint", "tests/oldest.txt")
