"""The durable steps that the code of runs takes, found by reading it: where it writes to the store, to NetSuite, or to the engine's memory."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from tests.architecture.source import Function, Module, modules_in
from tests.fakes.kpoints import READING_CALLS

_READS = {
    "runs": READING_CALLS,
    "configurations": frozenset(["load"]),
    "gateway": frozenset(
        [
            "account",
            "ask_now",
            "stamp_of",
            "fetch",
            "find",
            "find_by_external_ids",
            "show",
            "read_back",
            "deleted",
            "discover",
            "check",
            "record_url",
            "spell",
            "query",
            "close",
            "reading",
        ]
    ),
    "connections": frozenset(["get", "credentials"]),
    "people": frozenset(["by_record", "administrators"]),
    "real_time": frozenset(["get", "key"]),
    "inbox": frozenset(["get", "waiting", "newest", "of_record"]),
    "agreements": frozenset(["of", "moved_on"]),
    "groups": frozenset(["get", "all"]),
    "schedules": frozenset(["get", "all", "ticks"]),
    "trail": frozenset(["newest", "of_record"]),
    "records": frozenset(["fetch", "find", "select", "query", "count"]),
}
"""What only reads, by port. Everything else that is asked of the store or of NetSuite counts as durable, new methods too."""

_PORTS_BY_THEMSELVES = frozenset({"gateway", "steps", "transactions", "runs", "engine"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DurableStep:
    """One place: the function, by module and name, and the call, by port and method; a step of the engine with its name."""

    where: str
    call: str
    at: str


def durable_steps() -> Iterator[DurableStep]:
    """Give each durable step of the code that carries runs out."""
    for module in modules_in("suitebridge.runs"):
        for definition in module.tree.body:
            if isinstance(definition, Function):
                yield from _within(module, definition, definition.name)
            elif isinstance(definition, ast.ClassDef):
                for part in definition.body:
                    if isinstance(part, Function):
                        yield from _within(module, part, f"{definition.name}.{part.name}")


def _within(module: Module, definition: Function, name: str) -> Iterator[DurableStep]:
    short = module.name.removeprefix("suitebridge.runs.")
    for node in ast.walk(definition):
        if isinstance(node, ast.Call) and (call := _call(node)):
            yield DurableStep(where=f"{short}.{name}", call=call, at=module.at(node))


def _call(node: ast.Call) -> str:
    if not isinstance(node.func, ast.Attribute):
        return ""
    method, receiver = node.func.attr, node.func.value
    port = _last_name(receiver)
    is_of_store = isinstance(receiver, ast.Attribute) and _last_name(receiver.value) == "store"
    if port not in _PORTS_BY_THEMSELVES and not is_of_store:
        return ""
    if port == "steps":
        return f"steps.step {_text(node.args[0])}" if method == "step" else ""
    return "" if method in _READS.get(port, frozenset()) else f"{port}.{method}"


def _last_name(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.strip("_")
        case ast.Call(func=function):
            return _last_name(function)
        case _:
            return ""


def _text(node: ast.expr) -> str:
    """Write a step's name down, with a star for whatever is filled in."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=values):
            return "".join(_text(part) if isinstance(part, ast.Constant) else "*" for part in values)
        case _:
            return "*"
