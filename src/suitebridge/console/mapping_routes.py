"""The addresses of the Mapping tab, with what each needs."""

from __future__ import annotations

from suitebridge.console.access import Route
from suitebridge.console.mapping.views import show_mapping
from suitebridge.console.mapping_preview.views import preview_mapping
from suitebridge.console.mapping_workflow.views import show_workflow
from suitebridge.domain.people import Permission

_SETTLE = Permission.EDIT_INTEGRATION_SETTINGS
_MAPPING = "administration/netsuite-connector/mapping"
_WORKFLOW = f"{_MAPPING}/<slug:workflow_name>"

MAPPING_ROUTES = (
    Route(name="mapping", path=_MAPPING, view=show_mapping, needs=_SETTLE),
    Route(name="mapping-workflow", path=_WORKFLOW, view=show_workflow, needs=_SETTLE),
    Route(name="mapping-preview", path=f"{_WORKFLOW}/preview", view=preview_mapping, needs=_SETTLE),
)
