"""The house: everything wired for one data directory."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from suitebridge.adapters.settings.files import Settings
from suitebridge.administration.announcing import Ways, announce, deliver_next
from suitebridge.administration.checkpointing import checkpoint_trail
from suitebridge.administration.configuring import ConfigurationDesk
from suitebridge.administration.connecting import KeyCheck
from suitebridge.administration.notifying import NoticeDesk
from suitebridge.administration.rotating import RotationTools
from suitebridge.bootstrap.gateways import Gateways
from suitebridge.bootstrap.halting import noticing_halts
from suitebridge.domain.certificates import KeyKind
from suitebridge.domain.credentials import AccountId, ConsentCredentials, SigningCredentials
from suitebridge.domain.errors import SuiteBridgeError
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.certificates import Certificates
from suitebridge.ports.checkpoints import Checkpoints
from suitebridge.ports.clock import Chance, Clock
from suitebridge.ports.companies import Companies, CompanyStore
from suitebridge.ports.consents import ConsentDesk, Consents, ReturnDoor
from suitebridge.ports.crons import Crons
from suitebridge.ports.engine import WaitingSteps
from suitebridge.ports.identities import IdentityDesk
from suitebridge.ports.keys import MasterKeys
from suitebridge.ports.netsuite import AccountGateway, Addresses, NetSuiteGateway
from suitebridge.ports.second_factors import OneTimeCodes
from suitebridge.ports.traffic import Metrics, Traffic
from suitebridge.ports.workers import Worker
from suitebridge.runs.laying import workflows_of
from suitebridge.runs.scheduling import ScheduleDesk, fire_due
from suitebridge.runs.transferring import RunDesk, carry_out
from suitebridge.runs.waiting import PatientSteps

_LOG = logging.getLogger(__name__)
_LOOPBACK = "localhost"
_SECURITY_LOG = logging.getLogger("suitebridge.security")


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Everything wired for one data directory."""

    directory: Path
    settings: Settings
    companies: Companies
    clock: Clock
    chance: Chance
    shipped: Mapping[str, Workflow]
    keys: MasterKeys
    checkpoints: Checkpoints
    consents: Consents
    codes: OneTimeCodes
    certificates: Certificates
    gateways: Gateways = field(repr=False)

    def open_gateway(self, store: CompanyStore) -> NetSuiteGateway:
        """Open the gateway of a company's connection. Raise `RunStoppedError` where credentials are missing or cannot be opened."""
        return self.gateways.gateway(store)

    def try_gateway(self, credentials: SigningCredentials) -> NetSuiteGateway:
        """Open a gateway for credentials as they were typed; nothing is stored."""
        return self.gateways.trial(credentials)

    def consent_desk(self) -> ConsentDesk:
        """Give what asks people to sign in at NetSuite."""
        return self.gateways.consent_desk()

    def identity_desk(self) -> IdentityDesk:
        """Give what asks NetSuite who somebody is, by the clock of this house."""
        return self.gateways.identity_desk(self.clock)

    def open_own_gateway(
        self, credentials: ConsentCredentials, keep: Callable[[ConsentCredentials], None]
    ) -> AccountGateway:
        """Open an account as the person who signed in there; `keep` is told of a refresh token that takes the place of the present one."""
        return self.gateways.own(credentials, keep)

    def return_door(self, redirect_uri: str, *, seconds: float) -> ReturnDoor:
        """Open the door on this machine that a browser comes back to. Raise `ValueError` for an address that is none of this machine's, `OSError` for a port in use."""
        from suitebridge.adapters.transport.returning import LoopbackDoor

        pair = self.certificates.create(KeyKind.P256, name=_LOOPBACK, days=1)
        return LoopbackDoor(redirect_uri, certificate=pair.certificate, private_key=pair.private_key, seconds=seconds)

    def workflows_of(self, store: CompanyStore, version: int | None = None) -> Mapping[str, Workflow]:
        """Give a company's workflows as its configuration makes them: the one in force, or an earlier version, such as that of a run."""
        return workflows_of(store, self.shipped, version=version)

    def configuration_desk(self, store: CompanyStore) -> ConfigurationDesk:
        """Give what configuring a company's workflows needs."""
        return ConfigurationDesk(store=store, shipped=self.shipped, clock=self.clock)

    @property
    def rotation_tools(self) -> RotationTools:
        """What a rotation of the certificate needs."""
        return RotationTools(
            certificates=self.certificates,
            open_desk=self.gateways.desk,
            try_gateway=self.try_gateway,
            pause=time.sleep,
        )

    @property
    def key_check(self) -> KeyCheck:
        """What judges a private key before it is stored."""
        return KeyCheck(certificates=self.certificates, clock=self.clock)

    def learn_limits(self) -> None:
        """Keep to what NetSuite says that the accounts bear."""
        from suitebridge.adapters.store.opening import close_connections

        try:
            self.gateways.learn_limits()
        finally:
            close_connections()

    def traffic(self) -> tuple[Traffic, ...]:
        """Say how the traffic of this process with NetSuite stands."""
        return self.gateways.traffic()

    def metrics(self) -> Metrics:
        """Give the metrics of this process."""
        from suitebridge.adapters.metrics.exposition import write_metrics

        return write_metrics(self.traffic())

    def addresses(self, account: AccountId) -> Addresses:
        """Say where an account's doors are."""
        from suitebridge.adapters.netsuite.hosts import Hosts

        return Hosts(simulators=self.settings.simulators).addresses(account)

    def visitor_address(self, told: str) -> str:
        """Believe the address of whoever asks, but behind a proxy that the settings do not name: every visitor has the proxy's then."""
        return "" if self.settings.https and not self.settings.proxy else told

    @property
    def shares_work(self) -> bool:
        """Whether any number of workers may share the work: a SQLite file has exactly one."""
        return bool(self.settings.database_url)

    def has_worker(self) -> bool:
        """Say whether a process carries runs out: on this data directory, or on this database wherever it runs."""
        if self.shares_work:
            return any(worker.holds_lease for worker in self.companies.workers.all())
        return is_worked_on(self.directory)

    def workers(self) -> Sequence[Worker]:
        """List the processes that carry runs out; a file that nobody works on may still name one that died."""
        return self.companies.workers.all() if self.shares_work or self.has_worker() else ()

    def carry_out(self, company: str, run_id: str, steps: WaitingSteps, *, worker: str, is_patient: bool) -> None:
        """Carry out a run of a company as a worker; the engine calls this. A patient worker lets a run wait for NetSuite, any other says at once what is wrong."""
        from suitebridge.adapters.store.opening import close_connections

        store = self.companies.store(company)
        try:
            with noticing_halts(store, run_id) as is_halted:
                desk = RunDesk(
                    store=store,
                    open_gateway=self.gateways.run_opener(is_halted),
                    shipped=self.shipped,
                    clock=self.clock,
                    worker=worker,
                    chance=self.chance,
                    is_patient=is_patient,
                    is_halted=is_halted,
                )
                # Always with these: whoever goes on with a run takes the steps that are remembered, the pauses too.
                carry_out(desk, run_id, PatientSteps(steps, is_halted))
            self.sign_trail(store)
        except SuiteBridgeError as error:
            _LOG.warning("Run %s of %s was left as it stands: %s", run_id, company, error)
            raise
        finally:
            close_connections()

    @property
    def crons(self) -> Crons:
        """Give the engine's reading of cron texts."""
        from suitebridge.adapters.engine.crons import EngineCrons

        return EngineCrons()

    def schedule_desk(self, store: CompanyStore) -> ScheduleDesk:
        """Give what firing and previewing a company's schedules needs."""
        return ScheduleDesk(
            store=store, workflows=self.workflows_of(store), crons=self.crons, clock=self.clock, chance=self.chance
        )

    def fire_due(self) -> None:
        """Start what schedules say is due, in every company; the engine calls this each minute. What keeps it from one stops no other."""
        from suitebridge.adapters.store.opening import close_connections

        try:
            for company in self.companies.all():
                try:
                    fire_due(self.schedule_desk(self.companies.store(company.id)))
                except SuiteBridgeError as error:
                    _LOG.warning("The schedules of %s were not looked at: %s", company.id, error)
        finally:
            close_connections()

    @property
    def ways(self) -> Ways:
        """Give the ways that notifications travel."""
        from suitebridge.adapters.messages.mail import SmtpMailer
        from suitebridge.adapters.messages.webhooks import WebhookSender

        settings = self.settings
        return Ways(
            webhooks=WebhookSender(local=settings.local_webhooks),
            mail=SmtpMailer(local=settings.local_mail, authorities=settings.authorities),
        )

    def notice_desk(self, store: CompanyStore) -> NoticeDesk:
        """Give what saving and testing a company's recipients needs."""
        return NoticeDesk(
            store=store,
            ways=self.ways,
            workflows=self.workflows_of(store),
            clock=self.clock,
            chance=self.chance,
            link=self.run_link,
        )

    def run_link(self, number: int) -> str:
        """Say where the console shows a run, for 0 all runs: as a path alone where the settings name no host."""
        settings = self.settings
        origin = f"{'https' if settings.https else 'http'}://{settings.hosts[0]}" if settings.hosts else ""
        return f"{origin}/runs/{number}" if number else f"{origin}/runs"

    def announce(self) -> None:
        """Tell who wants to know how workflows stand, in every company: one message each, so that none keeps the others waiting."""
        for company in self.companies.all():
            try:
                store = self.companies.store(company.id)
                announce(store, self.clock, self.run_link)
                deliver_next(store, self.ways, self.clock)
            except SuiteBridgeError as error:
                _LOG.warning("The notifications of %s were not sent: %s", company.id, error)

    def beside(self, work: Callable[[], None]) -> None:
        """Do something beside the request that asks for it, on a thread that leaves no connection of the store open."""
        from suitebridge.adapters.store.opening import close_connections

        def carry_out() -> None:
            try:
                work()
            finally:
                close_connections()

        threading.Thread(target=carry_out, name="beside", daemon=True).start()

    def sign_trail(self, store: CompanyStore) -> None:
        """Sign where a company's trail stands; what keeps this from happening is logged and stops nothing."""
        try:
            signed = checkpoint_trail(store, self.checkpoints, self.clock)
            if signed is not None:
                fields = {"company": signed.company, "sequence": str(signed.sequence), "hash": signed.hash}
                _SECURITY_LOG.info("The audit trail was signed", extra=fields)
        except SuiteBridgeError as error:
            _LOG.warning("The audit trail of %s was not signed: %s", store.company.id, error)

    def close(self) -> None:
        """Close connections to NetSuite."""
        self.gateways.close()


def is_worked_on(directory: Path) -> bool:
    """Say whether a process works on a data directory, without opening it."""
    from suitebridge.adapters.store.lock import is_locked

    return is_locked(directory)
