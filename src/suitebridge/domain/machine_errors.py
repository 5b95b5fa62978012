"""What can go wrong around the house: database, disk, keys, ports, and the processes that share the work."""

from __future__ import annotations

from suitebridge.domain.error_rows import ErrorClass, ErrorCode, Retry, row

MACHINE_ERRORS: tuple[ErrorCode, ...] = (
    row(
        "SB-BACK-001",
        ErrorClass.VALIDATION,
        Retry.AFTER_CHANGE,
        "The backup {folder} cannot be {done}",
        "{said}",
        "Mend what is named, and do it again. Nothing that was there before was changed.",
    ),
    row(
        "SB-DB-001",
        ErrorClass.OUTAGE,
        Retry.AUTOMATIC,
        "The database {place} does not answer",
        "{said}",
        "Bring the database back, or wait until whoever holds it is done. Nothing more is sent until then; runs go on by themselves where they stopped.",
    ),
    row(
        "SB-LEASE-001",
        ErrorClass.INTERNAL,
        Retry.AUTOMATIC,
        "Another worker carries run {number} out by now",
        "This process did not renew its lease in time: it stood still, or the database did not hear from it.",
        "Nothing to do: the other worker goes on with the run, and looks up in NetSuite what this one may still have sent.",
    ),
    row(
        "SB-LEASE-002",
        ErrorClass.OUTAGE,
        Retry.AUTOMATIC,
        "Nothing is sent to NetSuite at the moment",
        "{said}",
        "Nothing to do once the database can be written again: what was not sent is sent then. See `suitebridge workers`.",
    ),
    row(
        "SB-HALT-001",
        ErrorClass.INTERNAL,
        Retry.AUTOMATIC,
        "The run was asked to pause or to end while it was sending",
        "What had left is waited for and settled; the other records of the batch were not sent.",
        "Nothing to do: the run, once it is resumed, or the next one goes on with them.",
    ),
    row(
        "SB-BUSY-001",
        ErrorClass.LOCKED,
        Retry.AFTER_CHANGE,
        "Another SuiteBridge works on the data directory {directory}",
        "{said}",
        "Use the one that is running, stop it first, or choose another data directory with --data.",
    ),
    row(
        "SB-PORT-001",
        ErrorClass.VALIDATION,
        Retry.AFTER_CHANGE,
        "The console cannot listen at {address}",
        "{said}",
        "Choose another port, for example `suitebridge serve --port {other}`, or stop the program that uses this one.",
    ),
    row(
        "SB-DISK-001",
        ErrorClass.OUTAGE,
        Retry.AFTER_CHANGE,
        "The data directory {directory} cannot be written",
        "{said}",
        "Make room on the disk or correct the permissions, then start again: everything saved so far is kept.",
    ),
    row(
        "SB-KEY-001",
        ErrorClass.CREDENTIALS,
        Retry.AFTER_CHANGE,
        "The stored secrets cannot be opened",
        "{said}",
        "Put the right master key file back into the data directory, or enter the secrets again with `suitebridge connect`.",
    ),
)
