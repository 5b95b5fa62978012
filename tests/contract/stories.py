"""Short ways to say what contract tests say often."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from suitebridge.domain.bindings import Binding, BindingState
from suitebridge.domain.credential_sets import ConnectionDraft, draft_of
from suitebridge.domain.credentials import AccountId, Secret, TokenCredentials
from suitebridge.domain.outcomes import Amount, Outcome, OutcomeKind
from suitebridge.domain.people import Stamp, User
from suitebridge.domain.records import Direction
from suitebridge.domain.values import Fields, Value
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.inbox import NewErrand, Origin
from suitebridge.ports.runs import NewRun
from suitebridge.ports.transactions import NewRecord, Settled

MOMENT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


def create(store: CompanyStore, stamp: Stamp, record_type: str, *records: Fields) -> list[str]:
    """Create records in one unit of work; give their ids."""
    with store.transactions.begin() as unit:
        ids = list(unit.reserve_ids(len(records)))
        unit.create_records(
            [NewRecord(type=record_type, id=own, fields=fields) for own, fields in zip(ids, records, strict=True)],
            stamp,
        )
    return ids


def token_owner(store: CompanyStore, token: Secret, *, at: datetime) -> User | None:
    """Give the user whose token this is."""
    found = store.tokens.use(token, at=at)
    return found.user if found is not None else None


def field(store: CompanyStore, record_type: str, record_id: str, path: str) -> Value:
    """Read one field of a record."""
    (record,) = store.records.fetch(record_type, [record_id], [path])
    return record.fields[path]


def version(store: CompanyStore, record_type: str, record_id: str) -> str:
    """Read a record's version."""
    (record,) = store.records.fetch(record_type, [record_id], [])
    return record.version


def begin_run(store: CompanyStore, run_id: str, *workflows: str) -> None:
    """Store a run and begin its workflows."""
    store.runs.add(new_run(run_id, *workflows))
    for workflow in workflows:
        store.runs.begin_workflow(run_id, workflow, since="")


def new_run(run_id: str, *workflows: str) -> NewRun:
    """Ask for a run."""
    return NewRun(
        id=run_id,
        account_id="TSTDRV100",
        workflows=workflows,
        owner_id="1",
        owner_name="Ada Lovelace",
        started_by="Ada Lovelace",
        is_full=False,
        asked_at=MOMENT,
        mapping_versions=dict.fromkeys(workflows, "m1"),
    )


def add_errand(store: CompanyStore, record_id: str) -> str:
    """Put the export of a customer into the inbox."""
    errand = NewErrand(
        account_id="TSTDRV100",
        direction=Direction.EXPORT,
        record_type="customer",
        record_id=record_id,
        origin=Origin.PERSON,
        asked_at=MOMENT,
        asked_by_id="1",
        asked_by_name="Ada Lovelace",
    )
    with store.transactions.begin() as unit:
        (errand_id,) = unit.add_errands([errand])
    return errand_id


def ended(source_id: str, kind: OutcomeKind = OutcomeKind.CREATED, hours: str = "") -> Settled:
    """Tell a record's end."""
    amount = Amount(unit="hours", value=Decimal(hours)) if hours else None
    return Settled(
        source_version="7", outcome=Outcome(kind=kind, source_id=source_id, title=f"T{source_id}", amount=amount)
    )


def settle(store: CompanyStore, run_id: str, workflow: str, *settled: Settled) -> None:
    """Settle records in one unit of work."""
    with store.transactions.begin() as unit:
        unit.settle(run_id, workflow, settled)


def bound(workspace_id: str, netsuite_id: str | None, workspace_type: str = "customer") -> Binding:
    """Pair two ids."""
    return Binding(
        workspace_type=workspace_type,
        workspace_id=workspace_id,
        netsuite_type="customer",
        netsuite_id=netsuite_id,
        state=BindingState.BOUND if netsuite_id else BindingState.CLAIMED,
        workflow="customers",
        external_id=f"sb_abcd1234_{workspace_type}_{workspace_id}",
        source_version="7",
        body_hash="ab" * 32,
        mapping_version="m1",
        attempt=1,
    )


def token(account: str = "TSTDRV100") -> TokenCredentials:
    """Give a complete credential set."""
    return TokenCredentials(
        account=AccountId(value=account),
        application_id="app-1",
        consumer_key="ck",
        consumer_secret=Secret("planted-consumer-secret"),
        token_id="token-1",
        token_secret=Secret("planted-token-secret"),
    )


def credentials(account: str = "TSTDRV100") -> ConnectionDraft:
    """Give a connection to be saved."""
    return draft_of(token(account))
