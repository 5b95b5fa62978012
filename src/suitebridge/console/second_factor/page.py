"""What people see of their second factor. A secret is shown while it is being set up, recovery codes once; neither is ever shown again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from suitebridge.administration.securing import written
from suitebridge.console import links, wording
from suitebridge.console.forms import Field
from suitebridge.console.notices import Complaint
from suitebridge.console.wording import Moment
from suitebridge.domain.credentials import Secret
from suitebridge.ports.second_factors import SecondFactor

_GROUP = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorPage:
    """The page in one of three states: off (neither `since` nor `secret_text`), being set up (`secret_text`), on (`since`)."""

    here_href: str
    account_href: str
    drawing_href: str
    secret_text: str
    field: Field
    complaints: tuple[Complaint, ...]
    since: Moment | None
    codes_left: str
    is_demanded: bool
    refusal: str


def second_factor_page(
    factor: SecondFactor | None,
    pending: Secret | None,
    *,
    zone: tzinfo,
    is_demanded: bool,
    problem: str = "",
    refusal: str = "",
) -> SecondFactorPage:
    """Write the page; `problem` is what was wrong with the code."""
    hint = "The six digits that the app shows at this moment."
    return SecondFactorPage(
        here_href=links.address("second-factor"),
        account_href=links.address("account"),
        drawing_href=links.address("second-factor-drawing"),
        secret_text=_grouped(pending) if pending is not None and factor is None else "",
        field=Field(name="code", label="Code of the app", hint=hint, problem=problem, autocomplete="one-time-code"),
        complaints=(Complaint(field="code", said=problem),) if problem else (),
        since=wording.moment(factor.set_at, zone) if factor is not None else None,
        codes_left=wording.counted(factor.codes_left, "recovery code", "recovery codes") if factor is not None else "",
        is_demanded=is_demanded,
        refusal=refusal,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryPage:
    """Fresh recovery codes."""

    codes: tuple[str, ...]
    account_href: str


def recovery_page(codes: Sequence[Secret]) -> RecoveryPage:
    """Write the page that shows recovery codes this once."""
    return RecoveryPage(codes=tuple(written(code) for code in codes), account_href=links.address("account"))


def _grouped(secret: Secret) -> str:
    text = secret.reveal()
    return " ".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))
