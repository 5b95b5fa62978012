"""Size budgets (design §2): what no longer fits on a few screens is two things."""

from __future__ import annotations

import ast

from tests.architecture.source import Function, functions, modules, report

FILE_LINES = 400
BODY_LINES = 40
# Larger ones by name, each with its reason. Nothing else is exempt but migrations, which a generator writes.
LARGE_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}


def test_files_keep_to_their_budget() -> None:
    sizes = {str(module.path): len(module.text.splitlines()) for module in modules()}
    breaches = [
        f"{path}: {size} lines" for path, size in sizes.items() if size > FILE_LINES and path not in LARGE_FILES
    ]
    assert not breaches, report(
        f"Split these files by what changes together: a file has at most {FILE_LINES} lines", breaches
    )


def test_function_bodies_keep_to_their_budget() -> None:
    breaches = [
        f"{module.at(function)}: {function.name} has {body_lines(function)} lines"
        for module in modules()
        for function in functions(module)
        if body_lines(function) > BODY_LINES and f"{module.name}.{function.name}" not in LONG_FUNCTIONS
    ]
    assert not breaches, report(
        f"Name the thoughts of these functions: a body has at most {BODY_LINES} lines, its docstring not counted",
        breaches,
    )


def test_exceptions_are_still_needed() -> None:
    sizes = {str(module.path): len(module.text.splitlines()) for module in modules()}
    bodies = {
        f"{module.name}.{function.name}": body_lines(function) for module in modules() for function in functions(module)
    }
    stale = [path for path in LARGE_FILES if sizes.get(path, 0) <= FILE_LINES]
    stale += [name for name in LONG_FUNCTIONS if bodies.get(name, 0) <= BODY_LINES]
    assert not stale, report("Take these off the lists of exceptions: they fit, or are gone", stale)


def body_lines(function: Function) -> int:
    """Count the lines from the first statement after the docstring to the last."""
    statements = function.body[1:] if ast.get_docstring(function) is not None else function.body
    if not statements:
        return 0
    return (statements[-1].end_lineno or 0) - statements[0].lineno + 1
