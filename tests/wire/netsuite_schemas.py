"""NetSuite's own schemas, compiled from the folder named by NETSUITE_SCHEMAS."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

needs_schemas = pytest.mark.skipif(
    not os.environ.get("NETSUITE_SCHEMAS"), reason="NETSUITE_SCHEMAS names no folder with NetSuite's WSDL and XSDs"
)


@cache
def schema() -> etree.XMLSchema:
    """Compile every XSD of the folder at once."""
    folder = Path(os.environ["NETSUITE_SCHEMAS"]) / "xsd"
    imports = "".join(
        f'<xsd:import namespace="{etree.parse(path).getroot().get("targetNamespace")}" schemaLocation="{path.as_uri()}"/>'
        for path in sorted(folder.glob("*.xsd"))
    )
    return etree.XMLSchema(
        etree.fromstring(f'<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">{imports}</xsd:schema>')
    )


def violations(envelope: bytes) -> list[str]:
    """List what an envelope's header and body have that the schemas forbid."""
    root = etree.fromstring(envelope)
    parts = [element for part in root for element in part]
    return [str(schema().error_log) for part in parts if not schema().validate(part)]
