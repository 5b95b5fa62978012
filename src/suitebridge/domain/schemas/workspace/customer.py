"""A client of the firm; PSA table `customer` (suiteprojects-api.md §6.4)."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema, Related, Sensitivity
from suitebridge.domain.schemas.workspace.shared import STANDARD_FIELDS

SCHEMA = RecordSchema(
    system=System.WORKSPACE,
    name="customer",
    label="Customer",
    plural="Customers",
    title="name",
    second_key="email",
    related=(
        Related(name="contacts", type="contact", by="customer"),
        Related(name="projects", type="project", by="customer"),
    ),
    fields=(
        FieldSchema(name="name", kind=Kind.TEXT, label="Customer", is_required=True),
        FieldSchema(name="company", kind=Kind.TEXT, label="Company name"),
        FieldSchema(name="email", kind=Kind.TEXT, label="E-mail", sensitivity=Sensitivity.PERSONAL),
        FieldSchema(name="phone", kind=Kind.TEXT, label="Phone", sensitivity=Sensitivity.PERSONAL),
        FieldSchema(name="currency", kind=Kind.TEXT, label="Currency"),
        FieldSchema(name="type", kind=Kind.CHOICE, label="Type", choices=(("C", "Customer"), ("P", "Prospect"))),
        FieldSchema(name="active", kind=Kind.BOOLEAN, label="Active"),
        FieldSchema(name="notes", kind=Kind.TEXT, label="Notes"),
        FieldSchema(name="subsidiary", kind=Kind.REFERENCE, label="Subsidiary", refers_to="subsidiary"),
        FieldSchema(name="export_to_netsuite", kind=Kind.BOOLEAN, label="Export to NetSuite"),
        *STANDARD_FIELDS,
    ),
)
