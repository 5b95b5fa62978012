"""A person of the firm, who is also a user of the workspace; PSA table `user`. The role is kept with the sign-in: who has none has the role Employee."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema, Sensitivity
from suitebridge.domain.schemas.workspace.shared import STANDARD_FIELDS

SCHEMA = RecordSchema(
    system=System.WORKSPACE,
    name="employee",
    label="Employee",
    plural="Employees",
    title="nickname",
    second_key="email",
    fields=(
        FieldSchema(name="nickname", kind=Kind.TEXT, label="User ID", is_required=True),
        FieldSchema(name="first", kind=Kind.TEXT, label="First name"),
        FieldSchema(name="last", kind=Kind.TEXT, label="Last name"),
        FieldSchema(name="email", kind=Kind.TEXT, label="E-mail", sensitivity=Sensitivity.PERSONAL),
        FieldSchema(name="active", kind=Kind.BOOLEAN, label="Active"),
        FieldSchema(name="role", kind=Kind.TEXT, label="Role", default="Employee"),
        FieldSchema(name="department", kind=Kind.TEXT, label="Department"),
        FieldSchema(name="currency", kind=Kind.TEXT, label="Currency"),
        FieldSchema(name="is_vendor", kind=Kind.BOOLEAN, label="Paid by vendor bills"),
        FieldSchema(
            name="tax_nexus",
            kind=Kind.CHOICE,
            label="NetSuite tax nexus type",
            choices=(("US", "United States"), ("CA", "Canada"), ("VAT", "VAT")),
        ),
        FieldSchema(name="department_node", kind=Kind.REFERENCE, label="Department node", refers_to="department"),
        FieldSchema(name="classification", kind=Kind.REFERENCE, label="Class", refers_to="classification"),
        FieldSchema(name="location", kind=Kind.REFERENCE, label="Location", refers_to="location"),
        FieldSchema(name="subsidiary", kind=Kind.REFERENCE, label="Subsidiary", refers_to="subsidiary"),
        *STANDARD_FIELDS,
    ),
)
