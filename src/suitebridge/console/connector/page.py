"""What the overview of the NetSuite connection shows; never a secret, only its mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import assert_never

from suitebridge.administration.certifying import facts_of, kept_certificates
from suitebridge.administration.connecting import fields_in_use
from suitebridge.console import links, wording
from suitebridge.console.connector.tabs import Tab, tabs
from suitebridge.console.marks import Mark, Tone
from suitebridge.console.wording import Moment
from suitebridge.domain.credential_sets import FIELDS, TYPED
from suitebridge.domain.expiries import Expiry, Urgency, board, stage_of
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.certificates import Certificates
from suitebridge.ports.connections import Connection, SecretMark
from suitebridge.ports.traffic import Traffic

_LOUD_DAYS = 7
"""From so many days on an end is told in the loudest tone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A label with its value, "" where nothing is stored."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretLine:
    """What may be shown of a secret."""

    label: str
    fingerprint: str
    set_by: str
    set_at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkflowLine:
    """One workflow that the connector knows."""

    title: str
    direction: str
    icon: str
    needs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingLine:
    """Something that ends, how near that is, and what to do before."""

    what: str
    when: str
    mark: Mark
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrafficLine:
    """How the requests of this process to the account go."""

    limit: int
    ceiling: int
    under_way: int
    waiting: int
    settled: int
    throttled: int
    unreached: int
    away: str
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectorPage:
    """The connection as it is stored, and the workflows that use it."""

    tabs: tuple[Tab, ...]
    credentials_href: str
    is_connected: bool
    facts: tuple[Fact, ...]
    secrets: tuple[SecretLine, ...]
    endings: tuple[EndingLine, ...]
    traffic: TrafficLine | None
    workflows: tuple[WorkflowLine, ...]


def connector_page(
    connection: Connection | None,
    *,
    integration_user: str,
    workflows: Mapping[str, Workflow],
    certificates: Certificates,
    traffic: Traffic | None,
    zone: tzinfo,
    today: date,
) -> ConnectorPage:
    """Write the overview."""
    return ConnectorPage(
        tabs=tabs("connector"),
        credentials_href=links.address("credentials"),
        is_connected=connection is not None and bool(connection.account_id),
        facts=_facts(connection, integration_user) if connection is not None else (),
        secrets=_secrets(connection.secrets, zone) if connection is not None else (),
        endings=_endings(connection, certificates, today) if connection is not None else (),
        traffic=_traffic(traffic, zone) if traffic is not None else None,
        workflows=tuple(
            WorkflowLine(
                title=workflow.title,
                direction="From NetSuite" if workflow.direction is Direction.IMPORT else "To NetSuite",
                icon="import" if workflow.direction is Direction.IMPORT else "export",
                needs=", ".join(workflows[need].title for need in workflow.needs if need in workflows),
            )
            for workflow in workflows.values()
        ),
    )


def _facts(connection: Connection, integration_user: str) -> tuple[Fact, ...]:
    shown = (field for field in fields_in_use(connection.switches) if not field.is_secret and not field.is_long)
    return (
        Fact(label="NetSuite Account ID", text=connection.account_id),
        *(Fact(label=field.label, text=connection.values.get(field.name, "")) for field in shown),
        Fact(label="Integration user", text=integration_user),
    )


def _endings(connection: Connection, certificates: Certificates, today: date) -> tuple[EndingLine, ...]:
    facts = facts_of(certificates, kept_certificates(connection).present)
    # A key ends with its certificate, where that is known; one that waits is not in use yet.
    known = {"private_key"} if facts is not None else set()
    marks = [mark for mark in connection.secrets if mark.field in TYPED and mark.field not in known]
    ends = [(f"Certificate {connection.values.get('certificate_id', '')}", facts.valid_until)] if facts else []
    lines = board([(FIELDS[mark.field].label, mark.set_at) for mark in marks], today, certificates=ends)
    return tuple(EndingLine(what=line.what, when=line.when, mark=_mark(line), remedy=line.remedy) for line in lines)


def _traffic(traffic: Traffic, zone: tzinfo) -> TrafficLine:
    away = ""
    if traffic.away_since is not None:
        away = (
            f"NetSuite says since {wording.moment(traffic.away_since, zone).text} that it maintains the account. "
            "One small request at a time asks whether it is over; runs wait and go on by themselves."
        )
        mark = Mark(text="maintenance", icon="clock", tone=Tone.CAUTION.value, meaning=away)
    elif traffic.is_lowered:
        said, meaning = "slowed down", "NetSuite refused requests for load; the limit climbs back slowly."
        mark = Mark(text=said, icon="warning", tone=Tone.CAUTION.value, meaning=meaning)
    else:
        mark = Mark(text="free", icon="check", tone=Tone.GOOD.value, meaning="Nothing holds requests back.")
    return TrafficLine(
        limit=traffic.limit,
        ceiling=traffic.ceiling,
        under_way=traffic.under_way,
        waiting=traffic.waiting,
        settled=traffic.settled,
        throttled=traffic.throttled,
        unreached=traffic.unreached,
        away=away,
        mark=mark,
    )


def _mark(line: Expiry) -> Mark:
    stage = stage_of(line.days)
    match line.urgency:
        case Urgency.PAST:
            return Mark(text="Past", icon="alert", tone=Tone.BAD.value, meaning="The day has passed.")
        case Urgency.NEAR:
            tone = Tone.BAD if stage <= _LOUD_DAYS else Tone.CAUTION
            said = f"{wording.counted(line.days, 'day', 'days')} left"
            return Mark(text=said, icon="warning", tone=tone.value, meaning="Plan it now.")
        case Urgency.FAR:
            said = f"{wording.counted(line.days, 'day', 'days')} left"
            return Mark(text=said, icon="check", tone=Tone.NEUTRAL.value, meaning="There is time.")
        case _:
            assert_never(line.urgency)


def _secrets(marks: Sequence[SecretMark], zone: tzinfo) -> tuple[SecretLine, ...]:
    return tuple(
        SecretLine(
            label=FIELDS[mark.field].label if mark.field in FIELDS else mark.field,
            fingerprint=mark.fingerprint,
            set_by=mark.set_by,
            set_at=wording.moment(mark.set_at, zone),
        )
        for mark in marks
    )
