"""What an administrator adds to an account at run time: custom fields of every kind, custom record types, custom lists.

As data: each is kept in the account's database and turned into the same `Field` and `RecordType` the account ships with,
so that every door knows it at once. Script ids and field types as in reference §4.11 and §9.13, columns and tables of
custom records and lists assumed. Refuses to know storage and doors.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

import msgspec

from netsuite_simulator.schemas.fields import Choice, Field, Kind, LineType, RecordType
from netsuite_simulator.schemas.shorthand import boolean, instant, reference, text

SCRIPT_ID = re.compile(r"[a-z][a-z0-9_]{2,39}")
RECORD_PREFIX, LIST_PREFIX = "customrecord", "customlist"


class CustomizationError(ValueError):
    """An account cannot be customized as asked."""


class CustomKind(enum.Enum):
    """The types of custom fields, by their names in SOAP."""

    FREE_FORM_TEXT = "_freeFormText"
    TEXT_AREA = "_textArea"
    LONG_TEXT = "_longText"
    RICH_TEXT = "_richText"
    EMAIL = "_eMailAddress"
    PHONE = "_phoneNumber"
    HYPERLINK = "_hyperlink"
    TIME_OF_DAY = "_timeOfDay"
    INLINE_HTML = "_inlineHTML"
    PASSWORD = "_password"  # noqa: S105 - a field type's name
    INTEGER = "_integerNumber"
    DECIMAL = "_decimalNumber"
    CURRENCY = "_currency"
    PERCENT = "_percent"
    CHECK_BOX = "_checkBox"
    DATE = "_date"
    DATE_TIME = "_datetime"
    LIST = "_listRecord"
    MULTIPLE_SELECT = "_multipleSelect"
    IMAGE = "_image"
    DOCUMENT = "_document"


KINDS = {
    CustomKind.INTEGER: Kind.INTEGER,
    CustomKind.DECIMAL: Kind.DECIMAL,
    CustomKind.CURRENCY: Kind.DECIMAL,
    CustomKind.PERCENT: Kind.DECIMAL,
    CustomKind.CHECK_BOX: Kind.BOOLEAN,
    CustomKind.DATE: Kind.DATE,
    CustomKind.DATE_TIME: Kind.INSTANT,
    CustomKind.LIST: Kind.REFERENCE,
    CustomKind.MULTIPLE_SELECT: Kind.REFERENCES,
    CustomKind.IMAGE: Kind.REFERENCE,
    CustomKind.DOCUMENT: Kind.REFERENCE,
}  # every other kind is text
LENGTHS = {  # of texts, as the descriptions of the field types give them (assumed: the reference has none)
    CustomKind.FREE_FORM_TEXT: 300,
    CustomKind.TEXT_AREA: 4_000,
    CustomKind.LONG_TEXT: 1_000_000,
    CustomKind.RICH_TEXT: 100_000,
    CustomKind.EMAIL: 254,
    CustomKind.PHONE: 32,
    CustomKind.HYPERLINK: 999,
}
LIKELY_KINDS = {  # what a field is of which only the value's kind was said
    Kind.TEXT: CustomKind.FREE_FORM_TEXT,
    Kind.INTEGER: CustomKind.INTEGER,
    Kind.DECIMAL: CustomKind.DECIMAL,
    Kind.DURATION: CustomKind.DECIMAL,
    Kind.BOOLEAN: CustomKind.CHECK_BOX,
    Kind.DATE: CustomKind.DATE,
    Kind.INSTANT: CustomKind.DATE_TIME,
    Kind.CHOICE: CustomKind.LIST,
    Kind.REFERENCE: CustomKind.LIST,
    Kind.REFERENCES: CustomKind.MULTIPLE_SELECT,
}


class Group(enum.Enum):
    """The groups custom fields come in, by their names in getCustomizationId."""

    ENTITY = "entityCustomField"
    CRM = "crmCustomField"
    ITEM = "itemCustomField"
    BODY = "transactionBodyCustomField"
    COLUMN = "transactionColumnCustomField"
    RECORD = "customRecordCustomField"
    OTHER = "otherCustomField"


_GROUPS = {
    "custentity": Group.ENTITY,
    "custevent": Group.CRM,
    "custitem": Group.ITEM,
    "custbody": Group.BODY,
    "custcol": Group.COLUMN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomField:
    """A custom field of some record types, or of the sublists of some; `id` is its internal id."""

    id: int
    kind: CustomKind
    field: Field
    types: tuple[str, ...]
    sublists: tuple[str, ...] = ()

    @property
    def script_id(self) -> str:
        """The name every door knows the field by."""
        return self.field.name

    @property
    def group(self) -> Group:
        """Tell the group by the script id's prefix; a `custrecord` of a standard type is among the others."""
        prefix = re.split(r"[_0-9]", self.field.name, maxsplit=1)[0]
        if prefix == "custrecord":
            is_record = any(name.startswith(RECORD_PREFIX) for name in self.types)
            return Group.RECORD if is_record else Group.OTHER
        return _GROUPS.get(prefix, Group.OTHER)


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomRecordType:
    """A custom record type: `id` is what SOAP calls recType and typeId."""

    id: int
    script_id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomList:
    """A custom list; its values are records of the type of its script id."""

    id: int
    script_id: str
    label: str


Customization = CustomField | CustomRecordType | CustomList


class Kept(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Customizations of one account, as its database keeps them: in the order they were made."""

    order: list[int] = []
    fields: list[CustomField] = []
    records: list[CustomRecordType] = []
    lists: list[CustomList] = []

    def all(self) -> list[Customization]:
        """Return them in the order they were made."""
        made: list[Customization] = [*self.fields, *self.records, *self.lists]
        by_id = {one.id: one for one in made}
        return [by_id[number] for number in self.order]


def dump(customizations: Iterable[Customization]) -> str:
    """Write customizations as text."""
    kept = Kept(order=[one.id for one in customizations])
    for one in customizations:
        match one:
            case CustomField():
                kept.fields.append(one)
            case CustomRecordType():
                kept.records.append(one)
            case CustomList():
                kept.lists.append(one)
    return msgspec.json.encode(kept).decode()


def load(text_: str) -> list[Customization]:
    """Read what `dump` wrote."""
    return msgspec.json.decode(text_, type=Kept).all()


def custom_field(
    script_id: str,
    kind: CustomKind,
    /,
    label: str = "",
    *,
    select_from: str | tuple[Choice, ...] = (),
    required: bool = False,
) -> Field:
    """Declare a custom field: a list or multiple select names the record type or custom list it selects from."""
    value_kind = KINDS.get(kind, Kind.TEXT)
    choices = () if isinstance(select_from, str) else select_from
    if choices and value_kind is Kind.REFERENCE:
        value_kind = Kind.CHOICE
    return Field(
        name=script_id,
        kind=value_kind,
        column=script_id,
        label=label or script_id,
        required=required,
        refers_to=(select_from,) if isinstance(select_from, str) and select_from else (),
        choices=choices,
    )


def record_type_of(custom: CustomRecordType) -> RecordType:
    """Build the record type of a custom record type: its own fields come with its custom fields."""
    return RecordType(
        name=custom.script_id,
        label=custom.label,
        soap_type="CustomRecord",
        soap_prefix="setupCustom",
        soap_search="CustomRecordSearch",
        table=custom.script_id,
        external_id_group=custom.script_id,
        permission="LIST_CUSTRECORDENTRY",  # its access type: Require Custom Record Entries Permission
        type_id=str(custom.id),
        change_field="lastModified",
        fields=(
            boolean("isInactive", label="Inactive"),
            reference("parent", custom.script_id),
            instant("created", read_only=True, label="Date Created"),
            instant("lastModified", read_only=True),
            text("name"),
            text("altName", read_only=True),
            reference("owner", "employee"),
            text("scriptId", soap=False, read_only=True),
        ),
    )


def list_type_of(custom: CustomList) -> RecordType:
    """Build the record type of a custom list's values, which REST and SuiteQL know as records."""
    return RecordType(
        name=custom.script_id,
        label=custom.label,
        soap_type="",
        soap_prefix="",
        soap_search=None,
        table=custom.script_id,
        external_id_group="",
        permission="ADMI_CUSTLIST",
        in_deleted=False,
        type_id=str(custom.id),
        change_field=None,
        fields=(
            text("name", required=True, label="Value"),
            text("abbreviation"),
            boolean("isInactive", label="Inactive"),
            text("scriptId", read_only=True),
        ),
    )


def customized(record_type: RecordType, custom: CustomField) -> RecordType:
    """Give a record type a custom field, in its body or in the sublists the field is for."""
    field = replace(custom.field, longest=LENGTHS.get(custom.kind))
    if not custom.sublists:
        if any(one.name == field.name for one in record_type.fields):
            raise CustomizationError(f"{record_type.name} has a field {field.name} already")
        return replace(record_type, fields=(*record_type.fields, field))
    fields = []
    for one in record_type.fields:
        if one.lines is not None and one.name in custom.sublists:
            one = replace(one, lines=_with_column(one.lines, field))  # noqa: PLW2901 - the field with its column
        fields.append(one)
    return replace(record_type, fields=tuple(fields))


def _with_column(lines: LineType, field: Field) -> LineType:
    if any(one.name == field.name for one in lines.fields):
        raise CustomizationError(f"the sublist {lines.name} has a field {field.name} already")
    return replace(lines, fields=(*lines.fields, field))
