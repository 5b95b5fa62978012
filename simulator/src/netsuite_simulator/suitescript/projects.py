"""An SDF project as its folder holds it: fields, record types, the role, scripts with their deployments, and files (reference §7.4).

Knows the elements that account customizations of this kind use. Refuses to know accounts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lxml import etree

FIELD_ROOTS: Final = (
    "entitycustomfield",
    "crmcustomfield",
    "itemcustomfield",
    "transactionbodycustomfield",
    "transactioncolumncustomfield",
)
SCRIPT_ROOTS: Final = {"usereventscript": "UserEvent", "scheduledscript": "Scheduled", "restlet": "Restlet"}
_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


class ProjectError(ValueError):
    """A folder is no project that can be deployed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectField:
    """A custom field: `applies` are the names of the boxes that are checked for it."""

    script_id: str
    label: str
    field_type: str
    applies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRecord:
    """A custom record type with its fields."""

    script_id: str
    label: str
    fields: tuple[ProjectField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectDeployment:
    """One deployment of a script: the record type and the execution contexts of a user event script."""

    script_id: str
    record_type: str
    contexts: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectScript:
    """A script: its kind, the path of its file in the File Cabinet, its parameters with their defaults, its deployments."""

    script_id: str
    kind: str
    path: str
    parameters: Mapping[str, str]
    deployments: tuple[ProjectDeployment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """What a project brings; `files` are texts by their paths in the File Cabinet, `roles` names with permissions."""

    name: str
    files: Mapping[str, str]
    fields: tuple[ProjectField, ...]
    records: tuple[ProjectRecord, ...]
    scripts: tuple[ProjectScript, ...]
    roles: Mapping[str, Mapping[str, str]]


def read_project(folder: Path) -> Project:
    """Read a project's folder, the one that holds manifest.xml; raise `ProjectError` with what is wrong."""
    try:
        manifest = etree.parse(folder / "manifest.xml", _PARSER).getroot()
        roots = [etree.parse(path, _PARSER).getroot() for path in sorted((folder / "Objects").rglob("*.xml"))]
    except (OSError, etree.XMLSyntaxError) as error:
        raise ProjectError(f"{folder} is no SDF project: {error}") from error
    cabinet = folder / "FileCabinet"
    files = {f"/{path.relative_to(cabinet).as_posix()}": path.read_text() for path in cabinet.rglob("*.js")}
    scripts = tuple(_script(root) for root in roots if root.tag in SCRIPT_ROOTS)
    missing = [one.path for one in scripts if one.path not in files]
    if missing:
        raise ProjectError(f"the File Cabinet of {folder} has no {', '.join(missing)}")
    return Project(
        name=manifest.findtext("projectname") or folder.name,
        files=files,
        fields=tuple(_field(root) for root in roots if root.tag in FIELD_ROOTS),
        records=tuple(_record(root) for root in roots if root.tag == "customrecordtype"),
        scripts=scripts,
        roles={_text(root, "name"): dict(_permissions(root)) for root in roots if root.tag == "role"},
    )


def _field(root: etree._Element) -> ProjectField:
    return ProjectField(
        script_id=_script_id(root),
        label=_text(root, "label"),
        field_type=_text(root, "fieldtype"),
        applies=tuple(
            str(one.tag) for one in root if one.text == "T" and str(one.tag).startswith(("appliesto", "body", "col"))
        ),
    )


def _record(root: etree._Element) -> ProjectRecord:
    fields = tuple(_field(one) for one in root.iter("customrecordcustomfield"))
    return ProjectRecord(script_id=_script_id(root), label=_text(root, "recordname"), fields=fields)


def _script(root: etree._Element) -> ProjectScript:
    return ProjectScript(
        script_id=_script_id(root),
        kind=SCRIPT_ROOTS[str(root.tag)],
        path=_text(root, "scriptfile").strip("[]"),
        parameters={_script_id(one): one.findtext("defaultvalue") or "" for one in root.iter("scriptcustomfield")},
        deployments=tuple(
            ProjectDeployment(
                script_id=_script_id(one),
                record_type=(one.findtext("recordtype") or "").lower(),
                contexts=frozenset((one.findtext("executioncontext") or "").split("|")) - {""},
            )
            for one in root.iter("scriptdeployment")
            if one.findtext("isdeployed") != "F"
        ),
    )


def _permissions(root: etree._Element) -> Iterator[tuple[str, str]]:
    for one in root.iter("permission"):
        yield _text(one, "permkey"), _text(one, "permlevel")


def _text(root: etree._Element, name: str) -> str:
    text = root.findtext(name)
    if not text:
        raise ProjectError(f"{root.get('scriptid') or root.tag} has no {name}")
    return text


def _script_id(root: etree._Element) -> str:
    script_id = root.get("scriptid")
    if not script_id:
        raise ProjectError(f"an object {root.tag} has no scriptid")
    return script_id
