"""What a record type of the simulated account is made of, as data.

Pure: no storage, no HTTP. One `RecordType` feeds every door: its `name` and `fields` are the SOAP and REST names,
`table` and `column` the NetSuite2 names that SuiteQL and CSV exports use.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass, field


class Kind(enum.Enum):
    """How a field's value is kept in Python: the type in brackets, `None` where nothing is set."""

    TEXT = "text"  # str
    INTEGER = "integer"  # int
    DECIMAL = "decimal"  # Decimal
    BOOLEAN = "boolean"  # bool
    DATE = "date"  # datetime.date, a civil day
    INSTANT = "instant"  # datetime.datetime, aware, UTC
    DURATION = "duration"  # Decimal hours
    CHOICE = "choice"  # str: the id of one of `choices`
    REFERENCE = "reference"  # str: the internal id of a record of one of `refers_to`
    REFERENCES = "references"  # tuple[str, ...]: internal ids, a SOAP RecordRefList, "1, 3, 4" in a column
    LINES = "lines"  # list[dict[str, object]]: rows of `lines`
    SUBRECORD = "subrecord"  # dict[str, object]: a record inside a row, the fields of `subrecord`


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value of a select field that is no record: `soap` is the XSD enumeration literal where SOAP uses one."""

    id: str
    label: str
    soap: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineType:
    """The rows of a sublist: `soap_list` and `soap_line` name the wrapper and line elements, `key` the keyed field."""

    name: str  # REST sublist name, "item"
    soap_list: str  # "itemList"
    soap_line: str  # element inside the list, "item"
    soap_type: str  # "InvoiceItem"
    fields: tuple[Field, ...]
    key: str | None = "line"

    @property
    def is_numbered(self) -> bool:
        """Whether the key is a number that the account gives, and the line's own address ends with."""
        return self.key in {"line", "internalId"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SubrecordType:
    """A record that lives inside a row of a sublist and nowhere else, as addresses do."""

    soap_prefix: str  # "platformCommon"
    soap_type: str  # "Address"
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field: `column` is None where NetSuite2 has no such column; `soap` False where the SOAP record lacks it."""

    name: str
    kind: Kind
    column: str | None
    label: str
    required: bool = False
    read_only: bool = False
    refers_to: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    lines: LineType | None = None
    subrecord: SubrecordType | None = None
    soap: bool = True
    as_text: bool = (
        False  # SOAP shows a select field's label, a reference's name or a number as plain text (reference §9.9)
    )
    rest_name: str | None = None  # where REST spells it otherwise (expense reports are partly lower case)
    source: str = ""  # the reference's section, or "assumed"
    longest: int | None = None  # how many characters a text may have
    is_binary: bool = False  # a text in base64, whose length nothing bounds

    @property
    def is_custom(self) -> bool:
        """Whether SOAP carries it in customFieldList, reference §4.11."""
        return CUSTOM_FIELD.match(self.name) is not None


# Prefix, then "_" and an id of one's own, or the number NetSuite gives a field without one (reference §4.11).
CUSTOM_FIELD = re.compile(r"cust(?:entity|body|col|event|item|record|time)(?:_|\d)|cseg_|cseg\d")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RecordType:
    """One record type and where each door finds it."""

    name: str  # RecordType enumeration value and REST name, "timeBill"
    label: str  # as NetSuite's pages say it
    soap_type: str  # element type, "TimeBill"; "" where SOAP has no such record
    soap_prefix: str  # prefix of the reference's §4.2 table, "tranEmp"; "" where SOAP has no such record
    soap_search: str | None  # search record type, "TimeBillSearch"; None where there is no search
    table: str  # NetSuite2 table, "timebill"; several types may share one ("item", "transaction")
    discriminator: tuple[tuple[str, str], ...] = ()  # columns and values that tell a shared table's rows apart
    fields: tuple[Field, ...] = field(default=())
    external_id_group: str = ""  # types of one group share one case-insensitive space of external ids
    permission: str = ""  # "LIST_CUSTJOB", reference §7.5
    in_deleted: bool = True  # whether getDeleted lists it, reference §4.7
    name_field: str = "name"  # what a reference to it shows
    change_field: str | None = "lastModifiedDate"
    type_id: str = ""  # the internal id of a custom record type or list, which SOAP calls recType and typeId

    def __repr__(self) -> str:
        return f"<record type {self.name}>"
