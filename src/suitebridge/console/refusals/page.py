"""What a page says when there is nothing to show: what happened, and what to do."""

from __future__ import annotations

from dataclasses import dataclass

from suitebridge.console.wording import Span, spans
from suitebridge.domain.errors import Problem
from suitebridge.domain.people import Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalPage:
    """A refusal. `trace` finds the log entry of an accident."""

    title: str
    said: str
    remedy: str
    trace: str = ""

    @property
    def remedy_spans(self) -> tuple[Span, ...]:
        """The remedy with what is to be typed told apart."""
        return spans(self.remedy)


def missing_permission(permission: Permission, role: str) -> RefusalPage:
    """Say which permission the visitor's role lacks."""
    return RefusalPage(
        title="Your role does not open this page",
        said=f"The page needs the permission “{permission.value}”. Your role is {role}.",
        remedy="Ask an administrator of your company for a role that has it.",
    )


def stopped(problem: Problem) -> RefusalPage:
    """Say what the house itself found wrong."""
    return RefusalPage(title=problem.title, said=problem.cause, remedy=problem.remedy)


NOT_FOUND = RefusalPage(
    title="There is nothing at this address",
    said="The page or the record does not exist in your company, or does not exist any more.",
    remedy="Check the address, or start from the navigation.",
)
STALE_FORM = RefusalPage(
    title="This form was not accepted",
    said="It was sent from an old page or from another site, so nothing was changed.",
    remedy="Open the page again and send the form once more. Cookies must be allowed for this address.",
)
MALFORMED = RefusalPage(
    title="The request was not understood",
    said="It reached the server in a form that it does not accept, or under a host name that it does not serve.",
    remedy="Open the console under the address that “suitebridge serve” printed, or add the host name to “hosts” in suitebridge.toml.",
)


def accident(trace: str) -> RefusalPage:
    """Admit an error of ours without telling its inside (quality.md S49)."""
    return RefusalPage(
        title="Something went wrong here",
        said="The page could not be shown. Nothing that was saved before is lost.",
        remedy="Try again. If it happens again, tell whoever runs this server the number below: it finds the entry in the log.",
        trace=trace,
    )
