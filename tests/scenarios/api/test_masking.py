"""Personal data and rates come through no door to who may not see them: values planted in every sensitive field, then looked for everywhere (S28).

Console, API, the command line and their trails, every address that answers; an administrator walks the same way and must find every planted value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from urllib.parse import quote

import pytest
from django.test import Client

from suitebridge.api.endpoints import ENDPOINTS
from suitebridge.cli.logins import Logins, write_logins
from suitebridge.cli.main import run_line
from suitebridge.console.routes import ROUTES
from suitebridge.domain.credentials import Secret
from suitebridge.domain.intents import Change
from suitebridge.domain.people import Door, Permission, Role, Stamp
from suitebridge.domain.schemas import Kind, RecordSchema, Sensitivity
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES
from suitebridge.domain.values import Scalar
from suitebridge.ports.people import PersonChange
from suitebridge.ports.transactions import NewRecord, RecordChange
from tests.console_world import COMPANY, PASSWORD, World
from tests.scenarios.api.conftest import PREFIX, Programs
from tests.scenarios.console.conftest import visitor

OPENING = {Sensitivity.PERSONAL: Permission.VIEW_PERSONAL_DATA, Sensitivity.RATE: Permission.VIEW_RATES}
READING = frozenset(Permission) - {
    *(Permission.ADMINISTER, Permission.MANAGE_PEOPLE, Permission.MODIFY_RECORDS),
    *OPENING.values(),
}
"""Everything that lets somebody look around, and nothing that opens sensitive fields."""

PART = re.compile(r"[<{](?:\w+:)?(\w+)[>}]")


def sensitive() -> Iterator[tuple[RecordSchema, str, Sensitivity]]:
    """Give every sensitive field of every type."""
    for schema in WORKSPACE_TYPES.values():
        for field in schema.fields:
            if field.sensitivity is not Sensitivity.OPEN:
                yield schema, field.name, field.sensitivity


def canary(schema: RecordSchema, field: str, number: int) -> Scalar:
    """Make a value up that stands nowhere else; `number` tells the first one from the one that takes its place."""
    place = [name for name, _ in places()].index(f"{schema.name}.{field}") + 1
    return (
        Decimal(f"{number}{place}7391.37")
        if schema.by_name[field].kind is Kind.MONEY
        else f"canary{number}{place}@hidden.example"
    )


def places() -> list[tuple[str, Sensitivity]]:
    """Name every sensitive field."""
    return [(f"{schema.name}.{field}", kind) for schema, field, kind in sensitive()]


@pytest.fixture
def planted(world: World) -> dict[str, str]:
    """Fill every sensitive field of one record of each type, and change it; give the records by type."""
    stamp = Stamp(author_id=world.ids["grace"], author_name="Grace Kim", door=Door.INTEGRATION)
    ids: dict[str, str] = {}
    for schema, field, _ in sensitive():
        with world.store.transactions.begin() as unit:
            if schema.name not in ids:
                (ids[schema.name],) = unit.reserve_ids(1)
                required = {
                    one.name: _filling(world, one.kind, one.refers_to) for one in schema.fields if one.is_required
                }
                unit.create_records(
                    [NewRecord(type=schema.name, id=ids[schema.name], fields={schema.title: "Planted", **required})],
                    stamp,
                )
            for number in (1, 2):
                step = Change(field=field, before=None, after=canary(schema, field, number))
                unit.change_records(
                    [RecordChange(type=schema.name, id=ids[schema.name], version="", changes=(step,))], stamp
                )
    return ids


def _filling(world: World, kind: Kind, refers_to: str) -> Scalar:
    match kind:
        case Kind.REFERENCE:
            return world.ids.get(refers_to, "1")
        case Kind.MONEY | Kind.DECIMAL:
            return Decimal(1)
        case _:
            return "Planted"


def walked(world: World, client: Client, token: str, planted: dict[str, str]) -> str:
    """Open every address of both doors, about every planted record; give everything that was shown, without the commas of amounts."""
    shown: list[str] = []
    for record_type, record_id in planted.items():
        parts = {"number": "23", "record_type": record_type, "record_id": record_id, "person_id": world.ids["emil"]}

        def filled(path: str, parts: dict[str, str] = parts) -> str:
            return PART.sub(lambda part: quote(parts.get(part[1], "1")), path)

        for route in ROUTES:
            shown.append(client.get("/" + filled(route.path)).content.decode())
        for endpoint in ENDPOINTS:
            if endpoint.method == "GET":
                answer = client.get(PREFIX + filled(endpoint.path), headers={"Authorization": f"Bearer {token}"})
                shown.append(answer.content.decode())
        shown += [
            client.get(f"{path}type={record_type}", headers=head).content.decode()
            for path, head in (
                ("/audit-trail?", {}),
                (f"{PREFIX}/trail?limit=200&", {"Authorization": f"Bearer {token}"}),
            )
        ]
        shown.append(client.get(f"/records/{record_type}?text=Planted").content.decode())
    return "\n".join(shown).replace(",", "")


def typed(world: World, token: str, planted: dict[str, str], capsys: pytest.CaptureFixture[str]) -> str:
    """Have the trail told at the command line, for people and for machines."""
    write_logins(world.house.directory, Logins(current=COMPANY, tokens={COMPANY: Secret(token)}))
    for record_type in planted:
        for options in ([], ["--json"]):
            line = [
                "--data",
                str(world.house.directory),
                *options,
                "audit",
                "list",
                "--limit",
                "200",
                "--type",
                record_type,
            ]
            assert run_line(line) == 0
    told = capsys.readouterr()
    return (told.out + told.err).replace(",", "")


def entered(world: World, user: str) -> Client:
    """Sign somebody in."""
    client = visitor()
    assert client.post("/sign-in", {"company": COMPANY, "user": user, "password": PASSWORD}).status_code == 302
    assert world.store.people.get(user) is not None
    return client


def found_in(text: str) -> set[str]:
    """Name the sensitive fields of which a value stands in a text."""
    return {
        f"{schema.name}.{field}"
        for schema, field, _ in sensitive()
        for number in (1, 2)
        if str(canary(schema, field, number)) in text
    }


@pytest.mark.parametrize("opened", [None, Sensitivity.PERSONAL, Sensitivity.RATE])
def test_what_a_role_does_not_open_is_shown_nowhere(
    world: World,
    programs: Programs,
    planted: dict[str, str],
    capsys: pytest.CaptureFixture[str],
    opened: Sensitivity | None,
) -> None:
    granted = READING | ({OPENING[opened]} if opened is not None else frozenset())
    role = Role(name="Reader", permissions=granted)
    stamp = Stamp(author_id=world.ids["grace"], author_name="Grace Kim", door=Door.CONSOLE)
    world.store.roles.save(role, was=None, reason="", stamp=stamp)
    world.store.people.change(world.ids["emil"], PersonChange(role=role), version="", stamp=stamp)
    token = programs.of("emil").token
    text = walked(world, entered(world, "emil"), token, planted)
    assert found_in(text) == {name for name, kind in places() if kind is opened}
    assert found_in(typed(world, token, planted, capsys)) == {name for name, kind in places() if kind is opened}
    assert "(masked)" in text


def test_an_administrator_walks_the_same_way_and_finds_every_value(
    world: World, programs: Programs, planted: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    token = programs.of("grace").token
    text = walked(world, entered(world, "grace"), token, planted)
    assert found_in(text) == {name for name, _ in places()}
    assert found_in(typed(world, token, planted, capsys)) == {name for name, _ in places()}
