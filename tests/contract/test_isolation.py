"""Nothing crosses between two companies of one database: every method of every port, asked in one company about the other (design §4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from suitebridge.adapters.store.companies import StoredCompanies
from suitebridge.domain.agreements import Agreement
from suitebridge.domain.credentials import Secret
from suitebridge.domain.custom_fields import CustomField, TypeFields
from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.groups import WorkflowGroup
from suitebridge.domain.intents import Change
from suitebridge.domain.mail import MailSecurity, MailServer
from suitebridge.domain.notices import Message, NoticeKind, Recipient, Stand, Standing
from suitebridge.domain.outcomes import OPEN_KINDS, OutcomeKind
from suitebridge.domain.overrides import Configuration
from suitebridge.domain.people import ADMINISTRATOR, Door, Role, Stamp, User
from suitebridge.domain.records import Direction, System
from suitebridge.domain.relinks import Relink
from suitebridge.domain.schedules import Schedule, Tick, TickKind, read_timing
from suitebridge.domain.schemas import Kind
from suitebridge.domain.sessions import Session, SignInRules
from suitebridge.ports.agreements import Agreements
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.configurations import Approval, Configurations, Draft, NewVersion
from suitebridge.ports.connections import Connections
from suitebridge.ports.custom_fields import CustomFieldLists
from suitebridge.ports.groups import WorkflowGroups
from suitebridge.ports.inbox import Inbox
from suitebridge.ports.mail import MailSettings
from suitebridge.ports.notes import Notes
from suitebridge.ports.notices import Notices
from suitebridge.ports.people import People, PersonChange, PersonQuery, Roles
from suitebridge.ports.real_time import RealTimeSettings
from suitebridge.ports.request_keys import Fresh, Pending, RequestKeys
from suitebridge.ports.runs import Halt, NewRun, RunLog, RunState
from suitebridge.ports.schedules import Schedules
from suitebridge.ports.second_factors import SecondFactors
from suitebridge.ports.sessions import Sessions
from suitebridge.ports.tokens import ApiTokens
from suitebridge.ports.trail import Trail
from suitebridge.ports.transactions import RecordChange, RecordRemoval, UnitOfWork
from suitebridge.ports.workspace import RecordQuery, WorkspaceRecords
from tests.contract.conftest import fresh_store
from tests.contract.stories import MOMENT, add_errand, begin_run, bound, create, credentials, ended, field, settle

PASSWORD = Secret("wide amber lantern")
TOKEN = Secret("token of the neighbor")
INVITATION = Secret("invitation of the neighbor")
CLERK = Role(name="Clerk", permissions=frozenset())
OWNER = User(id="1", user_id="ada", name="", role=ADMINISTRATOR, is_active=True)
SESSION = Session(id="s1", began_at=MOMENT, seen_at=MOMENT, proven_at=MOMENT, address="", browser="")
RULES = SignInRules(idle_minutes=10)
FACTOR, RECOVERY = Secret("factor of the neighbor"), Secret("recovery of the neighbor")
REFUSAL = Event(name=EventName.ACT_REFUSED, subject_type="user", subject_id="1", subject="see runs")
AGREEMENT = Agreement(workflow="customers", workspace_id="2", version="7", shown={"name": "m"})
GROUP = WorkflowGroup(name="Nightly", workflows=("import_customers",))
RECIPIENT = Recipient(name="Ops", url="https://hooks.example.com/")
SERVER = MailServer(
    host="smtp.example.com", port=465, security=MailSecurity.TLS, sender="bridge@example.com", user="bridge"
)
NOTICE = Message(id="msg_1", recipient="Ops", kind=NoticeKind.CHANGE, body="{}", made_at=MOMENT)
STANDS = {"customers": Stand(standing=Standing.FAILED, run_id="run-1", run_number=1, run_state="failed")}
SAVED = Event(name=EventName.CONFIGURATION_SAVED, subject_type="configuration", subject_id="1", subject="version 1")
FIELDS = TypeFields(
    system=System.WORKSPACE,
    record_type="customer",
    fields=(CustomField(name="theirs__c", label="Theirs", kind=Kind.TEXT),),
)
EDITED = Configuration(settings=(("theirs", True),))
ERRANDS: list[str] = []
"""The ids of the neighbors' errands, which the database gives."""

SCHEDULE = Schedule(name="Daily", group="Nightly", timing=read_timing(["mon"], "06:00", ""), zone="UTC")
AHEAD = MOMENT + timedelta(days=365)
TICK = Tick(day=AHEAD.date(), label="06:00", at=AHEAD, kind=TickKind.SKIPPED, noted_at=AHEAD)
SCHEDULED = NewRun(
    id="scheduled",
    account_id="",
    workflows=(),
    owner_id="1",
    owner_name="",
    started_by="",
    is_full=False,
    asked_at=MOMENT,
    mapping_versions={},
)
BEFORE = MOMENT - timedelta(days=1)
STAMP = Stamp(author_id="1", author_name="Ada Lovelace", door=Door.CONSOLE)


@pytest.fixture
def neighbors(stored_companies: StoredCompanies, stamp: Stamp) -> tuple[CompanyStore, CompanyStore]:
    """Give an empty company, and one that has something of everything."""
    empty, full = fresh_store(stored_companies), fresh_store(stored_companies)
    user = full.people.add(
        user_id="ada", first="", last="", email="", role=ADMINISTRATOR, password=PASSWORD, stamp=None
    )
    full.people.invite(user.id, token=INVITATION, expires_at=MOMENT, ends_access=False, stamp=stamp)
    full.sessions.open(user, SESSION)
    full.sessions.save_rules(RULES, stamp=stamp)
    full.second_factors.begin(user, FACTOR)
    full.second_factors.turn_on(user, step=1, codes=[RECOVERY], stamp=stamp)
    full.roles.save(CLERK, was=None, reason="", stamp=stamp)
    full.roles.set_duties_apart(is_on=True, stamp=stamp)
    full.tokens.issue(user, label="", token=TOKEN, expires_at=MOMENT)
    full.request_keys.claim(user.id, "k", request="theirs", at=BEFORE)
    full.groups.save(GROUP, stamp=stamp)
    full.schedules.save(SCHEDULE, stamp=stamp)
    full.schedules.note("Daily", TICK)
    full.mail.save(SERVER, password=TOKEN, stamp=stamp)
    full.notices.save(RECIPIENT, key=TOKEN, stamp=stamp)
    full.notices.post(STANDS, [replace(NOTICE, made_at=datetime(2026, 3, 2, 8, tzinfo=UTC))])
    full.configurations.save(NewVersion(configuration=EDITED, based_on=0), stamp=stamp, tell=lambda _: SAVED)
    proposal = NewVersion(configuration=EDITED, based_on=1, approval=Approval.PROPOSED)
    full.configurations.save(proposal, stamp=stamp, tell=lambda _: SAVED)
    full.custom_fields.save(FIELDS, stamp=stamp, told=None)
    full.configurations.keep_draft("1", Draft(configuration=EDITED, based_on=1, at=MOMENT))
    full.connections.save(credentials(), stamp)
    full.real_time.save_exports(frozenset({"invoice"}), stamp, version=0)
    full.real_time.save_key(TOKEN, stamp)
    ERRANDS.append(add_errand(full, "2"))
    create(full, stamp, "customer", {"name": "Acme", "netsuite_id": "7", "load_key": "c"}, {"name": "Beta"})
    begin_run(full, "run-1", "customers")
    full.runs.freeze("run-1", "customers", [("2", "1"), ("3", "1")])
    settle(full, "run-1", "customers", ended("2", OutcomeKind.FAILED))
    with full.transactions.begin() as unit:
        unit.save_bindings([bound("2", "7"), replace(bound("1", "501", "employee"), netsuite_type="employee")])
        unit.save_agreements([AGREEMENT])
        unit.save_watermark("customers", "yesterday")
    return empty, full


def _checkpoint(store: CompanyStore) -> None:
    with store.transactions.begin() as unit:
        unit.save_checkpoint("run-1", "customers", after_id="99", is_finished=True)


def _hold(store: CompanyStore) -> None:
    with store.transactions.begin() as unit:
        unit.hold_run("run-1", 0)


READS: Mapping[str, Callable[[CompanyStore], object]] = {
    "WorkspaceRecords.fetch": lambda store: store.records.fetch("customer", ["1", "2", "3"], []),
    "WorkspaceRecords.find": lambda store: store.records.find("customer", "name", ["acme"], ignores_case=True),
    "WorkspaceRecords.select": lambda store: store.records.select("customer", None, after_id="", limit=9),
    "WorkspaceRecords.query": lambda store: store.records.query(RecordQuery(record_type="customer")),
    "WorkspaceRecords.count": lambda store: store.records.count("customer"),
    "RunLog.get": lambda store: [store.runs.get(name) for name in ("run-1", "1", "last") if store.runs.get(name)],
    "RunLog.newest": lambda store: store.runs.newest(limit=9),
    "RunLog.unfinished": lambda store: store.runs.unfinished(),
    "RunLog.history": lambda store: [one.recorded.outcome for one in store.runs.history("customers", "2", limit=9)],
    "RunLog.left_open": lambda store: store.runs.left_open(OPEN_KINDS),
    "RunLog.still_open": lambda store: store.runs.still_open("customers", ["1", "2", "3"]),
    "RunLog.open_items": lambda store: store.runs.open_items("customers", not_in_run="", limit=9),
    "RunLog.watermark": lambda store: store.runs.watermark("customers"),
    "RunLog.bindings_by_workspace": lambda store: store.runs.bindings_by_workspace("customer", "customer", ["2"]),
    "RunLog.linked": lambda store: store.runs.linked("customer", "customer", limit=5),
    "RunLog.bindings_by_netsuite": lambda store: store.runs.bindings_by_netsuite("customer", "customer", ["7"]),
    "RealTimeSettings.get": lambda store: store.real_time.get().exports,
    "RealTimeSettings.key": lambda store: store.real_time.key(),
    "Inbox.get": lambda store: store.inbox.get(ERRANDS[-1]),
    "Inbox.waiting": lambda store: store.inbox.waiting(limit=9),
    "Inbox.newest": lambda store: store.inbox.newest(limit=9),
    "Inbox.of_record": lambda store: store.inbox.of_record(Direction.EXPORT, "customer", "2", limit=9),
    "People.get": lambda store: store.people.get("ada"),
    "People.by_record": lambda store: store.people.by_record("1"),
    "People.by_netsuite": lambda store: store.people.by_netsuite("501"),
    "People.card": lambda store: store.people.card("1"),
    "People.page": lambda store: store.people.page(PersonQuery(at=BEFORE, text="ad")).cards,
    "People.invited": lambda store: store.people.invited(INVITATION, at=BEFORE),
    "Roles.all": lambda store: [card for card in store.roles.all() if card.role == CLERK],
    "Roles.get": lambda store: store.roles.get("Clerk"),
    "People.administrators": lambda store: store.people.administrators(),
    "People.check_password": lambda store: store.people.check_password("ada", PASSWORD),
    "Connections.get": lambda store: store.connections.get(),
    "Connections.open_secrets": lambda store: store.connections.open_secrets(),
    "Connections.credentials": lambda store: store.connections.credentials(),
    "ApiTokens.use": lambda store: store.tokens.use(TOKEN, at=BEFORE),
    "ApiTokens.held": lambda store: store.tokens.held(at=BEFORE),
    "Roles.keep_duties_apart": lambda store: store.roles.keep_duties_apart(),
    "ApiTokens.of_user": lambda store: store.tokens.of_user(OWNER, at=BEFORE),
    "Sessions.rules": lambda store: store.sessions.rules() == RULES,
    "Sessions.get": lambda store: store.sessions.get(OWNER, "s1"),
    "Sessions.of_user": lambda store: store.sessions.of_user(OWNER, at=MOMENT),
    "SecondFactors.get": lambda store: store.second_factors.get(OWNER),
    "SecondFactors.secret": lambda store: store.second_factors.secret(OWNER),
    "Agreements.of": lambda store: store.agreements.of("customers", ["1", "2"]),
    "Agreements.moved_on": lambda store: store.agreements.moved_on(
        "customers", ("customer", "customer"), None, after_id="", limit=9
    ),
    "WorkflowGroups.all": lambda store: store.groups.all(),
    "WorkflowGroups.get": lambda store: store.groups.get("Nightly"),
    "Schedules.all": lambda store: store.schedules.all(),
    "Schedules.get": lambda store: store.schedules.get("Daily"),
    "Schedules.ticks": lambda store: store.schedules.ticks("Daily", limit=9),
    "MailSettings.get": lambda store: store.mail.get(),
    "MailSettings.password": lambda store: store.mail.password(),
    "Notices.recipients": lambda store: store.notices.recipients(),
    "Notices.recipient": lambda store: store.notices.recipient("Ops"),
    "Notices.key": lambda store: store.notices.key("Ops"),
    "Notices.told": lambda store: store.notices.told(),
    "Notices.messages": lambda store: store.notices.messages(limit=9),
    "CustomFieldLists.load": lambda store: store.custom_fields.load(),
    "Configurations.load": lambda store: store.configurations.load().version,
    "Configurations.at": lambda store: store.configurations.at(1),
    "Configurations.newest": lambda store: store.configurations.newest(limit=9),
    "Configurations.load_draft": lambda store: store.configurations.load_draft("1"),
    "Trail.of_record": lambda store: store.trail.of_record("customer", "2"),
    "Trail.newest": lambda store: store.trail.newest(limit=9),
    "Trail.verify": lambda store: store.trail.verify().checked,
}
REFUSED: Mapping[str, Callable[[CompanyStore], object]] = {
    "RunLog.take": lambda store: store.runs.take("run-1", worker="w"),
    "RunLog.enter": lambda store: store.runs.enter("run-1", RunState.CANCELLED, at=MOMENT),
    "RunLog.ask_halt": lambda store: store.runs.ask_halt("run-1", Halt.PAUSE, by="Ada"),
    "RunLog.resume": lambda store: store.runs.resume("run-1", by="Ada"),
    "RunLog.count_recovery": lambda store: store.runs.count_recovery("run-1"),
    "RunLog.begin_workflow": lambda store: store.runs.begin_workflow("run-1", "time", since=""),
    "RunLog.freeze": lambda store: store.runs.freeze("run-1", "customers", [("9", "1")]),
    "RunLog.pending": lambda store: store.runs.pending("run-1", "customers", limit=9),
    "RunLog.progress": lambda store: store.runs.progress("run-1"),
    "RunLog.outcomes": lambda store: store.runs.outcomes("run-1"),
    "RunLog.rehearsed": lambda store: store.runs.rehearsed("run-1", "customers", ["1", "2"], by_target=False),
    "RunLog.outcomes_of": lambda store: store.runs.outcomes_of("run-1", "customers", ["2"]),
    "RunLog.settled_sums": lambda store: store.runs.settled_sums("run-1", "customers"),
    "People.change": lambda store: store.people.change("1", PersonChange(first="X"), version="", stamp=STAMP),
    "People.invite": lambda store: store.people.invite(
        "1", token=Secret("other"), expires_at=MOMENT, ends_access=True, stamp=STAMP
    ),
    "People.accept": lambda store: store.people.accept(INVITATION, Secret("long enough words"), at=BEFORE, stamp=STAMP),
    "People.set_password": lambda store: store.people.set_password("1", Secret("long enough words"), stamp=STAMP),
    "People.note_sign_in": lambda store: store.people.note_sign_in("1", stamp=STAMP),
    "People.end_access": lambda store: store.people.end_access("1", stamp=STAMP),
    "SecondFactors.turn_on": lambda store: store.second_factors.turn_on(OWNER, step=9, codes=[], stamp=STAMP),
    "SecondFactors.replace_codes": lambda store: store.second_factors.replace_codes(OWNER, [], stamp=STAMP),
    "SecondFactors.begin": lambda store: store.second_factors.begin(OWNER, Secret("ours")),
    "Sessions.open": lambda store: store.sessions.open(OWNER, SESSION),
    "UnitOfWork.settle": lambda store: settle(store, "run-1", "customers", ended("3")),
    "UnitOfWork.save_checkpoint": _checkpoint,
    "UnitOfWork.hold_run": _hold,
}
WRITES = {
    "RunLog.add",
    "People.add",
    "Connections.save",
    "Connections.save_switches",
    "Connections.set_integration_user",
    "Connections.clear",
    "Connections.link",
    "ApiTokens.issue",
    "ApiTokens.revoke",
    "ApiTokens.withdraw",
    "Sessions.save_rules",
    "Sessions.seen",
    "Sessions.proven",
    "Sessions.end",
    "Sessions.leave",
    "SecondFactors.pending",
    "SecondFactors.use_step",
    "SecondFactors.use_code",
    "SecondFactors.remove",
    "Notes.note",
    "RequestKeys.claim",
    "RequestKeys.settle",
    "RequestKeys.release",
    "UnitOfWork.hold_account",
    "UnitOfWork.reserve_ids",
    "UnitOfWork.create_records",
    "UnitOfWork.change_records",
    "UnitOfWork.remove_records",
    "UnitOfWork.refused_fields",
    "WorkflowGroups.save",
    "WorkflowGroups.remove",
    "Notices.save",
    "Notices.remove",
    "Notices.post",
    "Notices.claim",
    "Notices.settle",
    "Notices.repeat",
    "Schedules.save",
    "Schedules.remove",
    "Schedules.note",
    "Schedules.start",
    "Roles.save",
    "Roles.set_duties_apart",
    "Roles.remove",
    "UnitOfWork.append_event",
    "UnitOfWork.add_errands",
    "Inbox.refuse",
    "MailSettings.save",
    "MailSettings.remove",
    "RealTimeSettings.save_exports",
    "RealTimeSettings.save_key",
    "UnitOfWork.save_bindings",
    "UnitOfWork.save_agreements",
    "UnitOfWork.save_watermark",
    "CustomFieldLists.save",
    "Configurations.save",
    "Configurations.judge",
    "Configurations.keep_draft",
    "Configurations.drop_draft",
}


def test_every_method_of_every_port_is_asked() -> None:
    ports = (
        WorkspaceRecords,
        RunLog,
        Inbox,
        MailSettings,
        Agreements,
        RealTimeSettings,
        People,
        Connections,
        ApiTokens,
        RequestKeys,
        WorkflowGroups,
        Configurations,
        CustomFieldLists,
        Schedules,
        Notices,
        Trail,
        UnitOfWork,
        Roles,
        Sessions,
        SecondFactors,
        Notes,
    )
    methods = {f"{port.__name__}.{name}" for port in ports for name in vars(port) if not name.startswith("_")}
    assert methods == {*READS, *REFUSED, *WRITES}


@pytest.mark.parametrize("method", READS)
def test_reading_finds_nothing_of_the_neighbor(neighbors: tuple[CompanyStore, CompanyStore], method: str) -> None:
    empty, full = neighbors
    assert READS[method](full)
    assert not READS[method](empty)


@pytest.mark.parametrize("method", REFUSED)
def test_what_belongs_to_the_neighbor_cannot_be_moved(
    neighbors: tuple[CompanyStore, CompanyStore], method: str
) -> None:
    empty, full = neighbors
    before = [READS[name](full) for name in READS], full.runs.progress("run-1")
    with pytest.raises(LookupError):
        REFUSED[method](empty)
    assert ([READS[name](full) for name in READS], full.runs.progress("run-1")) == before


def test_the_same_writes_leave_the_neighbor_as_it_is(
    neighbors: tuple[CompanyStore, CompanyStore], stamp: Stamp
) -> None:
    empty, full = neighbors
    before = [READS[name](full) for name in READS]
    user = empty.people.add(user_id="ada", first="E", last="", email="", role=ADMINISTRATOR, password=None, stamp=None)
    assert user.id == "1"
    create(empty, stamp, "customer", {"name": "Acme of ours", "netsuite_id": "7", "load_key": "c"})
    step = Change(field="name", before=None, after="Renamed")
    with empty.transactions.begin() as unit:
        unit.change_records([RecordChange(type="customer", id="2", version="", changes=(step,))], stamp)
        assert unit.change_records([RecordChange(type="customer", id="3", version="", changes=(step,))], stamp) == ["3"]
        assert unit.remove_records([RecordRemoval(type="customer", id="3", version="1")], stamp) == ["3"]
        unit.save_bindings([bound("2", "7")])
        unit.save_agreements([replace(AGREEMENT, version="8", shown={})])
        unit.save_watermark("customers", "today")
    empty.connections.save(credentials("TSTDRV200"), stamp)
    empty.connections.link(Relink.OTHER, stamp)
    empty.connections.save_switches(frozenset(), stamp)
    empty.connections.set_integration_user(user.id, stamp)
    empty.connections.clear(stamp)
    empty.tokens.issue(user, label="", token=Secret("ours"), expires_at=MOMENT)
    empty.tokens.revoke(TOKEN)
    tick = replace(TICK, label="later", at=AHEAD + timedelta(days=1))
    assert not empty.schedules.note("Daily", tick)
    assert empty.schedules.start("Daily", tick, SCHEDULED) is None
    empty.groups.save(GROUP, stamp=stamp)
    empty.schedules.save(SCHEDULE, stamp=stamp)
    empty.schedules.note("Daily", TICK)
    empty.schedules.remove("Daily", version=1, stamp=stamp)
    empty.groups.remove("Nightly", version=1, stamp=stamp)
    assert empty.notices.claim() is None
    assert not empty.notices.repeat("msg_1")
    empty.notices.settle(NOTICE, is_taken=True, said="theirs")
    empty.mail.save(SERVER, password=FACTOR, stamp=stamp)
    empty.mail.remove(version=1, stamp=stamp)
    empty.notices.save(RECIPIENT, key=FACTOR, stamp=stamp)
    empty.notices.post(STANDS, [replace(NOTICE, made_at=datetime(2026, 3, 2, 8, tzinfo=UTC))])
    empty.notices.remove("Ops", version=1, stamp=stamp)
    for version in (1, 2):
        with pytest.raises(RecordRefusedError, match="SB-CFG-007"):
            empty.configurations.judge(version, is_approved=True, stamp=stamp, told=SAVED)
    empty.configurations.save(NewVersion(configuration=Configuration(), based_on=0), stamp=stamp, tell=lambda _: SAVED)
    empty.custom_fields.save(replace(FIELDS, fields=()), stamp=stamp, told=None)
    empty.configurations.keep_draft("1", Draft(configuration=Configuration(), based_on=0, at=MOMENT))
    empty.configurations.drop_draft("1")
    empty.roles.save(CLERK, was=None, reason="", stamp=stamp)
    empty.roles.remove("Clerk", stamp=stamp)
    empty.roles.set_duties_apart(is_on=False, stamp=stamp)
    (theirs,) = full.tokens.of_user(OWNER, at=BEFORE)
    assert not empty.tokens.withdraw(OWNER, theirs.id, stamp=stamp)
    later = MOMENT + timedelta(minutes=1)
    empty.sessions.seen("s1", at=later)
    empty.sessions.proven("s1", at=later)
    empty.sessions.leave("s1")
    assert empty.sessions.end(user, ["s1"], stamp=stamp) == 0
    empty.sessions.save_rules(SignInRules(idle_minutes=20), stamp=stamp)
    assert empty.second_factors.pending(user) is None
    assert not empty.second_factors.use_step(user, 99)
    assert not empty.second_factors.use_code(user, RECOVERY, stamp=stamp)
    assert not empty.second_factors.remove(user, stamp=stamp)
    empty.notes.note(REFUSAL, stamp=stamp)
    assert empty.request_keys.claim(user.id, "k", request="theirs", at=BEFORE) == Fresh()
    empty.request_keys.release(user.id, "k")
    empty.request_keys.settle(user.id, "k", made="9")
    assert full.request_keys.claim(user.id, "k", request="theirs", at=BEFORE) == Pending()
    empty.real_time.save_exports(frozenset({"receipt"}), stamp, version=0)
    empty.real_time.save_key(None, stamp)
    empty.inbox.refuse([add_errand(empty, "2"), ERRANDS[-1]], Problem(code="SB-OWN-001", facts={"said": ""}))
    begin_run(empty, "run-1", "customers")
    settle(empty, "run-1", "customers", ended("2"))
    assert [READS[name](full) for name in READS] == before
    assert full.notes.note(REFUSAL, stamp=stamp)
    assert field(empty, "customer", "2", "name") == "Renamed"
    assert field(full, "customer", "2", "name") == "Acme"


def test_a_reference_does_not_lead_into_the_neighbor(
    neighbors: tuple[CompanyStore, CompanyStore], stamp: Stamp
) -> None:
    empty, _ = neighbors
    (own,) = create(empty, stamp, "contact", {"name": "C", "customer": "2"})
    assert field(empty, "contact", own, "customer.name") is None
