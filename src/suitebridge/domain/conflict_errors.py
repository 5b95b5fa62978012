"""Errors that wait for somebody's decision: two records that might be one, edits on both sides, records that NetSuite has no more."""

from __future__ import annotations

from suitebridge.domain.error_rows import ErrorClass, ErrorCode, Retry, row

CONFLICT_ERRORS: tuple[ErrorCode, ...] = (
    row(
        "SB-CONF-001",
        ErrorClass.CONFLICT,
        Retry.NEEDS_DECISION,
        "The external id of {record} is already used in NetSuite",
        "NetSuite record {netsuite_id} carries the external id {external_id}, and this company never sent it.",
        "Check whether that NetSuite record belongs to {record}: if so enter {netsuite_id} as its NetSuite ID, otherwise clear the external id in NetSuite.",
    ),
    row(
        "SB-CONF-002",
        ErrorClass.CONFLICT,
        Retry.NEEDS_DECISION,
        "{record} matches more than one record",
        "{count} records carry the {key} “{value}”.",
        "Enter the NetSuite ID {netsuite_id} on the right record, or rename the others.",
    ),
    row(
        "SB-CONF-003",
        ErrorClass.CONFLICT,
        Retry.NEEDS_DECISION,
        "{record} matches a record that belongs to another NetSuite record",
        "The workspace record {target} already carries the NetSuite ID {netsuite_id}.",
        "Decide which NetSuite record it belongs to, and correct the NetSuite ID or the name.",
    ),
    row(
        "SB-CONF-004",
        ErrorClass.CONFLICT,
        Retry.NEEDS_DECISION,
        "{record} was edited on both sides",
        "{fields} hold other values in NetSuite ({netsuite_id}) than when both sides were last alike, and others again in the workspace.",
        "Decide on the record's page of this run whose values stand: NetSuite's, or the workspace's. Until then neither side is overwritten.",
    ),
    row(
        "SB-GONE-001",
        ErrorClass.CONFLICT,
        Retry.NEEDS_DECISION,
        "{record} was deleted in NetSuite",
        "NetSuite has no record {netsuite_id} any more. {proposal}",
        "Decide what becomes of it: left as it is, created again, or unlinked. Or restore the record in NetSuite, and the link holds again with the next run; or put the NetSuite ID of another record on the workspace record. Until then nothing is written for it, and nothing is created again.",
    ),
    row(
        "SB-GONE-002",
        ErrorClass.CONFLICT,
        Retry.NEEDS_DECISION,
        "Records of {records} cannot be {end}",
        "No active export creates these records in NetSuite, or the one that does would create them again as soon as they are unlinked.",
        "Choose another way, or activate the export of these records on the Mapping page first. Nothing was changed.",
    ),
)
