"""Brings upheavals about: the account is another when the request that meets them is looked at.

Refuses to know when they come.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import assert_never
from zoneinfo import ZoneInfo

from netsuite_simulator import snapshots
from netsuite_simulator.account import Account
from netsuite_simulator.faces.rest.documents import read_body
from netsuite_simulator.faults import (
    AddRecord,
    BlockIntegration,
    CertificatesEnd,
    ChangeZone,
    DeleteRecord,
    DisableFeature,
    EditRecord,
    ForgetSearches,
    LockRecord,
    LosePermission,
    OtherIntegrations,
    RemoveField,
    RevokeTokens,
    RotateKeys,
    SandboxRefresh,
    SkewClock,
    Upheaval,
)


def act(account: Account, upheaval: Upheaval) -> str | None:
    """Change the account for good; return why it could not be changed, where it could not."""
    try:
        _change(account, upheaval)
    except (ValueError, LookupError) as error:
        return str(error)
    if account.storage.path is not None:
        snapshots.save(account)
    return None


def _change(account: Account, upheaval: Upheaval) -> None:
    match upheaval:
        case AddRecord(type=name, values=values, id=internal_id):
            read, external_id = _read(account, name, values)
            account.add(name, external_id=external_id, internal_id=internal_id, **read)
        case EditRecord(type=name, id=internal_id, values=values):
            account.bump(name, internal_id, **_read(account, name, values)[0])
        case DeleteRecord(type=name, id=internal_id):
            account.remove(name, internal_id)
        case LockRecord(type=name, id=internal_id):
            account.troubles.lock(name, internal_id)
        case RemoveField(script_id=script_id):
            account.remove_custom_field(script_id)
        case SkewClock(seconds=seconds):
            account.clock.advance(seconds)
        case ChangeZone(zone=zone):
            account.clock.zone = ZoneInfo(zone)
        case OtherIntegrations(requests=requests, seconds=seconds):
            account.governance.share(requests, seconds=seconds)
        case ForgetSearches():
            account.errands.clear()
        case SandboxRefresh(snapshot=name):
            snapshots.refresh(account, account if name is None else account.snapshots.one(name))
        case (
            RevokeTokens() | RotateKeys() | LosePermission() | BlockIntegration() | DisableFeature() | CertificatesEnd()
        ):
            _change_access(account, upheaval)
        case _:
            assert_never(upheaval)


def _change_access(
    account: Account,
    upheaval: RevokeTokens | RotateKeys | LosePermission | BlockIntegration | DisableFeature | CertificatesEnd,
) -> None:
    match upheaval:
        case RevokeTokens(integration=name):
            _revoke_tokens(account, name)
        case RotateKeys():
            account.keys.rotate()
        case LosePermission(permission=permission, role=name, level=level):
            account.roles.grant(account.roles.one(name), permission, level)
        case BlockIntegration(integration=name):
            for one in account.integrations if name is None else [account.integrations.one(name)]:
                account.integrations.block(one)
        case DisableFeature(feature=feature):
            account.features.disable(feature)
        case CertificatesEnd(seconds=seconds):
            for certificate in account.certificates:
                certificate.valid_until = account.clock.now() + timedelta(seconds=seconds)
        case _:
            assert_never(upheaval)


def _revoke_tokens(account: Account, name: str | None) -> None:
    key = None if name is None else account.integrations.one(name).consumer_key
    for token in account.tokens:
        if key in (None, token.consumer_key):
            account.revoke(token)
    for grant in account.authorizations:
        if key in (None, grant.client_id):
            account.authorizations.revoke(grant)


def _read(account: Account, type_name: str, values: Mapping[str, object]) -> tuple[dict[str, object], str | None]:
    record_type = account.types.get(type_name)
    if record_type is None:
        raise ValueError(f"there is no record type {type_name}; there are {', '.join(account.types)}")
    body = read_body(record_type, dict(values))
    if body.unknown:
        raise ValueError(f"{type_name} has no field {', '.join(body.unknown)}")
    return body.values, body.external_id
