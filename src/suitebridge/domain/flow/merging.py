"""The fourth station of exports that change what NetSuite holds: whose edit is it? A three-way comparison, field by field (quality.md F43).

What only one side edited follows that side; what both edited, otherwise, is a conflict that a person decides, never a silent overwrite.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeAlias

from suitebridge.domain.agreements import Agreement, Side
from suitebridge.domain.flow.fingerprints import mark_of
from suitebridge.domain.flow.mapping import Draft
from suitebridge.domain.flow.planning import may_change
from suitebridge.domain.intents import Change, Keep, Update
from suitebridge.domain.records import Record
from suitebridge.domain.values import is_blank
from suitebridge.domain.workflow import SyncRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Both sides were edited: each field with what NetSuite holds (before) and what the workspace would have there (after)."""

    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """What was under way did arrive, without our hearing of it: there is nothing to send, only to settle."""

    change: Update


Merging: TypeAlias = Update | Keep | Clash | Arrived


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What is to be done, and the agreement that holds once it is done: with a change under way, as long as its answer is not there."""

    intent: Merging
    agreement: Agreement


def merge(
    draft: Draft,
    target: Record,
    agreement: Agreement,
    *,
    version: str,
    initial_only: frozenset[str],
    sync: Mapping[str, SyncRule] = MappingProxyType({}),
    begins_here: bool = False,
) -> Merged:
    """Compare what the workspace wants, what NetSuite holds and what both held before.

    `version` is the workspace record's. With `begins_here`, fields without a known past count as not edited in NetSuite: its present values
    are where such a workflow begins. `initial_only` fields are never changed, others as their rule in `sync` allows.
    """
    compared = _compare(draft, target, agreement, skips=initial_only, sync=sync, begins_here=begins_here)
    shown, changes, clashes = dict(compared.alike), list(compared.ours), compared.clashes
    named = _name(clashes)
    settled = replace(agreement, version=version, shown=shown, sending={}, clash="", keeps=None)
    if clashes and not (agreement.clash == named and agreement.keeps is not None):
        return Merged(intent=Clash(changes=clashes), agreement=replace(agreement, clash=named, keeps=None))
    if agreement.keeps is Side.NETSUITE:
        settled = replace(settled, shown={**shown, **_marks(clashes)})
    else:
        changes += clashes
    arrived = tuple(
        Change(field=name, before=None, after=draft.fields[name])
        for name, mark in agreement.sending.items()
        if name in draft.fields and mark == mark_of(target.fields.get(name)) == mark_of(draft.fields[name])
    )
    if not changes and arrived:
        change = Update(target_id=target.id, target_version=target.version, changes=arrived)
        return Merged(intent=Arrived(change=change), agreement=settled)
    if not changes:
        return Merged(intent=Keep(target_id=target.id), agreement=settled)
    intent = Update(target_id=target.id, target_version=target.version, changes=tuple(changes))
    under_way = replace(
        agreement,
        shown=settled.shown,
        sending=_marks(changes),
        clash=named if clashes else "",
        keeps=agreement.keeps if clashes else None,
    )
    return Merged(intent=intent, agreement=under_way)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compared:
    """Each field's edit: the marks that both sides hold, what only ours was edited to, and what both sides edited."""

    alike: Mapping[str, str]
    ours: tuple[Change, ...]
    clashes: tuple[Change, ...]


def _compare(
    draft: Draft,
    target: Record,
    agreement: Agreement,
    *,
    skips: frozenset[str],
    sync: Mapping[str, SyncRule],
    begins_here: bool,
) -> _Compared:
    past = agreement.shown
    alike, changes, clashes = dict(past), list[Change](), list[Change]()
    for name, ours in draft.fields.items():
        theirs = target.fields.get(name)
        our_mark, their_mark = mark_of(ours), mark_of(theirs)
        if name in skips or not may_change(sync.get(name, SyncRule.ALWAYS), theirs, ours):
            continue
        if our_mark == their_mark:
            alike[name] = our_mark
        elif their_mark in {past.get(name), agreement.sending.get(name)} or (
            name not in past and (begins_here or is_blank(theirs))
        ):
            changes.append(Change(field=name, before=theirs, after=ours))
        elif past.get(name) != our_mark:
            clashes.append(Change(field=name, before=theirs, after=ours))
    return _Compared(alike=alike, ours=tuple(changes), clashes=tuple(clashes))


def agree(agreement: Agreement, *, version: str) -> Agreement:
    """Give the agreement once NetSuite has taken the change that was under way."""
    shown = {**agreement.shown, **agreement.sending}
    return replace(agreement, version=version, shown=shown, sending={}, clash="", keeps=None)


def _marks(changes: Iterable[Change]) -> Mapping[str, str]:
    return {change.field: mark_of(change.after) for change in changes}


def _name(clashes: tuple[Change, ...]) -> str:
    """Name a conflict by its values: another edit on either side is another conflict."""
    if not clashes:
        return ""
    told = "|".join(f"{one.field}={mark_of(one.before)}>{mark_of(one.after)}" for one in clashes)
    return hashlib.sha256(told.encode()).hexdigest()[:16]
