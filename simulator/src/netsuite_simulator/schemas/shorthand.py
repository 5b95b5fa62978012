"""Short spellings for field declarations, so that a schema file reads as a table.

Knows the naming rules of the doors (a column is the field's name in lower case unless told otherwise); refuses to know
any record type.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TypedDict, Unpack

from netsuite_simulator.schemas.fields import Choice, Field, Kind, LineType, SubrecordType
from netsuite_simulator.schemas.lengths import LENGTHS, LONGEST

SAME = "="  # column: the field's name in lower case

_WORD_START = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class FieldOptions(TypedDict, total=False):
    """What a declaration may add to kind and name."""

    required: bool
    read_only: bool
    soap: bool
    as_text: bool
    rest_name: str | None
    source: str
    is_binary: bool


def label_of(name: str) -> str:
    """Turn a field name into the label on NetSuite's form: "companyName" is "Company Name"."""
    words = _WORD_START.split(name)
    return " ".join(word[:1].upper() + word[1:] for word in words)


def declare(
    kind: Kind,
    name: str,
    /,
    column: str | None = SAME,
    label: str = "",
    *,
    refers_to: tuple[str, ...] = (),
    choices: tuple[Choice, ...] = (),
    line_type: LineType | None = None,
    **options: Unpack[FieldOptions],
) -> Field:
    """Declare one field."""
    return Field(
        name=name,
        kind=kind,
        column=name.lower() if column == SAME else column,
        label=label or label_of(name),
        refers_to=refers_to,
        choices=choices,
        lines=line_type,
        longest=LENGTHS.get(name, LONGEST) if kind is Kind.TEXT and not options.get("is_binary") else None,
        **options,
    )


text = partial(declare, Kind.TEXT)
binary = partial(declare, Kind.TEXT, is_binary=True)
integer = partial(declare, Kind.INTEGER)
decimal = partial(declare, Kind.DECIMAL)
boolean = partial(declare, Kind.BOOLEAN)
date = partial(declare, Kind.DATE)
instant = partial(declare, Kind.INSTANT)
duration = partial(declare, Kind.DURATION)


def choice(
    name: str,
    choices: tuple[Choice, ...],
    /,
    column: str | None = SAME,
    label: str = "",
    **options: Unpack[FieldOptions],
) -> Field:
    """Declare a select field whose values are no records."""
    return declare(Kind.CHOICE, name, column, label, choices=choices, **options)


def reference(
    name: str,
    /,
    *refers_to: str,
    column: str | None = SAME,
    label: str = "",
    **options: Unpack[FieldOptions],
) -> Field:
    """Declare a reference; without `refers_to` it names a list the account does not hold and any id is kept."""
    return declare(Kind.REFERENCE, name, column, label, refers_to=refers_to, **options)


def references(
    name: str,
    /,
    *refers_to: str,
    column: str | None = SAME,
    label: str = "",
    **options: Unpack[FieldOptions],
) -> Field:
    """Declare a multiple reference, a SOAP RecordRefList."""
    return declare(Kind.REFERENCES, name, column, label, refers_to=refers_to, **options)


def lines(name: str, line_type: LineType, /, column: str | None = None, label: str = "") -> Field:
    """Declare a sublist; `column` names the line table, None keeps the rows as JSON in the record's own row."""
    return declare(Kind.LINES, name, column, label, line_type=line_type)


def subrecord(name: str, subrecord_type: SubrecordType, /, **options: Unpack[FieldOptions]) -> Field:
    """Declare a record inside a row of a sublist."""
    return replace(declare(Kind.SUBRECORD, name, None, **options), subrecord=subrecord_type)


def names(*values: str) -> tuple[Choice, ...]:
    """List XSD literals whose REST id is the literal in capitals: "_asSoonAsPossible" is "ASSOONASPOSSIBLE"."""
    return tuple(
        Choice(id=value.lstrip("_").upper(), label=label_of(value.lstrip("_")), soap=value) for value in values
    )


def lettered(*values: tuple[str, str] | tuple[str, str, str]) -> tuple[Choice, ...]:
    """List choices by id and label, as transaction statuses are, and by XSD literal where SOAP uses one."""
    return tuple(Choice(id=one[0], label=one[1], soap=one[2] if len(one) > 2 else None) for one in values)


def numbered(*values: tuple[str, str] | str) -> tuple[Choice, ...]:
    """List choices with ids 1, 2, 3: a plain label (a SOAP RecordRef), or label and XSD literal."""
    found = []
    for number, value in enumerate(values, start=1):
        label, soap = (value, None) if isinstance(value, str) else value
        found.append(Choice(id=str(number), label=label, soap=soap))
    return tuple(found)
