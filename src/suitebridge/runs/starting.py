"""Asks for a run: who may, who owns it, what it transfers; then the engine takes over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from suitebridge.domain.connector_settings import FULL_SYNCHRONIZATION, connector_values
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.flow.fingerprints import fingerprint_workflow
from suitebridge.domain.owning import Automatic, Manual, Owners, choose_owner, present_author, refuse_lacking
from suitebridge.domain.people import Door, Permission, Stamp, User
from suitebridge.domain.reaching import Reach, reach_of
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.clock import Chance, Clock
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.connections import Connection
from suitebridge.ports.engine import Engine
from suitebridge.ports.runs import NewRun, Run, Told
from suitebridge.runs.confirming import confirmations, first_writes, require_confirmed
from suitebridge.runs.dating import refuse_day
from suitebridge.runs.laying import active_ones
from suitebridge.runs.needing import missing_needs, require_apart, require_needed


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On what terms a run may start: in which account, in whose name, and which workflows it lets write to production for the first time."""

    account_id: str
    owner: User
    new_writes: tuple[Workflow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRequest:
    """What somebody asks for: workflows by name, or those of a workflow group (all active ones when both are empty), everything anew or only
    what changed.

    `confirmed_account` is the account ID as it was typed, which the first write to a production account asks for. `only` holds the source
    ids, by workflow, where chosen records are tried again. A dry run finds out what would happen and changes nothing. `without_needed` lets it
    start although workflows that have to run before it never have. `since` is the day, in the company's zone, from which on a full run reads.
    """

    workflows: tuple[str, ...] = ()
    group: str = ""
    is_full: bool = False
    confirmed_account: str = ""
    only: Mapping[str, Sequence[str]] = field(default_factory=dict)
    is_dry: bool = False
    without_needed: bool = False
    since: date | None = None

    @property
    def reads_anew(self) -> bool:
        """Whether the run is a full one; a day to read from makes it one."""
        return self.is_full or self.since is not None


def may_run(user: User) -> None:
    """Raise `RunStoppedError` SB-AUTH-001 unless the user's role lets them run the integration."""
    if not user.role.allows(Permission.RUN_INTEGRATION):
        facts = {
            "act": "run the NetSuite integration",
            "role": user.role.name,
            "permission": Permission.RUN_INTEGRATION.value,
        }
        raise RunStoppedError(Problem(code="SB-AUTH-001", facts=facts))


def may_rehearse(user: User) -> None:
    """Raise `RunStoppedError` SB-AUTH-001 unless the user's role lets them start dry runs, as it does whoever may run in earnest."""
    if not user.role.allows(Permission.DRY_RUN):
        may_run(user)


def ask_for_run(
    store: CompanyStore,
    workflows: Mapping[str, Workflow],
    request: RunRequest,
    *,
    user: User,
    door: Door,
    clock: Clock,
    chance: Chance,
) -> Run:
    """Store a queued run with its owner. Raise `RunStoppedError` where it cannot start, with every reason at once."""
    (may_rehearse if request.is_dry else may_run)(user)
    names = chosen_workflows(store, workflows, request)
    _refuse_full(store, request)
    refuse_day(request.since, zone=store.company.zone, now=clock.now())
    missing = _missing(store, workflows, request, names)
    terms = agree_terms(
        store,
        [workflows[name] for name in names],
        Manual(starter=user),
        confirmed_account=request.confirmed_account,
        is_dry=request.is_dry,
    )
    stamp = partial(Stamp, author_id=user.id, author_name=user.name, door=door)

    def tell(run: Run) -> Sequence[Told]:
        group = f" of the workflow group {request.group}" if request.group else ""
        without = f" without {', '.join(one.title for one in missing)}" if missing else ""
        subject = f"run {run.number}{group}{run.manner}{without}"
        asked = Event(name=EventName.RUN_ASKED, subject_type="run", subject_id=run.id, subject=subject)
        events = (*confirmations(terms.account_id, terms.new_writes), asked)
        return [Told(event=event, stamp=stamp(run_id=run.id)) for event in events]

    return store.runs.add(
        NewRun(
            id=chance.token(20),
            account_id=terms.account_id,
            workflows=names,
            owner_id=terms.owner.id,
            owner_name=terms.owner.name,
            started_by=user.name,
            is_full=request.reads_anew,
            since=request.since,
            asked_at=clock.now(),
            mapping_versions={name: fingerprint_workflow(workflows[name]) for name in names},
            only=request.only,
            is_dry=request.is_dry,
        ),
        tell=tell,
    )


def _refuse_full(store: CompanyStore, request: RunRequest) -> None:
    """Raise `RunStoppedError` SB-RUN-009 for a full run where the connector's settings allow none."""
    if (
        request.reads_anew
        and not connector_values(store.configurations.load().configuration)[FULL_SYNCHRONIZATION.name]
    ):
        raise RunStoppedError(Problem(code="SB-RUN-009"))


def _missing(
    store: CompanyStore, workflows: Mapping[str, Workflow], request: RunRequest, names: Sequence[str]
) -> tuple[Workflow, ...]:
    """Give what a run does without that it needs. Raise `RunStoppedError` SB-RUN-007 where nobody has said that it may."""
    _linked_connection(store)
    if request.is_dry or request.only:
        # They do no harm without: they say themselves what waits for what.
        return ()
    missing = missing_needs(store, workflows, names)
    if not request.without_needed:
        require_needed(missing, [workflows[name] for name in names])
    return missing


def agree_terms(
    store: CompanyStore,
    chosen: Sequence[Workflow],
    start: Manual | Automatic,
    *,
    confirmed_account: str = "",
    is_dry: bool = False,
) -> Terms:
    """Say on what terms a run of these workflows may start. Raise `RunStoppedError` with what keeps it from starting."""
    connection = _linked_connection(store)
    owner = owner_of(store, start)
    require_rights(owner, chosen, is_dry=is_dry)
    require_apart(chosen)
    new_writes = () if is_dry else first_writes(store, connection.account_id, chosen)
    require_confirmed(connection.account_id, new_writes, confirmed_account)
    return Terms(account_id=connection.account_id, owner=owner, new_writes=new_writes)


def _linked_connection(store: CompanyStore) -> Connection:
    """Give the connection that leads to the account that the company's ids belong to."""
    connection = store.connections.get()
    if connection is None or not connection.account_id:
        missing = "the account id, both keys and both secrets"
        raise RunStoppedError(Problem(code="NS-AUTH-002", facts={"missing": missing}))
    if not connection.is_linked:
        facts = {"linked": connection.linked_account_id, "account": connection.account_id}
        raise RunStoppedError(Problem(code="SB-CONN-002", facts=facts))
    return connection


def hand_over(store: CompanyStore, run: Run, engine: Engine) -> None:
    """Give a queued run to the engine; giving it twice is harmless."""
    engine.enqueue(run_id=run.id, company=store.company.id, partition=run.account_id)


def hand_over_unfinished(stores: Sequence[CompanyStore], engine: Engine) -> int:
    """Give every run that has not ended and does not rest to the engine, after a start and every few seconds; give their number."""
    count = 0
    for store in stores:
        for run in [one for one in store.runs.unfinished() if not one.rests]:
            hand_over(store, run, engine)
            count += 1
    return count


def chosen_workflows(store: CompanyStore, workflows: Mapping[str, Workflow], request: RunRequest) -> tuple[str, ...]:
    """Name the workflows that a request asks for, in the order of a run. Raise `RunStoppedError` SB-RUN-001 for one, or a group, that is not known."""
    group = store.groups.get(request.group) if request.group else None
    if request.group and group is None:
        said = f"There is no workflow group named {request.group}."
        raise _unknown("the workflow group is not known", said, [one.name for one in store.groups.all()])
    if group is not None and request.workflows:
        said = f"The group {group.name} and single workflows were both named."
        raise _unknown("it is not clear what it transfers", said, ["the group alone", "the workflows alone"])
    asked = group.workflows if group is not None else request.workflows
    unknown = [name for name in asked if name not in workflows]
    if unknown:
        raise _unknown("a workflow is not known", f"There is no workflow named {', '.join(unknown)}.", list(workflows))
    _refuse_resting(workflows, asked, is_group=group is not None)
    # A group says in which order; whatever else was ticked follows the catalog.
    active = active_ones(workflows)
    return tuple(
        name for name in (asked if group is not None else active) if name in active and (not asked or name in asked)
    )


def _refuse_resting(workflows: Mapping[str, Workflow], asked: Sequence[str], *, is_group: bool) -> None:
    """Raise `RunStoppedError` SB-RUN-008 where workflows that are switched off were named; a group runs those of it that are not."""
    resting = [workflows[name].title for name in asked if not workflows[name].is_active]
    if not active_ones(workflows) or (resting and (not is_group or len(resting) == len(asked))):
        raise RunStoppedError(Problem(code="SB-RUN-008", facts={"workflows": ", ".join(resting) or "Every workflow"}))


def _unknown(what: str, said: str, choices: Sequence[str]) -> RunStoppedError:
    remedy = f"Choose among {', '.join(choices)}." if choices else "Add it on the Automate page, or name workflows."
    return RunStoppedError(Problem(code="SB-RUN-001", facts={"what": what, "said": said, "remedy": remedy}))


def owner_of(store: CompanyStore, start: Manual | Automatic) -> User:
    """Choose who owns a run that is started so. Raise `RunStoppedError` SB-OWN-001 where there is nobody."""
    connection = store.connections.get()
    chosen = connection.integration_user_id if connection is not None else ""
    owners = Owners(
        is_chosen=bool(chosen),
        chosen=store.people.by_record(chosen) if chosen else None,
        administrators=store.people.administrators(),
    )
    owner = choose_owner(start, owners)
    if isinstance(owner, Problem):
        raise RunStoppedError(owner)
    return owner


def require_rights(owner: User, workflows: Iterable[Workflow], *, is_dry: bool = False) -> None:
    """Raise `RunStoppedError` SB-OWN-002 where the owner's role does not let a run do all that these workflows do, with everything that is missing."""
    reaches = [reach_of(workflow, is_dry=is_dry) for workflow in workflows]
    reach = Reach(
        reads=tuple(dict.fromkeys(name for one in reaches for name in one.reads)),
        writes=tuple(dict.fromkeys(name for one in reaches for name in one.writes)),
    )
    problem = refuse_lacking(owner, reach)
    if problem is not None:
        raise RunStoppedError(problem)


def missing_rights(store: CompanyStore, run: Run, workflow: Workflow) -> Problem | None:
    """Say what the owner of a run may not do any more of what a workflow does; rights are those of this moment (quality.md S29).

    Raise `RunStoppedError` SB-OWN-002 where the owner is not active, or not there: then nothing more happens in that person's name.
    """
    owner = present_author(store.people.by_record(run.owner_id), run.owner_name)
    if isinstance(owner, Problem):
        raise RunStoppedError(owner)
    return refuse_lacking(owner, reach_of(workflow, is_dry=run.is_dry))
