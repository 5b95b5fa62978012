"""Every kind of fault by name, and the doors at which each can be met."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, get_args

from netsuite_simulator.faults.answers import (
    AfterSubmitFailed,
    CompressedBomb,
    DeepBody,
    EndlessJob,
    FieldsDropped,
    HugeBody,
    LongAnswers,
    MalformedBody,
    NoIdentity,
    RejectedRecords,
    ReorderedAnswers,
    ShortAnswers,
    SlowDrip,
    TruncatedBody,
)
from netsuite_simulator.faults.connections import (
    BadCertificate,
    ConnectionRefused,
    ConnectionReset,
    CutOff,
    LateCommit,
    Latency,
    StalledUpload,
    TimeoutAfterCommit,
    UnknownHost,
)
from netsuite_simulator.faults.identities import ForeignKeys, ForgedIdentity
from netsuite_simulator.faults.refusals import HtmlPage, InvalidLogin, Maintenance, Redirect, ServerError, Throttle
from netsuite_simulator.faults.upheavals import (
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
)

Upheaval = (
    AddRecord
    | BlockIntegration
    | CertificatesEnd
    | ChangeZone
    | DeleteRecord
    | DisableFeature
    | EditRecord
    | ForgetSearches
    | LockRecord
    | LosePermission
    | OtherIntegrations
    | RemoveField
    | RevokeTokens
    | RotateKeys
    | SandboxRefresh
    | SkewClock
)
Trouble = (  # met by one request: before, around or after its work
    Latency
    | Throttle
    | Maintenance
    | ConnectionReset
    | ConnectionRefused
    | StalledUpload
    | CutOff
    | TimeoutAfterCommit
    | LateCommit
    | TruncatedBody
    | SlowDrip
    | MalformedBody
    | HugeBody
    | CompressedBomb
    | DeepBody
    | HtmlPage
    | ServerError
    | Redirect
    | InvalidLogin
    | ReorderedAnswers
    | ShortAnswers
    | LongAnswers
    | NoIdentity
    | AfterSubmitFailed
    | RejectedRecords
    | FieldsDropped
    | EndlessJob
    | BadCertificate
    | UnknownHost
    | ForgedIdentity
    | ForeignKeys
)
Fault = Trouble | Upheaval

FAULTS: Final[Mapping[str, type[Fault]]] = {kind.__name__: kind for kind in get_args(Fault)}
UPHEAVALS: Final[tuple[type[Upheaval], ...]] = get_args(Upheaval)

REST, SUITEQL, SOAP, SYSTEM, OAUTH, RESTLET = "rest", "suiteql", "soap", "system", "oauth", "restlet"
TLS, PROXY = "tls", "proxy"
HTTP_DOORS: Final = frozenset({REST, SUITEQL, SOAP, SYSTEM, OAUTH, RESTLET})
DOORS: Final = HTTP_DOORS | {TLS, PROXY}

_AT: Mapping[type[Fault], frozenset[str]] = {
    BadCertificate: frozenset({TLS}),
    UnknownHost: frozenset({PROXY}),
    ForgedIdentity: frozenset({OAUTH}),
    ForeignKeys: frozenset({OAUTH}),
    AfterSubmitFailed: frozenset({SOAP, REST}),
    ReorderedAnswers: frozenset({SOAP, REST, SUITEQL}),
    ShortAnswers: frozenset({SOAP, REST, SUITEQL}),
    LongAnswers: frozenset({SOAP, REST, SUITEQL}),
    NoIdentity: frozenset({SOAP, REST}),
    RejectedRecords: frozenset({SOAP, REST, RESTLET}),
    FieldsDropped: frozenset({SOAP, REST, RESTLET}),
    EndlessJob: frozenset({SOAP, REST}),
}


def doors_of(kind: type[Fault]) -> frozenset[str]:
    """Return the doors at which a kind of fault can be met; none other is asked for it."""
    return _AT.get(kind, HTTP_DOORS)
