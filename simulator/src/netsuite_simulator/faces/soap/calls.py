"""One request on its way through an operation: who calls, what was sent, and the answer being built."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lxml import etree

from netsuite_simulator.faces.soap.catalogs import Catalog
from netsuite_simulator.faces.soap.conditions import Grounds
from netsuite_simulator.faces.soap.envelopes import Answer
from netsuite_simulator.faces.soap.headers import Preferences, read_int
from netsuite_simulator.faces.soap.memory import Memory
from netsuite_simulator.faces.soap.namespaces import split_tag
from netsuite_simulator.faces.soap.soapfaults import permission_required
from netsuite_simulator.faces.soap.statuses import StatusDetail
from netsuite_simulator.faces.soap.timegrids import write_grid
from netsuite_simulator.faces.soap.writers import Pen, write_record
from netsuite_simulator.results import VIEW, Grants, Rejection, view_refusal
from netsuite_simulator.schemas.fields import Field, RecordType
from netsuite_simulator.shelves import Stored
from netsuite_simulator.timegrids import grid_of

if TYPE_CHECKING:
    from netsuite_simulator.account import Account


@dataclass(slots=True, kw_only=True)
class Call:
    """What an operation is given. `grants` says what the caller's role may do."""

    account: Account
    catalog: Catalog
    operation: str
    body: etree._Element
    preferences: Preferences
    answer: Answer
    grants: Grants
    origin: str  # scheme and host the request came to, for getDataCenterUrls
    memory: Memory
    is_async: bool = False
    never_ends: bool = False  # an injected fault: a job that is started stays unfinished
    after_submit_failure: str | None = None  # an injected fault: records are saved, then their script fails
    _names: dict[tuple[tuple[str, ...], str], str | None] = field(default_factory=dict)

    def child(self, name: str) -> etree._Element | None:
        """Return the body's first child of that local name."""
        return next((child for child in self.body if split_tag(child.tag)[1] == name), None)

    def children(self, name: str) -> list[etree._Element]:
        """Return the body's children of that local name."""
        return [child for child in self.body if split_tag(child.tag)[1] == name]

    def text(self, name: str) -> str:
        """Return the text of a child, "" where it is missing."""
        element = self.child(name)
        return "" if element is None else (element.text or "").strip()

    def whole_number(self, name: str) -> int:
        """Return the xsd:int of a child."""
        return read_int(self.text(name), name)

    def room(self, limit: int) -> int:
        """Return how many records a list may hold: asynchronously twice as many (reference §4.5)."""
        return 2 * limit if self.is_async else limit

    def warning(self, detail: StatusDetail) -> StatusDetail:
        """Return a warning, as an error where the request wants that."""
        return replace(detail, is_warning=not self.preferences.warning_as_error)

    def pen(self, records: Iterable[Stored] = ()) -> Pen:
        """Return what writing `records` into this answer needs; the names their references show are asked in bulk."""
        wanted: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for record in records:
            for reference in self.catalog.by_name[record.type.name].references:
                value = record.values.get(reference.name)
                if value is not None:
                    wanted[reference.refers_to].add(str(value))
        for refers_to, ids in wanted.items():
            names = self.account.names_of(refers_to, ids)
            self._names.update(((refers_to, one), names.get(one)) for one in ids)
        return Pen(answer=self.answer, zone=self.account.clock.zone, name_of=self.name_of)

    def write(self, pen: Pen, parent: etree._Element, tag: str, record: Stored, *, with_lists: bool = True) -> None:
        """Append one record of the account under `tag`; sublists, and the grid of a time sheet, only `with_lists`."""
        written = write_record(pen, parent, tag, self.catalog.by_name[record.type.name], record, with_lists=with_lists)
        if with_lists and record.type.name == "timeSheet":
            write_grid(pen, written, self.catalog.grid, grid_of(self.account, record))

    def grounds(self) -> Grounds:
        """Return what the criteria of this request are understood by."""
        return Grounds(
            zone=self.account.clock.zone,
            today=self.account.clock.today().date(),
            id_of_external=self._id_of_external,
        )

    def now(self) -> datetime.datetime:
        """Return the account's time."""
        return self.account.clock.now()

    def require(self, permission: str, level: int, message: str) -> None:
        """Refuse the whole request where the role lacks a permission."""
        if not self.grants.may(permission, level):
            raise permission_required(message, code="INSUFFICIENT_PERMISSION")

    def _id_of_external(self, type_name: str, external_id: str) -> str | None:
        record_type = self.account.types[type_name]
        found = self.account.find_external(record_type.external_id_group, external_id)
        return str(found[1]) if found is not None and found[0] == type_name else None

    def sees(self, record_type: RecordType) -> bool:
        """Tell whether the role may view records of a type."""
        return view_refusal(record_type, self.grants) is None

    def refusal_to_open(self, record_type: RecordType, internal_id: str, level: int = VIEW) -> StatusDetail | None:
        """Return why the role may not open a record at a level; None where it may."""
        refusal = view_refusal(record_type, self.grants, level)
        refusal = refusal or self.account.denial(self.grants, record_type.name, internal_id)
        return None if refusal is None else detail_of(refusal)

    def name_of(self, reference: Field, internal_id: str) -> str | None:
        """Return what a reference to a record shows."""
        if not reference.refers_to:
            return None
        key = reference.refers_to, internal_id
        if key not in self._names:
            self._names[key] = self.account.names_of(reference.refers_to, [internal_id]).get(internal_id)
        return self._names[key]


def detail_of(rejection: Rejection) -> StatusDetail:
    """Return the status detail of a refused record."""
    return StatusDetail(code=rejection.code, message=rejection.message)


def not_found(record_type: str, key: str, account_id: str) -> StatusDetail:
    """Say that a record does not exist, in the words recorded from NetSuite (reference §4.8)."""
    return StatusDetail(
        code="RCRD_DSNT_EXIST",
        message=f"That record does not exist. Invalid record:type={record_type.lower()},id={key},scompid={account_id}",
    )


def not_kept(record_type: str) -> StatusDetail:
    """Say that the simulated account keeps no records of a type."""
    return StatusDetail(
        code="INVALID_RCRD_TYPE",
        message=f"The simulated account keeps no records of the type {record_type or '(none)'}.",
    )


def type_of(call: Call, name: str) -> RecordType | None:
    """Return the record type called `name` in the account."""
    shape = call.catalog.by_name.get(name)
    return None if shape is None else shape.type
