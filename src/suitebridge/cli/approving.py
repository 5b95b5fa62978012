"""`suitebridge records`: submits, approves, rejects and reopens records of the workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from suitebridge.cli.acting import act, choices_of
from suitebridge.cli.screens import Screen

if TYPE_CHECKING:
    from suitebridge.domain.approvals import ApprovalAct

_TYPE = Annotated[str, typer.Argument(metavar="TYPE", help="A record type that is approved, such as timesheet.")]
_ID = Annotated[str, typer.Argument(metavar="ID", help="The record's ID, as its page and the API show it.")]


def register(app: typer.Typer) -> None:
    """Add the group `records`."""
    group = typer.Typer(help="Records of the workspace: submit, approve, reject, reopen.", no_args_is_help=True)
    group.command("submit")(submit)
    group.command("approve")(approve)
    group.command("reject")(reject)
    group.command("reopen")(reopen)
    app.add_typer(group, name="records")


def submit(ctx: typer.Context, record_type: _TYPE, record_id: _ID) -> None:
    """Submit a timesheet, an expense report, an invoice or a purchase request for approval."""
    from suitebridge.domain.approvals import ApprovalAct

    _move(ctx, ApprovalAct.SUBMIT, record_type, record_id)


def approve(ctx: typer.Context, record_type: _TYPE, record_id: _ID) -> None:
    """Approve what was submitted: it may be exported now, and is locked."""
    from suitebridge.domain.approvals import ApprovalAct

    _move(ctx, ApprovalAct.APPROVE, record_type, record_id)


def reject(
    ctx: typer.Context,
    record_type: _TYPE,
    record_id: _ID,
    *,
    reason: Annotated[str, typer.Option(help="What whoever submitted it reads.")],
) -> None:
    """Reject what was submitted, with the reason.

    Example: `suitebridge records reject timesheet 4711 --reason "Friday is booked on the wrong project."`
    """
    from suitebridge.domain.approvals import ApprovalAct

    _move(ctx, ApprovalAct.REJECT, record_type, record_id, reason=reason)


def reopen(ctx: typer.Context, record_type: _TYPE, record_id: _ID) -> None:
    """Open a record again so that it can be changed; one that is approved asks for a permission of its own."""
    from suitebridge.domain.approvals import ApprovalAct

    _move(ctx, ApprovalAct.REOPEN, record_type, record_id)


def _move(ctx: typer.Context, asked: ApprovalAct, record_type: str, record_id: str, *, reason: str = "") -> None:
    """Carry an act out on the record as it stands now."""
    from suitebridge.domain.approvals import STEPS, state_of
    from suitebridge.recording.approving import ApprovalRequest, move_record, name_of

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    request = ApprovalRequest(act=asked, record_type=record_type, record_id=record_id, reason=reason)
    try:
        moved = move_record(actor.store, request, acting=actor.user, stamp=actor.stamp, clock=actor.house.clock)
    except LookupError as error:
        raise typer.BadParameter(str(error)) from error
    schema = actor.store.schemas().workspace_type(record_type)
    state = state_of(schema, moved.fields)
    screen.answer(
        f"records-{asked.value}", {"type": record_type, "id": moved.id, "state": state, "version": moved.version}
    )
    screen.show(f"{name_of(schema, moved)} is {STEPS[asked].done}.")
