"""Let the database itself decide about roles that end: never the integration user's, and never the last administrator's that stays.

Beside the guards of migration 0004, which count every administrator: one whose role will end is none to rely on. A role that is replaced
takes its end and its reason with it; whoever's end is moved is signed out, so that nothing that ended comes to life again.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

ADMINISTERS = "LIKE '%\"Administer the company\"%'"
SAME_ROW = "(NEW.company_id <> OLD.company_id OR NEW.number <> OLD.number)"
LEAVES = f"OLD.type = 'employee' AND OLD.active AND (NEW.active {{differs}} OLD.active OR NEW.type <> OLD.type OR {SAME_ROW})"


def administers(row: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM store_role o WHERE o.company_id = {row}.company_id "  # noqa: S608
        f"AND o.name = {row}.role AND o.permissions {ADMINISTERS})"
    )


def is_active(row: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM store_record r WHERE r.company_id = {row}.company_id "  # noqa: S608
        f"AND r.type = 'employee' AND r.number = {row}.number AND r.active)"
    )


def nobody_stays(row: str) -> str:
    """Whether no active administrator is left whose role does not end."""
    return (
        f"NOT EXISTS (SELECT 1 FROM store_person p WHERE p.company_id = {row}.company_id AND p.ends_at IS NULL "  # noqa: S608
        f"AND {is_active('p')} AND {administers('p')})"
    )


def stayed(row: str) -> str:
    """For a row of store_record: whether its person was an administrator whose role does not end."""
    return (
        f"EXISTS (SELECT 1 FROM store_person q WHERE q.company_id = {row}.company_id AND q.number = {row}.number "  # noqa: S608
        f"AND q.ends_at IS NULL AND {administers('q')})"
    )


def is_integration_user(row: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM store_connection c WHERE c.company_id = {row}.company_id "  # noqa: S608
        f"AND c.integration_user_id = CAST({row}.number AS TEXT))"
    )


IS_FOR_A_TIME = (
    "EXISTS (SELECT 1 FROM store_person p WHERE p.company_id = NEW.company_id "
    "AND CAST(p.number AS TEXT) = NEW.integration_user_id AND p.ends_at IS NOT NULL)"
)
WAS_STAYING = f"OLD.ends_at IS NULL AND {administers('OLD')} AND {is_active('OLD')} AND {nobody_stays('OLD')}"
END_ACCESS = (
    "DELETE FROM store_apitoken WHERE company_id = OLD.company_id AND number = OLD.number",
    "DELETE FROM store_invitation WHERE company_id = OLD.company_id AND number = OLD.number",
    "UPDATE store_person SET epoch = epoch + 1 WHERE company_id = OLD.company_id AND number = OLD.number",
)
CLEAR = (
    "UPDATE store_person SET ends_at = NULL, duties_reason = '' "
    "WHERE company_id = NEW.company_id AND number = NEW.number AND (ends_at IS NOT NULL OR duties_reason <> '')"
)

# As in migration 0004: name, moment, table, when, refusals as (said, condition), then what follows.
GUARDS = (
    (
        "staying_left",
        "AFTER UPDATE",
        "store_record",
        LEAVES,
        (("SB-USER-002 be deactivated", f"{stayed('OLD')} AND {nobody_stays('OLD')}"),),
        (),
    ),
    (
        "staying_gone",
        "AFTER DELETE",
        "store_record",
        "OLD.type = 'employee' AND OLD.active",
        (("SB-USER-002 be deleted", f"{stayed('OLD')} AND {nobody_stays('OLD')}"),),
        (),
    ),
    (
        "staying_role",
        "AFTER UPDATE",
        "store_person",
        f"NEW.role <> OLD.role OR {SAME_ROW}",
        (("SB-USER-002 be given another role", WAS_STAYING),),
        (),
    ),
    (
        "staying_person",
        "AFTER DELETE",
        "store_person",
        "OLD.number IS NOT NULL",
        (("SB-USER-002 be deleted", WAS_STAYING),),
        (),
    ),
    (
        "end_kept",
        "BEFORE UPDATE",
        "store_person",
        "NEW.ends_at IS NOT NULL AND OLD.ends_at IS NULL",
        (("SB-USER-001 be given an end of the role", is_integration_user("OLD")),),
        (),
    ),
    (
        "end_set",
        "AFTER UPDATE",
        "store_person",
        "NEW.ends_at IS NOT NULL AND OLD.ends_at IS NULL",
        (("SB-USER-002 be given an end of the role", WAS_STAYING),),
        (),
    ),
    (
        "end_moved",
        "AFTER UPDATE",
        "store_person",
        "OLD.ends_at IS NOT NULL AND NEW.ends_at {differs} OLD.ends_at",
        (),
        END_ACCESS,
    ),
    ("end_cleared", "AFTER UPDATE", "store_person", "NEW.role <> OLD.role", (), (CLEAR,)),
    (
        "integration_user_for_a_time",
        "BEFORE INSERT",
        "store_connection",
        "NEW.integration_user_id <> ''",
        (("SB-USER-003", IS_FOR_A_TIME),),
        (),
    ),
    (
        "integration_user_stays",
        "BEFORE UPDATE",
        "store_connection",
        "NEW.integration_user_id <> '' AND NEW.integration_user_id <> OLD.integration_user_id",
        (("SB-USER-003", IS_FOR_A_TIME),),
        (),
    ),
)


def sqlite_statements() -> list[str]:
    statements = []
    for name, moment, table, when, refusals, then in GUARDS:
        acts = [f"SELECT RAISE(ABORT, '{said}') WHERE {condition}" for said, condition in refusals]
        body = "; ".join((*acts, *then))
        statements.append(
            f"CREATE TRIGGER store_guard_{name} {moment} ON {table} "
            f"WHEN {when.format(differs='IS NOT')} BEGIN {body}; END"
        )
    return statements


def postgresql_statements() -> list[str]:
    statements = []
    for name, moment, table, when, refusals, then in GUARDS:
        row = "NEW" if moment == "BEFORE INSERT" else "OLD"
        acts = [f"PERFORM 1 FROM store_company WHERE id = {row}.company_id FOR NO KEY UPDATE"]
        acts += [
            f"IF {condition} THEN RAISE EXCEPTION '{said}' USING ERRCODE = 'integrity_constraint_violation'; END IF"
            for said, condition in refusals
        ]
        result = "NEW" if moment.startswith("BEFORE") else "NULL"
        body = "; ".join((*acts, *then, f"RETURN {result}"))
        statements.append(
            f"CREATE FUNCTION store_guard_{name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN {body}; END $guard$"
        )
        statements.append(
            f"CREATE TRIGGER store_guard_{name} {moment} ON {table} FOR EACH ROW "
            f"WHEN ({when.format(differs='IS DISTINCT FROM')}) EXECUTE FUNCTION store_guard_{name}()"
        )
    return statements


def guard(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in postgresql_statements() if is_postgresql else sqlite_statements():
        schema_editor.execute(statement, params=None)


def unguard(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for name, _, table, *_ in GUARDS:
        schema_editor.execute(f"DROP TRIGGER store_guard_{name}{f' ON {table}' if is_postgresql else ''}", params=None)
        if is_postgresql:
            schema_editor.execute(f"DROP FUNCTION store_guard_{name}()", params=None)


class Migration(migrations.Migration):
    dependencies = [("store", "0032_roles_for_a_time")]

    operations = [migrations.RunPython(guard, unguard)]
