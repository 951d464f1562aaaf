"""IPython as the REPL: its own history, without secrets, and a prompt that says whose records they are."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from IPython.core.history import HistoryManager
from IPython.terminal.interactiveshell import TerminalInteractiveShell
from IPython.terminal.prompts import Prompts
from pygments.token import Token
from traitlets.config import Config

from .history import folder, holds_secret, private
from .raised import alone, shortened
from .standard import status_of

HISTORY = "history.sqlite"


class Remembering(HistoryManager):
    """A history of what has no secret in it."""

    def store_inputs(self, line_num: int, source: str, source_raw: str | None = None) -> None:
        """Keep a line; an empty one in the place of one with a secret in it."""
        if holds_secret(source_raw or source):
            source = source_raw = ""
        super().store_inputs(line_num, source, source_raw)


class Shell(TerminalInteractiveShell):
    """IPython with that history."""

    def init_history(self) -> None:
        """Make the history."""
        history: Any = Remembering(shell=self, parent=self)
        self.history_manager = history
        self.configurables.append(history)

    def showtraceback(self, exc_tuple: Any = None, *args: Any, **options: Any) -> None:
        """Show what was raised, without this library's frames; ``%tb`` shows all of it."""
        error: BaseException | None = sys.exc_info()[1]
        cut = shortened(error)
        if cut is None or error is None or exc_tuple is not None:
            super().showtraceback(exc_tuple, *args, **options)
            return
        with alone(error):
            super().showtraceback((type(error), error, cut), *args, **options)
        sys.last_traceback = error.__traceback__


def prompts(label: Callable[[], str]) -> type[Prompts]:
    """Return prompts that begin with what *label* says, and are red where that is ``LIVE``."""

    class Labelled(Prompts):
        def in_prompt_tokens(self) -> list[tuple[Any, str]]:
            told = label()
            usual: Any = super()
            return [(Token.Live if told == "LIVE" else Token.Prompt, f"omise({told}) "), *usual.in_prompt_tokens()]

    return Labelled


def run(names: dict[str, Any], banner: str, label: Callable[[], str]) -> int:
    """Read, evaluate and print with *names* in scope, until somebody leaves; return the exit status."""
    where, history = folder(), private(HISTORY)
    config = Config()
    config.HistoryManager.enabled = history is not None
    if history is not None:
        config.HistoryManager.hist_file = str(history)
    config.TerminalInteractiveShell.banner1 = f"{banner}\n"
    config.TerminalInteractiveShell.banner2 = ""
    config.TerminalInteractiveShell.enable_tip = False
    config.TerminalInteractiveShell.confirm_exit = False
    config.TerminalInteractiveShell.prompts_class = prompts(label)
    config.TerminalInteractiveShell.highlighting_style_overrides = {Token.Live: "bold ansired"}
    options = {} if where is None else {"ipython_dir": str(where / "ipython")}
    shell: Any = Shell.instance(config=config, user_ns=names, **options)
    try:
        shell.show_banner()
        shell.mainloop()
    except SystemExit as end:
        return status_of(end)
    finally:
        Shell.clear_instance()
    return 0
