"""Workflow groups: who may see, save and remove them, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from suitebridge.administration.permitting import require
from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.groups import MOST_GROUPS, WorkflowGroup, objections
from suitebridge.domain.people import Permission, Stamp, User
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.companies import CompanyStore

_NEEDS: Final = Permission.EDIT_INTEGRATION_SETTINGS


def list_groups(store: CompanyStore, *, acting: User) -> Sequence[WorkflowGroup]:
    """List the groups. Raise `RunStoppedError` SB-AUTH-001 for who may not edit integration settings."""
    require(acting, _NEEDS, "see the workflow groups")
    return store.groups.all()


def save_group(
    store: CompanyStore, group: WorkflowGroup, *, workflows: Mapping[str, Workflow], acting: User, stamp: Stamp
) -> WorkflowGroup | tuple[tuple[str, str], ...]:
    """Store a group of the version that it was read with (0 adds it), or give what is wrong with it by field and store nothing.

    Raise `RecordRefusedError` SB-AUTO-002 where it was changed meanwhile, `RunStoppedError` SB-AUTH-001.
    """
    require(acting, _NEEDS, "change a workflow group")
    problems = objections(group, workflows)
    if not group.version and len(store.groups.all()) >= MOST_GROUPS:
        problems = (*problems, ("name", f"A company has at most {MOST_GROUPS} workflow groups."))
    return problems or store.groups.save(group, stamp=stamp)


def remove_group(store: CompanyStore, name: str, *, version: int, acting: User, stamp: Stamp) -> None:
    """Remove a group of this version. Raise `RecordRefusedError` SB-AUTO-002, `RunStoppedError` SB-AUTH-001."""
    require(acting, _NEEDS, "remove a workflow group")
    store.groups.remove(name, version=version, stamp=stamp)


def group_refused(name: str, problems: Sequence[tuple[str, str]]) -> RecordRefusedError:
    """Say that a group was not saved, with everything that is wrong with it; each problem is a field and a sentence."""
    facts = {"what": f"The workflow group {name}", "said": " ".join(said for _, said in problems)}
    return RecordRefusedError(Problem(code="SB-AUTO-001", facts=facts))
