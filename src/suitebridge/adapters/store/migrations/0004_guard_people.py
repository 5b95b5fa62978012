"""Let the database itself decide what the integration user and the last active administrator may not lose, and end access at once.

Whoever is deactivated or given another role loses sessions, API tokens and invitations in the same statement, whichever door it came
through. A refusal begins with the code of its error (`guards.refusal`). On PostgreSQL each decision first takes the company's row, so that
two that were harmless one by one cannot pass together; SQLite has one writer at a time.

On SQLite a later migration that rebuilds one of these tables loses its triggers and must create them again.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

ADMINISTERS = "LIKE '%\"Administer the company\"%'"


def is_integration_user(row: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM store_connection c WHERE c.company_id = {row}.company_id "  # noqa: S608
        f"AND c.integration_user_id = CAST({row}.number AS TEXT))"
    )


def is_administering(row: str, role: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM store_role o WHERE o.company_id = {row}.company_id "  # noqa: S608
        f"AND o.name = {role} AND o.permissions {ADMINISTERS})"
    )


def was_administrator(row: str) -> str:
    """For a row of store_record: whether its person has the role of an administrator."""
    return (
        f"EXISTS (SELECT 1 FROM store_person p WHERE p.company_id = {row}.company_id "  # noqa: S608
        f"AND p.number = {row}.number AND {is_administering('p', 'p.role')})"
    )


def was_active(row: str) -> str:
    """For a row of store_person: whether its employee is active."""
    return (
        f"EXISTS (SELECT 1 FROM store_record r WHERE r.company_id = {row}.company_id "  # noqa: S608
        f"AND r.type = 'employee' AND r.number = {row}.number AND r.active)"
    )


def is_empty(row: str) -> str:
    """Whether the company is left without an active administrator."""
    return (
        f"NOT EXISTS (SELECT 1 FROM store_person p WHERE p.company_id = {row}.company_id "  # noqa: S608
        f"AND {was_active('p')} AND {is_administering('p', 'p.role')})"
    )


IS_ELIGIBLE = (
    "EXISTS (SELECT 1 FROM store_person p WHERE p.company_id = NEW.company_id "  # noqa: S608
    "AND CAST(p.number AS TEXT) = NEW.integration_user_id "
    f"AND {was_active('p')} AND {is_administering('p', 'p.role')})"
)
SAME_ROW = "(NEW.company_id <> OLD.company_id OR NEW.number <> OLD.number)"
END_ACCESS = (
    "DELETE FROM store_apitoken WHERE company_id = OLD.company_id AND number = OLD.number",
    "DELETE FROM store_invitation WHERE company_id = OLD.company_id AND number = OLD.number",
    "UPDATE store_person SET epoch = epoch + 1 WHERE company_id = OLD.company_id AND number = OLD.number",
)

# name, moment, table, when (with {differs} for the dialect's null-safe comparison), refusals as (said, condition), then what follows
GUARDS = (
    (
        "record_kept",
        "BEFORE UPDATE",
        "store_record",
        f"OLD.type = 'employee' AND OLD.active AND (NEW.active {{differs}} OLD.active OR NEW.type <> OLD.type OR {SAME_ROW})",
        (("SB-USER-001 be deactivated", is_integration_user("OLD")),),
        (),
    ),
    (
        "record_left",
        "AFTER UPDATE",
        "store_record",
        f"OLD.type = 'employee' AND OLD.active AND (NEW.active {{differs}} OLD.active OR NEW.type <> OLD.type OR {SAME_ROW})",
        (("SB-USER-002 be deactivated", f"{was_administrator('OLD')} AND {is_empty('OLD')}"),),
        END_ACCESS,
    ),
    (
        "record_deleted",
        "BEFORE DELETE",
        "store_record",
        "OLD.type = 'employee'",
        (("SB-USER-001 be deleted", is_integration_user("OLD")),),
        (),
    ),
    (
        "record_gone",
        "AFTER DELETE",
        "store_record",
        "OLD.type = 'employee' AND OLD.active",
        (("SB-USER-002 be deleted", f"{was_administrator('OLD')} AND {is_empty('OLD')}"),),
        END_ACCESS,
    ),
    (
        "person_kept",
        "BEFORE UPDATE",
        "store_person",
        f"NEW.role <> OLD.role OR {SAME_ROW}",
        (("SB-USER-001 be given another role", is_integration_user("OLD")),),
        (),
    ),
    (
        "person_left",
        "AFTER UPDATE",
        "store_person",
        f"NEW.role <> OLD.role OR {SAME_ROW}",
        (
            (
                "SB-USER-002 be given another role",
                f"{is_administering('OLD', 'OLD.role')} AND {was_active('OLD')} AND {is_empty('OLD')}",
            ),
        ),
        END_ACCESS,
    ),
    (
        "person_deleted",
        "BEFORE DELETE",
        "store_person",
        "OLD.number IS NOT NULL",
        (("SB-USER-001 be deleted", is_integration_user("OLD")),),
        (),
    ),
    (
        "person_gone",
        "AFTER DELETE",
        "store_person",
        "OLD.number IS NOT NULL",
        (
            (
                "SB-USER-002 be deleted",
                f"{is_administering('OLD', 'OLD.role')} AND {was_active('OLD')} AND {is_empty('OLD')}",
            ),
        ),
        END_ACCESS,
    ),
    (
        "role_changed",
        "BEFORE UPDATE",
        "store_role",
        f"OLD.permissions {ADMINISTERS} AND (NEW.permissions NOT {ADMINISTERS} OR NEW.name <> OLD.name OR NEW.company_id <> OLD.company_id)",
        (("SB-ROLE-001 be changed", "1 = 1"),),
        (),
    ),
    (
        "role_deleted",
        "BEFORE DELETE",
        "store_role",
        f"OLD.permissions {ADMINISTERS}",
        (("SB-ROLE-001 be removed", "1 = 1"),),
        (),
    ),
    (
        "integration_user_set",
        "BEFORE INSERT",
        "store_connection",
        "NEW.integration_user_id <> ''",
        (("SB-USER-003", f"NOT {IS_ELIGIBLE}"),),
        (),
    ),
    (
        "integration_user_changed",
        "BEFORE UPDATE",
        "store_connection",
        "NEW.integration_user_id <> '' AND (NEW.integration_user_id <> OLD.integration_user_id OR NEW.company_id <> OLD.company_id)",
        (("SB-USER-003", f"NOT {IS_ELIGIBLE}"),),
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
        result = "OLD" if moment == "BEFORE DELETE" else "NEW" if moment.startswith("BEFORE") else "NULL"
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
    dependencies = [("store", "0003_invitations")]

    operations = [migrations.RunPython(guard, unguard)]
