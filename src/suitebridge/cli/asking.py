"""Asks the person at the keyboard, or reads what a file or standard input holds. No secret ever comes from a flag's value (quality.md U47)."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from suitebridge.cli.choices import Choices
from suitebridge.cli.exits import ExitCode
from suitebridge.domain.credentials import Secret

STANDARD_INPUT = "-"
MOST_CHARACTERS = 100_000


def ask(choices: Choices, question: str, *, given: str = "", option: str, default: str = "") -> str:
    """Take what was given, or ask. Without a person to ask, say which option is missing."""
    if given:
        return given
    if not choices.may_ask:
        if default:
            return default
        raise typer.BadParameter(f"{question} is needed: give it with {option}.", param_hint=option)
    return _prompt(question, default=default).strip()


def ask_secret(choices: Choices, question: str, *, file: str = "", option: str, is_new: bool = False) -> Secret:
    """Read a secret from a file or standard input where one is named, or ask without showing it; a new one is asked twice."""
    if file:
        return Secret(read_text(file).strip("\r\n"))
    if not choices.may_ask:
        raise typer.BadParameter(f"{question} is needed: give a file with {option}.", param_hint=option)
    return Secret(_prompt(question, is_hidden=True, is_new=is_new))


def _prompt(question: str, *, default: str = "", is_hidden: bool = False, is_new: bool = False) -> str:
    try:
        answer: str = typer.prompt(
            question, default=default or None, hide_input=is_hidden, confirmation_prompt=is_new, err=True
        )
    except typer.Abort as error:  # Ctrl-C, or the end of the input
        raise typer.Exit(ExitCode.INTERRUPTED) from error
    return answer


def read_text(file: str) -> str:
    """Read a small text from a file, or from standard input for "-"."""
    if file == STANDARD_INPUT:
        return sys.stdin.read(MOST_CHARACTERS)
    try:
        with Path(file).open(encoding="utf-8-sig") as opened:
            return opened.read(MOST_CHARACTERS)
    except (OSError, UnicodeDecodeError) as error:
        said = getattr(error, "strerror", None) or "it is no text"
        raise typer.BadParameter(f"The file {file} cannot be read: {said}.") from error
