"""Project tasks: a task without estimated work is a milestone; a task stays in its project. Reference §9.4."""

from __future__ import annotations

from decimal import Decimal

from netsuite_simulator.drafts import Draft
from netsuite_simulator.results import Rejection


def complete_task(draft: Draft) -> None:
    """Sum the assignees' work and decide whether the task is a milestone."""
    assigned = [line["estimatedWork"] for line in draft.rows("assignee") if "estimatedWork" in line]
    if assigned:
        draft.put("estimatedWork", sum((Decimal(str(work)) for work in assigned), Decimal(0)))
    draft.put("isMilestone", not draft.values.get("estimatedWork"))
    if draft.is_new:
        draft.default("status", "NOTSTART")
        draft.default("constraintType", "ASAP")
        draft.default("priority", "MEDIUM")
        draft.default("nonBillableTask", False)
        draft.default("isSummaryTask", False)
        draft.stamp("createdDate")


def check_task(draft: Draft) -> Rejection | None:
    """Refuse a task moved to another project, or under a parent of another project."""
    if draft.current is not None and draft.changes("company"):
        return Rejection(
            code="USER_ERROR",
            message="You cannot change the project of a project task once it is saved.",
            field="company",
            path="project",
        )
    parent = draft.text("parent")
    if parent is not None:
        row = draft.world.row("SELECT project FROM projecttask WHERE id = ?", (parent,))
        if row is not None and str(row[0]) != draft.text("company"):
            return Rejection(
                code="INVALID_KEY_OR_REF",
                message=f"Invalid parent reference key {parent} for project {draft.text('company')}.",
                field="parent",
                path="parent",
            )
    return None
