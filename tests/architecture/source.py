"""The repository as the house rules see it: tracked files, parsed modules, and the names and texts in them."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[2]
SOURCES = {"src": "suitebridge", "simulator/src": "netsuite_simulator"}
Function = ast.FunctionDef | ast.AsyncFunctionDef
Definition = Function | ast.ClassDef


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """One Python file: its dotted name, and its path from the repository's root."""

    name: str
    path: PurePosixPath
    text: str
    tree: ast.Module

    def is_in(self, *packages: str) -> bool:
        """Say whether the module is one of the packages or inside one."""
        return any(self.name == package or self.name.startswith(f"{package}.") for package in packages)

    def at(self, node: ast.AST) -> str:
        """Name the place of a node as editors open it: path:line."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}"


@cache
def tracked_files() -> tuple[PurePosixPath, ...]:
    """List the files of the working tree that belong to the repository: tracked, or new and not ignored."""
    listing = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    return tuple(PurePosixPath(name) for name in sorted(set(listing.split("\0"))) if name and (ROOT / name).is_file())


@cache
def tracked_texts() -> tuple[tuple[PurePosixPath, str], ...]:
    """Read every tracked file that is text."""
    contents = ((path, (ROOT / path).read_bytes()) for path in tracked_files())
    return tuple((path, content.decode(errors="replace")) for path, content in contents if b"\0" not in content)


@cache
def modules() -> tuple[Module, ...]:
    """Parse every module of both distributions, migrations left out: a generator writes those."""
    return tuple(
        _parse(path, root=root)
        for root, package in SOURCES.items()
        for path in tracked_files()
        if path.suffix == ".py" and path.is_relative_to(f"{root}/{package}") and "migrations" not in path.parts
    )


def modules_in(*packages: str) -> tuple[Module, ...]:
    """Choose the modules of these packages."""
    return tuple(module for module in modules() if module.is_in(*packages))


def _parse(path: PurePosixPath, *, root: str) -> Module:
    text = (ROOT / path).read_text()
    parts = path.relative_to(root).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Module(name=name, path=path, text=text, tree=ast.parse(text, filename=str(path)))


def functions(module: Module) -> Iterator[Function]:
    """Give every function and method of a module, nested ones too."""
    for node in ast.walk(module.tree):
        if isinstance(node, Function):
            yield node


def definitions(module: Module) -> Iterator[Definition]:
    """Give every function, method and class of a module."""
    for node in ast.walk(module.tree):
        if isinstance(node, Definition):
            yield node


def imports(tree: ast.AST) -> Iterator[tuple[ast.stmt, str]]:
    """Give every import statement with each dotted name it loads."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((node, name.name) for name in names)
            case ast.ImportFrom(module=str(module), level=0, names=names):
                yield from ((node, f"{module}.{name.name}") for name in names)
            case _:
                pass


def texts(tree: ast.AST) -> Iterator[tuple[ast.Constant, str]]:
    """Give every text constant that is not a docstring, with its text."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | Function) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node, node.value


def report(rule: str, breaches: list[str]) -> str:
    """Say which rule is broken and where, one place a line."""
    return "\n".join((f"{rule} ({len(breaches)}):", *(f"  {breach}" for breach in breaches)))
