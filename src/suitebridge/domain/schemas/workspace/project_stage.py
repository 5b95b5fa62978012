"""How far a project has come; PSA table `project_stage`. Its NetSuite ID is that of a project status there; stages may share one."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema
from suitebridge.domain.schemas.workspace.shared import STANDARD_FIELDS

SCHEMA = RecordSchema(
    system=System.WORKSPACE,
    name="project_stage",
    label="Project stage",
    plural="Project stages",
    fields=(
        FieldSchema(name="name", kind=Kind.TEXT, label="Name", is_required=True),
        FieldSchema(
            name="updates_netsuite",
            kind=Kind.BOOLEAN,
            label="Allow projects in this stage to be updated in NetSuite",
        ),
        FieldSchema(name="active", kind=Kind.BOOLEAN, label="Active"),
        *STANDARD_FIELDS,
    ),
)
