"""The gateway to one NetSuite account: each operation through the door that `domain.doors` names for it.

Implements `ports.netsuite.AccountGateway`; everything it does is in the files beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from suitebridge.adapters.netsuite import (
    batching,
    changing,
    checking,
    noticing,
    querying,
    reading,
    rest_writing,
    showing,
    surveying,
    writing,
    zones,
    zoning,
)
from suitebridge.adapters.netsuite.conversing import Line
from suitebridge.adapters.netsuite.pages import page_of
from suitebridge.domain.conditions import Condition
from suitebridge.domain.credentials import AccountId
from suitebridge.domain.doors import DoorRule, NetSuiteDoor, Operation, Preference, door_of, fields_carried, rule_of
from suitebridge.domain.records import Record
from suitebridge.domain.rights import Need
from suitebridge.domain.schemas import RecordSchema
from suitebridge.ports.netsuite import CheckStep, LinkedRecord, OutgoingRecord, Page, ReadRequest, WriteAnswer
from suitebridge.ports.netsuite_account import (
    CurrencyRate,
    Deletion,
    Discovered,
    Limits,
    OutgoingChange,
    SelectValue,
    Total,
)
from suitebridge.wire.soap import initialize


def _prefer_soap() -> Preference:
    return Preference.SOAP


class TokenGateway:
    """One account behind one set of credentials.

    `prefers` gives the family of doors that the connection's settings choose now.
    """

    def __init__(self, line: Line, *, prefers: Callable[[], Preference] = _prefer_soap) -> None:
        self._line = line
        self._prefers = prefers
        self._discovered: dict[str, Discovered] = {}

    @property
    def account(self) -> AccountId:
        """The account this gateway speaks to."""
        return self._line.credentials.account

    def ask_now(self) -> str:
        """Give NetSuite's present time as a change stamp."""
        return zones.stamp_of(zoning.ask_time(self._line))

    def stamp_of(self, moment: datetime) -> str:
        """Give the change stamp that a moment has in this account."""
        return zones.stamp_of(moment)

    def fetch(self, request: ReadRequest) -> Page:
        """Read one page."""
        return reading.fetch(self._line, request)

    def find_by_external_ids(self, record_type: str, external_ids: Sequence[str]) -> Mapping[str, str]:
        """Give the internal ids of those external ids that exist; NetSuite compares them without case."""
        found = reading.find_ids(self._line, record_type, "externalId", external_ids)
        known = {value.casefold(): ids[0] for value, ids in found.items()}
        return {key: known[key.casefold()] for key in external_ids if key.casefold() in known}

    def find(self, record_type: str, field: str, values: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        """Give the internal ids of records whose field equals one of the values, by value."""
        return reading.find_ids(self._line, record_type, field, values)

    def query(self, text: str, parameters: Sequence[str]) -> Iterator[Mapping[str, str]]:
        """Give the rows of a SuiteQL query that somebody else wrote."""
        return querying.query(self._line, text, parameters)

    def show(self, record_type: str, ids: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        """Give whole records by id, each value as a text by its path."""
        return showing.show(self._line, record_type, ids)

    def read_back(self, record_type: str, ids: Sequence[str], fields: Sequence[str]) -> Sequence[Record]:
        """Give records as they are stored, with the named fields of header and lines."""
        return showing.read_back(self._line, record_type, ids, fields)

    def upsert(
        self, record_type: str, records: Sequence[OutgoingRecord], *, is_halted: Callable[[], bool] = lambda: False
    ) -> Sequence[WriteAnswer]:
        """Write records under their external ids; one answer each, in order."""
        line = replace(self._line, is_halted=is_halted)
        by_rule: dict[DoorRule, list[OutgoingRecord]] = {}
        for record in records:
            rule = rule_of(Operation.UPSERT, record_type, fields_carried(record_type, record.fields))
            by_rule.setdefault(rule, []).append(record)
        answers = [
            answer
            for rule, group in by_rule.items()
            for answer in self._upsert_through(line, door_of(rule, self._prefers(), len(group)), record_type, group)
        ]
        if len(by_rule) < 2:
            return answers
        by_key = {answer.external_id: answer for answer in answers}
        return [by_key[record.external_id] for record in records]

    def spell(self, record_type: str, record: OutgoingRecord | OutgoingChange) -> str:
        """Give the request that `upsert`, or `update`, would send for one record; nothing leaves."""
        if isinstance(record, OutgoingChange):
            is_soap = self._door(Operation.UPDATE) is NetSuiteDoor.SOAP_LIST
            spell = writing.spell_change if is_soap else changing.spell_change
            return spell(self._line, record_type, record)
        rule = rule_of(Operation.UPSERT, record_type, fields_carried(record_type, record.fields))
        if door_of(rule, self._prefers(), 1) is NetSuiteDoor.SOAP_LIST:
            return writing.spell(self._line, record_type, record)
        return rest_writing.spell(self._line, record_type, record)

    def _upsert_through(
        self, line: Line, door: NetSuiteDoor, record_type: str, records: Sequence[OutgoingRecord]
    ) -> Sequence[WriteAnswer]:
        if door is NetSuiteDoor.SOAP_LIST:
            return writing.upsert(line, record_type, records)
        if door is NetSuiteDoor.REST_RECORD:
            return rest_writing.upsert(line, record_type, records)
        return batching.upsert(line, record_type, records, lambda keys: self.find_by_external_ids(record_type, keys))

    def update(
        self, record_type: str, changes: Sequence[OutgoingChange], *, is_halted: Callable[[], bool] = lambda: False
    ) -> Sequence[WriteAnswer]:
        """Change records that exist; one answer each, in order."""
        is_soap = self._door(Operation.UPDATE, record_type) is NetSuiteDoor.SOAP_LIST
        update = writing.update if is_soap else changing.update
        return update(replace(self._line, is_halted=is_halted), record_type, changes)

    def delete(self, record_type: str, records: Sequence[str]) -> Sequence[WriteAnswer]:
        """Delete records by their references; one answer each, in order."""
        is_soap = self._door(Operation.DELETE, record_type) is NetSuiteDoor.SOAP_LIST
        delete = writing.delete if is_soap else changing.delete
        return delete(self._line, record_type, records)

    def transform(self, source_type: str, source: str, target_type: str, record: OutgoingRecord) -> WriteAnswer:
        """Make a record from another one and store it under an external id."""
        is_soap = self._door(Operation.TRANSFORM) is NetSuiteDoor.SOAP_CALL
        is_made = source_type in initialize.MADE_FROM.get(target_type, ())
        make = writing.transform if is_soap and is_made else changing.transform
        return make(self._line, (source_type, source), target_type, record)

    def attach(self, record_type: str, record: str, attached_type: str, attached: str) -> WriteAnswer:
        """Attach a record to another one."""
        is_soap = self._door(Operation.ATTACH) is NetSuiteDoor.SOAP_CALL
        attach = changing.attach_by_soap if is_soap else changing.attach_by_rest
        return attach(self._line, (record_type, record), (attached_type, attached))

    def deleted(self, record_type: str, since: str) -> Sequence[Deletion] | None:
        """Give what was deleted since a change stamp; None where nobody tells."""
        is_soap = self._door(Operation.DELETED) is NetSuiteDoor.SOAP_CALL
        return noticing.deleted(self._line, record_type, since, by_soap=is_soap)

    def select_values(self, record_type: str, field: str) -> Sequence[SelectValue]:
        """Give what a select field may hold."""
        is_soap = self._door(Operation.VALUES) is NetSuiteDoor.SOAP_CALL
        ask = surveying.select_values_by_soap if is_soap else surveying.select_values_by_table
        return ask(self._line, record_type, field)

    def discover(self, record_type: str, *, max_age_seconds: float = 0.0) -> Discovered:
        """Give the fields that a record type has in this account; what was read lately is kept."""
        known, now = self._discovered.get(record_type), self._line.signer.clock.now()
        if known is None or not 0 <= (now - known.read_at).total_seconds() < max_age_seconds:
            known = self._discovered[record_type] = Discovered(
                fields=surveying.fields(self._line, record_type), read_at=now
            )
        return known

    def custom_record_types(self) -> Sequence[str]:
        """Give the script ids of the custom record types."""
        is_soap = self._door(Operation.CUSTOM_TYPES) is NetSuiteDoor.SOAP_CALL
        return (surveying.custom_types_by_soap if is_soap else surveying.custom_types_by_catalog)(self._line)

    def currency_rates(self, day: date | None = None) -> Sequence[CurrencyRate]:
        """Give exchange rates, of one day or of all."""
        is_soap = self._door(Operation.RATES) is NetSuiteDoor.SOAP_CALL
        return (surveying.rates_by_soap if is_soap else surveying.rates_by_table)(self._line, day)

    def server_time(self) -> datetime:
        """Give NetSuite's present time."""
        if self._door(Operation.TIME) is NetSuiteDoor.SOAP_CALL:
            return surveying.time_by_soap(self._line)
        return zoning.ask_time(self._line)

    def limits(self) -> Limits:
        """Give the limits of concurrency, which requests keep to from then on."""
        is_soap = self._door(Operation.LIMITS) is NetSuiteDoor.SOAP_CALL
        found = (surveying.limits_by_soap if is_soap else surveying.limits_by_rest)(self._line)
        self._line.governor.learn(found.integration)
        return found

    def totals(
        self, record_type: str, *, condition: Condition | None = None, amount: str = "", unit: str = ""
    ) -> Sequence[Total]:
        """Count records and add up a field of theirs."""
        return surveying.totals(self._line, record_type, condition, amount, unit)

    def _door(self, operation: Operation, record_type: str = "") -> NetSuiteDoor:
        return door_of(rule_of(operation, record_type), self._prefers())

    def check(self, needs: Sequence[Need], linked: Sequence[LinkedRecord] = ()) -> Iterator[CheckStep]:
        """Prove the connection check by check."""
        return checking.check(self._line, needs, linked)

    def reading(self) -> TokenGateway:
        """Give this gateway as one that lets no changing request leave; it closes with this one."""
        return TokenGateway(replace(self._line, only_reads=True), prefers=self._prefers)

    def knowing(self, types: Mapping[str, RecordSchema]) -> TokenGateway:
        """Give this gateway as one that knows record types as a company has them; it closes with this one, and what it discovers is known to both."""
        if types is self._line.types:
            return self
        return self._with(replace(self._line, types=types))

    def hurrying(self, is_hurried: Callable[[], bool]) -> TokenGateway:
        """Give this gateway as one that waits for no slow answer once it is told to hurry; it closes with this one, and what it discovers is known to both."""
        return self._with(replace(self._line, is_hurried=is_hurried))

    def _with(self, line: Line) -> TokenGateway:
        other = TokenGateway(line, prefers=self._prefers)
        other._discovered = self._discovered
        return other

    def close(self) -> None:
        """Sign nothing any more: the credentials were removed or replaced."""
        self._line.close()

    def record_url(self, record_type: str, netsuite_id: str) -> str:
        """Give the address of a record's page in NetSuite, or "" where it has none."""
        return page_of(self._line.hosts, self.account, record_type, netsuite_id)
