"""The addresses of the Mapping tab, with what each needs."""

from __future__ import annotations

from suitebridge.console.access import Route
from suitebridge.console.custom_fields.views import edit_custom_fields
from suitebridge.console.mapping.views import edit_mapping
from suitebridge.console.mapping_advanced.views import edit_text
from suitebridge.console.mapping_changes.views import review_changes
from suitebridge.console.mapping_filter.views import edit_filter
from suitebridge.console.mapping_legacy.views import give_legacy_file, review_legacy
from suitebridge.console.mapping_preview.views import preview_mapping
from suitebridge.console.mapping_row.views import edit_row
from suitebridge.console.mapping_settings.views import edit_settings
from suitebridge.console.mapping_versions.views import review_versions
from suitebridge.console.mapping_workflow.views import edit_workflow
from suitebridge.console.workflow_new.views import add_own
from suitebridge.domain.people import Permission

_BOTH = ("GET", "POST")
_SETTLE = Permission.EDIT_INTEGRATION_SETTINGS
_CONNECTOR = "administration/netsuite-connector"
_MAPPING = f"{_CONNECTOR}/mapping"
_WORKFLOW = f"{_MAPPING}/<slug:workflow_name>"

MAPPING_ROUTES = (
    Route(
        name="custom-fields",
        path="administration/custom-fields",
        view=edit_custom_fields,
        needs=_SETTLE,
        methods=_BOTH,
    ),
    Route(name="mapping", path=_MAPPING, view=edit_mapping, needs=_SETTLE, methods=_BOTH),
    Route(
        name="mapping-changes",
        path=f"{_CONNECTOR}/mapping-draft",
        view=review_changes,
        needs=_SETTLE,
        methods=_BOTH,
    ),
    Route(
        name="mapping-versions",
        path=f"{_CONNECTOR}/mapping-versions",
        view=review_versions,
        needs=_SETTLE,
        methods=_BOTH,
    ),
    Route(
        name="mapping-legacy", path=f"{_CONNECTOR}/legacy-notation", view=review_legacy, needs=_SETTLE, methods=_BOTH
    ),
    Route(name="mapping-legacy-file", path=f"{_CONNECTOR}/legacy-notation/file", view=give_legacy_file, needs=_SETTLE),
    Route(name="workflow-new", path=f"{_CONNECTOR}/add-workflow", view=add_own, needs=_SETTLE, methods=_BOTH),
    Route(name="mapping-workflow", path=_WORKFLOW, view=edit_workflow, needs=_SETTLE, methods=_BOTH),
    Route(name="mapping-preview", path=f"{_WORKFLOW}/preview", view=preview_mapping, needs=_SETTLE),
    Route(name="mapping-row", path=f"{_WORKFLOW}/row", view=edit_row, needs=_SETTLE, methods=_BOTH),
    Route(name="mapping-advanced", path=f"{_WORKFLOW}/text", view=edit_text, needs=_SETTLE, methods=_BOTH),
    Route(name="mapping-filter", path=f"{_WORKFLOW}/filter", view=edit_filter, needs=_SETTLE, methods=_BOTH),
    Route(name="mapping-settings", path=f"{_WORKFLOW}/settings", view=edit_settings, needs=_SETTLE, methods=_BOTH),
)
