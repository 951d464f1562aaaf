"""A REPL with the records of an account in scope: IPython where it is installed, else Python's own."""

from .session import start

__all__ = ["start"]
