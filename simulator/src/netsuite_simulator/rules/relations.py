"""The subsidiaries an entity belongs to: one primary, which the entity itself names, and any number further.

Reference §9.2 and netsuite2-columns say that each has a record; what writes to them do and refuse is assumed. Refuses to
know transactions: which subsidiary those may name is told by `parties`.
"""

from __future__ import annotations

from collections.abc import Mapping

from netsuite_simulator.drafts import Change, Draft, World
from netsuite_simulator.results import Rejection
from netsuite_simulator.shelves import Stored

RELATIONS: Mapping[str, str] = {  # the record type of the rows, whose table is called like it -> whose they are
    "customerSubsidiaryRelationship": "customer",
    "vendorSubsidiaryRelationship": "vendor",
}
_TABLES = {owner: name.lower() for name, owner in RELATIONS.items()}


def complete_relation(draft: Draft) -> None:
    """Fill in that a subsidiary is a further one, and the currencies."""
    draft.default("isPrimarySub", False)
    owner = RELATIONS[draft.shelf.type.name]
    row = draft.world.row(f"SELECT currency FROM {owner} WHERE id = ?", (draft.text("entity"),))  # noqa: S608 - our own names
    if row is not None and row[0] is not None:
        draft.default("primaryCurrency", str(row[0]))
    row = draft.world.row("SELECT currency FROM subsidiary WHERE id = ?", (draft.text("subsidiary"),))
    if row is not None and row[0] is not None:
        draft.default("baseCurrency", str(row[0]))


def check_relation(draft: Draft) -> Rejection | None:
    """Refuse a subsidiary that the entity has already, another entity, and an entity without a primary subsidiary."""
    own = 0 if draft.current is None else int(draft.current.id)
    table = _TABLES[RELATIONS[draft.shelf.type.name]]
    query = f"SELECT 1 FROM {table} WHERE entity = ? AND subsidiary = ? AND id <> ?"  # noqa: S608 - our own names
    if draft.world.row(query, (draft.text("entity"), draft.text("subsidiary"), own)) is not None:
        return Rejection(code="DUP_RCRD", message="This record already exists", field="subsidiary", path="subsidiary")
    if draft.current is None:
        return None
    if draft.changes("entity"):
        message = "The entity of a subsidiary relationship cannot be changed."
        return Rejection(code="CANT_MODIFY_SUB", message=message, field="entity", path="entity")
    if draft.current.values.get("isPrimarySub") and not draft.values.get("isPrimarySub"):
        message = "An entity has one primary subsidiary. Make another one primary instead."
        return Rejection(code="CANT_MODIFY_SUB", message=message, field="isPrimarySub", path="isPrimarySub")
    return None


def check_deletion(world: World, record: Stored) -> Rejection | None:
    """Refuse to delete the row of the primary subsidiary of an entity that is still there."""
    owner = RELATIONS.get(record.type.name)
    if owner is None or not record.values.get("isPrimarySub"):
        return None
    message = "The primary subsidiary of an entity cannot be removed."
    return Rejection(code="CANT_REMOVE_SUB", message=message)


def follow_entity(change: Change) -> None:
    """Keep the rows of an entity true to its primary subsidiary; they go with it."""
    table, world = _TABLES[change.type.name], change.world
    before, after = change.before.get("subsidiary"), change.after.get("subsidiary")
    if not change.after:
        own = f"SELECT id FROM {table} WHERE entity = ?"  # noqa: S608 - our own names
        name = next(relation for relation, owner in RELATIONS.items() if owner == change.type.name)
        world.execute(f"DELETE FROM x_external WHERE type = ? AND id IN ({own})", (name, change.id))  # noqa: S608
        world.execute(f"DELETE FROM {table} WHERE entity = ?", (change.id,))  # noqa: S608
    elif isinstance(after, str) and after != before:
        make_primary(world, change.type.name, change.id, after, str(change.after.get("currency") or "") or None)


def follow_relation(change: Change) -> None:
    """Let the entity name the subsidiary that was made its primary one, and no other row do so."""
    owner, world = RELATIONS[change.type.name], change.world
    entity, subsidiary = change.after.get("entity"), change.after.get("subsidiary")
    if change.after.get("isPrimarySub") and isinstance(entity, str) and isinstance(subsidiary, str):
        world.execute(f"UPDATE {owner} SET x_subsidiary = ? WHERE id = ?", (subsidiary, entity))  # noqa: S608
        others = f"UPDATE {_TABLES[owner]} SET isprimarysub = 'F' WHERE entity = ? AND id <> ?"  # noqa: S608
        world.execute(others, (entity, change.id))


def make_primary(world: World, owner: str, entity: int, subsidiary: str, currency: str | None) -> None:
    """Give an entity its primary subsidiary: a further one that becomes it, or else in place of the one before."""
    table = _TABLES[owner]
    further = world.row(f"SELECT id FROM {table} WHERE entity = ? AND subsidiary = ?", (entity, subsidiary))  # noqa: S608
    primary = world.row(f"SELECT id FROM {table} WHERE entity = ? AND isprimarysub = 'T'", (entity,))  # noqa: S608
    if further is not None:
        marked = f"UPDATE {table} SET isprimarysub = CASE id WHEN ? THEN 'T' ELSE 'F' END WHERE entity = ?"  # noqa: S608
        world.execute(marked, (further[0], entity))
    elif primary is not None:
        world.execute(f"UPDATE {table} SET subsidiary = ? WHERE id = ?", (subsidiary, primary[0]))  # noqa: S608
    else:
        world.execute(
            f"INSERT INTO {table} (id, entity, subsidiary, isprimarysub, x_primarycurrency) VALUES (?, ?, ?, 'T', ?)",  # noqa: S608
            (world.next_number(table), entity, subsidiary, currency),
        )
    if owner == "vendor":  # whose rows tell the subsidiary's own currency, too
        own = f"SELECT s.currency FROM subsidiary AS s WHERE s.id = {table}.subsidiary"  # noqa: S608 - our own names
        world.execute(f"UPDATE {table} SET x_basecurrency = ({own}) WHERE entity = ?", (entity,))  # noqa: S608
