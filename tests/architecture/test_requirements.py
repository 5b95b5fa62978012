"""The locks (design §9): every package at one version with its hashes, no index, no host, in step with what is asked for."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from itertools import chain

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.source import ROOT, imports, modules_in, report

CLIENTS = ("clients-netsuite", "clients-netsuitesdk", "clients-node", "clients-suds")
LOCKS = ("build", "lock", "run", "test", *CLIENTS)
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;]+)(?P<marker> ; .+?)? \\$")


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_holds_pins_and_hashes_only(lock: str) -> None:
    lines = (ROOT / "requirements" / f"{lock}.txt").read_text().splitlines()
    kept = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]
    odd = [
        line for line in kept if not PIN.match(line) and not re.fullmatch(r"    --hash=sha256:[0-9a-f]{64}( \\)?", line)
    ]
    assert not odd, report("Run `make lock`: a lock has pins with hashes, no index, address or option", odd)
    bare = [
        line for line, after in zip(kept, [*kept[1:], ""], strict=True) if PIN.match(line) and "--hash" not in after
    ]
    assert not bare, report("Run `make lock`: these packages have no hash", bare)


@pytest.mark.parametrize("project", ["pyproject.toml", "simulator/pyproject.toml"])
def test_lock_fits_what_the_distribution_asks_for(project: str) -> None:
    asked = tomllib.loads((ROOT / project).read_text())["project"]["dependencies"]
    assert not unmet(asked, "run"), report("Run `make lock`: run.txt does not fit", unmet(asked, "run"))


@pytest.mark.parametrize("lock", ["build", "lock", "test", *CLIENTS])
def test_lock_fits_its_input(lock: str) -> None:
    lines = (ROOT / "requirements" / f"{lock}.in").read_text().splitlines()
    asked = [line for line in lines if line and not line.startswith(("#", "-c "))]
    assert not unmet(asked, lock), report(f"Run `make lock`: {lock}.txt does not fit", unmet(asked, lock))


def test_npm_lock_holds_pins_and_hashes_only() -> None:
    folder = ROOT / "requirements" / "clients-npm"
    asked = json.loads((folder / "package.json").read_text())["dependencies"]
    lock = json.loads((folder / "package-lock.json").read_text())["packages"]
    locked = {name.removeprefix("node_modules/"): one for name, one in lock.items() if name}
    assert asked == {name: locked[name]["version"] for name in asked}, "Run `make lock`: package-lock.json does not fit"
    odd = [name for name, one in locked.items() if "resolved" in one or not one["integrity"].startswith("sha512-")]
    assert not odd, report("Run `make lock`: a lock has pins with hashes, no index, address or option", odd)


def test_locks_agree_with_each_other() -> None:
    run, test = pins("run"), pins("test")
    torn = [
        f"{name}: {run[name]} in run.txt, {test[name]} in test.txt"
        for name in run.keys() & test.keys()
        if run[name] != test[name]
    ]
    assert not torn, report("Run `make lock`: tests would run with other packages than the product", torn)


@pytest.mark.parametrize(
    ("package", "project"), [("suitebridge", "pyproject.toml"), ("netsuite_simulator", "simulator/pyproject.toml")]
)
def test_imported_libraries_are_declared(package: str, project: str) -> None:
    described = tomllib.loads((ROOT / project).read_text())["project"]
    asked = [*described["dependencies"], *chain(*described.get("optional-dependencies", {}).values())]
    declared = {canonicalize_name(Requirement(line).name) for line in asked}
    distributions = packages_distributions()
    breaches = [
        f"{module.at(node)}: {library}"
        for module in modules_in(package)
        for node, name in imports(module.tree)
        if (library := name.partition(".")[0]) not in sys.stdlib_module_names | {package}
        and not declared & {canonicalize_name(name) for name in distributions.get(library, [])}
    ]
    assert not breaches, report(
        f"Add these to the dependencies in {project} and run `make lock`, or do without", breaches
    )


def unmet(asked: list[str], lock: str) -> list[str]:
    """Name the requirements that the lock does not meet."""
    locked = pins(lock)
    wanted = [Requirement(line) for line in asked]
    return [
        str(need)
        for need in wanted
        if not need.specifier.contains(locked.get(canonicalize_name(need.name), "0"), prereleases=True)
    ]


def pins(lock: str) -> dict[str, str]:
    """Read a lock as versions by name."""
    lines = (ROOT / "requirements" / f"{lock}.txt").read_text().splitlines()
    return {canonicalize_name(found["name"]): found["version"] for line in lines if (found := PIN.match(line))}
