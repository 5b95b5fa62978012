"""Enable Features, and the SOAP Web Services Preferences, which show the account id (reference §1.2; the layout is assumed).

Refuses to know what a feature changes.
"""

from __future__ import annotations

from aiohttp import web

from netsuite_simulator.faces.setup import paths
from netsuite_simulator.faces.setup.pieces import Box, Fact, Form, Page, Section, buttons, check
from netsuite_simulator.faces.setup.visits import Place, Visit, redirect
from netsuite_simulator.features import RESTS_ON, SUBTABS, Feature, FeatureError

_SAVED = "Your features are saved."


def _enable(visit: Visit) -> Page | web.Response:
    """Show every feature by subtab, and turn exactly the ticked ones on."""
    problems: tuple[str, ...] = ()
    chosen = set(visit.account.features)
    if visit.entries is not None:
        chosen = {one for one in Feature if visit.entries.ticked(one.value)}
        try:
            visit.account.features.choose(chosen)
            return redirect(paths.to(paths.FEATURES, done="saved"))
        except FeatureError as error:
            problems = (str(error),)
    sections = tuple(
        Section(
            title=subtab,
            inputs=tuple(check(one.value, one.label, is_checked=one in chosen, hint=_needs(one)) for one in features),
        )
        for subtab, features in SUBTABS.items()
    )
    return Page(
        title="Enable Features",
        trail=("Setup", "Company", "Enable Features"),
        form=Form(sections=sections, buttons=buttons(("save", "Save"))),
        problems=problems,
        message=_SAVED if visit.query.get("done") and not problems else "",
    )


def _needs(feature: Feature) -> str:
    needed = RESTS_ON.get(feature, ())
    return f"Needs {', '.join(one.label for one in needed)}." if needed else ""


def _soap_preferences(visit: Visit) -> Page:
    """Show the account id as every client has to write it."""
    facts = (Fact(label="Account ID", value=visit.account.id),)
    return Page(
        title="SOAP Web Services Preferences",
        trail=("Setup", "Integration", "SOAP Web Services Preferences"),
        boxes=(
            Box(
                title="Account",
                facts=facts,
                text="Copy it as it stands, capitals and underscore included.",
            ),
        ),
    )


PLACES = (
    Place(
        path=paths.FEATURES,
        answer=_enable,
        needs=("ADMI_ENABLEFEATURES",),
        menu=("Setup", "Company", "Enable Features"),
    ),
    Place(
        path=paths.SOAP_PREFERENCES,
        answer=_soap_preferences,
        needs=("ADMI_WEBSERVICESSETUP",),
        menu=("Setup", "Integration", "SOAP Web Services Preferences"),
    ),
)
