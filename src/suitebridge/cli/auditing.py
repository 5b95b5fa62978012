"""`suitebridge audit`: proves that the audit trail is whole."""

from __future__ import annotations

import typer

from suitebridge.cli.acting import act, choices_of
from suitebridge.cli.exits import ExitCode
from suitebridge.cli.screens import Screen
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.people import Permission


def register(app: typer.Typer) -> None:
    """Add the group `audit`."""
    group = typer.Typer(help="Prove that the audit trail is whole.", no_args_is_help=True)
    group.command("verify")(verify)
    app.add_typer(group, name="audit")


def verify(ctx: typer.Context) -> None:
    """Walk the audit trail's chain of hashes from its first entry. The exit code is 9 where it is broken."""
    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    if not actor.user.role.allows(Permission.VIEW_AUDIT_TRAIL):
        facts = {
            "act": "verify the audit trail",
            "role": actor.user.role.name,
            "permission": Permission.VIEW_AUDIT_TRAIL.value,
        }
        raise RunStoppedError(Problem(code="SB-AUTH-001", facts=facts))
    verdict = actor.store.trail.verify()
    screen.answer(
        "audit-verify", {"checked": verdict.checked, "first_broken": verdict.first_broken, "said": verdict.said}
    )
    if verdict.first_broken:
        screen.show(f"The audit trail is broken at entry {verdict.first_broken}: {verdict.said}")
        screen.say(
            "Somebody changed the database past SuiteBridge. Keep a copy of the data directory and find out who had access."
        )
        raise typer.Exit(ExitCode.INCONSISTENT)
    screen.show(f"The audit trail is whole: {verdict.checked:,} entries checked.")
