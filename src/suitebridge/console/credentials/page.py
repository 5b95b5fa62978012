"""What the Credentials page shows: fields in the order of NetSuite's screens, with where to find each. Never a secret, only its mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo

from suitebridge.administration.connecting import EntryProblem
from suitebridge.console import links, wording
from suitebridge.console.choices import Choice
from suitebridge.console.connector.tabs import Tab, tabs
from suitebridge.console.credentials.account import AccountLine, AccountMeaning
from suitebridge.console.credentials.certificates import CertificatePart, CertificateTyped, certificate_part
from suitebridge.console.credentials.check import CheckReport
from suitebridge.console.wording import Moment
from suitebridge.domain.credential_sets import (
    CREDENTIAL_SETS,
    REVOCATION,
    SWITCH_LABELS,
    CredentialField,
    CredentialSet,
    Switch,
)
from suitebridge.domain.errors import Problem
from suitebridge.domain.people import User
from suitebridge.domain.relinks import LABELS
from suitebridge.ports.certificates import Certificates
from suitebridge.ports.connections import Connection, SecretMark


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMark:
    """What may be shown of a stored secret."""

    fingerprint: str
    set_by: str
    set_at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One input with where in NetSuite its value is. A secret's value is never sent; `mark` says what is stored."""

    name: str
    label: str
    where: str
    value: str = ""
    problem: str = ""
    is_secret: bool = False
    is_optional: bool = False
    is_long: bool = False
    choices: tuple[str, ...] = ()
    mark: StoredMark | None = None

    @property
    def described_by(self) -> str:
        """The ids of the elements that explain the input."""
        parts = (("problem", self.problem), ("where", self.where), ("mark", self.mark))
        return " ".join(f"{self.name}-{part}" for part, present in parts if present)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPart:
    """The fields of one credential set."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What the form holds: nothing typed shows what is stored. `problems` are told beside fields and in the summary."""

    account_id: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    integration_user_id: str = ""
    switches: frozenset[Switch] = frozenset()
    problems: Sequence[EntryProblem] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why nothing was stored, where no single field is the reason."""

    title: str
    said: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialsPage:
    """The whole page."""

    tabs: tuple[Tab, ...]
    here_href: str
    guide_href: str
    history_href: str
    version: int
    account: AccountLine
    meaning: AccountMeaning
    main: tuple[SetPart, ...]
    sign_on: SetPart | None
    is_client: bool
    client_label: str
    is_sign_on: bool
    settings_href: str
    switch_label: str
    sign_on_label: str
    is_oauth: bool
    redirect_address: str
    users: tuple[Choice, ...]
    user_problem: str
    problems: tuple[EntryProblem, ...]
    refusal: Refusal | None
    said: tuple[str, ...]
    check: CheckReport | None
    linked_account: str
    stored_account: str
    link_problem: str
    relinks: tuple[Choice, ...]
    relink_problem: str
    has_secrets: bool
    clear_problem: str
    certificate: CertificatePart
    revocation: str = REVOCATION

    @property
    def is_tls(self) -> bool:
        """Whether NetSuite would send people back to the address: it takes https alone."""
        return self.redirect_address.startswith("https:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the page shows beside the fields."""

    administrators: Sequence[User]
    meaning: AccountMeaning
    zone: tzinfo
    certificates: Certificates
    redirect_address: str
    certificate: CertificateTyped | None = None
    refusal: Problem | None = None
    said: tuple[str, ...] = ()
    check: CheckReport | None = None
    link_problem: str = ""
    relink_problem: str = ""
    clear_problem: str = ""


def credentials_page(stored: Connection | None, typed: Typed, around: Around) -> CredentialsPage:
    """Write the page."""
    told = {problem.field: problem.said for problem in typed.problems}
    marks = {mark.field: mark for mark in stored.secrets} if stored is not None else {}
    in_use = [one for one in CREDENTIAL_SETS if one.is_in_use(typed.switches)]
    parts = {one.name: set_part(one, typed.values, told, marks, around.zone) for one in in_use}
    main = tuple(parts[one.name] for one in in_use if one.signs)
    sign_on = next((parts[one.name] for one in in_use if not one.signs), None)
    is_moved = stored is not None and bool(stored.account_id) and not stored.is_linked
    return CredentialsPage(
        tabs=tabs("credentials"),
        here_href=links.address("credentials"),
        guide_href=links.address("configuring-netsuite"),
        history_href=links.address("settings-history"),
        version=stored.version if stored is not None else 0,
        account=AccountLine(value=typed.account_id, problem=told.get("account_id", "")),
        meaning=around.meaning,
        main=main,
        sign_on=sign_on,
        is_client=Switch.CLIENT_CREDENTIALS in typed.switches,
        client_label=SWITCH_LABELS[Switch.CLIENT_CREDENTIALS],
        is_sign_on=Switch.SINGLE_SIGN_ON in typed.switches,
        settings_href=links.address("connector-settings"),
        switch_label=SWITCH_LABELS[Switch.SINGLE_SIGN_ON],
        sign_on_label=SWITCH_LABELS[Switch.OAUTH_SIGN_ON],
        is_oauth=Switch.OAUTH_SIGN_ON in typed.switches,
        redirect_address=around.redirect_address,
        users=_users(around.administrators, typed.integration_user_id),
        user_problem=told.get("integration_user_id", ""),
        problems=tuple(typed.problems),
        refusal=_refusal(around.refusal) if around.refusal is not None else None,
        said=around.said,
        check=around.check,
        linked_account=stored.linked_account_id if stored is not None and is_moved else "",
        stored_account=stored.account_id if stored is not None else "",
        link_problem=around.link_problem,
        relinks=tuple(Choice(value=one.value, text=text, is_chosen=False) for one, text in LABELS.items()),
        relink_problem=around.relink_problem,
        has_secrets=bool(marks),
        clear_problem=around.clear_problem,
        certificate=certificate_part(stored, around.certificates, around.certificate, typed.problems, around.zone),
    )


def set_part(
    one: CredentialSet,
    values: Mapping[str, str],
    told: Mapping[str, str],
    marks: Mapping[str, SecretMark],
    zone: tzinfo,
) -> SetPart:
    """Write the fields of a set."""
    return SetPart(
        title=one.title,
        lines=tuple(
            _line(part, values.get(part.name, ""), told.get(part.name, ""), marks.get(part.name), zone)
            for part in one.fields
        ),
    )


def _line(part: CredentialField, value: str, problem: str, mark: SecretMark | None, zone: tzinfo) -> Line:
    return Line(
        name=part.name,
        label=part.label,
        where=part.where,
        value="" if part.is_secret else value,
        problem=problem,
        is_secret=part.is_secret,
        is_optional=part.is_optional,
        is_long=part.is_long,
        choices=part.choices,
        mark=_mark(mark, zone) if mark is not None else None,
    )


def _mark(mark: SecretMark, zone: tzinfo) -> StoredMark:
    return StoredMark(fingerprint=mark.fingerprint, set_by=mark.set_by, set_at=wording.moment(mark.set_at, zone))


def _users(administrators: Sequence[User], chosen: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(value=user.id, text=f"{user.name} ({user.user_id})", is_chosen=user.id == chosen)
        for user in administrators
    )


def _refusal(problem: Problem) -> Refusal:
    return Refusal(title=problem.title, said=problem.cause, remedy=problem.remedy)
