"""The account: its records and everything that may be done to them, by a door or by whoever edits the world.

Refuses to know HTTP, XML and JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from typing import TypeVar

from netsuite_simulator import snapshots
from netsuite_simulator.access import Access
from netsuite_simulator.bearers import Bearers
from netsuite_simulator.books import Books
from netsuite_simulator.clock import Clock
from netsuite_simulator.customizations import (
    LIKELY_KINDS,
    CustomField,
    CustomKind,
    CustomList,
    CustomRecordType,
)
from netsuite_simulator.errands import Errands
from netsuite_simulator.faults import Fault, Faults
from netsuite_simulator.governance import Governance
from netsuite_simulator.journal import Journal
from netsuite_simulator.postponed import Postponed
from netsuite_simulator.pushes import Pushes
from netsuite_simulator.restlets import METHODS, Function, Restlets
from netsuite_simulator.results import (
    CREATE,
    EDIT,
    FULL,
    DeletedRecord,
    Grants,
    Rejection,
    Written,
    absent,
    refusal_of,
)
from netsuite_simulator.schemas.fields import Field
from netsuite_simulator.shelves import Shelf, Stored
from netsuite_simulator.storage import Storage
from netsuite_simulator.tokens import Token
from netsuite_simulator.transforming import Transforming
from netsuite_simulator.troubles import Troubles
from netsuite_simulator.userevents import WORLD_EDIT, Deployment, Script, UserEvents
from netsuite_simulator.values import Reference
from netsuite_simulator.worlds import AccountWorld
from netsuite_simulator.writing import ReplaceLists, Writer

__all__ = ["Account", "DeletedRecord", "Reference", "Rejection", "Stored", "Written"]

DEFAULT_ID = "TSTDRV1000001"
AnyCustomization = TypeVar("AnyCustomization", CustomField, CustomRecordType, CustomList)
Upsert = tuple[str, Mapping[str, object], Collection[str], ReplaceLists]
RefusalAt = Callable[[int], Rejection | None]  # by the level of a permission


class Account(Books):
    """A NetSuite account."""

    world: AccountWorld

    def __init__(
        self,
        account_id: str = DEFAULT_ID,
        *,
        state_file: str | None = None,
        clock: Clock | None = None,
        concurrency: int = 5,
    ) -> None:
        self.id = account_id
        self.clock = clock or Clock()
        super().__init__(Storage(state_file))
        self.governance = Governance(concurrency, self.clock)
        self.faults = Faults(self.clock)
        self.troubles, self.postponed = Troubles(), Postponed()
        self.errands = Errands(self.storage)
        self.restlets = Restlets()
        self.scripts = UserEvents()
        self.pushes = Pushes(self.clock, self.scripts)
        self.journal = Journal(self.clock)
        self.latency_seconds = 0.0  # how long every request takes at least
        self.access = access = Access(self.id, self.clock, self._reader.employee_of)
        self.bearers = Bearers(self.id, access)
        self.features, self.roles, self.users = access.features, access.roles, access.users
        self.integrations, self.tokens, self.logins = access.integrations, access.tokens, access.logins
        self.certificates, self.authorizations = access.certificates, access.authorizations
        self.keys, self.sessions = access.keys, access.sessions
        self.world = AccountWorld(self.storage, self.clock, self.journal)
        self._writer = Writer(self.storage, self.world)
        self.transform = Transforming(self)
        self.snapshots = snapshots.Snapshots(self)
        try:
            snapshots.load(self)
        except BaseException:
            self.storage.close()
            raise

    # --- what the account is made of ---

    def add_custom_field(
        self, type_names: Sequence[str], field: Field, *, kind: CustomKind | None = None, sublists: Sequence[str] = ()
    ) -> CustomField:
        """Give record types, or sublists of theirs, a custom field (see `customizations.custom_field`)."""
        kind = kind or LIKELY_KINDS.get(field.kind, CustomKind.FREE_FORM_TEXT)
        number = self.storage.next_number("customization")
        return self._customized(
            CustomField(id=number, kind=kind, field=field, types=tuple(type_names), sublists=tuple(sublists))
        )

    def add_custom_record_type(self, script_id: str, label: str = "") -> CustomRecordType:
        """Make a custom record type; its fields are custom fields of the type of its script id."""
        number = self.storage.next_number("customization")
        return self._customized(CustomRecordType(id=number, script_id=script_id, label=label or script_id))

    def add_custom_list(self, script_id: str, label: str = "", values: Sequence[str] = ()) -> CustomList:
        """Make a custom list with its values, which are records of the type of its script id."""
        number = self.storage.next_number("customization")
        made = self._customized(CustomList(id=number, script_id=script_id, label=label or script_id))
        for value in values:
            self.add(script_id, name=value)
        return made

    def _customized(self, custom: AnyCustomization) -> AnyCustomization:
        with self.transaction():
            self.storage.customize(custom)
        self.renew_writer()
        return custom

    def remove_custom_field(self, script_id: str) -> None:
        """Remove a custom field, as an administrator may at any time."""
        with self.transaction():
            self.storage.uncustomize(script_id)
        self.renew_writer()

    def renew_writer(self) -> None:
        """Forget what writing has learned about the tables, after they changed."""
        self._writer = Writer(self.storage, self.world)

    # --- the world, edited without rules ---

    def add(
        self,
        type_name: str,
        /,
        external_id: str | None = None,
        internal_id: str | int | None = None,
        **values: object,
    ) -> Written:
        """Put a record into the world: no rules but types; it raises ValueError with what is wrong."""
        shelf = self._shelf(type_name)
        if external_id is not None and self.find_external(shelf.type.external_id_group, external_id) is not None:
            raise ValueError(f"the external id {external_id} is taken")
        number = None if internal_id is None else int(internal_id)
        return self._edited(shelf, values, current=None, external_id=external_id, internal_id=number)

    def bump(self, type_name: str, internal_id: str, /, **values: object) -> Written:
        """Edit a record without rules at the clock's now, so that lastModifiedDate moves; None clears a value."""
        shelf = self._shelf(type_name)
        current = self.get(type_name, internal_id=internal_id)
        if current is None:
            raise ValueError(f"there is no {type_name} {internal_id}")
        return self._edited(shelf, values, current=current, external_id=current.external_id)

    def remove(self, type_name: str, internal_id: str) -> None:
        """Delete a record without rules: whatever refers to it goes on doing so."""
        shelf = self._shelf(type_name)
        current = self.get(type_name, internal_id=internal_id)
        if current is None:
            raise ValueError(f"there is no {type_name} {internal_id}")
        with self.transaction():
            self._removed(shelf, current, WORLD_EDIT)

    def _removed(self, shelf: Shelf, current: Stored, door: str, reason: Mapping[str, str] | None = None) -> Written:
        result = Written(id=current.id, external_id=current.external_id, type=shelf.type, created=False)
        self._writer.forget(shelf, current)
        trace = self._reader.trace_of(current, at=self.world.second_text(), author=self.world.author)
        self.storage.remove(shelf, current, trace={**trace, **(reason or {})})
        self.journal.note(door, "delete", result)
        return result

    def _edited(
        self,
        shelf: Shelf,
        values: Mapping[str, object],
        *,
        current: Stored | None,
        external_id: str | None,
        internal_id: int | None = None,
    ) -> Written:
        with self.transaction():
            result = self._writer.write(
                shelf, values, current=current, external_id=external_id, internal_id=internal_id, is_world_edit=True
            )
            if isinstance(result, Rejection):
                raise ValueError(f"{shelf.type.name}: {result.message}")  # noqa: TRY004 - the value is wrong
            self.journal.note(WORLD_EDIT, "add" if current is None else "edit", result)
        return result

    # --- writes with rules, as the doors make them ---

    def create(
        self,
        type_name: str,
        values: Mapping[str, object],
        *,
        external_id: str | None = None,
        role: Grants | None = None,
    ) -> Written | Rejection:
        """Create a record; an external id that is taken is refused."""
        shelf = self._shelf(type_name)
        refusal = refusal_of(shelf.type, role, CREATE)
        refusal = refusal or self.troubles.objection(shelf.type, external_id=external_id)
        if refusal is not None:
            return refusal
        values = self.troubles.left_of(values)
        if external_id is not None and self.find_external(shelf.type.external_id_group, external_id) is not None:
            return Rejection(code="DUP_RCRD", message="This record already exists", path="externalId")
        with self.transaction(), self.world.working_as(role):
            return self._kept(
                shelf, role, lambda: self._writer.write(shelf, values, current=None, external_id=external_id)
            )

    def update(  # noqa: PLR0913 - the agreed call
        self,
        type_name: str,
        values: Mapping[str, object],
        *,
        internal_id: str | None = None,
        external_id: str | None = None,
        new_external_id: str | None = None,
        nulls: Collection[str] = (),
        replace_lists: ReplaceLists = True,
        role: Grants | None = None,
    ) -> Written | Rejection:
        """Change a record found by one of its ids; `new_external_id` gives it another external id."""
        shelf = self._shelf(type_name)
        current = self._touched(shelf, EDIT, internal_id, external_id, role)
        if isinstance(current, Rejection):
            return current
        values = self.troubles.left_of(values)
        identity = current.external_id if new_external_id is None else new_external_id
        if identity is not None and identity != current.external_id:
            taken = self.find_external(shelf.type.external_id_group, identity)
            if taken is not None and taken != (type_name, int(current.id)):
                return Rejection(code="DUP_RCRD", message="This record already exists", path="externalId")

        def work() -> Written | Rejection:
            result = self._writer.write(
                shelf, values, current=current, external_id=identity, nulls=nulls, replace_lists=replace_lists
            )
            if isinstance(result, Written) and identity is not None and identity != current.external_id:
                self.storage.rename(shelf.type, int(current.id), identity)
            return result

        with self.transaction(), self.world.working_as(role):
            return self._kept(shelf, role, work)

    def upsert(
        self,
        type_name: str,
        values: Mapping[str, object],
        *,
        external_id: str,
        nulls: Collection[str] = (),
        replace_lists: ReplaceLists = True,
        role: Grants | None = None,
    ) -> Written | Rejection:
        """Create a record under an external id, or change the one that has it."""
        return self.upsert_many(type_name, [(external_id, values, nulls, replace_lists)], role=role)[0]

    def upsert_many(
        self, type_name: str, upserts: Iterable[Upsert], *, role: Grants | None = None
    ) -> list[Written | Rejection]:
        """Upsert records of one type, `(external id, values, nulls, replace_lists)` each; each stands for itself."""
        shelf = self._shelf(type_name)
        refusal = cache(partial(refusal_of, shelf.type, role))  # the same of every record of the list
        with self.transaction(), self.world.working_as(role):
            return [self._upsert(shelf, upsert, role, refusal) for upsert in upserts]

    def _upsert(self, shelf: Shelf, upsert: Upsert, role: Grants | None, refusal_at: RefusalAt) -> Written | Rejection:
        external_id, values, nulls, replace = upsert
        if not external_id or not shelf.type.external_id_group:
            return Rejection(code="EXTERNALID_REQD", message="You must provide an external ID.", path="externalId")
        found = self.find_external(shelf.type.external_id_group, external_id)
        refusal = refusal_at(CREATE if found is None else EDIT)
        if refusal is not None:
            return refusal
        current = None
        if found is not None:
            if found[0] != shelf.type.name:
                message = f"This record already exists: the external ID {external_id} belongs to a {found[0]}."
                return Rejection(code="DUP_RCRD", message=message, path="externalId")
            current = self._reader.read(shelf, found[1])
            denial = None if role is None else self.denial(role, shelf.type.name, str(found[1]))
            if denial is not None:
                return denial
        internal_id = None if current is None else current.id
        objection = self.troubles.objection(shelf.type, internal_id=internal_id, external_id=external_id)
        if objection is not None:
            return objection
        values = self.troubles.left_of(values)
        written = partial(
            self._writer.write, current=current, external_id=external_id, nulls=nulls, replace_lists=replace
        )
        return self._kept(shelf, role, lambda: written(shelf, values))

    def delete(
        self,
        type_name: str,
        *,
        internal_id: str | None = None,
        external_id: str | None = None,
        role: Grants | None = None,
        reason: Mapping[str, str] | None = None,
    ) -> Written | Rejection:
        """Delete a record that no other record refers to; `reason` is kept beside what is remembered of it."""
        shelf = self._shelf(type_name)
        current = self._touched(shelf, FULL, internal_id, external_id, role)
        if isinstance(current, Rejection):
            return current
        if self._reader.is_referred_to(current):
            return Rejection(
                code="CANT_DELETE_CHILD_RCRD_FOUND",
                message="This record cannot be deleted because it has dependent records.",
            )
        with self.transaction(), self.world.working_as(role):
            refused = self._writer.refusal_to_delete(current)
            return refused or self._removed(shelf, current, self.journal.door, reason)

    def _touched(
        self, shelf: Shelf, level: int, internal_id: str | None, external_id: str | None, role: Grants | None
    ) -> Stored | Rejection:
        """Find a record that is to be changed or deleted, as far as the role may and nothing stands against it."""
        refusal = refusal_of(shelf.type, role, level)
        if refusal is not None:
            return refusal
        current = self.get(shelf.type.name, internal_id=internal_id, external_id=external_id)
        if current is None:
            return absent(shelf.type, internal_id or external_id, self.id)
        denial = None if role is None else self.denial(role, shelf.type.name, current.id)
        denial = denial or self.troubles.objection(shelf.type, internal_id=current.id, external_id=current.external_id)
        return denial or current

    def _kept(self, shelf: Shelf, role: Grants | None, work: Callable[[], Written | Rejection]) -> Written | Rejection:
        """Write and note it; a record that a restricted role could not see afterward is not kept."""
        is_bounded = role is not None and role.restriction(self.tables[shelf.type.table], self.tables) is not None
        if is_bounded:
            self.connection.execute("SAVEPOINT before_write")
        result = work()
        if role is not None and is_bounded:
            denial = self.denial(role, shelf.type.name, result.id) if isinstance(result, Written) else None
            if denial is not None:
                self.storage.back_to("before_write")
                result = denial
            self.connection.execute("RELEASE before_write")
        if isinstance(result, Written):
            self.journal.note(self.journal.door, "create" if result.created else "update", result)
        return result

    # --- the rest of the world ---

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One SQLite transaction around everything inside; a nested one joins the outer."""
        is_outer = not self.storage.is_in_transaction
        try:
            with self.storage.transaction():
                yield
        except BaseException:
            if is_outer:
                self.journal.forget()
            raise
        if is_outer:
            self.scripts.committed(self.journal.keep())

    def fail_next(self, fault: Fault, *, door: str | None = None, operation: str | None = None, times: int = 1) -> None:
        """Let the next requests of a door and operation, or of any, meet a fault; `faults.plan` says more."""
        self.faults.plan(fault, door=door, operation=operation, times=times)

    def restlet(self, script: str, deployment: str, function: Function, *, methods: tuple[str, ...] = METHODS) -> None:
        """Deploy a function as a RESTlet: it takes a `RestletCall` and returns text, what JSON holds, or nothing."""
        self.restlets.deploy(script, deployment, function, methods)

    def on_save(self, script: Script, *, types: Collection[str] = (), contexts: Collection[str] = ()) -> Deployment:
        """Run a function after each save of records of the types, or of all, in the execution contexts, or in any."""
        return self.scripts.deploy(script, types=[self._shelf(one).type.name for one in types], contexts=contexts)

    def revoke(self, token: Token) -> None:
        """End an access token for good."""
        self.tokens.revoke(token)

    def close(self) -> None:
        """Save what is to be kept and close the database."""
        snapshots.save(self)
        self.storage.close()
