"""Gives a link up whose NetSuite record is gone: what the workspace record forgets, and what is left of the pair.

It refuses to know who decided that, a workflow's rule or a person; nothing is ever deleted here, on either side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from suitebridge.domain.bindings import Binding, BindingState
from suitebridge.domain.intents import Change
from suitebridge.domain.workflow import WhenDeleted, Workflow
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.transactions import RecordChange


def released(binding: Binding) -> Binding:
    """Give the pair as it stands once the link was given up: its external id stays, so that nothing is ever made twice."""
    return replace(binding, state=BindingState.RELEASED, netsuite_id=None)


def unlink(
    store: CompanyStore, workflow: Workflow, bindings: Sequence[Binding], policy: WhenDeleted
) -> Sequence[RecordChange]:
    """Let workspace records forget their NetSuite ID, and that they were exported where they are to be exported again."""
    if not bindings:
        return ()
    names = [workflow.id_field]
    if policy is WhenDeleted.RECREATE and workflow.exported_field:
        names.append(workflow.exported_field)
    records = store.records.fetch(bindings[0].workspace_type, [one.workspace_id for one in bindings], names)
    return [
        RecordChange(
            type=record.type,
            id=record.id,
            version="",
            changes=tuple(Change(field=name, before=record.fields.get(name), after=None) for name in names),
        )
        for record in records
    ]
