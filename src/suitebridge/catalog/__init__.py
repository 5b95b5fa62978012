"""The front room: one file per workflow, each defining WORKFLOW. Data only, in the order in which a run carries them out."""

from collections.abc import Mapping

from suitebridge.catalog import (
    export_expense_reports,
    export_invoices,
    export_time_entries,
    import_customers,
    import_employees,
    import_expense_items,
    import_projects,
    import_services,
)
from suitebridge.domain.workflow import Workflow

CATALOG: Mapping[str, Workflow] = {
    module.WORKFLOW.name: module.WORKFLOW
    for module in (
        import_employees,
        import_customers,
        import_projects,
        import_services,
        import_expense_items,
        export_time_entries,
        export_expense_reports,
        export_invoices,
    )
}
