"""What can be made to go wrong: faults as values, the plans that say when, and weather drawn by a seed.

    account.fail_next(TimeoutAfterCommit(), door="soap")
    account.faults.plan(RevokeTokens(), operation="upsertList", skip=3)
    account.faults.weather = Weather(seed=7, rate=0.1)

Faults are values; `faces` acts them out. Refuses to know requests and accounts.
"""

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
from netsuite_simulator.faults.documents import UnknownFaultError, document_of, fault_of
from netsuite_simulator.faults.files import PlanFileError, Scripted, read_plan_file
from netsuite_simulator.faults.identities import ForeignKeys, ForgedIdentity
from netsuite_simulator.faults.kinds import FAULTS, Fault, Upheaval, doors_of
from netsuite_simulator.faults.plans import Faults, Plan
from netsuite_simulator.faults.refusals import (
    HtmlPage,
    InvalidLogin,
    Maintenance,
    Redirect,
    ServerError,
    Throttle,
)
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
from netsuite_simulator.faults.weather import Weather

__all__ = [
    "FAULTS",
    "AddRecord",
    "AfterSubmitFailed",
    "BadCertificate",
    "BlockIntegration",
    "CertificatesEnd",
    "ChangeZone",
    "CompressedBomb",
    "ConnectionRefused",
    "ConnectionReset",
    "CutOff",
    "DeepBody",
    "DeleteRecord",
    "DisableFeature",
    "EditRecord",
    "EndlessJob",
    "Fault",
    "Faults",
    "FieldsDropped",
    "ForeignKeys",
    "ForgedIdentity",
    "ForgetSearches",
    "HtmlPage",
    "HugeBody",
    "InvalidLogin",
    "LateCommit",
    "Latency",
    "LockRecord",
    "LongAnswers",
    "LosePermission",
    "Maintenance",
    "MalformedBody",
    "NoIdentity",
    "OtherIntegrations",
    "Plan",
    "PlanFileError",
    "Redirect",
    "RejectedRecords",
    "RemoveField",
    "ReorderedAnswers",
    "RevokeTokens",
    "RotateKeys",
    "SandboxRefresh",
    "Scripted",
    "ServerError",
    "ShortAnswers",
    "SkewClock",
    "SlowDrip",
    "StalledUpload",
    "Throttle",
    "TimeoutAfterCommit",
    "TruncatedBody",
    "UnknownFaultError",
    "UnknownHost",
    "Upheaval",
    "Weather",
    "document_of",
    "doors_of",
    "fault_of",
    "read_plan_file",
]
