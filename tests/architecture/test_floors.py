"""What the floor contracts in .importlinter cannot say (design §2, §5, §7)."""

from __future__ import annotations

import ast
import configparser
import sys

import pytest

from suitebridge.domain.schemas.netsuite import NETSUITE_TYPES
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES
from tests.architecture.source import ROOT, Function, Module, functions, imports, modules, modules_in, report, texts

TOP_FLOOR = tuple(f"suitebridge.{door}" for door in ("cli", "console", "api", "webhooks", "web", "netsuite"))
SIMULATOR = "netsuite_simulator"
# Where each library may be imported. A library that is not here has no place in the house: design §9 and an ADR come first.
HOMES: dict[str, tuple[str, ...]] = {
    "aiohttp": ("suitebridge.adapters.transport", SIMULATOR),
    "argon2": ("suitebridge.adapters.identity",),
    "authlib": ("suitebridge.adapters.identity",),
    "croniter": ("suitebridge.adapters.engine",),
    "cryptography": ("suitebridge.wire", "suitebridge.adapters.secrets", SIMULATOR),
    "csp": ("suitebridge.web", "suitebridge.console"),
    "dbos": ("suitebridge.adapters.engine",),
    "django": ("suitebridge.adapters.store", "suitebridge.adapters.identity", *TOP_FLOOR),
    "django_htmx": ("suitebridge.console", "suitebridge.web"),
    "jinja2": ("netsuite_simulator.faces.setup",),
    "joserfc": ("suitebridge.wire", "suitebridge.adapters.identity", SIMULATOR),
    "lark": ("suitebridge.domain.notation",),
    "lxml": ("suitebridge.wire", SIMULATOR),
    "msgspec": ("suitebridge.wire", "suitebridge.adapters", "suitebridge.cli", SIMULATOR),
    "ninja": ("suitebridge.api",),
    "prometheus_client": ("suitebridge.adapters", "suitebridge.api", "suitebridge.web"),
    "psycopg": ("suitebridge.adapters.store",),
    "pyotp": ("suitebridge.adapters.identity",),
    "pytest": ("netsuite_simulator.pytest_plugin",),
    "pydantic": ("suitebridge.adapters.settings", "suitebridge.api"),
    "quickjs": ("netsuite_simulator.suitescript",),
    "rich": ("suitebridge.cli", SIMULATOR),
    "segno": ("suitebridge.adapters.identity",),
    "sqlalchemy": ("suitebridge.adapters.engine",),
    "sqlglot": (SIMULATOR,),
    "structlog": ("suitebridge.adapters", "suitebridge.bootstrap", *TOP_FLOOR),
    "typer": ("suitebridge.cli", SIMULATOR),
    "waitress": ("suitebridge.web", "suitebridge.cli"),
    "whitenoise": ("suitebridge.web",),
}
LOADS_ON_USE = ("suitebridge.cli", "suitebridge.bootstrap", "netsuite_simulator.pytest_plugin")
# Calls that make a pure function give another answer tomorrow, by how they end.
IMPURE_CALLS = (
    ".now",
    ".utcnow",
    ".today",
    ".time",
    ".monotonic",
    ".perf_counter",
    ".uuid1",
    ".uuid4",
    ".urandom",
    ".token_hex",
    ".token_bytes",
    ".sleep",
    ".getenv",
)
IMPURE_NAMES = frozenset({"open", "input", "print", "uuid4", "perf_counter", "monotonic", "sleep"})
# Uses of a record type's name on the second floor, by place, each with its reason.
NAMED_RECORD_TYPES: dict[str, str] = {}
DATA_NODES = (
    ast.Constant, ast.Name, ast.Attribute, ast.Call, ast.keyword, ast.Tuple, ast.List, ast.Dict, ast.Set, ast.UnaryOp, ast.USub, ast.Load, ast.Store,
)  # fmt: skip


def test_contracts_name_every_floor_exactly() -> None:
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")
    named = {
        word
        for section in contracts.sections()
        for key in ("source_modules", "forbidden_modules")
        for word in contracts[section].get(key, "").split()
    }
    floors = {module.name for module in modules() if module.name.count(".") == 1}
    breaches = [
        f"{name}: write {name.removesuffix('.**')}"
        for name in sorted(named)
        if name.endswith(".**") and name.removesuffix(".**") in floors
    ]
    if "suitebridge.netsuite" in floors and "suitebridge.netsuite" not in named:
        breaches.append(
            "add suitebridge.netsuite to the source modules of the contract “Only bootstrap imports adapters”"
        )
    assert not breaches, report("These floors are built now: name them exactly in .importlinter", breaches)


def test_libraries_stay_at_home() -> None:
    breaches = []
    for module in modules():
        for node, name in imports(module.tree):
            library = name.partition(".")[0]
            if library in {"suitebridge", SIMULATOR} or library in sys.stdlib_module_names:
                continue
            homes = HOMES.get(library, ())
            if not module.is_in(*homes):
                breaches.append(
                    f"{module.at(node)}: {library} may be imported by {', '.join(homes) or 'nobody (it is not in design §9)'}"
                )
    assert not breaches, report("Keep libraries behind their adapter or door", breaches)


def test_imports_stand_at_the_top() -> None:
    breaches = [
        f"{module.at(node)}: {name}"
        for module in modules()
        if not module.is_in(*LOADS_ON_USE)
        for function in functions(module)
        for node, name in imports(function)
    ]
    assert not breaches, report(
        "Move these imports to the top of the file; a cycle they hide is a module in the wrong place", breaches
    )


@pytest.mark.parametrize("floor", ["suitebridge.domain", "suitebridge.wire", "suitebridge.catalog"])
def test_the_ground_floor_asks_neither_clock_nor_chance(floor: str) -> None:
    breaches = [
        f"{module.at(node)}: {ast.unparse(node.func)}()"
        for module in modules_in(floor)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and is_impure(node.func)
    ]
    assert not breaches, report("Take the time, the id or the nonce as an argument", breaches)


def is_impure(called: ast.expr) -> bool:
    """Say whether calling this reads the clock, draws a number or touches the world."""
    name = ast.unparse(called)
    return name in IMPURE_NAMES or (isinstance(called, ast.Attribute) and name.endswith(IMPURE_CALLS))


def test_no_float_carries_money() -> None:
    breaches = [
        f"{module.at(node)}: {ast.unparse(node)}"
        for module in modules_in("suitebridge.domain", "suitebridge.catalog", "suitebridge.ports")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "float"
    ]
    assert not breaches, report("Amounts and quantities are Decimal", breaches)


def test_use_cases_name_no_record_type() -> None:
    types = {*WORKSPACE_TYPES, *NETSUITE_TYPES} - {"account"}  # of the books, and the one that a connection leads to
    places = modules_in("suitebridge.runs", "suitebridge.administration", "suitebridge.recording")
    breaches = [
        f"{module.at(node)}: {text!r}"
        for module in places
        for node, text in texts(module.tree)
        if text.partition(".")[0] in types and f"{module.name}: {text}" not in NAMED_RECORD_TYPES
    ]
    breaches += [
        f"{module.at(node)}: {name}"
        for module in places
        for node, name in imports(module.tree)
        if name.startswith(("suitebridge.domain.schemas.netsuite.", "suitebridge.domain.schemas.workspace."))
        and name.split(".")[4] not in {"NETSUITE_TYPES", "WORKSPACE_TYPES"}
    ]
    assert not breaches, report(
        "A use case works for every record type: make the special case a word of the mapping language", breaches
    )


def test_any_stays_outside() -> None:
    floors = ("domain", "wire", "ports", "catalog", "runs", "administration", "recording")
    breaches = [
        module.at(node)
        for module in modules_in(*(f"suitebridge.{floor}" for floor in floors))
        for node in ast.walk(module.tree)
        if (isinstance(node, ast.Name) and node.id == "Any") or (isinstance(node, ast.Attribute) and node.attr == "Any")
    ]
    assert not breaches, report("Name the type; a foreign payload is parsed into values at the border, once", breaches)


def test_catalog_files_hold_data_only() -> None:
    breaches = [
        breach
        for module in workflow_modules()
        for statement in module.tree.body
        for breach in catalog_breaches(module, statement)
    ]
    assert not breaches, report(
        "A workflow is a value: no functions, loops, conditionals or lambdas; imports from suitebridge.domain only",
        breaches,
    )


def catalog_breaches(module: Module, statement: ast.stmt) -> list[str]:
    """Find what is not data in one statement of a catalog file."""
    match statement:
        case ast.Expr(value=ast.Constant(value=str())):
            return []
        case ast.ImportFrom(module=str(source)) if source == "__future__" or source.startswith("suitebridge.domain."):
            return []
        case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value):
            return [
                f"{module.at(node)}: {type(node).__name__}"
                for node in ast.walk(value)
                if not isinstance(node, DATA_NODES)
            ]
        case _:
            return [f"{module.at(statement)}: {ast.unparse(statement)[:60]}"]


def test_catalog_files_are_named_after_their_workflow() -> None:
    breaches = [
        f"{module.path}: says {found or 'no WORKFLOW'}"
        for module in workflow_modules()
        if (found := workflow_name(module)) != module.path.stem
    ]
    assert not breaches, report("Define WORKFLOW in each catalog file, and name the file after it", breaches)


def workflow_modules() -> tuple[Module, ...]:
    """Give the catalog's workflow files."""
    return tuple(module for module in modules_in("suitebridge.catalog") if module.path.stem != "__init__")


def workflow_name(module: Module) -> str:
    """Find the name that the file's WORKFLOW bears."""
    for node in module.tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id="WORKFLOW")], value=ast.Call(keywords=keywords)):
                names = [keyword.value for keyword in keywords if keyword.arg == "name"]
                return str(names[0].value) if names and isinstance(names[0], ast.Constant) else ""
            case _:
                continue
    return ""


def test_ports_are_protocols_and_values_only() -> None:
    breaches = [
        f"{module.at(function)}: {function.name} has a body"
        for module in modules_in("suitebridge.ports")
        for function in protocol_methods(module)
        if does_something(function)
    ]
    assert not breaches, report("A port says what is needed; how it is done belongs in an adapter", breaches)


def protocol_methods(module: Module) -> list[Function]:
    """Give the methods of the module's protocol classes."""
    protocols = [
        node
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef) and any("Protocol" in ast.unparse(parent) for parent in node.bases)
    ]
    return [node for protocol in protocols for node in protocol.body if isinstance(node, Function)]


def does_something(function: Function) -> bool:
    """Say whether the body is more than a docstring and dots."""
    return any(
        not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant))
        for statement in function.body
    )


def test_queries_stay_in_the_store() -> None:
    places = [module for module in modules() if not module.is_in("suitebridge.adapters.store", SIMULATOR)]
    breaches = [
        f"{module.at(node)}: {text.strip()[:50]!r}"
        for module in places
        for node, text in texts(module.tree)
        if looks_like_sql(module, text)
    ]
    breaches += [
        f"{module.at(node)}: {ast.unparse(node)[:50]}"
        for module in places
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute)
        and (node.attr in {"executemany", "cursor"} or ast.unparse(node).endswith(".objects"))
    ]
    assert not breaches, report("Queries of the database stand in adapters/store, one file per aggregate", breaches)


def looks_like_sql(module: Module, text: str) -> bool:
    """Say whether a text is a statement for the database. SuiteQL is asked by the NetSuite adapter, so a SELECT there is fine."""
    words = text.split()
    if len(words) < 3:
        return False
    if words[0] == "SELECT":
        return not module.is_in("suitebridge.adapters.netsuite", "suitebridge.wire.rest", "suitebridge.domain.schemas")
    return (words[0], words[1]) in {("INSERT", "INTO"), ("DELETE", "FROM"), ("CREATE", "TABLE")} or (
        words[0] == "UPDATE" and "SET" in words
    )
