"""The real gateway against a simulator that misbehaves: what users would lose sleep over (quality.md B5)."""

from __future__ import annotations

import dataclasses
import socket
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import msgspec
import pytest

from netsuite_simulator.account import Account
from netsuite_simulator.faults import (
    AfterSubmitFailed,
    ConnectionReset,
    Fault,
    HtmlPage,
    InvalidLogin,
    Maintenance,
    ReorderedAnswers,
    ServerError,
    ShortAnswers,
    Throttle,
    TimeoutAfterCommit,
    TruncatedBody,
)
from netsuite_simulator.loading import company_folder
from netsuite_simulator.loading.customizations import customize
from netsuite_simulator.permissions import DOOR_PERMISSIONS
from netsuite_simulator.results import FULL
from netsuite_simulator.roles import Role
from netsuite_simulator.tokens import Credentials
from suitebridge.adapters.netsuite.checking import check
from suitebridge.adapters.netsuite.gateway import TokenGateway
from suitebridge.catalog import CATALOG
from suitebridge.domain.checks import Check
from suitebridge.domain.credentials import TokenCredentials
from suitebridge.domain.doors import Preference
from suitebridge.domain.errors import RetryLaterError, RunStoppedError
from suitebridge.domain.rights import Need, least_role, need_of
from suitebridge.domain.values import Fields
from suitebridge.ports.netsuite import (
    CheckState,
    CheckStep,
    Done,
    LinkedRecord,
    NotSent,
    OutgoingRecord,
    ReadRequest,
    Uncertain,
)
from tests.contract.netsuite_worlds import SimulatedWorld, bearing, connected, needs, simulated

CUSTOMERS = ReadRequest(record_type="customer", fields=("entityId",))


EVERY_DOOR = pytest.mark.parametrize("world", Preference, indirect=True)


@pytest.fixture
def world(request: pytest.FixtureRequest) -> Iterator[SimulatedWorld]:
    with simulated(prefers=getattr(request, "param", Preference.SOAP)) as behind_http:
        behind_http.add("customer", entityId="Zed")
        yield behind_http


def bills(world: SimulatedWorld, count: int = 3) -> list[OutgoingRecord]:
    employee = world.add("employee", entityId="Ann")
    fields: Fields = {"employee": employee, "tranDate": date(2026, 5, 4), "hours": Decimal(1)}
    return [OutgoingRecord(external_id=f"sb_t_{number}", fields=fields) for number in range(count)]


DOUBTS: dict[str, tuple[Fault, bool]] = {
    "time-out after commit": (TimeoutAfterCommit(), True),
    "reset before anything": (ConnectionReset(), False),
    "truncated": (TruncatedBody(), True),
    "a page": (HtmlPage(), False),
    "bad gateway after commit": (ServerError(status=502, after_commit=True), True),
    "unavailable, nothing done": (ServerError(status=503), False),
}


@pytest.mark.fault("F12")
@EVERY_DOOR
@pytest.mark.parametrize("name", DOUBTS)
def test_doubt_is_told_as_doubt_and_the_lookup_decides(name: str, world: SimulatedWorld) -> None:
    fault, is_stored = DOUBTS[name]
    (record,) = bills(world, 1)
    world.fail_next(fault)
    (answer,) = world.gateway.upsert("timeBill", [record])
    assert isinstance(answer, Uncertain)
    found = world.gateway.find_by_external_ids("timeBill", [record.external_id])
    assert len(found) == (1 if is_stored else 0)
    (again,) = world.gateway.upsert("timeBill", [record])
    assert isinstance(again, Done)
    assert world.count("timeBill") == 1


def test_a_script_that_failed_after_the_save_leaves_doubt_about_every_record(world: SimulatedWorld) -> None:
    records = bills(world)
    world.fail_next(AfterSubmitFailed())
    assert all(isinstance(answer, Uncertain) for answer in world.gateway.upsert("timeBill", records))
    assert len(world.gateway.find_by_external_ids("timeBill", [record.external_id for record in records])) == 3


BATCH_FAULTS: dict[str, tuple[Fault, str]] = {
    "the batch's answer is lost after the commit": (TimeoutAfterCommit(), "put collection"),
    "the batch never arrives": (ConnectionReset(), "put collection"),
    "the batch is answered by a gateway after the commit": (ServerError(status=504, after_commit=True), "put collection"),
    "questions about the job are lost": (TruncatedBody(), "get job"),
}  # fmt: skip


@pytest.mark.parametrize("name", BATCH_FAULTS)
@pytest.mark.parametrize("world", [Preference.REST], indirect=True)
def test_a_batch_is_stored_once_whatever_is_lost(name: str, world: SimulatedWorld) -> None:
    fault, operation = BATCH_FAULTS[name]
    records = bills(world, 25)
    world.server.edit(lambda: world.account.faults.plan(fault, door="rest", operation=operation))
    answers = world.gateway.upsert("timeBill", records)
    assert world.server.edit(lambda: world.account.faults.plans) == [], "the fault came to pass"
    assert Counter(type(answer).__name__ for answer in answers) <= Counter({"Done": 25, "Uncertain": 1})
    assert world.count("timeBill") == 25
    found = world.gateway.find_by_external_ids("timeBill", [record.external_id for record in records])
    assert all(answer.netsuite_id == found[answer.external_id] for answer in answers if isinstance(answer, Done))


def test_reordered_answers_find_their_records(world: SimulatedWorld) -> None:
    records = bills(world, 5)
    world.fail_next(ReorderedAnswers())
    answers = world.gateway.upsert("timeBill", records)
    ids = {answer.external_id: answer.netsuite_id for answer in answers if isinstance(answer, Done)}
    assert ids == world.gateway.find_by_external_ids("timeBill", [record.external_id for record in records])


def test_missing_answers_are_doubts(world: SimulatedWorld) -> None:
    records = bills(world, 5)
    world.fail_next(ShortAnswers(missing=2))
    answers = world.gateway.upsert("timeBill", records)
    assert Counter(type(answer).__name__ for answer in answers) == {"Done": 3, "Uncertain": 2}


@pytest.mark.fault("F14")
@EVERY_DOOR
def test_a_burst_of_refusals_fails_no_record(world: SimulatedWorld) -> None:
    records = bills(world, 300)
    world.fail_next(Throttle(), times=9)
    assert all(isinstance(answer, Done) for answer in world.gateway.upsert("timeBill", records))
    assert world.count("timeBill") == 300


@pytest.mark.parametrize("fault", [TruncatedBody(), HtmlPage(), ServerError(status=502), TimeoutAfterCommit()])
def test_reads_survive_two_lost_answers_and_give_up_on_the_third(fault: Fault, world: SimulatedWorld) -> None:
    world.fail_next(fault, times=2)
    assert len(world.gateway.fetch(CUSTOMERS).records) == 1
    world.fail_next(fault, times=3)
    with pytest.raises(RetryLaterError, match="NS-OUT"):
        world.gateway.fetch(CUSTOMERS)


@pytest.mark.fault("F17")
@EVERY_DOOR
def test_maintenance_means_waiting(world: SimulatedWorld) -> None:
    records = bills(world)
    world.fail_next(Maintenance(), times=100)
    with pytest.raises(RetryLaterError, match="NS-OUT-001"):
        world.gateway.fetch(CUSTOMERS)
    answers = world.gateway.upsert("timeBill", records)
    assert {answer.problem.code for answer in answers if isinstance(answer, NotSent)} == {"NS-OUT-001"}


@EVERY_DOOR
def test_a_limit_disguised_as_a_refused_sign_in_fails_nothing(world: SimulatedWorld) -> None:
    records = bills(world, 200)
    world.gateway.fetch(CUSTOMERS)
    world.fail_next(InvalidLogin())
    assert all(isinstance(answer, Done) for answer in world.gateway.upsert("timeBill", records))
    assert world.count("timeBill") == 200


def step_of(steps: list[CheckStep], name: str) -> CheckStep:
    (step,) = [step for step in steps if step.name == name]
    return step


@pytest.mark.parametrize("part", ["consumer_key", "consumer_secret", "token_id", "token_secret"])
def test_wrong_credentials_stop_the_run_and_never_lock_the_token(part: str) -> None:
    account = Account()
    given = account.tokens.issue(account.id)
    wrong = msgspec.structs.replace(given, **{part: "0" * 64})
    with simulated(account, wrong) as world:
        for _ in range(4):
            with pytest.raises(RunStoppedError, match="NS-AUTH-001"):
                world.gateway.fetch(CUSTOMERS)
        steps = list(world.gateway.check(needs("customer")))
        assert not account.tokens.is_locked(given.token_id)
        assert step_of(steps, "authentication").state is CheckState.FAILED
        assert step_of(steps, "permissions:customer").state is CheckState.NOT_RUN
        with connected(account.id, given, world.server.url) as line:
            assert TokenGateway(line).fetch(CUSTOMERS).is_last


@pytest.mark.fault("F21")
@EVERY_DOOR
def test_a_revoked_token_stops_the_run(world: SimulatedWorld) -> None:
    records = bills(world, 300)
    world.gateway.fetch(CUSTOMERS)
    world.server.edit(world.account.tokens.clear)
    with pytest.raises(RunStoppedError, match="NS-AUTH-001"):
        world.gateway.upsert("timeBill", records)
    assert world.count("timeBill") == 0


@pytest.mark.fault("F27")
@pytest.mark.parametrize(
    ("seconds", "state"),
    [(0, CheckState.PASSED), (120, CheckState.WARNED), (600, CheckState.FAILED), (-600, CheckState.FAILED)],
)
def test_the_clock_is_measured_and_named(seconds: int, state: CheckState, world: SimulatedWorld) -> None:
    world.clock.offset_seconds = seconds
    steps = list(world.gateway.check(needs()))
    assert step_of(steps, "clock").state is state
    if state is not CheckState.FAILED:
        assert step_of(steps, "authentication").state is CheckState.PASSED
        return
    assert step_of(steps, "authentication").state is CheckState.NOT_RUN
    with pytest.raises(RunStoppedError, match="NS-CLOCK-001"):
        world.gateway.fetch(CUSTOMERS)


def test_a_dead_host_is_named_at_once() -> None:
    account = Account()
    with socket.create_server(("127.0.0.1", 0)) as closed:
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
    with connected(account.id, account.tokens.issue(account.id), url) as line:
        gateway = TokenGateway(line)
        with pytest.raises(RetryLaterError, match="NS-NET-001"):
            gateway.fetch(CUSTOMERS)
        record = OutgoingRecord(external_id="a", fields={"memo": "x"})
        (unsent,) = gateway.upsert("timeBill", [record])
        assert isinstance(unsent, NotSent)
        steps = list(gateway.check(needs("customer")))
    assert step_of(steps, "tls").state is CheckState.FAILED
    assert {step.state for step in steps[4:-1]} == {CheckState.NOT_RUN}
    account.close()


def test_a_wrong_account_id_is_a_refused_sign_in() -> None:
    account = Account("TSTDRV1")
    given = msgspec.structs.replace(account.tokens.issue(account.id), account_id="TSTDRV2")
    with simulated(account) as world, connected("TSTDRV2", given, world.server.url) as line:
        stranger = TokenGateway(line)
        with pytest.raises(RunStoppedError, match="NS-AUTH-001"):
            stranger.fetch(CUSTOMERS)


@pytest.mark.fault("F22")
@pytest.mark.parametrize(
    ("missing", "failed"),
    [
        ("ADMI_WEBSERVICES", {"permissions:soap"}),
        ("ADMI_RESTWEBSERVICES", {"permissions:rest"}),
        ("REPO_ANALYTICS", {"permissions:suiteql"}),
        ("LIST_CUSTJOB", {"permissions:customer"}),
    ],
)
def test_the_check_names_the_permission_that_a_role_lacks(missing: str, failed: set[str]) -> None:
    account = Account()
    permissions = {**account.roles.connector.permissions, **dict.fromkeys(DOOR_PERMISSIONS, FULL)}
    del permissions[missing]
    role = account.roles.add("Lacking", permissions)
    token = account.tokens.add(account.integrations.add("SuiteBridge"), role, user="ann@example.com")
    with simulated(account, account.tokens.credentials(account.id, token)) as world:
        steps = list(world.gateway.check(needs("customer", "employee")))
    assert {step.name for step in steps if step.state is CheckState.FAILED} == failed
    (problem,) = [step.problem for step in steps if step.state is CheckState.FAILED]
    assert problem is not None
    assert problem.code == "NS-PERM-001"
    assert "not known)" not in problem.title + problem.cause + problem.remedy


def issued_for(account: Account, role: Role) -> Credentials:
    """Have NetSuite issue credentials of a role."""
    token = account.tokens.add(account.integrations.add(role.name), role, user="ann@example.com")
    return account.tokens.credentials(account.id, token)


def test_the_check_warns_of_an_administrators_role_and_of_nothing_for_the_least_one() -> None:
    catalog = tuple(map(need_of, CATALOG.values()))
    account = Account()
    customize(account, company_folder("consultancy"))
    least = account.roles.add("Least", {needed.right.key: int(needed.level) for needed in least_role(catalog)})
    with simulated(account, issued_for(account, least)) as world:
        steps = list(world.gateway.check(catalog))
        assert {step.check for step in steps} == set(Check)
        assert [(step.name, step.said) for step in steps if step.state is CheckState.FAILED] == []
        assert {step.name for step in steps if step.state is not CheckState.PASSED} == {"concurrency"}
        given = world.server.edit(lambda: issued_for(account, account.roles.find("3") or least))
        with connected(account.id, given, world.server.url) as line:
            told = {step.name: step for step in TokenGateway(line).check(catalog)}
    surplus = told["permissions:surplus"].problem
    assert surplus is not None
    assert surplus.code == "NS-PERM-002"
    assert told["permissions:surplus"].state is CheckState.WARNED
    assert told["concurrency"].said.startswith("5 of the account's 5 slots")


@pytest.mark.fault("F23")
def test_the_check_names_a_feature_that_may_be_off() -> None:
    account = Account()
    permissions = {
        name: level for name, level in account.roles.connector.permissions.items() if name != "TRAN_TIMEBILL"
    }
    with simulated(account, issued_for(account, account.roles.add("Timeless", permissions))) as world:
        features = step_of(list(world.gateway.check(needs("customer", "timeBill"))), "features")
    assert features.problem is not None
    assert (features.state, features.problem.code) == (CheckState.WARNED, "NS-FEAT-001")
    assert features.said == "not proven: Time Tracking"


@pytest.mark.fault("F39")
def test_the_check_names_custom_fields_that_are_missing(world: SimulatedWorld) -> None:
    need = Need(workflow="use", title="Customers", record_type="customer", fields=("entityId", "custentity_oa_export_to_openair"))  # fmt: skip
    assert step_of(list(world.gateway.check([need])), "custom-fields:use").state is CheckState.PASSED
    unknown = dataclasses.replace(need, fields=("custentity_nobody_made_it",))
    steps = list(world.gateway.check([unknown]))
    assert step_of(steps, "custom-fields:use").state is CheckState.FAILED
    assert step_of(steps, "samples:use").state is CheckState.FAILED
    assert step_of(steps, "permissions:customer").state is CheckState.PASSED


@pytest.mark.fault("F25")
def test_a_sandbox_that_does_not_know_the_token_was_probably_refreshed() -> None:
    account = Account("1234567_SB2")
    given = msgspec.structs.replace(account.tokens.issue(account.id), token_id="0" * 64)
    with simulated(account) as world, connected(account.id, given, world.server.url) as line:
        problem = step_of(list(TokenGateway(line).check([])), "authentication").problem
    assert problem is not None
    assert problem.code == "NS-AUTH-003"
    assert "was refreshed" in problem.cause
    assert "not to be trusted" in problem.remedy


def test_linked_records_that_are_gone_renamed_or_somebody_elses_are_named(world: SimulatedWorld) -> None:
    acme = world.add("customer", entityId="Acme Ltd", companyName="Acme Ltd")
    other = world.add("customer", "sb_other_customer_1", entityId="Zed", companyName="Zed")

    def linked(netsuite_id: str, name: str, external_id: str = "") -> LinkedRecord:
        return LinkedRecord(
            record_type="customer",
            netsuite_id=netsuite_id,
            title=f"Customer {name}",
            name=name,
            external_id=external_id,
        )

    right = (linked(acme, "ACME Ltd"), linked(other, "renamed since", "SB_other_customer_1"))
    step = step_of(list(world.gateway.check(needs(), right)), "links:customer")
    assert (step.state, step.said) == (CheckState.PASSED, "2 looked at, each is the same record")
    assert [link.text for link in step.links] == [
        f"Customer ACME Ltd: NetSuite ID {acme}",
        f"Customer renamed since: NetSuite ID {other}",
    ]
    wrong = (*right, linked("987654", "Gone"), linked(other, "Foreign", "sb_x_customer_2"), linked(acme, "Bolt"))
    step = step_of(list(world.gateway.check(needs(), wrong)), "links:customer")
    assert step.state is CheckState.WARNED
    assert step.problem is not None
    assert step.problem.code == "NS-LNK-001"
    assert step.said == (
        f"3 of 5 are not the same: Customer Gone was 987654, which is gone or hidden; "
        f"Customer Foreign: {other} is another record; Customer Bolt: {acme} is “Acme Ltd” there"
    )
    none = step_of(list(world.gateway.check(needs())), "links")
    assert (none.state, none.said) == (CheckState.PASSED, "no record is linked yet")


def test_a_check_ends_when_its_time_is_up(world: SimulatedWorld) -> None:
    steps = list(check(world.line, needs("customer"), (), seconds=0.0))
    assert {step.state for step in steps if step.check not in {Check.ACCOUNT_ID, Check.END_OF_LIFE}} == {
        CheckState.NOT_RUN
    }
    assert "a test ends after" in step_of(steps, "host").said


def test_nothing_of_a_secret_is_in_what_is_told(world: SimulatedWorld) -> None:
    held = world.line.credentials
    assert isinstance(held, TokenCredentials)
    secrets = (held.consumer_secret.reveal(), held.token_secret.reveal())
    world.server.edit(world.account.tokens.clear)
    with pytest.raises(RunStoppedError) as stopped:
        world.gateway.fetch(CUSTOMERS)
    told = f"{stopped.value!r} {stopped.value.problem} {world.line!r} {list(world.gateway.check(needs('customer')))}"
    assert not any(secret in told for secret in secrets)


@pytest.mark.fault("F24")
def test_oauth_goes_on_after_a_token_was_refused_and_names_a_certificate_that_is_revoked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with bearing() as world:
        monkeypatch.setattr(world.line.signer, "_token", "forged")
        assert world.gateway.fetch(CUSTOMERS).is_last
        steps = list(world.gateway.check(needs("customer")))
        assert {step.state for step in steps} <= {CheckState.PASSED, CheckState.WARNED}
        assert "announced no end" in step_of(steps, "end-of-life").said
        (certificate,) = world.account.certificates
        world.server.edit(lambda: world.account.certificates.revoke(certificate))
        world.line.signer.discard()
        with pytest.raises(RunStoppedError, match="NS-AUTH-005"):
            world.gateway.fetch(CUSTOMERS)
        step = step_of(list(world.gateway.check(needs("customer"))), "authentication")
        assert step.state is CheckState.FAILED
        assert step.problem is not None
        assert step.problem.code == "NS-AUTH-005"
        assert "OAuth 2.0 Client Credentials (M2M) Setup" in step.problem.remedy


def test_linked_records_are_compared_by_the_field_that_holds_their_name(world: SimulatedWorld) -> None:
    parent = world.add("customer", entityId="Acme Ltd", companyName="Acme Ltd")
    project = world.add("job", entityId="PRJ1546", companyName="ERP rollout", parent=parent)
    linked = LinkedRecord(
        record_type="job", netsuite_id=project, title="Project ERP rollout", name="ERP rollout", named_by="companyName"
    )
    assert step_of(list(world.gateway.check(needs(), (linked,))), "links:job").state is CheckState.PASSED
