"""A sandbox as it runs by itself, started from the command line."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def running(*arguments: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """Run ``python -m omise sandbox`` and yield the process with the address that it printed."""
    command = [sys.executable, "-m", "omise", "sandbox", "--port", "0", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        address = re.search(r"http://[^;]+", process.stdout.readline())
        assert address, process.communicate()
        yield process, address.group()
    finally:
        process.kill()
        process.communicate()
