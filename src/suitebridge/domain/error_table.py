"""Every error code a user can meet: its class, when trying again helps, and its three sentences (quality.md A4)."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass


class ErrorClass(enum.Enum):
    """The closed set of quality.md A4."""

    CREDENTIALS = "credentials"
    PERMISSION = "permission"
    THROTTLE = "throttle"
    OUTAGE = "outage"
    NETWORK = "network"
    AMBIGUOUS = "ambiguous"
    VALIDATION = "validation"
    REFERENCE_MISSING = "reference-missing"
    CONFLICT = "conflict"
    DUPLICATE = "duplicate"
    LOCKED = "locked"
    SCHEMA_DRIFT = "schema-drift"
    TOO_LARGE = "too-large"
    MAPPING = "mapping"
    INTERNAL = "internal"


class Retry(enum.Enum):
    """When trying again can help."""

    AUTOMATIC = "automatic"
    AFTER_CHANGE = "after-change"
    NEVER = "never"
    NEEDS_DECISION = "needs-decision"


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorCode:
    """One row of the table. The three sentences may name facts in braces."""

    code: str
    error_class: ErrorClass
    retry: Retry
    title: str
    cause: str
    remedy: str


def _row(code: str, error_class: ErrorClass, retry: Retry, *sentences: str) -> ErrorCode:
    title, cause, remedy = sentences
    return ErrorCode(code=code, error_class=error_class, retry=retry, title=title, cause=cause, remedy=remedy)


_C, _R = ErrorClass, Retry

ERRORS: Mapping[str, ErrorCode] = {
    row.code: row
    for row in (
        _row(
            "NS-AUTH-001",
            _C.CREDENTIALS,
            _R.AFTER_CHANGE,
            "NetSuite account {account} refused the sign-in",
            "NetSuite said: {said}",
            "A NetSuite administrator opens Setup > Users/Roles > User Management > View Login Audit Trail and reads the Detail column: it names the value to correct. "
            "Then enter the keys and secrets again with `suitebridge connect`.",
        ),
        _row(
            "NS-AUTH-002",
            _C.CREDENTIALS,
            _R.AFTER_CHANGE,
            "The connection of this company has no complete credentials",
            "Missing: {missing}.",
            "An administrator runs `suitebridge connect` and enters all six values of the integration record and the access token.",
        ),
        _row(
            "NS-CLOCK-001",
            _C.CREDENTIALS,
            _R.AFTER_CHANGE,
            "This machine's clock is {offset} seconds away from NetSuite's",
            "NetSuite accepts signatures only within 300 seconds of its own time.",
            "Set this machine's clock from a time server (for example `timedatectl set-ntp true`), then try again.",
        ),
        _row(
            "NS-PERM-001",
            _C.PERMISSION,
            _R.AFTER_CHANGE,
            "The role of the access token may not use {what}",
            "NetSuite said: {said}",
            "A NetSuite administrator opens Setup > Users/Roles > Manage Roles, edits the role of the access token and adds the permission {permission}.",
        ),
        _row(
            "NS-NET-001",
            _C.NETWORK,
            _R.AUTOMATIC,
            "NetSuite could not be reached at {host}",
            "{said}",
            "Check this machine's network and name resolution, and that {host} may be reached through the firewall. Nothing is lost: the next run goes on where this one stopped.",
        ),
        _row(
            "NS-TLS-001",
            _C.NETWORK,
            _R.AFTER_CHANGE,
            "The TLS certificate of {host} was not accepted",
            "{said}",
            "Check that no proxy replaces NetSuite's certificate, and that this machine's certificate store is up to date. The connection is never made without a valid certificate.",
        ),
        _row(
            "NS-OUT-001",
            _C.OUTAGE,
            _R.AUTOMATIC,
            "NetSuite is not available",
            "NetSuite answered: {said}",
            "Wait until NetSuite's maintenance is over (status.netsuite.com). The next run goes on where this one stopped.",
        ),
        _row(
            "NS-OUT-002",
            _C.OUTAGE,
            _R.AUTOMATIC,
            "NetSuite's answer could not be read",
            "{said}",
            "This is usually a maintenance page or a cut connection. The next run asks again; if it stays, send the run's id to the connector administrator.",
        ),
        _row(
            "NS-THR-001",
            _C.THROTTLE,
            _R.AUTOMATIC,
            "NetSuite refused requests because the account's concurrency limit was reached",
            "NetSuite said: {said}",
            "Run at a quieter hour, or ask a NetSuite administrator for Setup > Integration > Integration Governance to see who uses the account's slots.",
        ),
        _row(
            "NS-DATA-001",
            _C.VALIDATION,
            _R.AFTER_CHANGE,
            "NetSuite refused {record}",
            "NetSuite said: {said}",
            "Correct the value that NetSuite names, on {record} or on the record it points to; the next run sends it again.",
        ),
        _row(
            "NS-REF-001",
            _C.REFERENCE_MISSING,
            _R.AFTER_CHANGE,
            "NetSuite does not know a record that {record} points to",
            "NetSuite said: {said}",
            "Check the NetSuite ID of the records that {record} points to; one was deleted in NetSuite or belongs to another account.",
        ),
        _row(
            "NS-DUP-001",
            _C.DUPLICATE,
            _R.NEEDS_DECISION,
            "{record} would be a duplicate in NetSuite",
            "NetSuite said: {said}",
            "Find the record in NetSuite; if it is the same, enter its internal id as NetSuite ID on {record}.",
        ),
        _row(
            "NS-UNK-001",
            _C.AMBIGUOUS,
            _R.AUTOMATIC,
            "It is not known whether NetSuite stored {record}",
            "{said}",
            "Nothing to do: the next run asks NetSuite for the external id {external_id} before anything is sent again.",
        ),
        _row(
            "SB-CONF-001",
            _C.CONFLICT,
            _R.NEEDS_DECISION,
            "The external id of {record} is already used in NetSuite",
            "NetSuite record {netsuite_id} carries the external id {external_id}, and this company never sent it.",
            "Check whether that NetSuite record belongs to {record}: if so enter {netsuite_id} as its NetSuite ID, otherwise clear the external id in NetSuite.",
        ),
        _row(
            "SB-CONF-002",
            _C.CONFLICT,
            _R.NEEDS_DECISION,
            "{record} matches more than one record",
            "{count} records carry the {key} “{value}”.",
            "Enter the NetSuite ID {netsuite_id} on the right record, or rename the others.",
        ),
        _row(
            "SB-CONF-003",
            _C.CONFLICT,
            _R.NEEDS_DECISION,
            "{record} matches a record that belongs to another NetSuite record",
            "The workspace record {target} already carries the NetSuite ID {netsuite_id}.",
            "Decide which NetSuite record it belongs to, and correct the NetSuite ID or the name.",
        ),
        _row(
            "SB-BLK-001",
            _C.REFERENCE_MISSING,
            _R.AUTOMATIC,
            "{record} waits for its {label}",
            "{field} points to {table} {value}, which has no counterpart on the other side yet.",
            "Import {table} {value} first: check that it is marked for integration and active. {record} follows by itself with the next run.",
        ),
        _row(
            "SB-MAP-001",
            _C.MAPPING,
            _R.AFTER_CHANGE,
            "{record} has no value for {field}",
            "The mapping row for {field} is required and gave nothing.",
            "Fill in the source field of {record}, or give the row a default on the Mapping tab.",
        ),
        _row(
            "SB-MAP-002",
            _C.MAPPING,
            _R.AFTER_CHANGE,
            "The value of {field} on {record} cannot be used",
            "{said}",
            "Correct the value on {record}, or change the mapping row for {field}.",
        ),
        _row(
            "SB-SUM-001",
            _C.MAPPING,
            _R.AFTER_CHANGE,
            "The lines that would be written for {record} do not add up to its amount",
            "{record} amounts to {amount} {unit}, its mapped lines to {written} {unit}.",
            "Look at the mapping groups of this workflow: a condition leaves lines out, or two rows count one amount twice.",
        ),
        _row(
            "SB-LOCK-001",
            _C.LOCKED,
            _R.AUTOMATIC,
            "{record} was changed by somebody else while the run was writing it",
            "The record's version moved on between reading and writing.",
            "Nothing to do: the next run takes the newer version.",
        ),
        _row(
            "SB-RUN-001",
            _C.VALIDATION,
            _R.AFTER_CHANGE,
            "The run cannot start: {what}",
            "{said}",
            "{remedy}",
        ),
        _row(
            "SB-RUN-002",
            _C.INTERNAL,
            _R.NEVER,
            "The counts of the run do not add up",
            "{said}",
            "Do not rely on this run. Keep the data directory and report the run's id; nothing was lost, and a new run counts anew.",
        ),
        _row(
            "SB-INT-001",
            _C.INTERNAL,
            _R.AUTOMATIC,
            "Something unforeseen stopped the work",
            "{said}",
            "Start again: finished work is kept and is not done twice. If it happens again, report the run's id.",
        ),
        _row(
            "SB-SET-001",
            _C.VALIDATION,
            _R.AFTER_CHANGE,
            "The settings file {file} cannot be used",
            "{said}",
            "Correct the line that is named, or move the file away to go back to the defaults.",
        ),
        _row(
            "SB-BUSY-001",
            _C.LOCKED,
            _R.AFTER_CHANGE,
            "Another SuiteBridge works on the data directory {directory}",
            "{said}",
            "Use the one that is running, stop it first, or choose another data directory with --data.",
        ),
        _row(
            "SB-COMP-001",
            _C.VALIDATION,
            _R.AFTER_CHANGE,
            "There is no such company in the data directory {directory}",
            "{said}",
            "Name the data directory with --data and the company with --company. `suitebridge company create` creates one; `suitebridge demo` shows everything at work.",
        ),
        _row(
            "SB-FILE-001",
            _C.VALIDATION,
            _R.AFTER_CHANGE,
            "The folder {folder} cannot be loaded",
            "{said}",
            "Name a folder with one CSV file for each record type, for example customer.csv; `suitebridge workspace load --help` says what they look like.",
        ),
        _row(
            "SB-DEMO-001",
            _C.VALIDATION,
            _R.AFTER_CHANGE,
            "The demo does not touch the folder {folder}",
            "{said}",
            "{remedy}",
        ),
        _row(
            "SB-SIM-001",
            _C.INTERNAL,
            _R.AFTER_CHANGE,
            "The NetSuite simulator did not start",
            "{said}",
            "Start it by hand to see why: `netsuite-simulator serve`.",
        ),
        _row(
            "SB-PORT-001",
            _C.VALIDATION,
            _R.AFTER_CHANGE,
            "The console cannot listen at {address}",
            "{said}",
            "Choose another port, for example `suitebridge serve --port {other}`, or stop the program that uses this one.",
        ),
        _row(
            "SB-DISK-001",
            _C.OUTAGE,
            _R.AFTER_CHANGE,
            "The data directory {directory} cannot be written",
            "{said}",
            "Make room on the disk or correct the permissions, then start again: everything saved so far is kept.",
        ),
        _row(
            "SB-KEY-001",
            _C.CREDENTIALS,
            _R.AFTER_CHANGE,
            "The stored secrets cannot be opened",
            "{said}",
            "Put the right master key file back into the data directory, or enter the secrets again with `suitebridge connect`.",
        ),
        _row(
            "SB-CONN-001",
            _C.CONFLICT,
            _R.AFTER_CHANGE,
            "The NetSuite connection was changed by somebody else meanwhile",
            "Another administrator saved after this page was opened; nothing of yours was stored.",
            "Look at what is stored now (the settings history says who changed what), then enter your change again.",
        ),
        _row(
            "SB-CONN-002",
            _C.CONFLICT,
            _R.NEEDS_DECISION,
            "Runs wait: the connection leads to another NetSuite account than before",
            "The company's NetSuite IDs belong to account {linked}; the credentials are those of account {account}.",
            "An administrator opens Administration > NetSuite Connector > Credentials and confirms the new account, or enters the credentials of {linked} again.",
        ),
        _row(
            "SB-AUTH-001",
            _C.PERMISSION,
            _R.AFTER_CHANGE,
            "You may not {act}",
            "Your role {role} lacks the permission “{permission}”.",
            "An administrator can give your role this permission, or do it for you.",
        ),
        _row(
            "SB-AUTH-002",
            _C.CREDENTIALS,
            _R.AFTER_CHANGE,
            "Nobody is signed in here",
            "{said}",
            "Sign in with `suitebridge login`.",
        ),
        _row(
            "SB-USER-001",
            _C.CONFLICT,
            _R.NEEDS_DECISION,
            "{name} is the integration user and cannot {act}",
            "Every run of the NetSuite integration acts in the name and with the permissions of the integration user.",
            "An administrator chooses another integration user, or clears the choice, on Administration > NetSuite Connector > Credentials "
            "(or with `suitebridge integration-user clear`), and tries again.",
        ),
        _row(
            "SB-USER-002",
            _C.CONFLICT,
            _R.NEEDS_DECISION,
            "{name} is the last active administrator and cannot {act}",
            "Without an active administrator nobody could let anybody in again.",
            "Give another active user the role Administrator first, then try again.",
        ),
        _row(
            "SB-USER-003",
            _C.CONFLICT,
            _R.AFTER_CHANGE,
            "{name} cannot be the integration user",
            "The integration user is an active administrator. {said}",
            "Choose one of the active administrators, or none.",
        ),
        _row(
            "SB-USER-004",
            _C.CONFLICT,
            _R.AFTER_CHANGE,
            "{name} was changed by somebody else in the meantime",
            "What was typed is about an older state.",
            "Look at the present values, then save again.",
        ),
        _row(
            "SB-USER-005",
            _C.CREDENTIALS,
            _R.AFTER_CHANGE,
            "The invitation cannot be used",
            "{said}",
            "Ask an administrator for a new invitation.",
        ),
        _row(
            "SB-USER-006",
            _C.VALIDATION,
            _R.AFTER_CHANGE,
            "The user {name} cannot be saved",
            "{said}",
            "Correct the values that are named, and save again. Nothing was changed.",
        ),
        _row(
            "SB-ROLE-001",
            _C.CONFLICT,
            _R.AFTER_CHANGE,
            "The role {role} cannot {act}",
            "{said}",
            "{remedy}",
        ),
        _row(
            "SB-OWN-001",
            _C.PERMISSION,
            _R.AFTER_CHANGE,
            "The run has no owner",
            "{said}",
            "An administrator chooses an integration user on Administration > NetSuite Connector > Credentials, or another administrator is made active.",
        ),
        _row(
            "SB-OWN-002",
            _C.PERMISSION,
            _R.AFTER_CHANGE,
            "{name}, who owns the run, may not change {records}",
            "{said}",
            "An administrator gives the role what is missing, or chooses an integration user, in whose name runs then act. Then start the run again.",
        ),
    )
}
