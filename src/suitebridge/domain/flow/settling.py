"""Last station: what remains of a record's way, as an outcome for the run and a binding for the next one."""

from __future__ import annotations

from dataclasses import replace

from suitebridge.domain.bindings import Binding, BindingState
from suitebridge.domain.errors import Effect, Problem
from suitebridge.domain.flow.selecting import Selected
from suitebridge.domain.intents import Change, Create, Intent, Keep, Refuse, Skip, Update
from suitebridge.domain.outcomes import Amount, Outcome, OutcomeKind
from suitebridge.domain.values import Fields, is_blank
from suitebridge.domain.workflow import Workflow


def outcome_without_write(
    source_id: str, title: str, intent: Keep | Skip | Refuse, amount: Amount | None = None
) -> Outcome:
    """Give the outcome of an intent that writes nothing."""
    match intent:
        case Keep(target_id=target_id):
            return Outcome(
                kind=OutcomeKind.UNCHANGED, source_id=source_id, title=title, target_id=target_id, amount=amount
            )
        case Skip(reason=reason):
            return Outcome(kind=OutcomeKind.SKIPPED, source_id=source_id, title=title, reason=reason)
        case Refuse(kind=kind, problem=problem):
            return Outcome(kind=kind, source_id=source_id, title=title, problem=problem, amount=amount)


def outcome_of_write(selected: Selected, intent: Create | Update, target_id: str, amount: Amount | None) -> Outcome:
    """Give the outcome of an intent that has been carried out."""
    match intent:
        case Create(fields=fields, refused_fields=refused, refusal=refusal):
            return Outcome(
                kind=OutcomeKind.CREATED,
                source_id=selected.record.id,
                title=selected.title,
                target_id=target_id,
                changed_fields=tuple(fields),
                refused_fields=refused,
                problem=replace(refusal, effect=Effect.WRITTEN) if refusal is not None else None,
                amount=amount,
            )
        case Update(changes=changes, refused_fields=refused, refusal=refusal):
            effect = Effect.WRITTEN if changes else Effect.NOTHING_WRITTEN
            return Outcome(
                kind=OutcomeKind.UPDATED if changes else OutcomeKind.UNCHANGED,
                source_id=selected.record.id,
                title=selected.title,
                target_id=target_id,
                changed_fields=tuple(change.field for change in changes),
                refused_fields=refused,
                problem=replace(refusal, effect=effect) if refusal is not None else None,
                amount=amount,
            )


def outcome_of_rehearsal(
    selected: Selected, intent: Intent, amount: Amount | None
) -> tuple[Outcome, tuple[Change, ...]]:
    """Give the outcome that an intent would have, and the field-by-field differences that it would write; a new record has no id yet."""
    match intent:
        case Create(fields=fields):
            outcome, differences = outcome_of_write(selected, intent, "", amount), filled_in(fields)
        case Update(target_id=target_id, changes=changes):
            outcome, differences = outcome_of_write(selected, intent, target_id, amount), changes
        case Keep() | Skip() | Refuse():
            return outcome_without_write(selected.record.id, selected.title, intent, amount), ()
    if outcome.problem is not None:
        outcome = replace(outcome, problem=replace(outcome.problem, effect=Effect.NOTHING_WRITTEN))
    return outcome, differences


def filled_in(fields: Fields) -> tuple[Change, ...]:
    """Tell the fields of a new record as changes from nothing."""
    return tuple(Change(field=name, before=None, after=value) for name, value in fields.items() if not is_blank(value))


def outcome_of_problem(selected: Selected, kind: OutcomeKind, problem: Problem, amount: Amount | None) -> Outcome:
    """Give the outcome of a record that something went wrong with."""
    return Outcome(kind=kind, source_id=selected.record.id, title=selected.title, problem=problem, amount=amount)


def bind_import(workflow: Workflow, selected: Selected, workspace_id: str, fingerprint: str) -> Binding:
    """Bind an imported NetSuite record to its workspace record, at the version that was read."""
    return Binding(
        workspace_type=workflow.target_type,
        workspace_id=workspace_id,
        netsuite_type=workflow.source_type,
        netsuite_id=selected.record.id,
        state=BindingState.BOUND,
        workflow=workflow.name,
        source_version=selected.record.version,
        mapping_version=fingerprint,
    )
