"""What references may point at, as a form offers it: names with ids, as far as the visitor may see the records
(assumed from the role restrictions, reference §7.5).

Refuses to decide whether a reference is allowed; the account's rules do.
"""

from __future__ import annotations

import re

from netsuite_simulator.criteria import Condition
from netsuite_simulator.faces.setup.fieldtexts import FieldTextError
from netsuite_simulator.faces.setup.pieces import Option
from netsuite_simulator.faces.setup.visits import Visit
from netsuite_simulator.results import view_refusal
from netsuite_simulator.schemas.fields import Field, Kind
from netsuite_simulator.values import is_internal_id

MOST_OFFERED = 100  # beyond it a field takes a name or an internal id
_WRITTEN = re.compile(r".*\[(-?[0-9]{1,18})\]", re.DOTALL)


def id_in(text: str) -> str:
    """Return the internal id a text says, "7" or "Ünal [7]"; a name alone stays as it is."""
    found = _WRITTEN.fullmatch(text.strip())
    return found[1] if found is not None else text.strip()


class Targets:
    """The targets of one visit's form, each list searched once."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._offered: dict[tuple[str, ...], tuple[Option, ...] | None] = {}
        self._names: dict[tuple[tuple[str, ...], str], str] = {}

    def offered(self, field: Field) -> tuple[Option, ...] | None:
        """Return every target; None where there are too many to list, or where they are not to be seen."""
        if field.refers_to not in self._offered:
            self._offered[field.refers_to] = self._search(field)
        return self._offered[field.refers_to]

    def _search(self, field: Field) -> tuple[Option, ...] | None:
        account = self._visit.account
        found: list[Option] = []
        for name in field.refers_to:
            if not self._is_visible(name):
                continue
            record_type = account.types[name]
            where = account.seen_by(self._visit.login, name)
            records, total = account.search(name, where, order=record_type.name_field, limit=MOST_OFFERED)
            if len(found) + total > MOST_OFFERED:
                return None
            shown = record_type.name_field
            found += [Option(value=one.id, label=str(one.values.get(shown, one.id))) for one in records]
        return tuple(found) or None

    def _is_visible(self, type_name: str) -> bool:
        record_type = self._visit.account.types.get(type_name)
        return record_type is not None and view_refusal(record_type, self._visit.login) is None

    def name_of(self, field: Field, internal_id: str) -> str:
        """Return what a reference shows: a name, or the id where there is none."""
        known = self._names.get((field.refers_to, internal_id))
        if known is None:
            known = self._names[field.refers_to, internal_id] = self._name(field, internal_id)
        return known

    def _name(self, field: Field, internal_id: str) -> str:
        account = self._visit.account
        if is_internal_id(internal_id):
            for name in filter(account.types.__contains__, field.refers_to):
                shown = account.names_of(name, [internal_id]).get(internal_id)
                if shown is not None and account.denial(self._visit.login, name, internal_id) is None:
                    return shown
        return internal_id

    def written(self, field: Field, internal_id: str) -> str:
        """Write a reference as a field that takes text shows it."""
        name = self.name_of(field, internal_id)
        return f"{name} [{internal_id}]" if name != internal_id else internal_id

    def resolved(self, field: Field, text: str) -> str:
        """Return the internal id a text means: an id, or the name of exactly one record that may be seen."""
        if is_internal_id(text):
            return text
        account = self._visit.account
        found: list[str] = []
        for name in filter(self._is_visible, field.refers_to):
            shelf = account.storage.shelves[name]
            shown = shelf.fields.get(shelf.type.name_field)
            if shown is not None and shown.kind is Kind.TEXT:
                where: list[Condition] = [*account.seen_by(self._visit.login, name), (shown.name, "is", text)]
                found += [one.id for one in account.search(name, where, limit=2)[0]]
        if len(found) == 1:
            return found[0]
        if found:
            raise FieldTextError(f"Several records are called {text}: enter the internal ID.")
        raise FieldTextError(f"Nothing is called {text}: enter a name as it is written, or an internal ID.")
