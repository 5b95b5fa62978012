"""Which record types one endpoint version can name, and by which of their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree

from netsuite_simulator.faces.soap.criteria import xsi_type_of
from netsuite_simulator.faces.soap.namespaces import Namespaces
from netsuite_simulator.faces.soap.shapes import Shape, shape_of
from netsuite_simulator.faces.soap.soapfaults import malformed
from netsuite_simulator.faces.soap.timegrids import GridShape, grid_shape_of
from netsuite_simulator.schemas.fields import RecordType


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """The shapes of one version, by RecordType value and by Clark name."""

    names: Namespaces
    by_name: Mapping[str, Shape]
    by_tag: Mapping[str, Shape]
    grid: GridShape  # of weekly time sheets

    def shape_of_element(self, element: etree._Element) -> Shape:
        """Return the shape that the element's xsi:type names; SoapFaultError where the account keeps no such type."""
        namespace, local = xsi_type_of(element)
        shape = self.by_tag.get(f"{{{namespace}}}{local}")
        if shape is not None and shape.type.type_id:
            return self._custom_shape(element, shape)
        if shape is None:
            raise malformed(
                f"org.xml.sax.SAXException: the record type {local} of {namespace} is not kept by the simulated account, "
                "or the namespace belongs to another version."
            )
        return shape

    def _custom_shape(self, element: etree._Element, any_custom: Shape) -> Shape:
        """Return the shape of a custom record, whose type only its recType tells."""
        type_id = next((one.get("internalId") for one in element if one.tag == any_custom.rec_type_tag), None)
        found = next((one for one in self.by_name.values() if one.type.type_id and one.type.type_id == type_id), None)
        if found is None:
            raise malformed(
                f"org.xml.sax.SAXException: the custom record type {type_id or '(no recType)'} is not kept by the "
                "simulated account. Set recType to the internal id of a custom record type."
            )
        return found

    def searched_by(self, search_type: str) -> list[Shape]:
        """Return the shapes that a search type finds: several for items and transactions, none where unknown."""
        return [shape for shape in self.by_name.values() if shape.type.soap_search == search_type]


def catalog_of(record_types: Iterable[RecordType], names: Namespaces) -> Catalog:
    """Build the catalog of one version."""
    shapes = [shape_of(record_type, names) for record_type in record_types if record_type.soap_type]
    by_name = {shape.type.name: shape for shape in shapes}
    return Catalog(
        names=names,
        by_name=by_name,
        by_tag={shape.tag: shape for shape in shapes},
        grid=grid_shape_of(by_name["timeBill"].type, names),
    )
