"""The role that docs/guides/keys-and-audit.md describes does the store's work and cannot touch the trail (quality.md S54)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from suitebridge.adapters.store.companies import StoredCompanies
from suitebridge.domain.errors import RunStoppedError
from suitebridge.domain.people import Stamp
from tests.contract.conftest import COUNT, fresh_store
from tests.contract.stories import create, credentials

BLOCK = re.compile(r"```sql\n(.*?)```", re.DOTALL)


@pytest.fixture
def as_role(postgresql_companies: StoredCompanies, repository: Path) -> Iterator[StoredCompanies]:
    """Work as the documented role, under a name of this test's own, until the test ends."""
    role = f"suitebridge_app_{next(COUNT)}"
    statements = BLOCK.search((repository / "docs" / "guides" / "keys-and-audit.md").read_text())
    assert statements is not None
    database = postgresql_companies.database
    for statement in statements[1].strip().splitlines():
        database.execute(statement.replace("suitebridge_app", role))
    database.execute(f"SET ROLE {role}")
    yield postgresql_companies
    database.execute("RESET ROLE")
    database.execute(f"DROP OWNED BY {role}")
    database.execute(f"DROP ROLE {role}")


def test_the_role_does_the_work_of_the_store(as_role: StoredCompanies, stamp: Stamp) -> None:
    store = fresh_store(as_role)
    store.connections.save(credentials(), stamp)
    create(store, stamp, "vendor", {"name": "V"})
    assert store.trail.verify().first_broken == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE store_trail SET author_name = 'Mallory'",
        "DELETE FROM store_trail",
        "TRUNCATE store_trail",
        "ALTER TABLE store_trail DISABLE TRIGGER USER",
        "DROP TRIGGER store_trail_no_change ON store_trail",
        "DROP TABLE store_trail",
        "CREATE OR REPLACE FUNCTION store_trail_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
    ],
)
def test_the_role_cannot_change_the_trail_or_its_guards(as_role: StoredCompanies, stamp: Stamp, statement: str) -> None:
    create(fresh_store(as_role), stamp, "vendor", {"name": "V"})
    with pytest.raises(RunStoppedError) as caught:
        as_role.database.execute(statement)
    assert re.search("permission denied|must be owner", caught.value.problem.cause)
