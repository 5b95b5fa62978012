"""Looks, before a run starts, for workflows that have to have run before the chosen ones and never have in this account, or that exclude each other.

Without them most records would wait for others that are not there. A person may know better: then the run starts all the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.groups import excluding, lacking
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.companies import CompanyStore

NEEDED_MISSING = "SB-RUN-007"
"""The refusal that somebody may overrule."""


def missing_needs(
    store: CompanyStore, workflows: Mapping[str, Workflow], chosen: Sequence[str]
) -> tuple[Workflow, ...]:
    """Give the workflows that the chosen ones need, that are not chosen, and that no run has completed in the present account."""
    names = lacking(chosen, workflows, has_completed=lambda name: bool(store.runs.watermark(name)))
    return tuple(workflows[name] for name in names)


def require_needed(missing: Sequence[Workflow], chosen: Sequence[Workflow]) -> None:
    """Raise `RunStoppedError` SB-RUN-007 with the names of what is missing."""
    if not missing:
        return
    names = {one.name for one in missing}
    asking = [one.title for one in chosen if names & set(one.needs)]
    facts = {
        "workflows": ", ".join(one.title for one in missing),
        "asking": ", ".join(asking),
        "names": ", ".join(one.name for one in missing),
    }
    raise RunStoppedError(Problem(code=NEEDED_MISSING, facts=facts))


def require_apart(chosen: Sequence[Workflow]) -> None:
    """Raise `RunStoppedError` SB-CFG-024 with the names of two chosen workflows that exclude each other."""
    for problem in excluding({one.name: one for one in chosen}):
        raise RunStoppedError(problem)
