"""``python -m omise``: the command line."""

import sys

from omise.cli import main

if __name__ == "__main__":
    sys.exit(main())
