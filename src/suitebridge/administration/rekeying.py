"""Replaces the master key of an installation while runs are active: a new key beside the old one, each secret put under it, the old one retired.

Killed at any instant, the next rotation goes on where this one stopped. Every act stands in the trail of each company.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.people import Door, Permission, Stamp, User
from suitebridge.ports.companies import Companies, CompanyStore
from suitebridge.ports.keys import MasterKeys

_KEY = "master_key"
_MOST_SECRETS = 10_000
"""Bound of the rewrapping of one company, which has a handful of secrets."""

Tell = Callable[[int, int], None]
"""Hears how many secrets are under the new key, and of how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rekeyer:
    """Who rotates: an administrator of one company. Other companies' trails name that company too."""

    user: User
    store: CompanyStore
    door: Door

    def stamp(self, store: CompanyStore) -> Stamp:
        """Give the author for one company's trail."""
        own = self.store.company
        if store.company.id == own.id:
            return Stamp(author_id=self.user.id, author_name=self.user.name, door=self.door)
        return Stamp(author_id="", author_name=f"{self.user.name} of {own.name}", door=self.door)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotation:
    """What a rotation did."""

    key_id: str
    retired_ids: tuple[str, ...]
    secrets: int
    is_resumed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyUse:
    """One master key: whether it is in the ring, whether it seals, and how many secrets it holds."""

    key_id: str
    is_current: bool
    is_known: bool
    secrets: int = field(default=0)


def key_uses(companies: Companies, keys: MasterKeys) -> tuple[KeyUse, ...]:
    """List the keys of the ring, the current one first, and then those that secrets need and the ring does not hold."""
    counts: dict[str, int] = {}
    for store in _stores(companies):
        for key_id, count in store.secrets.uses().items():
            counts[key_id] = counts.get(key_id, 0) + count
    current = keys.current_id()
    known = (current, *keys.older_ids())
    ids = (*known, *sorted(counts.keys() - set(known)))
    return tuple(
        KeyUse(key_id=key_id, is_current=key_id == current, is_known=key_id in known, secrets=counts.get(key_id, 0))
        for key_id in ids
    )


def refuse_lost_keys(companies: Companies, keys: MasterKeys) -> None:
    """Raise `RunStoppedError` SB-KEY-001 if a stored secret needs a key that is not there: a clear stop before any work (quality.md S19)."""
    lost = [use for use in key_uses(companies, keys) if not use.is_known]
    if lost:
        said = ", ".join(f"{use.secrets} with the master key {use.key_id}" for use in lost)
        facts = {"said": f"Secrets are sealed with other keys: {said}. The data directory holds {keys.current_id()}."}
        raise RunStoppedError(Problem(code="SB-KEY-001", facts=facts))


def rotate(companies: Companies, keys: MasterKeys, rekeyer: Rekeyer, tell: Tell) -> Rotation:
    """Replace the master key, or finish a rotation that was interrupted.

    Raise `RunStoppedError` SB-AUTH-001 for who is no administrator, SB-BUSY-001 while another process rotates, SB-KEY-001 for a
    secret whose key is lost: the older keys then stay.
    """
    _may_rotate(rekeyer.user)
    with keys.changing():
        older = keys.older_ids()
        key_id = keys.current_id() if older else keys.add()
        stores = _stores(companies)
        for store in stores:
            _note_once(store, EventName.KEY_ADDED, key_id, rekeyer.stamp(store))
        done = 0
        total = sum(count for store in stores for own, count in store.secrets.uses().items() if own != key_id)
        tell(done, total)
        for done, _ in enumerate(_rewrap_all(stores, rekeyer), start=1):
            tell(done, max(done, total))
        retired = tuple(keys.older_ids())
        for old in retired:
            for store in stores:
                _note_once(store, EventName.KEY_RETIRED, old, rekeyer.stamp(store))
            keys.retire(old)
    return Rotation(key_id=key_id, retired_ids=retired, secrets=done, is_resumed=bool(older))


def _rewrap_all(stores: Sequence[CompanyStore], rekeyer: Rekeyer) -> Iterator[None]:
    for store in stores:
        stamp = rekeyer.stamp(store)
        for _ in range(_MOST_SECRETS):
            if not store.secrets.rewrap_next(stamp):
                break
            yield


def _note_once(store: CompanyStore, name: EventName, key_id: str, stamp: Stamp) -> None:
    """Tell the trail, unless an interrupted rotation has told it already."""
    if any(entry.event == name.value for entry in store.trail.of_record(_KEY, key_id)):
        return
    event = Event(name=name, subject_type=_KEY, subject_id=key_id, subject=f"master key {key_id}")
    with store.transactions.begin() as unit:
        unit.append_event(event, stamp)


def _stores(companies: Companies) -> list[CompanyStore]:
    return [companies.store(company.id) for company in companies.all()]


def _may_rotate(user: User) -> None:
    if not user.is_administrator:
        facts = {
            "act": "rotate the master key",
            "role": user.role.name,
            "permission": Permission.ADMINISTER.value,
        }
        raise RunStoppedError(Problem(code="SB-AUTH-001", facts=facts))
