"""Fourth station: what has to be done so that the target holds what the draft says?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import assert_never

from suitebridge.domain.errors import Problem
from suitebridge.domain.flow.mapping import Draft
from suitebridge.domain.intents import Change, Create, Keep, Update
from suitebridge.domain.records import Record
from suitebridge.domain.values import Value, is_blank
from suitebridge.domain.workflow import SyncRule


def plan(
    draft: Draft,
    target: Record | None,
    initial_only: frozenset[str],
    sync: Mapping[str, SyncRule] = MappingProxyType({}),
) -> Create | Update | Keep:
    """Create where there is no counterpart; otherwise change just the fields that differ and whose rule allows it, initial-only ones never."""
    if target is None:
        return create(draft)
    changes = tuple(
        Change(field=name, before=target.fields.get(name), after=value)
        for name, value in draft.fields.items()
        if name not in initial_only
        and not _alike(target.fields.get(name), value)
        and may_change(sync.get(name, SyncRule.ALWAYS), target.fields.get(name), value)
    )
    if not changes:
        return Keep(target_id=target.id)
    return Update(target_id=target.id, target_version=target.version, changes=changes)


def may_change(rule: SyncRule, before: Value, after: Value) -> bool:
    """Whether a row's rule lets a value take the place of another."""
    match rule:
        case SyncRule.ALWAYS:
            return True
        case SyncRule.IF_EMPTY:
            return is_blank(before)
        case SyncRule.KEEP_FILLED:
            return not is_blank(after)
        case _:
            assert_never(rule)


def create(draft: Draft) -> Create:
    """Want a new record with what the draft fills in."""
    return Create(fields={name: value for name, value in draft.fields.items() if value is not None})


def _alike(before: Value, after: Value) -> bool:
    """Two blanks are alike: NetSuite does not tell missing from empty, so a difference there would be written for ever."""
    return before == after or (is_blank(before) and is_blank(after))


def leave_out(intent: Create | Update, refused: Mapping[str, Problem]) -> Create | Update:
    """Take the fields out of a write that the target would refuse; the first refusal tells why."""
    wanted = tuple(intent.fields) if isinstance(intent, Create) else tuple(change.field for change in intent.changes)
    names = tuple(name for name in wanted if name in refused)
    if not names:
        return intent
    if isinstance(intent, Create):
        fields = {name: value for name, value in intent.fields.items() if name not in refused}
        return replace(intent, fields=fields, refused_fields=names, refusal=refused[names[0]])
    changes = tuple(change for change in intent.changes if change.field not in refused)
    return replace(intent, changes=changes, refused_fields=names, refusal=refused[names[0]])
