"""The front room: one file per workflow, each defining WORKFLOW. Data only, in the order in which a run carries them out."""

from collections.abc import Mapping

from suitebridge.catalog import (
    export_credits,
    export_customers,
    export_expense_bills,
    export_expense_reports,
    export_invoices,
    export_projects,
    export_purchase_requests,
    export_recognition_transactions,
    export_tasks,
    export_time_entries,
    import_classes,
    import_contacts,
    import_customer_pos,
    import_customers,
    import_departments,
    import_employees,
    import_exchange_rates,
    import_expense_items,
    import_locations,
    import_products,
    import_projects,
    import_purchase_items,
    import_purchase_orders,
    import_services,
    import_subsidiaries,
    import_tasks,
    import_vendor_employees,
    import_vendors,
)
from suitebridge.domain.workflow import Workflow

CATALOG: Mapping[str, Workflow] = {
    module.WORKFLOW.name: module.WORKFLOW
    for module in (
        import_departments,
        import_classes,
        import_locations,
        import_subsidiaries,
        import_employees,
        import_customers,
        import_projects,
        import_services,
        import_expense_items,
        import_contacts,
        import_vendor_employees,
        import_vendors,
        import_products,
        import_customer_pos,
        import_purchase_orders,
        import_purchase_items,
        import_tasks,
        import_exchange_rates,
        export_customers,
        export_projects,
        export_tasks,
        export_time_entries,
        export_expense_reports,
        export_expense_bills,
        export_invoices,
        export_credits,
        export_purchase_requests,
        export_recognition_transactions,
    )
}
