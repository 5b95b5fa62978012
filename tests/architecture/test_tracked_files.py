"""What no file of the repository may hold, whatever its kind."""

from __future__ import annotations

import ast
import re

from tests.architecture.source import ROOT, report, tracked_files, tracked_texts

# Written in two halves so that this file does not hold what it looks for.
REGISTRIES = tuple(
    ".".join(halves)
    for halves in (
        ("pypi", "org"),
        ("files.pythonhosted", "org"),
        ("registry.npmjs", "org"),
        ("registry.yarnpkg", "com"),
        ("proxy.golang", "org"),
        ("crates", "io"),
    )
)
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|root|Users|work|mnt)/\w|[A-Z]:\\Users\\")
SECRETS = (
    re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    re.compile(r"\bAKIA[0-9A-Z]{16}\b"),
    re.compile(r"\bgh[pousr]_[A-Za-z0-9]{30,}\b"),
    re.compile(r"""(?i)(?:secret|password|passwd|api_?key)["']?\s*[:=]\s*["'][A-Za-z0-9+/=_-]{24,}["']"""),
)
# Values that look like secrets and are published, by file.
PUBLISHED = {
    "tests/wire/test_oauth1.py": "Oracle's examples of signatures, from the REST and SOAP documentation",
    "simulator/tests/auth/test_auth_signatures.py": "the same examples, for the simulator's own check",
}
PRODUCT_SECRETS = re.compile(r"""["'][0-9a-f]{64}["']""")  # the form of NetSuite's keys and tokens
UNFINISHED = re.compile(
    r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK|NotImplemented" + r"Error|pragma: no" + r" cover)\b"
)
CODE = frozenset({".py", ".html", ".css", ".js", ".sh", ".toml", ".md", ".in"})
SKIPS = frozenset({"pytest.skip", "pytest.importorskip", "pytest.mark.skip", "pytest.mark.skipif", "pytest.mark.xfail"})
# Only a file that asks for NetSuite's own schemas may skip: they are not ours to ship.
MAY_SKIP = re.compile(r"NETSUITE_SCHEMAS")


def lines_with(
    pattern: re.Pattern[str], *, within: tuple[str, ...] = ("",), suffixes: frozenset[str] = frozenset()
) -> list[str]:
    """Find the lines that match, in the folders and kinds of file named."""
    return [
        f"{path}:{number}: {line.strip()[:80]}"
        for path, text in tracked_texts()
        if str(path).startswith(within) and (not suffixes or path.suffix in suffixes)
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


def test_no_package_registry_is_named() -> None:
    breaches = lines_with(re.compile("|".join(map(re.escape, REGISTRIES))))
    assert not breaches, report("Name no package registry: whoever installs uses their own", breaches)


def test_no_path_of_a_machine_is_named() -> None:
    breaches = lines_with(re.compile(f"{MACHINE_PATH.pattern}|{re.escape(str(ROOT))}\\b"))
    assert not breaches, report("Write paths relative to the repository", breaches)


def test_no_secret_is_written_down() -> None:
    found = [line for pattern in SECRETS for line in lines_with(pattern)]
    breaches = [line for line in found if line.partition(":")[0] not in PUBLISHED]
    breaches += lines_with(PRODUCT_SECRETS, within=("src/", "simulator/src/", "docs/", "demo/"))
    assert not breaches, report(
        "These look like secrets: draw them at run time, or say in words that they are not (for example “an-example-secret”)",
        breaches,
    )


def test_nothing_is_left_unfinished() -> None:
    breaches = lines_with(UNFINISHED, suffixes=CODE)
    assert not breaches, report("Finish these, or write an issue and take the mark out", breaches)


def test_no_test_waits_or_is_passed_over() -> None:
    tests = [(path, text) for path, text in tracked_texts() if path.suffix == ".py" and "tests" in path.parts]
    breaches = [
        f"{path}:{node.lineno}: {ast.unparse(node)[:60]}"
        for path, text in tests
        for node in ast.walk(ast.parse(text))
        if (isinstance(node, ast.Call) and waits(node))
        or (isinstance(node, ast.Attribute) and ast.unparse(node) in SKIPS and not MAY_SKIP.search(text))
    ]
    assert not breaches, report(
        "Wait for the thing itself instead of sleeping, and skip nothing but checks against NetSuite's own schemas",
        breaches,
    )


def waits(call: ast.Call) -> bool:
    """Say whether a call sleeps; asyncio.sleep(0) only lets others go first."""
    return ast.unparse(call.func) in {"time.sleep", "asyncio.sleep"} and ast.unparse(call) != "asyncio.sleep(0)"


def test_no_file_is_a_build_product() -> None:
    built = {".pyc", ".so", ".whl", ".egg-info", ".sqlite3", ".log"}
    breaches = [str(path) for path in tracked_files() if path.suffix in built]
    assert not breaches, report("Leave these out of the repository", breaches)
