"""``omise`` and ``python -m omise``: the command line."""

import sys


def main() -> int:
    """Run the command of the process and return its exit status; Ctrl-C ends it quietly while it is loaded too."""
    try:
        from omise.cli import main as run

        return run()
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
