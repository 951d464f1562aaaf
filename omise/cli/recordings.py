"""``omise check-cassettes``: secrets in recordings, told without them."""

from __future__ import annotations

from pathlib import Path

import click

from ..testing.leaks import cassettes_in, leaks_in
from .ending import DONE, FAILED, Failed


@click.command("check-cassettes")
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
def check_cassettes(folder: Path) -> int:
    """
    Look for secrets in the recordings in FOLDER: keys, card numbers, security codes, account numbers, webhook secrets.

    They may be of VCR.py, pytest-recording, betamax or others, in YAML or JSON. Exits with 1 if there are any.
    """
    try:
        paths = cassettes_in(folder)
        found = [leak for path in paths for leak in leaks_in(path)]
    except FileNotFoundError as error:
        raise Failed(str(error)) from error
    except ModuleNotFoundError as error:
        hint = "pip install pyyaml; it comes with vcrpy too, and so with the extra testing."
        raise Failed("recordings in YAML cannot be read without PyYAML", hint) from error
    for leak in found:
        click.echo(str(leak))
    files = f"{len(paths)} {'file' if len(paths) == 1 else 'files'}"
    if found:
        click.echo(
            f"{len(found)} in {len({leak.path for leak in found})} of {files}. Withdraw the keys, record anew.",
            err=True,
        )
        return FAILED
    click.echo(f"No secret in {files}.", err=True)
    return DONE
