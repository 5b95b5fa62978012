"""Reads the form of the Credentials page, with what was pasted into it, and gives it back without its secrets."""

from __future__ import annotations

from collections.abc import Sequence

from suitebridge.administration.connecting import ConnectionEntry, EntryProblem, filled
from suitebridge.console import asked
from suitebridge.console.access import Visit
from suitebridge.console.credentials.page import Typed
from suitebridge.domain.credential_sets import TYPED, Switch
from suitebridge.domain.credentials import Secret
from suitebridge.domain.pasting import MOST_CHARACTERS, read_paste
from suitebridge.domain.relinks import Relink
from suitebridge.ports.connections import Connection


def entry_of(visit: Visit) -> ConnectionEntry:
    """Read what was typed; fields that the page did not show count as untouched."""
    post, stored = visit.request.POST, visit.store.connections.get()
    entry = ConnectionEntry(
        account_id=post.get("account_id", ""),
        values={name: post[name] for name, part in TYPED.items() if not part.is_secret and name in post},
        secrets={name: Secret(post[name]) for name, part in TYPED.items() if part.is_secret and name in post},
        integration_user_id=post.get("integration_user_id"),
        switches=_switches(visit, stored),
        version=version_of(visit),
    )
    return filled(entry, read_paste(pasted_text(visit)), stored)


def version_of(visit: Visit) -> int:
    """Read which version of the connection the page showed."""
    return asked.whole_number(visit.request.POST.get("version"))


def relink_of(visit: Visit) -> Relink | None:
    """Read what the new account is said to be."""
    said = visit.request.POST.get("relink", "")
    return next((one for one in Relink if one.value == said), None)


def pasted_text(visit: Visit) -> str:
    """Read what was pasted."""
    return visit.request.POST.get("pasted", "")[:MOST_CHARACTERS]


def typed_from_stored(stored: Connection | None, problems: Sequence[EntryProblem] = ()) -> Typed:
    """Show what is stored."""
    if stored is None:
        return Typed(problems=problems)
    return Typed(
        account_id=stored.account_id,
        values=stored.values,
        integration_user_id=stored.integration_user_id,
        switches=stored.switches,
        problems=problems,
    )


def typed_from_entry(entry: ConnectionEntry, problems: Sequence[EntryProblem] = ()) -> Typed:
    """Show what was typed, secrets left out."""
    return Typed(
        account_id=entry.account_id,
        values=entry.values,
        integration_user_id=entry.integration_user_id or "",
        switches=entry.switches or frozenset(),
        problems=problems,
    )


def _switches(visit: Visit, stored: Connection | None) -> frozenset[Switch]:
    """Take the switches that the page showed; the others stay as they are stored."""
    post = visit.request.POST
    shown = {
        Switch.CLIENT_CREDENTIALS: "switches_shown",
        Switch.SINGLE_SIGN_ON: "switches_shown",
        Switch.OAUTH_SIGN_ON: "sign_on_shown",
    }
    on = set(stored.switches if stored is not None else ())
    for switch, mark in shown.items():
        if mark in post:
            on.discard(switch)
            on |= {switch} if post.get(switch.value) == "yes" else set()
    return frozenset(on)
