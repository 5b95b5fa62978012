"""Looks whether records that were linked are still the same in NetSuite: a refreshed sandbox and another account give their ids to others.

A record that we wrote is known by its external id, one that we read by its name. Nothing is decided here: whoever confirms an account reads it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from suitebridge.adapters.netsuite import suiteql as queries
from suitebridge.adapters.netsuite.answering import Found, Prober
from suitebridge.adapters.netsuite.decoding import RowReader, UnreadableRowError
from suitebridge.adapters.netsuite.pages import page_of
from suitebridge.adapters.netsuite.tables import place_of
from suitebridge.domain.errors import Problem
from suitebridge.domain.records import Record
from suitebridge.domain.values import as_text
from suitebridge.ports.netsuite import LinkedRecord, ReadRequest, RecordLink
from suitebridge.wire.http import Response
from suitebridge.wire.rest import suiteql
from suitebridge.wire.rest.json import UnreadableJsonError

_EXTERNAL_ID = "externalId"


class Links:
    """The lines about linked records, one for each record type."""

    def __init__(self, prober: Prober, linked: Sequence[LinkedRecord]) -> None:
        self._prober = prober
        self._linked = tuple(linked)

    def types(self) -> Iterator[tuple[str, str]]:
        """List the record types that have linked records, with the title of their line."""
        for record_type in dict.fromkeys(one.record_type for one in self._linked):
            yield record_type, f"{place_of(record_type).schema.plural}: what was linked is still the same"

    def compare(self, record_type: str) -> Found:
        """Read the linked records of a type by id, and say which are gone or somebody else's."""
        asked = [one for one in self._linked if one.record_type == record_type]
        schema = place_of(record_type).schema
        request = ReadRequest(
            record_type=record_type,
            fields=tuple(dict.fromkeys((*(one.named_by or schema.title for one in asked), _EXTERNAL_ID))),
            ids=tuple(one.netsuite_id for one in asked),
            limit=len(asked),
        )
        selection = queries.select_page(request, self._prober.line.zone.known, self._prober.line.types)
        answer = self._prober.send(self._prober.line.query(selection.query, request.limit))
        if not isinstance(answer, Response) or answer.status != 200:
            return self._prober.failed(answer, schema.plural, f"View for {schema.plural}")
        try:
            records = RowReader(record_type, selection, self._prober.line.zone.known).read(
                suiteql.read_page(answer.body).rows
            )
        except (UnreadableJsonError, UnreadableRowError) as error:
            return self._prober.unreadable(str(error))
        return self._told(asked, {record.id: record for record in records}, schema.title)

    def _told(self, asked: Sequence[LinkedRecord], there: dict[str, Record], title: str) -> Found:
        doubts = [said for one in asked if (said := _doubt(one, there.get(one.netsuite_id), one.named_by or title))]
        links = tuple(self._link(one) for one in asked)
        if not doubts:
            return Found(said=f"{len(asked)} looked at, each is the same record", links=links)
        facts = {"account": self._prober.line.credentials.account.value, "said": "; ".join(doubts)}
        said = f"{len(doubts)} of {len(asked)} are not the same: {facts['said']}"
        return Found(said=said, problem=Problem(code="NS-LNK-001", facts=facts), is_warning=True, links=links)

    def _link(self, one: LinkedRecord) -> RecordLink:
        line = self._prober.line
        url = page_of(line.hosts, line.credentials.account, one.record_type, one.netsuite_id)
        return RecordLink(text=f"{one.title}: NetSuite ID {one.netsuite_id}", url=url)


def _doubt(one: LinkedRecord, found: Record | None, named_by: str) -> str:
    """Say why a NetSuite record is not the one that was linked; "" where it is."""
    if found is None:
        return f"{one.title} was {one.netsuite_id}, which is gone or hidden"
    if one.external_id:
        theirs = _text(found, _EXTERNAL_ID)
        return "" if theirs.casefold() == one.external_id.casefold() else f"{one.title}: {found.id} is another record"
    ours, named = one.name.casefold(), _text(found, named_by).casefold()
    # NetSuite shows a subordinate record behind its parent ("Acme : Rollout"), and a number before a name.
    is_alike = bool(ours and named) and (ours in named or named in ours)
    return "" if is_alike else f"{one.title}: {found.id} is “{_text(found, named_by)}” there"


def _text(record: Record, path: str) -> str:
    value = record.fields.get(path)
    return "" if value is None or isinstance(value, tuple) else as_text(value)
