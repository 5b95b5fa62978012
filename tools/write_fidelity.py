"""Writes docs/simulator/fidelity.md from the marks in the simulator's code; `--check` says whether the page is what it would write.

A mark is a sentence of a docstring, or a comment, that cites the reference by its section (`reference §4.8`) or says that
something is assumed. It stands beside what it speaks of.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from inspect import getdoc
from pathlib import Path

from netsuite_simulator.faces.soap.operations import OPERATIONS
from netsuite_simulator.faults import FAULTS, doors_of
from netsuite_simulator.permissions import PERMISSIONS
from netsuite_simulator.rules import rules_of
from netsuite_simulator.schemas import RECORD_TYPES

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tools.fidelity_checklist import CHECKLIST  # noqa: E402 - found by the line above

SOURCE = ROOT / "simulator" / "src" / "netsuite_simulator"
PAGE = ROOT / "docs" / "simulator" / "fidelity.md"
HEAD = """# How true the simulator is

Written by `python tools/write_fidelity.py` from the marks in the code; do not edit.

Each behavior of the simulated account names the section of the reference it was built from (`§4.8`), or says that it is *assumed*:
the sources are silent or differ, and only a real account could tell. The reference is a digest of Oracle's help, published
schemas, recorded answers and working clients, and it was not compared with a live account either. Where a line has both, its
section speaks of the behavior and the assumption of a part of it.
"""
AREAS = {
    "SOAP": "faces/soap",
    "REST, SuiteQL and RESTlets": "faces/rest",
    "The query language": "suiteql",
    "OAuth 2.0, OpenID Connect and token authorization": "faces/oauth",
    "Pages in the browser": "faces/setup",
    "Hosts, TLS, admission and answers": "faces",
    "Business rules": "rules",
    "Record types": "schemas",
    "Faults": "faults",
    "The account": "",
}
_CITED = re.compile(r"§\s?\d+(?:\.\d+)*[a-z]?")
_ASSUMED = re.compile(r"\bassum(?:ed|es|ption)\b|\bundocumented\b|\bnot documented\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.:?)])\s+(?=[A-Z`*])")
_NOTE = re.compile(r"#:?\s*(?:noqa: [A-Z0-9, ]+(?: - )?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One behavior, where it is, and what it was built from."""

    module: str
    owner: str
    text: str

    @property
    def source(self) -> str:
        """The sections cited, and whether something is assumed."""
        cited = list(dict.fromkeys(found.replace(" ", "") for found in _CITED.findall(self.text)))
        return ", ".join([*cited, *(["*assumed*"] if _ASSUMED.search(self.text) else [])])


@cache
def marks() -> tuple[Mark, ...]:
    """Collect every mark, module by module."""
    return tuple(mark for path in sorted(SOURCE.rglob("*.py")) for mark in _marks_in(path))


def _marks_in(path: Path) -> Iterator[Mark]:
    module, text = path.relative_to(SOURCE).as_posix(), path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            owner = getattr(node, "name", "")
            for sentence in _sentences(ast.get_docstring(node) or ""):
                if _is_mark(sentence):
                    yield Mark(module=module, owner=owner, text=sentence)
    owners = _owners(tree)
    for line, code, comment in _comments(text):
        if _is_mark(comment):
            owner = owners.get(line, "")
            yield Mark(module=module, owner=owner, text=f"`{code}`: {comment}" if code else comment)


def _is_mark(text: str) -> bool:
    return _CITED.search(text) is not None or _ASSUMED.search(text) is not None


def _sentences(docstring: str) -> list[str]:
    """Split a docstring into sentences, without what it refuses to know."""
    found: list[str] = []
    for paragraph in docstring.split("\n\n"):
        found += _SENTENCE.split(" ".join(paragraph.split()))
    return [one for one in found if not one.startswith("Refuses")]


def _owners(tree: ast.Module) -> dict[int, str]:
    """Return the innermost function or class of each line."""
    owners: dict[int, str] = {}
    for node in ast.walk(tree):  # outer ones come first
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            owners.update(dict.fromkeys(range(node.lineno, (node.end_lineno or node.lineno) + 1), node.name))
    return owners


def _comments(text: str) -> list[tuple[int, str, str]]:
    """Return comments with their line and what they stand behind; neighbors on lines of their own are one."""
    found: list[tuple[int, str, str]] = []
    alone_at = -2
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type != tokenize.COMMENT:
            continue
        line = token.start[0]
        code, said = token.line[: token.start[1]].strip(), _NOTE.sub("", token.string, count=1).strip()
        if not code and alone_at == line - 1 and found:
            found[-1] = (found[-1][0], "", f"{found[-1][2]} {said}")
        else:
            found.append((line, _shortened(code), said))
        alone_at = line if not code else -2
    return found


def _shortened(code: str) -> str:
    """Return what a trailing comment speaks of: the name that is set, or the code itself."""
    name = re.match(r"([A-Za-z_][\w.]*)\s*(?::[^=]+)?=(?!=)\s*(.+)", code)
    if name is not None and len(code) > 60:
        return name[1]
    return code if len(code) <= 90 else f"{code[:87]}…"


# --- the page ---


@cache
def page() -> str:
    """Write the whole page."""
    found = marks()
    lines = [
        HEAD,
        _sums(found),
        *_operations(),
        *_rules(),
        *_record_types(found),
        *_permissions(),
        *_faults(),
        *_checklist(),
    ]
    lines += ["\n## Behavior by behavior\n"]
    taken: set[Mark] = set()
    for title, folder in AREAS.items():
        held = [one for one in found if one not in taken and one.module.startswith(f"{folder}/" if folder else "")]
        taken.update(held)
        if held:
            lines += [f"### {title}\n", "| Behavior | Where | Source |", "| --- | --- | --- |"]
            lines += [f"| {_cell(one.text)} | {_where(one)} | {one.source} |" for one in dict.fromkeys(held)]
            lines.append("")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"


def _sums(found: Sequence[Mark]) -> str:
    assumed = sum("assumed" in one.source for one in found)
    cited = sum("§" in one.source for one in found)
    return f"{len(found)} marks: {cited} cite the reference, {assumed} say that something is assumed.\n"


def _where(mark: Mark) -> str:
    return f"`{mark.module}`" + (f" `{mark.owner}`" if mark.owner else "")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _first(thing: object) -> str:
    return _sentences(getdoc(thing) or "")[0]


def _operations() -> list[str]:
    lines = ["## SOAP operations\n", "| Operation (§4.3) | What it does here |", "| --- | --- |"]
    lines += [f"| `{name}` | {_cell(_first(work))} |" for name, work in OPERATIONS.items()]
    return [*lines, ""]


def _rules() -> list[str]:
    lines = ["## Business rules\n", "| Record type | Filled in | Refused | Source |", "| --- | --- | --- | --- |"]
    for record_type in RECORD_TYPES.values():
        rules = rules_of(record_type)
        if rules.completions:
            cells = ["<br>".join(_cell(_first(one)) for one in steps) for steps in (rules.completions, rules.checks)]
            modules = [sys.modules[one.__module__].__doc__ or "" for one in (*rules.completions, *rules.checks)]
            cited = dict.fromkeys(found for text in modules for found in _CITED.findall(text))
            lines.append(f"| `{record_type.name}` | {cells[0]} | {cells[1]} | {', '.join(cited) or '*assumed*'} |")
    return [*lines, "", "Every other record type is asked for its required fields alone (§9).", ""]


def _record_types(found: Sequence[Mark]) -> list[str]:
    lines = [
        "## Record types\n",
        "| Record type | Fields | Table of SuiteQL | Assumed fields |",
        "| --- | --- | --- | --- |",
    ]
    for one in RECORD_TYPES.values():
        assumed = ", ".join(f"`{field.name}`" for field in one.fields if field.source == "assumed")
        lines.append(f"| `{one.name}` ({one.label}) | {len(one.fields)} | `{one.table}` | {assumed} |")
    sections = sorted(
        {cited for mark in found if mark.module.startswith("schemas/") for cited in _CITED.findall(mark.text)}
    )
    return [
        *lines,
        "",
        f"Names, order and kinds of fields are those of the SOAP schema and of {', '.join(sections)}.",
        "",
    ]


def _permissions() -> list[str]:
    names = ", ".join(f"`{one}`" for one in PERMISSIONS)
    return ["## Permissions\n", f"Ids and names as published (§7.5); which of them a door asks for: {names}.", ""]


def _faults() -> list[str]:
    lines = ["## Injected faults\n", "What NetSuite or the way to it does to a client, made to happen on demand.\n"]
    lines += ["| Fault | What happens | Doors | Source |", "| --- | --- | --- | --- |"]
    for name, kind in sorted(FAULTS.items()):
        said = _first(kind)
        cited = ", ".join(dict.fromkeys(_CITED.findall(getdoc(kind) or ""))) or "made on demand"
        lines.append(f"| `{name}` | {_cell(said)} | {', '.join(sorted(doors_of(kind)))} | {cited} |")
    return [*lines, ""]


def _checklist() -> list[str]:
    lines = ["## The checklist, line by line\n", "What the reference asks of a faithful simulator (§11).\n"]
    lines += ["| Asked for | Where | Shown by | Missing |", "| --- | --- | --- | --- |"]
    for one in CHECKLIST:
        where, shown = ("<br>".join(f"`{name}`" for name in names) for names in (one.modules, one.tests))
        lines.append(f"| {_cell(one.asked)} | {where} | {shown} | {_cell(one.missing)} |")
    return [*lines, ""]


def main() -> None:
    """Write the page, or with `--check` say whether it is what would be written."""
    written = page()
    if "--check" in sys.argv:
        if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != written:
            sys.exit(f"{PAGE.relative_to(ROOT)} is not what the code says: run python tools/write_fidelity.py")
        return
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main()
