"""What can go wrong with NetSuite: sign-in, permission, network, limits, refused records."""

from __future__ import annotations

from suitebridge.domain.error_rows import ErrorClass, ErrorCode, Retry, row

NETSUITE_ERRORS: tuple[ErrorCode, ...] = (
    row(
        "NS-AUTH-001",
        ErrorClass.CREDENTIALS,
        Retry.AFTER_CHANGE,
        "NetSuite account {account} refused the sign-in",
        "NetSuite said: {said}",
        "A NetSuite administrator opens Setup > Users/Roles > User Management > View Login Audit Trail and reads the Detail column: it names the value to correct. "
        "Then enter the keys and secrets again on Administration > NetSuite Connector > Credentials or with `suitebridge connect`. "
        "A sandbox that was refreshed since has lost its tokens: create the access token anew.",
    ),
    row(
        "NS-AUTH-002",
        ErrorClass.CREDENTIALS,
        Retry.AFTER_CHANGE,
        "The connection of this company has no complete credentials",
        "Missing: {missing}.",
        "An administrator opens Administration > NetSuite Connector > Credentials, or runs `suitebridge connect`, and enters the values of the integration record and the access token.",
    ),
    row(
        "NS-HOST-001",
        ErrorClass.CREDENTIALS,
        Retry.AFTER_CHANGE,
        "NetSuite does not confirm the account {account}",
        "{said}",
        "Compare the Account ID, character for character, with Setup > Integration > SOAP Web Services Preferences in NetSuite, and correct it. Nothing signed was sent.",
    ),
    row(
        "NS-CLOCK-001",
        ErrorClass.CREDENTIALS,
        Retry.AFTER_CHANGE,
        "This machine's clock is {offset} seconds away from NetSuite's",
        "NetSuite accepts signatures only within 300 seconds of its own time.",
        "Set this machine's clock from a time server (for example `timedatectl set-ntp true`), then try again.",
    ),
    row(
        "NS-PERM-001",
        ErrorClass.PERMISSION,
        Retry.AFTER_CHANGE,
        "The role of the access token may not use {what}",
        "NetSuite said: {said}",
        "A NetSuite administrator opens Setup > Users/Roles > Manage Roles, edits the role of the access token and adds the permission {permission}.",
    ),
    row(
        "NS-NET-001",
        ErrorClass.NETWORK,
        Retry.AUTOMATIC,
        "NetSuite could not be reached at {host}",
        "{said}",
        "Check this machine's network and name resolution, and that {host} may be reached through the firewall. Nothing is lost: the next run goes on where this one stopped.",
    ),
    row(
        "NS-TLS-001",
        ErrorClass.NETWORK,
        Retry.AFTER_CHANGE,
        "The TLS certificate of {host} was not accepted",
        "{said}",
        "Check that no proxy replaces NetSuite's certificate, and that this machine's certificate store is up to date. The connection is never made without a valid certificate.",
    ),
    row(
        "NS-OUT-001",
        ErrorClass.OUTAGE,
        Retry.AUTOMATIC,
        "NetSuite is not available",
        "NetSuite answered: {said}",
        "Wait until NetSuite's maintenance is over (status.netsuite.com). The next run goes on where this one stopped.",
    ),
    row(
        "NS-OUT-002",
        ErrorClass.OUTAGE,
        Retry.AUTOMATIC,
        "NetSuite's answer could not be read",
        "{said}",
        "This is usually a maintenance page or a cut connection. The next run asks again; if it stays, send the run's id to the connector administrator.",
    ),
    row(
        "NS-THR-001",
        ErrorClass.THROTTLE,
        Retry.AUTOMATIC,
        "NetSuite refused requests because the account's concurrency limit was reached",
        "NetSuite said: {said}",
        "Run at a quieter hour, or ask a NetSuite administrator for Setup > Integration > Integration Governance to see who uses the account's slots.",
    ),
    row(
        "NS-DATA-001",
        ErrorClass.VALIDATION,
        Retry.AFTER_CHANGE,
        "NetSuite refused {record}",
        "NetSuite said: {said}",
        "Correct the value that NetSuite names, on {record} or on the record it points to; the next run sends it again.",
    ),
    row(
        "NS-REF-001",
        ErrorClass.REFERENCE_MISSING,
        Retry.AFTER_CHANGE,
        "NetSuite does not know a record that {record} points to",
        "NetSuite said: {said}",
        "Check the NetSuite ID of the records that {record} points to; one was deleted in NetSuite or belongs to another account.",
    ),
    row(
        "NS-DUP-001",
        ErrorClass.DUPLICATE,
        Retry.NEEDS_DECISION,
        "{record} would be a duplicate in NetSuite",
        "NetSuite said: {said}",
        "Find the record in NetSuite; if it is the same, enter its internal id as NetSuite ID on {record}.",
    ),
    row(
        "NS-UNK-001",
        ErrorClass.AMBIGUOUS,
        Retry.AUTOMATIC,
        "It is not known whether NetSuite stored {record}",
        "{said}",
        "Nothing to do: the next run asks NetSuite for the external id {external_id} before anything is sent again.",
    ),
)
