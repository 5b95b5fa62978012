"""The vocabulary (design §6): words that say nothing are not names."""

from __future__ import annotations

import ast
import re

from tests.architecture.source import definitions, modules, report

BANNED_WORDS = frozenset(
    {
        "manager",
        "handler",
        "processor",
        "service",
        "services",
        "helper",
        "helpers",
        "util",
        "utils",
        "common",
        "misc",
        "base",
    }
)
BANNED_STARTS = ("do_", "process_", "handle_", "perform_")
NUMBERED = re.compile(r"[a-z]_?\d+$")
# The field's own terms end in figures too.
NUMBERED_TERMS = ("oauth1", "oauth2", "sha256", "base64", "utf8", "iso8601", "hmac_sha256")
# The field's own terms (design §6): NetSuite's web services, OAuth's signature base string, SOAP's baseRef, base64, base currency, base URL, service items.
TERMS = re.compile(
    r"web_?services|base_?64|base_?currency|base_?url|base_?string|base_?ref|service_?items?", re.IGNORECASE
)
# Names that a framework calls by itself.
HOOKS = {
    "suitebridge.web.middleware": {"process_view", "process_exception"},  # Django's middleware
    "suitebridge.web.framing": {"process_request", "process_response"},  # Django's sessions
    "suitebridge.adapters.transport.returning": {"handle_error"},  # the standard library's servers
}
# Service is also a record type of the workspace: its modules and names may say so where record types are described.
PLACES_OF_RECORD_TYPES = frozenset({"schemas", "catalog"})


def test_no_name_says_nothing() -> None:
    breaches = []
    for module in modules():
        allowed = {"service", "services"} if set(module.path.parts) & PLACES_OF_RECORD_TYPES else set()
        if banned_words(module.path.stem) - allowed:
            breaches.append(f"{module.path}: the module is called “{module.path.stem}”")
        breaches += [
            f"{module.at(node)}: {node.name}"
            for node in definitions(module)
            if node.name not in HOOKS.get(module.name, ())
            and (banned_words(node.name) - allowed or node.name.lstrip("_").startswith(BANNED_STARTS))
        ]
    assert not breaches, report(
        "Say what these do or are; “manager”, “handler”, “helper” and their like are banned", breaches
    )


def test_no_name_is_numbered() -> None:
    breaches = [
        f"{module.at(node)}: {node.name}"
        for module in modules()
        for node in definitions(module)
        if NUMBERED.search(node.name.lower()) and not node.name.lower().endswith(NUMBERED_TERMS)
    ]
    assert not breaches, report("Say how these differ from their twins instead of numbering them", breaches)


def test_own_errors_end_in_error() -> None:
    breaches = [
        f"{module.at(node)}: {node.name}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef)
        and not node.name.endswith("Error")
        and any(ast.unparse(parent).rpartition(".")[2].endswith(("Error", "Exception")) for parent in node.bases)
    ]
    assert not breaches, report("Let the names of these exceptions end in Error", breaches)


def banned_words(name: str) -> set[str]:
    """Find the banned words in a snake_case or CamelCase name."""
    known = TERMS.sub("", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name))
    return {word for word in known.lower().split("_") if word in BANNED_WORDS}
