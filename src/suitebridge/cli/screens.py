"""What a command shows: data on standard output, messages and progress on standard error, JSON for machines (quality.md U45)."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from suitebridge.cli.choices import Choices
from suitebridge.domain.errors import Problem

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

Plain: TypeAlias = "str | int | bool | Sequence[Plain] | Mapping[str, Plain] | None"
"""What a JSON document holds: amounts are texts, so that no machine rounds them."""

SCHEMA_VERSION = 1
_WIDTH_OF_A_PIPE = 160


class Screen:
    """The two outputs of one command. One that is part of a larger command leaves the answer for machines to that one."""

    def __init__(self, choices: Choices, *, is_part: bool = False) -> None:
        self.choices = choices
        self._is_part = is_part

    @property
    def is_terminal(self) -> bool:
        """Whether somebody watches the messages: only then do progress bars move."""
        return sys.stderr.isatty() and not self.choices.is_quiet

    @property
    def log_level(self) -> int:
        """From which level on log lines are written."""
        if self.choices.is_quiet:
            return logging.ERROR
        return logging.INFO if self.choices.is_verbose else logging.WARNING

    def messages(self) -> Console:
        """Open the console of messages and progress."""
        return _console(is_error=True)

    def say(self, text: str) -> None:
        """Give a message, unless the command shall be quiet."""
        if not self.choices.is_quiet:
            self.messages().print(text, markup=False, highlight=False, soft_wrap=True)

    def detail(self, text: str) -> None:
        """Give a message for those who asked to hear more."""
        if self.choices.is_verbose:
            self.say(text)

    def show(self, content: RenderableType) -> None:
        """Show the answer to people; nothing when the answer is JSON."""
        if not self.choices.is_json:
            _console(is_error=False).print(content, highlight=False, soft_wrap=isinstance(content, str))

    def answer(self, command: str, document: Mapping[str, Plain]) -> None:
        """Write the answer for machines, when asked for."""
        if self.choices.is_json and not self._is_part:
            whole = {"schema": f"suitebridge/{command}/{SCHEMA_VERSION}", **document}
            sys.stdout.write(json.dumps(whole, ensure_ascii=False, indent=2) + "\n")
            sys.stdout.flush()

    def tell_problem(self, problem: Problem) -> None:
        """Tell the error that ends a command, to people and to machines."""
        self.tell_cause(problem)
        self.answer("error", {"error": problem_document(problem)})

    def tell_cause(self, problem: Problem) -> None:
        """Tell an error completely, even when quiet: what happened, why, what to do, and what it left behind."""
        console = self.messages()
        console.print(f"{problem.title}.", style="bold red", markup=False, highlight=False, soft_wrap=True)
        for label, text in (
            ("Why", problem.cause),
            ("What to do", problem.remedy),
            ("Effect", f"{problem.effect.value} ({problem.code})"),
        ):
            console.print(f"  {label}: {text}", markup=False, highlight=False, soft_wrap=True)


def problem_document(problem: Problem) -> Mapping[str, Plain]:
    """Give a problem's JSON form (quality.md A4)."""
    return {
        "code": problem.code,
        "class": problem.row.error_class.value,
        "retry": problem.row.retry.value,
        "title": problem.title,
        "cause": problem.cause,
        "remedy": problem.remedy,
        "effect": problem.effect.value,
    }


def _console(*, is_error: bool) -> Console:
    """Open a console; in a pipe lines are wide enough for tables. NO_COLOR is honored by rich itself."""
    from rich.console import Console

    stream = sys.stderr if is_error else sys.stdout
    return Console(file=stream, width=None if stream.isatty() else _WIDTH_OF_A_PIPE)
