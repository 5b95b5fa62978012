"""The configuration of the workflows: who may change it, what a change is in words, what stands against it, and who approves it.

It knows neither pages nor files: both bring a whole configuration and the version that they began from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from suitebridge.administration.permitting import require
from suitebridge.administration.protecting import protections, told
from suitebridge.domain import edits
from suitebridge.domain.choosing import clashes
from suitebridge.domain.connector_settings import (
    CONNECTOR_SETTINGS,
    OWN_WORKFLOWS,
    SAVE_WHILE_AUTOMATED,
    STRICT_VALIDATION,
    connector_values,
)
from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.groups import excluding
from suitebridge.domain.intents import Change
from suitebridge.domain.overrides import Configuration, configured, stranded
from suitebridge.domain.own_workflows import too_many
from suitebridge.domain.people import Permission, Stamp, User
from suitebridge.domain.validation import problems_of
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.clock import Clock
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.configurations import Approval, Draft, NewVersion, StoredConfiguration

_NEEDS: Final = Permission.EDIT_INTEGRATION_SETTINGS
MOST_TOLD: Final = 200
"""Changes that one entry of the trail tells; further ones are counted. The versions themselves can be compared in full."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigurationDesk:
    """What configuring a company's workflows needs: its store, and the workflows as shipped."""

    store: CompanyStore
    shipped: Mapping[str, Workflow]
    clock: Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who saves, and why. `is_managed` is what a file says about the company: None leaves it as it is and is refused where files rule."""

    acting: User
    stamp: Stamp
    note: str = ""
    is_managed: bool | None = None


def draft_changes(desk: ConfigurationDesk, before: Configuration, after: Configuration) -> tuple[Change, ...]:
    """Say in words what one configuration decides otherwise than another: one change for each place, with what stood and what will stand."""
    return edits.compare(desk.shipped, before, after, CONNECTOR_SETTINGS)


def problems_of_configuration(desk: ConfigurationDesk, configuration: Configuration) -> tuple[Problem, ...]:
    """Name everything that is wrong with a configuration; edits that have lost their place through an upgrade are among it."""
    workflows, schemas = configured(desk.shipped, configuration, CONNECTOR_SETTINGS), desk.store.schemas()
    values = connector_values(configuration)
    mapped = (
        one.problem
        for name in workflows
        if workflows[name].is_active
        for one in problems_of(workflows[name], schemas, strict=bool(values[STRICT_VALIDATION.name]))
    )
    crowded = too_many(configuration, int(values[OWN_WORKFLOWS.name]))
    lost = stranded(desk.shipped, configuration, CONNECTOR_SETTINGS)
    return (*lost, *_clashes(desk.shipped, configuration), *crowded, *excluding(workflows), *mapped)


def _clashes(shipped: Mapping[str, Workflow], configuration: Configuration) -> Iterator[Problem]:
    known = {one.name: one for one in CONNECTOR_SETTINGS}
    said = clashes(known.values(), {name: value for name, value in configuration.settings if name in known})
    if said:
        yield Problem(code="SB-CFG-021", facts={"said": " ".join(said)})
    for edit in configuration.overrides:
        known = {one.name: one for one in shipped[edit.workflow].settings} if edit.workflow in shipped else {}
        said = clashes(known.values(), {name: value for name, value in edit.settings if name in known})
        if said:
            yield Problem(code="SB-CFG-021", facts={"said": f"{shipped[edit.workflow].title}: {' '.join(said)}"})


def save_configuration(
    desk: ConfigurationDesk, configuration: Configuration, *, expected_version: int, act: Act
) -> StoredConfiguration:
    """Store a configuration as a whole, and forget its author's draft; give it as it stands. One that changes nothing is not stored.

    Where duties are kept apart it waits until somebody else approves it. Raise `RunStoppedError` SB-AUTH-001, and `RecordRefusedError`
    SB-CFG-005 or 006 where somebody was faster, 008 for what is wrong with it, 009 for workflows that are protected, 010 where files rule,
    022 for the connector's settings while something runs by itself.
    """
    require(act.acting, _NEEDS, "change the configuration of the workflows")
    current = desk.store.configurations.load()
    if configuration.settings != current.configuration.settings:
        require(act.acting, Permission.ADMINISTER, "change the settings of the connector")
    if current.is_managed and act.is_managed is None:
        raise RecordRefusedError(Problem(code="SB-CFG-010", facts={"author": current.author}))
    is_managed = current.is_managed if act.is_managed is None else act.is_managed
    changes = draft_changes(desk, current.configuration, configuration)
    if configuration == current.configuration and is_managed == current.is_managed:
        desk.store.configurations.drop_draft(act.acting.id)
        return current
    if expected_version == current.version:
        _refuse(desk, current.configuration, configuration)
    waits = desk.store.roles.keep_duties_apart()
    new = NewVersion(
        configuration=configuration,
        based_on=expected_version,
        approval=Approval.PROPOSED if waits else Approval.APPROVED,
        is_managed=is_managed,
        note=act.note,
    )
    name = EventName.CONFIGURATION_PROPOSED if waits else EventName.CONFIGURATION_SAVED
    version = desk.store.configurations.save(
        new, stamp=act.stamp, tell=lambda number: _event(name, number, act.note, changes)
    )
    desk.store.configurations.drop_draft(act.acting.id)
    return _version(desk, version)


def check_configuration(desk: ConfigurationDesk, configuration: Configuration) -> None:
    """Raise what saving a configuration on top of the one in force would raise for what it says; store nothing."""
    _refuse(desk, desk.store.configurations.load().configuration, configuration)


def restore_version(desk: ConfigurationDesk, version: int, *, expected_version: int, act: Act) -> StoredConfiguration:
    """Save anew what an earlier version decided; 0 is what was shipped. Raise what saving raises, and `LookupError` for no version."""
    return save_configuration(desk, _version(desk, version).configuration, expected_version=expected_version, act=act)


def judge_version(desk: ConfigurationDesk, version: int, *, is_approved: bool, act: Act) -> StoredConfiguration:
    """Approve a version that waits, or refuse it; whoever proposed it may take it back, but not approve it.

    Where nobody else could approve it, its author may with a reason, which the trail keeps. Raise `RecordRefusedError` SB-CFG-011 for an
    author's own approval, SB-CFG-007 where it does not wait, SB-CFG-009 where a workflow has become protected.
    """
    require(act.acting, _NEEDS, "approve a configuration")
    waiting = _version(desk, version)
    if is_approved and waiting.approval is Approval.PROPOSED:
        _refuse_own(desk, waiting, act)
        _refuse(desk, desk.store.configurations.load().configuration, waiting.configuration)
    name = EventName.CONFIGURATION_APPROVED if is_approved else EventName.CONFIGURATION_REFUSED
    desk.store.configurations.judge(
        version, is_approved=is_approved, stamp=act.stamp, told=_event(name, version, act.note, ())
    )
    return _version(desk, version)


def list_versions(
    desk: ConfigurationDesk, *, acting: User, limit: int, before: int = 0
) -> Sequence[StoredConfiguration]:
    """List versions, newest first."""
    require(acting, _NEEDS, "see the configuration of the workflows")
    return desk.store.configurations.newest(limit=limit, before=before)


def draft_of(desk: ConfigurationDesk, *, acting: User) -> Draft:
    """Give what somebody is editing: their draft, or the version in force."""
    require(acting, _NEEDS, "change the configuration of the workflows")
    current = desk.store.configurations.load()
    fresh = Draft(configuration=current.configuration, based_on=current.version, at=desk.clock.now())
    return desk.store.configurations.load_draft(acting.id) or fresh


def keep_draft(desk: ConfigurationDesk, configuration: Configuration, *, based_on: int, acting: User) -> None:
    """Keep what somebody is editing until it is saved or discarded. Raise `RecordRefusedError` SB-CFG-010 where files rule."""
    require(acting, _NEEDS, "change the configuration of the workflows")
    current = desk.store.configurations.load()
    if current.is_managed:
        raise RecordRefusedError(Problem(code="SB-CFG-010", facts={"author": current.author}))
    draft = Draft(configuration=configuration, based_on=based_on, at=desk.clock.now())
    desk.store.configurations.keep_draft(acting.id, draft)


def discard_draft(desk: ConfigurationDesk, *, acting: User) -> None:
    """Forget what somebody was editing."""
    require(acting, _NEEDS, "change the configuration of the workflows")
    desk.store.configurations.drop_draft(acting.id)


def _refuse(desk: ConfigurationDesk, before: Configuration, after: Configuration) -> None:
    """Raise `RecordRefusedError` for what the change brings that is wrong, or for what it touches that is protected."""
    earlier = problems_of_configuration(desk, before)
    found = [one for one in problems_of_configuration(desk, after) if one not in earlier]
    if found:
        said = " ".join(f"{one.title}: {one.cause} {one.remedy}" for one in found)
        raise RecordRefusedError(Problem(code="SB-CFG-008", facts={"said": said}))
    if before.settings != after.settings:
        _refuse_while_automated(desk.store, after)
    was = configured(desk.shipped, before, CONNECTOR_SETTINGS)
    guarded = protections(desk.store, was)
    held = [name for name in edits.touched(desk.shipped, before, after, CONNECTOR_SETTINGS) if name in guarded]
    if held:
        said = " ".join(f"{was[name].title} is protected by {told(guarded[name])}." for name in held)
        raise RecordRefusedError(Problem(code="SB-CFG-009", facts={"said": said}))


def _refuse_while_automated(store: CompanyStore, after: Configuration) -> None:
    """Raise SB-CFG-022 while something runs by itself, unless the connector's settings say that they may change all the same (§10.2)."""
    if connector_values(after)[SAVE_WHILE_AUTOMATED.name]:
        return
    on = [f"the schedule {one.name}" for one in store.schedules.all() if one.is_enabled]
    exported = ["the export of records when they are saved"] if store.real_time.get().exports else []
    if on or exported:
        raise RecordRefusedError(Problem(code="SB-CFG-022", facts={"said": ", ".join((*on, *exported))}))


def _refuse_own(desk: ConfigurationDesk, waiting: StoredConfiguration, act: Act) -> None:
    if waiting.author_id != act.acting.id:
        return
    others = [one for one in desk.store.people.administrators() if one.id != act.acting.id]
    if others or not act.note.strip():
        said = f"{others[0].name} can approve it." if others else "Nobody else can: say why you approve it yourself."
        raise RecordRefusedError(Problem(code="SB-CFG-011", facts={"version": str(waiting.version), "said": said}))


def _version(desk: ConfigurationDesk, version: int) -> StoredConfiguration:
    found = desk.store.configurations.at(version)
    if found is None:
        raise LookupError(f"There is no version {version} of the configuration.")
    return found


def _event(name: EventName, version: int, note: str, changes: Sequence[Change]) -> Event:
    kept = tuple(changes[:MOST_TOLD])
    if len(changes) > MOST_TOLD:
        kept = (*kept, Change(field="further changes", before=None, after=str(len(changes) - MOST_TOLD)))
    if note:
        kept = (Change(field="reason", before=None, after=note), *kept)
    return Event(
        name=name,
        subject_type="configuration",
        subject_id=str(version),
        subject=f"version {version}",
        changes=kept,
    )
