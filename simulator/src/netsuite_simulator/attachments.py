"""What is attached to what: records tied to others by SOAP's attach and REST's !attach (reference §4.17, §5.3).

Kept with the account's settings as pairs, oldest first. Refuses to know doors and which types may be tied.
"""

from __future__ import annotations

import msgspec

from netsuite_simulator.storage import Storage

_SETTING = "attachments"
Pair = tuple[str, str, str, str]  # type and id of the record attached to, type and id of what is attached


def _pairs(storage: Storage) -> list[Pair]:
    kept = storage.setting(_SETTING)
    return msgspec.json.decode(kept, type=list[Pair]) if kept else []


def attached_to(storage: Storage, type_name: str, internal_id: str) -> list[tuple[str, str]]:
    """Return type and id of what is attached to a record, oldest first."""
    return [pair[2:] for pair in _pairs(storage) if pair[:2] == (type_name, internal_id)]


def attach(storage: Storage, pair: Pair) -> None:
    """Tie a record to another; one that is tied already stays so."""
    others = [one for one in _pairs(storage) if one != pair]
    storage.set_setting(_SETTING, msgspec.json.encode([*others, pair]).decode())


def detach(storage: Storage, pair: Pair) -> bool:
    """Undo an attachment; say whether there was one."""
    before = _pairs(storage)
    after = [one for one in before if one != pair]
    storage.set_setting(_SETTING, msgspec.json.encode(after).decode())
    return after != before
