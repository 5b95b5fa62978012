"""A configuration as the text of a file: the same decisions give the same bytes, whoever writes them and on whatever day.

It holds no secret, no moment and no version: nothing but what was decided. Nothing here knows where files are.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Final

from suitebridge.domain.notation.plain import Plain, PlainFormError, configuration_from_plain, to_plain
from suitebridge.domain.overrides import Configuration, GroupOverride, WorkflowOverride

FORMAT: Final = "suitebridge-configuration/1"
_KEYS: Final = frozenset({"format", "configuration"})


class FileFormError(ValueError):
    """The text is no configuration; the message says where and why."""


def write_configuration(configuration: Configuration) -> str:
    """Write a configuration: keys and everything without an order of its own are sorted, so that a difference is somebody's decision."""
    document = {"format": FORMAT, "configuration": to_plain(tidy(configuration))}
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def read_configuration(text: str) -> Configuration:
    """Read a configuration back. Raise `FileFormError` for anything that is not exactly one, unknown keys among it."""
    try:
        document: Plain = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise FileFormError(f"This is no JSON: {error}") from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise FileFormError(f"The file does not say “format”: “{FORMAT}”.")
    if unknown := sorted(document.keys() - _KEYS):
        raise FileFormError(f"A configuration has no {', '.join(unknown)}.")
    try:
        return tidy(configuration_from_plain(document.get("configuration")))
    except (PlainFormError, TypeError, RecursionError) as error:
        raise FileFormError(str(error)) from error


def tidy(configuration: Configuration) -> Configuration:
    """Put what has no order of its own in the order of its names; leave out edits that edit nothing."""
    overrides = (_tidy_override(one) for one in configuration.overrides)
    return replace(
        configuration,
        overrides=tuple(
            sorted(
                (one for one in overrides if one != WorkflowOverride(workflow=one.workflow)), key=lambda o: o.workflow
            )
        ),
        settings=tuple(sorted(configuration.settings, key=lambda pair: pair[0])),
    )


def _tidy_override(edits: WorkflowOverride) -> WorkflowOverride:
    groups = (
        replace(
            one,
            changed=tuple(sorted(one.changed, key=lambda row: row.target)),
            inactive=tuple(sorted(set(one.inactive))),
        )
        for one in edits.groups
    )
    return replace(
        edits,
        groups=tuple(sorted((one for one in groups if one != GroupOverride(name=one.name)), key=lambda one: one.name)),
        settings=tuple(sorted(edits.settings, key=lambda pair: pair[0])),
    )


def _once(pairs: list[tuple[str, Plain]]) -> dict[str, Plain]:
    """Refuse an object that says one thing twice: a reader would see the first, the program the last."""
    found: dict[str, Plain] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"“{key}” stands twice in one object.")
        found[key] = value
    return found
