"""What the page of custom fields shows: those of every record type of the workspace, and the form of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from suitebridge.console import links
from suitebridge.console.choices import Choice
from suitebridge.console.forms import Field
from suitebridge.console.notices import Notice
from suitebridge.domain.custom_fields import DEFINABLE, NAME_RULE, CustomField, TypeFields, fields_of
from suitebridge.domain.picking import KIND_WORDS
from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import Kind
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldLine:
    """One custom field. `edit_href` opens the form on it."""

    type_label: str
    type_name: str
    name: str
    label: str
    kind: str
    choices: str
    is_required: bool
    version: int
    edit_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomFieldsPage:
    """The page. `is_known` says that the form is about a field that is there: its name, type and kind stay."""

    here_href: str
    lines: tuple[FieldLine, ...]
    heading: str
    is_known: bool
    name: str
    types: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    fields: tuple[Field, ...]
    is_required: bool
    version: int
    notice: Notice | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What the form says: a record type, a field of it, and the version of the type's list."""

    record_type: str
    custom: CustomField
    version: int


def custom_fields_page(
    known: Sequence[TypeFields], typed: Typed | None, *, notice: Notice | None = None
) -> CustomFieldsPage:
    """Write the page; without a field the form adds one."""
    custom = typed.custom if typed is not None else CustomField(name="", label="", kind=Kind.TEXT)
    chosen = typed.record_type if typed is not None else ""
    present = {(one.record_type, part.name): one.version for one in known for part in one.fields if not part.is_retired}
    is_known = (chosen, custom.name) in present
    return CustomFieldsPage(
        here_href=links.address("custom-fields"),
        lines=tuple(_lines(known)),
        heading=f"Change {custom.name}" if is_known else "Add a field",
        is_known=is_known,
        name=custom.name,
        types=tuple(
            Choice(value=name, text=schema.label, is_chosen=name == chosen) for name, schema in WORKSPACE_TYPES.items()
        ),
        kinds=tuple(
            Choice(value=kind.value, text=KIND_WORDS[kind], is_chosen=kind is custom.kind) for kind in DEFINABLE
        ),
        fields=_fields(custom, is_known=is_known),
        is_required=custom.is_required,
        version=typed.version if typed is not None else 0,
        notice=notice,
    )


def read_choices(text: str) -> tuple[tuple[str, str], ...]:
    """Read "g=Gold, Silver": what is kept and what people read, which may be one."""
    parts = (part.strip() for part in text.split(","))
    pairs = (part.partition("=") for part in parts if part)
    return tuple((value.strip(), label.strip() or value.strip()) for value, _, label in pairs)


def write_choices(choices: Sequence[tuple[str, str]]) -> str:
    """Write choices as the form takes them."""
    return ", ".join(value if value == label else f"{value}={label}" for value, label in choices)


def typed_in(form: Mapping[str, str], known: Sequence[TypeFields]) -> Typed:
    """Read the form. The version of a field to add is that of its type's list as it stands: adding overwrites nothing."""
    record_type, name = form.get("type", ""), form.get("name", "").strip()
    kind = next((one for one in DEFINABLE if one.value == form.get("kind")), Kind.TEXT)
    told = form.get("version", "")
    version = int(told) if told.isascii() and told.isdecimal() else 0
    return Typed(
        record_type=record_type,
        custom=CustomField(
            name=name,
            label=form.get("label", "").strip(),
            kind=kind,
            choices=read_choices(form.get("choices", "")),
            is_required="required" in form,
        ),
        version=version or fields_of(known, System.WORKSPACE, record_type).version,
    )


def _lines(known: Sequence[TypeFields]) -> list[FieldLine]:
    return [
        FieldLine(
            type_label=WORKSPACE_TYPES[one.record_type].label,
            type_name=one.record_type,
            name=part.name,
            label=part.label,
            kind=KIND_WORDS[part.kind],
            choices=", ".join(label for _, label in part.choices),
            is_required=part.is_required,
            version=one.version,
            edit_href=links.address("custom-fields", query={"type": one.record_type, "field": part.name}),
        )
        for one in known
        for part in one.fields
        if not part.is_retired
    ]


def _fields(custom: CustomField, *, is_known: bool) -> tuple[Field, ...]:
    name = Field(name="name", label="Name", value=custom.name, hint=f"Made of {NAME_RULE}. It stays.")
    rest = (
        Field(name="label", label="Label", value=custom.label, hint="What people read; it may change."),
        Field(
            name="choices",
            label="Choices",
            value=write_choices(custom.choices),
            hint="Of a list value: “Gold, Silver”, or “g=Gold, s=Silver” where something shorter is kept.",
        ),
    )
    return rest if is_known else (name, *rest)
