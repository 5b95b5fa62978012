"""The switchboard: the only place where ports meet adapters. Builders load their adapters on use, so that starting stays quick."""

from suitebridge.bootstrap.gateways import OpenedAccount, OpenedConsentDesk, open_account, open_consent_desk
from suitebridge.bootstrap.handing_over import working
from suitebridge.bootstrap.houses import House, is_worked_on
from suitebridge.bootstrap.opening import create_keys, open_checkpoints, open_files, open_house, start_logs
from suitebridge.bootstrap.preserving import make_backup, restore_backup

__all__ = [
    "House",
    "OpenedAccount",
    "OpenedConsentDesk",
    "create_keys",
    "is_worked_on",
    "make_backup",
    "open_account",
    "open_checkpoints",
    "open_consent_desk",
    "open_files",
    "open_house",
    "restore_backup",
    "start_logs",
    "working",
]
