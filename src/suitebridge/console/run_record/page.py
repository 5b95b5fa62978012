"""What the page of one record of a run shows: the outcome with its cure, both sides, what was sent or written, and the record's other runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from suitebridge.console import links, wording
from suitebridge.console.decisions import DecisionButton, decision_buttons
from suitebridge.console.marks import Mark, outcome_mark
from suitebridge.console.run_records.page import CompanyTerms
from suitebridge.console.sides import Sides
from suitebridge.console.trail.page import ChangeLine, TrailLine, change_line
from suitebridge.console.wording import Moment, Span
from suitebridge.domain.bindings import Binding, BindingState
from suitebridge.domain.picking import label_of, target_of
from suitebridge.domain.schemas.registry import CompanySchemas
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.runs import Passage
from suitebridge.runs.deciding import code_of, is_clash, ways_out
from suitebridge.runs.tracing import RecordTrace

_UNLISTED, _HIDDEN = "SB-MAP-003", "(hidden)"


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageLine:
    """The record in one run; `href` is "" for the run whose page this is."""

    run_text: str
    href: str
    at: Moment
    mark: Mark
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PairFact:
    """What is known of the pair of ids: a label with its text."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecordPage:
    """The whole page; `choice` is what the button sends that tries the record again, "" where it is not open."""

    title: str
    run_text: str
    run_href: str
    records_href: str
    workflow: str
    mark: Mark
    at: Moment
    cause: str
    remedy: tuple[Span, ...]
    effect: str
    cure_href: str
    cure: str
    code: str
    changed: str
    refused: str
    sides: Sides
    pair: tuple[PairFact, ...]
    differences_title: str
    differences: tuple[ChangeLine, ...]
    trail: tuple[TrailLine, ...]
    passages: tuple[PassageLine, ...]
    retry_href: str
    choice: str
    is_clash: bool
    buttons: tuple[DecisionButton, ...]


def run_record_page(
    trace: RecordTrace,
    sides: Sides,
    trail: Sequence[TrailLine],
    *,
    terms: CompanyTerms,
    is_open: bool,
    may_settle: bool,
    workflows: Mapping[str, Workflow],
) -> RunRecordPage:
    """Write the page; `may_settle` says whether the visitor may edit mappings, `workflows` are those of now."""
    run, outcome = trace.run, trace.recorded.outcome
    problem, schema = outcome.problem, terms.schemas.target_of(trace.workflow)
    return RunRecordPage(
        title=sides.title,
        run_text=f"Run {run.number}",
        run_href=links.run(run.number),
        records_href=links.run_records(run.number, workflow=trace.workflow.name),
        workflow=trace.workflow.title,
        mark=outcome_mark(outcome.kind, is_dry=run.is_dry),
        at=wording.moment(trace.recorded.at, terms.zone),
        cause=wording.capitalized(problem.cause) if problem else outcome.reason,
        remedy=wording.spans(problem.remedy) if problem else (),
        effect=f"{wording.capitalized(problem.effect.value)}." if problem else "",
        cure_href=_cure_href(trace, terms.schemas) if may_settle else "",
        cure=f"Add “{problem.facts.get('value', '')}” to the value map" if problem else "",
        code=problem.code if problem else "",
        changed="" if run.is_dry else ", ".join(outcome.changed_fields),
        refused=", ".join(outcome.refused_fields),
        sides=sides,
        pair=_pair(trace.binding) if trace.binding is not None else (),
        differences_title=_differences_title(trace),
        differences=tuple(change_line(change, schema, {}) for change in trace.recorded.differences),
        trail=tuple(trail),
        passages=tuple(_passage(one, trace, terms.zone) for one in trace.passages),
        retry_href=links.address("run-retry", number=run.number),
        choice=f"{trace.workflow.name}/{outcome.source_id}" if is_open else "",
        is_clash=is_clash(trace.recorded),
        buttons=decision_buttons({code_of(trace.recorded): ways_out(workflows, trace.workflow)}) if is_open else (),
    )


def _differences_title(trace: RecordTrace) -> str:
    if is_clash(trace.recorded):
        return "What both sides hold"
    return "What would be written" if trace.run.is_dry else "What was sent and not taken"


def _cure_href(trace: RecordTrace, schemas: CompanySchemas) -> str:
    """Lead from a value that a list does not know to the row whose value map can name it (quality.md F40), "" for any other problem."""
    problem, workflow = trace.recorded.outcome.problem, trace.workflow
    if problem is None or problem.code != _UNLISTED or problem.facts.get("value") == _HIDDEN:
        return ""
    for group in workflow.groups:
        schema = target_of(workflow, group, schemas)
        for row in group.rows:
            if label_of(schema, row.target, schemas) == problem.facts.get("field"):
                query = {
                    "group": group.name,
                    "target": row.target,
                    "kind": "translate",
                    "value": problem.facts.get("value", ""),
                }
                return links.address("mapping-row", query=query, workflow_name=workflow.name)
    return ""


def _pair(binding: Binding) -> tuple[PairFact, ...]:
    states = {
        BindingState.BOUND: "They are bound: both stand for one thing.",
        BindingState.CLAIMED: "A write is on its way, or was not answered; NetSuite is asked before anything is sent again.",
        BindingState.GONE: "The NetSuite record was deleted there, and nobody has decided yet what becomes of this one.",
        BindingState.KEPT: "The NetSuite record was deleted there, and it was decided that nothing is written for this one any more.",
        BindingState.RELEASED: "The link was given up: the NetSuite record was deleted there.",
    }
    facts = (
        PairFact(label="State", text=states[binding.state]),
        PairFact(label="External ID in NetSuite", text=binding.external_id),
        PairFact(label="Attempts to write", text=wording.figure(binding.attempt) if binding.attempt else ""),
        PairFact(label="Version that was read", text=binding.source_version),
        PairFact(label="Version of the mapping", text=binding.mapping_version),
    )
    return tuple(fact for fact in facts if fact.text)


def _passage(passage: Passage, trace: RecordTrace, zone: tzinfo) -> PassageLine:
    outcome = passage.recorded.outcome
    is_here = passage.run_number == trace.run.number
    told = wording.capitalized(outcome.problem.cause) if outcome.problem is not None else outcome.reason
    return PassageLine(
        run_text=f"Run {passage.run_number}",
        href="" if is_here else links.run_record(passage.run_number, trace.workflow.name, outcome.source_id),
        at=wording.moment(passage.recorded.at, zone),
        mark=outcome_mark(outcome.kind, is_dry=passage.is_dry),
        told=told,
    )
