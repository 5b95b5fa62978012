"""A person at a customer; PSA table `contact`."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema, Sensitivity
from suitebridge.domain.schemas.workspace.shared import STANDARD_FIELDS

SCHEMA = RecordSchema(
    system=System.WORKSPACE,
    name="contact",
    label="Contact",
    plural="Contacts",
    title="name",
    second_key="email",
    parent="customer",
    fields=(
        FieldSchema(name="name", kind=Kind.TEXT, label="Contact", is_required=True),
        FieldSchema(name="first", kind=Kind.TEXT, label="First name"),
        FieldSchema(name="last", kind=Kind.TEXT, label="Last name"),
        FieldSchema(name="title", kind=Kind.TEXT, label="Job title"),
        FieldSchema(name="email", kind=Kind.TEXT, label="E-mail", sensitivity=Sensitivity.PERSONAL),
        FieldSchema(name="phone", kind=Kind.TEXT, label="Phone", sensitivity=Sensitivity.PERSONAL),
        FieldSchema(name="customer", kind=Kind.REFERENCE, label="Customer", refers_to="customer"),
        *STANDARD_FIELDS,
    ),
)
