"""Accounting Preferences: what is mandatory on transactions, which of them await approval, how much may be received
(reference §9.9; the layout is assumed).

Refuses to know what a preference changes; `policies` keeps them and the rules ask.
"""

from __future__ import annotations

from aiohttp import web

from netsuite_simulator.faces.setup import paths
from netsuite_simulator.faces.setup.pieces import Form, Page, Section, buttons, check
from netsuite_simulator.faces.setup.visits import Place, Visit, redirect
from netsuite_simulator.policies import CLASSIFICATIONS, ROUTABLE, choose_policies, policies_of

_SAVED = "Your accounting preferences are saved."
_MANDATORY = {
    "department": "Make Departments Mandatory",
    "class": "Make Classes Mandatory",
    "location": "Make Locations Mandatory",
}
_OVERAGE = "overage"


def _choose(visit: Visit) -> Page | web.Response:
    """Show every preference, and keep exactly the ticked ones."""
    storage, entries = visit.account.storage, visit.entries
    if entries is not None:
        with storage.transaction():
            choose_policies(
                storage,
                mandatory=[one for one in CLASSIFICATIONS if entries.ticked(f"mandatory.{one}")],
                awaiting_approval=[one for one in ROUTABLE if entries.ticked(f"routed.{one}")],
                allows_overage=entries.ticked(_OVERAGE),
            )
        return redirect(paths.to(paths.ACCOUNTING, done="saved"))
    kept = policies_of(storage)
    mandatory = tuple(
        check(f"mandatory.{name}", label, is_checked=name in kept.mandatory) for name, label in _MANDATORY.items()
    )
    routed = tuple(
        check(f"routed.{name}", visit.account.types[name].label, is_checked=name in kept.awaiting_approval)
        for name in sorted(ROUTABLE)
    )
    overage = check(_OVERAGE, "Allow Overage on Item Fulfillments and Receipts", is_checked=kept.allows_overage)
    sections = (
        Section(title="Classifications", inputs=mandatory),
        Section(title="Approval Routing", inputs=routed),
        Section(title="Order Management", inputs=(overage,)),
    )
    return Page(
        title="Accounting Preferences",
        trail=("Setup", "Accounting", "Accounting Preferences"),
        form=Form(sections=sections, buttons=buttons(("save", "Save"))),
        message=_SAVED if visit.query.get("done") else "",
    )


PLACES = (
    Place(
        path=paths.ACCOUNTING,
        answer=_choose,
        needs=("ADMI_ACCTSETUP",),
        menu=("Setup", "Accounting", "Accounting Preferences"),
    ),
)
