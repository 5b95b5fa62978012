"""The tables, one file per aggregate. Declarations only: statements are made in `scope` and nowhere else."""

from suitebridge.adapters.store.models.agreements import Agreement
from suitebridge.adapters.store.models.attempts import Attempt
from suitebridge.adapters.store.models.automation import Schedule, Tick, WorkflowGroup
from suitebridge.adapters.store.models.bindings import Binding, Watermark
from suitebridge.adapters.store.models.companies import Company
from suitebridge.adapters.store.models.configurations import Configuration, ConfigurationDraft
from suitebridge.adapters.store.models.connections import Connection, CredentialValue, SealedSecret
from suitebridge.adapters.store.models.custom_fields import FieldList
from suitebridge.adapters.store.models.inbox import Errand
from suitebridge.adapters.store.models.mail import MailServer
from suitebridge.adapters.store.models.notices import Message, Recipient, Stand
from suitebridge.adapters.store.models.people import Invitation, Person, Role
from suitebridge.adapters.store.models.real_time import RealTimeSetting
from suitebridge.adapters.store.models.records import WorkspaceRecord
from suitebridge.adapters.store.models.request_keys import RequestKey
from suitebridge.adapters.store.models.runs import OpenItem, Run, RunItem, RunProgress
from suitebridge.adapters.store.models.sessions import RecoveryCode, Refusal, SecondFactor, SignInRules, UserSession
from suitebridge.adapters.store.models.tokens import ApiToken
from suitebridge.adapters.store.models.trail import TrailEntry
from suitebridge.adapters.store.models.workers import Worker

__all__ = [
    "Agreement",
    "ApiToken",
    "Attempt",
    "Binding",
    "Company",
    "Configuration",
    "ConfigurationDraft",
    "Connection",
    "CredentialValue",
    "Errand",
    "FieldList",
    "Invitation",
    "MailServer",
    "Message",
    "OpenItem",
    "Person",
    "RealTimeSetting",
    "Recipient",
    "RecoveryCode",
    "Refusal",
    "RequestKey",
    "Role",
    "Run",
    "RunItem",
    "RunProgress",
    "Schedule",
    "SealedSecret",
    "SecondFactor",
    "SignInRules",
    "Stand",
    "Tick",
    "TrailEntry",
    "UserSession",
    "Watermark",
    "Worker",
    "WorkflowGroup",
    "WorkspaceRecord",
]
