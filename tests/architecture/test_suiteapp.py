"""suiteapp/: its XML keeps to what NetSuite documents, its parts name each other, and it grants and tells what the product needs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from suitebridge.catalog import CATALOG
from suitebridge.domain.records import Direction
from suitebridge.domain.rights import Level, least_role, need_of
from tests.architecture.source import ROOT

PROJECT = ROOT / "suiteapp" / "src"
OBJECTS = sorted((PROJECT / "Objects").glob("*.xml"))
SCRIPTS = PROJECT / "FileCabinet" / "SuiteScripts" / "suitebridge"
SCHEMA = etree.XMLSchema(etree.parse(ROOT / "tests" / "architecture" / "sdf.xsd"))
OUTBOX = "[scriptid=customrecord_sb_hint]"
# What whoever holds the token needs to make it (guide, step 6), beside what the connection itself needs.
OWN_TOKENS = "ADMI_MANAGE_OWN_OAUTH_TOKENS"


def read(name: str) -> etree._Element:
    return etree.parse(PROJECT / "Objects" / f"{name}.xml").getroot()


@pytest.mark.parametrize(
    "path", [PROJECT / "manifest.xml", PROJECT / "deploy.xml", *OBJECTS], ids=lambda path: path.name
)
def test_xml_keeps_to_the_documented_objects(path: Path) -> None:
    SCHEMA.assertValid(etree.parse(path))


def test_an_object_has_the_name_of_its_file_and_what_it_refers_to_is_there() -> None:
    texts = {path.stem: path.read_text() for path in OBJECTS}
    assert {name: etree.fromstring(text).get("scriptid") for name, text in texts.items()} == {
        name: name for name in texts
    }
    together = "\n".join(texts.values())
    assert {*re.findall(r"\[scriptid=(\w+)\]", together)} <= texts.keys()
    files = {*re.findall(r"\[/SuiteScripts/suitebridge/([a-z_]+\.js)\]", together)}
    assert files | {"sb_hints.js"} == {path.name for path in SCRIPTS.iterdir()}
    source = "\n".join(path.read_text() for path in SCRIPTS.iterdir())
    named = {*re.findall(r"\bcust(?:record|script|secret|omrecord)_sb_\w+", source)}
    assert named <= {*re.findall(r'scriptid="(\w+)"', together)}


def test_the_role_is_the_least_one_that_the_whole_catalog_needs() -> None:
    """The list is the one that the page Integration role shows, for every workflow and either way to sign in."""
    needs = [need_of(workflow) for workflow in CATALOG.values()]
    asked = [*least_role(needs), *least_role(needs, is_oauth=True)]
    expected = {OWN_TOKENS: Level.FULL.name, OUTBOX: Level.FULL.name}
    for needed in sorted(asked, key=lambda one: one.level):
        expected[needed.right.key] = needed.level.name
    granted = [
        (one.findtext("permkey"), one.findtext("permlevel"))
        for one in read("customrole_sb_integration").iter("permission")
    ]
    assert dict(granted) == expected
    assert len(granted) == len(expected)
    outbox = read("customrecord_sb_hint").find("permissions/permission")
    assert outbox is not None
    assert outbox.findtext("permittedlevel") == expected[OUTBOX]  # SDF asks for the same level in both


def test_what_is_told_is_what_a_workflow_imports_and_every_such_type_has_a_deployment() -> None:
    source = (SCRIPTS / "sb_hints.js").read_text()
    table = source[source.index("const TYPES = {") : source.index("};")]
    told = dict(re.findall(r"(\w+): '(\w+)'", table))
    imported = {one.source_type for one in CATALOG.values() if one.direction is Direction.IMPORT}
    assert {*told.values()} <= imported
    deployed = [str(one.findtext("recordtype")) for one in read("customscript_sb_push").iter("scriptdeployment")]
    assert sorted(deployed) == sorted(name.upper() for name in told)


def test_the_integrations_own_writes_come_by_doors_that_start_no_script() -> None:
    for one in read("customscript_sb_push").iter("scriptdeployment"):
        contexts = {*str(one.findtext("executioncontext")).split("|")}
        assert "USERINTERFACE" in contexts
        assert not contexts & {"WEBSERVICES", "RESTWEBSERVICES"}


def test_the_version_has_upgrade_notes() -> None:
    version = re.search(r"VERSION = '([\d.]+)'", (SCRIPTS / "sb_hints.js").read_text())
    assert version is not None
    assert f"### {version[1]}" in (ROOT / "suiteapp" / "README.md").read_text()
