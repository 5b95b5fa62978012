"""What a firm's administrators added to its account: custom record types with their fields, from `customizations.json` beside the CSV files.

Refuses to know records: their CSV files are loaded afterwards, as those of any other type.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from netsuite_simulator.customizations import CustomizationError, CustomKind, custom_field
from netsuite_simulator.loading.reports import LoadError

if TYPE_CHECKING:
    from netsuite_simulator.account import Account

FILE = "customizations.json"


class _Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    script_id: str
    kind: str
    label: str
    select_from: str = ""


class _Type(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    script_id: str
    label: str
    fields: list[_Field] = []


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    records: list[_Type] = []


def customize(account: Account, folder: Path) -> None:
    """Make the custom record types that a folder names and the account does not have yet; raise `LoadError` for a file that cannot be read."""
    path = folder / FILE
    if not path.is_file():
        return
    try:
        file = msgspec.json.decode(path.read_bytes(), type=_File)
        for new in file.records:
            if new.script_id not in account.types:
                _make(account, new)
    except (msgspec.MsgspecError, CustomizationError, ValueError) as error:
        raise LoadError(f"{path} is not as it should be: {error}. Compare it with a firm that ships.") from error


def _make(account: Account, new: _Type) -> None:
    account.add_custom_record_type(new.script_id, new.label)
    for one in new.fields:
        kind = CustomKind(f"_{one.kind}")
        field = custom_field(one.script_id, kind, one.label, select_from=one.select_from or ())
        account.add_custom_field([new.script_id], field, kind=kind)
