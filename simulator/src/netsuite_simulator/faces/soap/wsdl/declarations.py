"""What a schema document declares, as values, and a short notation to write them in.

A line of the notation is one complex type: `RecordRef < BaseRef: @internalId=string @type=Typ:RecordType`. Before the
colon stand "abstract" where it is, the name, and what it extends; after it its elements and @attributes, `name=type`.
`?` marks an optional element, `*` any number, `+` at least one; `&status` refers to a global element; `!` marks a
required attribute, a second `=` its default. A type in lower case is XML Schema's own, in upper case of the same
document, `Typ:` of the document of enumerations beside it; other documents are named by prefix. An indented line goes on.

Knows nothing of XML and nothing of records.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

_PART = re.compile(
    r"(?P<sign>[@&]?)(?P<name>[\w:]+)(?P<count>[?*+!]?)(?:=(?P<type>[\w:]+))?(?:=(?P<default>\w+))?", re.ASCII
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One element of a sequence; `type` is a qualified name, None where `name` refers to a global element."""

    name: str
    type: str | None
    is_optional: bool = False
    is_repeated: bool = False
    default: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """One attribute."""

    name: str
    type: str
    is_required: bool = False
    default: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplexType:
    """One complex type: a sequence of elements, attributes, and what it extends."""

    name: str
    elements: tuple[Element, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    extends: str | None = None
    is_abstract: bool = False


@dataclass(slots=True, kw_only=True)
class Schema:
    """One document and the enumerations beside it; an enumeration without literals takes any text."""

    prefix: str
    types: dict[str, ComplexType] = field(default_factory=dict)
    global_elements: dict[str, str] = field(default_factory=dict)
    enumerations: dict[str, dict[str, None]] = field(default_factory=dict)

    def declare(self, *types: ComplexType) -> None:
        """Add complex types."""
        self.types.update((one.name, one) for one in types)

    def enumerate(self, name: str, literals: Iterable[str]) -> None:
        """Add literals to an enumeration, which several fields may share."""
        self.enumerations.setdefault(name, {}).update(dict.fromkeys(literals))


def read_types(prefix: str, text: str) -> tuple[ComplexType, ...]:
    """Read lines of the notation; `prefix` is that of the document they stand in."""
    return tuple(_read_type(prefix, line) for line in text.replace("\n  ", " ").splitlines() if line)


def read_content(prefix: str, text: str) -> tuple[tuple[Element, ...], tuple[Attribute, ...]]:
    """Read what stands after the colon of a line."""
    elements: list[Element] = []
    attributes: list[Attribute] = []
    for part in text.split():
        found = _PART.fullmatch(part)
        if found is None:
            raise ValueError(f"{part!r} is no part of a declaration")
        count = found["count"]
        if found["sign"] == "@":
            kind = qualified(prefix, found["type"])
            default = found["default"]
            attributes.append(Attribute(name=found["name"], type=kind, is_required=count == "!", default=default))
            continue
        is_reference = found["sign"] == "&"
        name = found["name"] if not is_reference or ":" in found["name"] else f"{prefix}:{found['name']}"
        elements.append(
            Element(
                name=name,
                type=None if is_reference else qualified(prefix, found["type"]),
                is_optional=count in {"?", "*"},
                is_repeated=count in {"*", "+"},
                default=found["default"],
            )
        )
    return tuple(elements), tuple(attributes)


def qualified(prefix: str, name: str) -> str:
    """Return the qualified name of a type as the notation writes it."""
    if name.startswith("Typ:"):
        return prefix + name
    if ":" in name:
        return name
    return f"xsd:{name}" if name[0].islower() else f"{prefix}:{name}"


def _read_type(prefix: str, line: str) -> ComplexType:
    head, _, content = line.partition(": ") if ": " in line else (line.removesuffix(":"), "", "")
    name, _, extends = head.partition(" < ")
    elements, attributes = read_content(prefix, content)
    return ComplexType(
        name=name.removeprefix("abstract "),
        elements=elements,
        attributes=attributes,
        extends=qualified(prefix, extends) if extends else None,
        is_abstract=name.startswith("abstract "),
    )
