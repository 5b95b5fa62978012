"""The tenants of an installation, and the store of each one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from suitebridge.adapters.store.access import StoredAccess
from suitebridge.adapters.store.agreements import StoredAgreements
from suitebridge.adapters.store.attempts import StoredAttempts
from suitebridge.adapters.store.chain import genesis
from suitebridge.adapters.store.configurations import StoredConfigurations
from suitebridge.adapters.store.connections import StoredConnections
from suitebridge.adapters.store.custom_fields import StoredCustomFields, fresh_schemas
from suitebridge.adapters.store.databases import Cell, Database
from suitebridge.adapters.store.groups import StoredGroups
from suitebridge.adapters.store.inbox import StoredInbox
from suitebridge.adapters.store.mail import StoredMail
from suitebridge.adapters.store.notes import StoredNotes
from suitebridge.adapters.store.notices import StoredNotices
from suitebridge.adapters.store.real_time import StoredRealTime
from suitebridge.adapters.store.records import StoredRecords
from suitebridge.adapters.store.request_keys import StoredRequestKeys
from suitebridge.adapters.store.restoring import mark_restored
from suitebridge.adapters.store.roles import StoredRoles, save_roles
from suitebridge.adapters.store.runs import StoredRuns
from suitebridge.adapters.store.schedules import StoredSchedules
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.sealed_secrets import StoredSecrets
from suitebridge.adapters.store.seals import Passwords, Sealer
from suitebridge.adapters.store.second_factors import StoredSecondFactors
from suitebridge.adapters.store.sessions import StoredSessions
from suitebridge.adapters.store.texts import integer
from suitebridge.adapters.store.tokens import StoredTokens
from suitebridge.adapters.store.trail import StoredTrail
from suitebridge.adapters.store.units import StoredTransactions
from suitebridge.adapters.store.workers import StoredWorkers
from suitebridge.domain.credentials import Secret
from suitebridge.domain.people import STANDARD_ROLES, Stamp
from suitebridge.domain.schemas.registry import CompanySchemas
from suitebridge.ports.clock import Clock
from suitebridge.ports.companies import Company, CompanyStore

_ID: Final = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,38}[a-z0-9])?")
_READ: Final = "SELECT id, name, token, zone, restored_below FROM store_company"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCompany:
    """Everything stored for one company; implements `ports.companies.CompanyStore`."""

    company: Company
    records: StoredRecords
    transactions: StoredTransactions
    runs: StoredRuns
    agreements: StoredAgreements
    inbox: StoredInbox
    real_time: StoredRealTime
    people: StoredAccess
    roles: StoredRoles
    connections: StoredConnections
    secrets: StoredSecrets
    trail: StoredTrail
    tokens: StoredTokens
    sessions: StoredSessions
    second_factors: StoredSecondFactors
    notes: StoredNotes
    request_keys: StoredRequestKeys
    groups: StoredGroups
    schedules: StoredSchedules
    notices: StoredNotices
    configurations: StoredConfigurations
    mail: StoredMail
    custom_fields: StoredCustomFields
    scope: CompanyScope

    def schemas(self) -> CompanySchemas:
        """Give the record types of both sides as they stand now."""
        return fresh_schemas(self.scope)

    def records_for(self, stamp: Stamp) -> StoredRecords:
        """Give the records as the author of a run's stamp may see them."""
        return self.records.in_the_name_of(stamp)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCompanies:
    """All tenants of one database; implements `ports.companies.Companies`."""

    database: Database = field(repr=False)
    clock: Clock
    sealer: Sealer
    passwords: Passwords

    @property
    def attempts(self) -> StoredAttempts:
        """Wrong passwords and codes."""
        return StoredAttempts(self.database)

    @property
    def workers(self) -> StoredWorkers:
        """The processes that carry runs out."""
        return StoredWorkers(self.database)

    def all(self) -> Sequence[Company]:
        """List the companies in order of creation."""
        return [_company(row) for row in self.database.fetch(f"{_READ} ORDER BY ordinal")]

    def add(self, *, company_id: str, name: str, token: str, zone: str) -> Company:
        """Create a company with the standard roles. Raise `ValueError` if the id is taken or malformed."""
        identity = company_id.strip().casefold()
        if not _ID.fullmatch(identity):
            raise ValueError(
                f"“{company_id}” cannot be a company ID: use up to 40 letters, digits, hyphens and underscores."
            )
        company = Company(id=identity, name=name, token=token, zone=zone)
        with self.database.transaction(_lock_companies) as last:
            if any(known.id == identity for known in self.all()):
                raise ValueError(f"There is a company {identity} already. Choose another company ID.")
            self.database.execute(
                "INSERT INTO store_company (id, name, token, zone, ordinal, audit_sequence, audit_hash, next_record) "
                "VALUES (%s, %s, %s, %s, %s, 0, %s, 1)",
                (company.id, company.name, company.token, company.zone, last + 1, genesis(company.id)),
            )
            save_roles(CompanyScope(self.database, company.id), STANDARD_ROLES)
        return company

    def mark_restored(self, *, reason: str) -> None:
        """Let every company mind that a backup was put back."""
        for company in self.all():
            mark_restored(CompanyScope(self.database, company.id), self.clock, reason=reason)

    def check_new_password(self, password: Secret) -> None:
        """Raise `ValueError` with what makes a password too weak to be set."""
        self.passwords.hash(password)

    def store(self, company_id: str, *, address: str = "") -> CompanyStore:
        """Open the store of one company (id case-insensitive). Raise `LookupError` if there is none."""
        identity = company_id.strip().casefold()
        rows = self.database.fetch(f"{_READ} WHERE id = %s", (identity,))
        if not rows:
            raise LookupError(f"There is no company “{company_id}”.")
        scope = CompanyScope(self.database, identity, address=address)
        return StoredCompany(
            company=_company(rows[0]),
            records=StoredRecords(scope, self.clock),
            transactions=StoredTransactions(scope, self.clock),
            runs=StoredRuns(scope, self.clock),
            agreements=StoredAgreements(scope),
            inbox=StoredInbox(scope, self.clock),
            real_time=StoredRealTime(scope, self.clock, self.sealer),
            people=StoredAccess(scope, self.clock, self.passwords),
            roles=StoredRoles(scope, self.clock),
            connections=StoredConnections(scope, self.clock, self.sealer),
            secrets=StoredSecrets(scope, self.clock, self.sealer),
            trail=StoredTrail(scope),
            tokens=StoredTokens(scope, self.clock),
            sessions=StoredSessions(scope, self.clock),
            second_factors=StoredSecondFactors(scope, self.clock, self.sealer),
            notes=StoredNotes(scope, self.clock),
            request_keys=StoredRequestKeys(scope, self.clock),
            groups=StoredGroups(scope, self.clock),
            schedules=StoredSchedules(scope, self.clock),
            notices=StoredNotices(scope, self.clock, self.sealer),
            configurations=StoredConfigurations(scope, self.clock),
            mail=StoredMail(scope, self.clock, self.sealer),
            custom_fields=StoredCustomFields(scope, self.clock),
            scope=scope,
        )


def _company(row: tuple[Cell, ...]) -> Company:
    *texts, restored_below = row
    identity, name, token, zone = (str(cell) for cell in texts)
    return Company(id=identity, name=name, token=token, zone=zone, restored_below=integer(restored_below))


def _lock_companies(database: Database) -> int:
    if not database.is_sqlite:
        database.execute("LOCK TABLE store_company IN SHARE ROW EXCLUSIVE MODE")
    ((last,),) = database.fetch("SELECT COALESCE(MAX(ordinal), 0) FROM store_company")
    return int(last) if isinstance(last, int) else 0
