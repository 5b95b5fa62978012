"""Writes docs/reference/cli.md from the commands themselves; `--check` says whether the page is what it would write."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from typer.main import get_command

from suitebridge.cli.exits import MEANINGS
from suitebridge.cli.main import app

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "cli.md"
SHELL_OPTIONS = {"--install-completion", "--show-completion", "--help"}
HEAD = """# Command line

Written by `python tools/cli_reference.py` from the commands themselves; do not edit.

Data goes to standard output, messages and progress to standard error. With `--json` the answer is one JSON document that begins with its
schema, for example `"schema": "suitebridge/run/1"`; an error that ends a command is a document of the schema `suitebridge/error/1`. Amounts
are texts in JSON. `NO_COLOR` is honored. Secrets come from a prompt, from standard input (`-`) or from a file, never from an option's value.
"""


def page() -> str:
    """Write the whole page."""
    root = get_command(app)
    parts = [HEAD, "## Shared options\n\nThey may stand anywhere on the line.\n", _options(root)]
    parts += ["## Exit codes\n", "| Code | Meaning |\n| --- | --- |"]
    parts += [f"| {code.value} | {meaning} |" for code, meaning in MEANINGS.items()]
    parts.append("\n## Commands\n")
    for name, command in _commands(root, "suitebridge"):
        usage = " ".join(
            (param.metavar or param.name.upper()) for param in command.params if param.param_type_name == "argument"
        )
        parts.append(f"### `{name}{f' {usage}' if usage else ''}`\n")
        parts.append(_paragraphs(command.help or "") + "\n")
        parts.append(_options(command))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(parts)).rstrip() + "\n"


def _commands(command: object, name: str) -> Iterator[tuple[str, object]]:
    children = getattr(command, "commands", {})
    if not children or getattr(command, "invoke_without_command", False):
        yield name, command
    for own, child in children.items():
        yield from _commands(child, f"{name} {own}")


def _options(command: object) -> str:
    rows = [
        f"| {', '.join(f'`{word}`' for word in (*param.opts, *param.secondary_opts))} | {_cell(param.help or '')} |"
        for param in command.params
        if param.param_type_name == "option" and not SHELL_OPTIONS & set(param.opts)
    ]
    rows += [
        f"| {(param.metavar or param.name.upper())} | {_cell(param.help or '')} |"
        for param in command.params
        if param.param_type_name == "argument"
    ]
    return "\n".join(("| Option | Meaning |", "| --- | --- |", *rows, "")) if rows else ""


def _paragraphs(text: str) -> str:
    blocks = inspect.cleandoc(text).split("\n\n")
    return "\n\n".join(" ".join(block.split()) for block in blocks)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(0 if PAGE.exists() and PAGE.read_text() == page() else f"Run python {Path(__file__).name} and commit.")
    PAGE.write_text(page())
