"""Shows whole records with their sublists, as REST tells them: what SuiteQL has no columns for is compared this way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from suitebridge.adapters.netsuite.asking import ask_for
from suitebridge.adapters.netsuite.conversing import Line
from suitebridge.adapters.netsuite.tables import place_of
from suitebridge.adapters.netsuite.telling import Purpose
from suitebridge.wire.rest import documents


def show(line: Line, record_type: str, ids: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
    """Give records by id, each value as a text by its path; ids that do not exist are left out."""
    plural = place_of(record_type).schema.plural
    parts = [ids[start : start + documents.ID_LIMIT] for start in range(0, len(ids), documents.ID_LIMIT)]
    makers = [line.read(documents.address(record_type, part)) for part in parts]
    purpose = Purpose(
        account=line.credentials.account.value,
        host=line.host,
        what=f"{plural} through REST web services",
        permission=f"View for {plural} and REST Web Services",
    )
    pages = ask_for(line, makers, documents.read_documents, purpose)
    return {id_: document for page in pages for id_, document in page.items()}
