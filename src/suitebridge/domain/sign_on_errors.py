"""Errors of signing in by NetSuite, each a page that somebody meets who only wanted to open a record; part of the error table."""

from __future__ import annotations

from suitebridge.domain.error_rows import ErrorClass, ErrorCode, Retry, row

_TURN_TO = "An administrator of SuiteBridge"

SIGN_ON_ERRORS: tuple[ErrorCode, ...] = (
    row(
        "NS-SSO-001",
        ErrorClass.CREDENTIALS,
        Retry.AFTER_CHANGE,
        "This answer of NetSuite account {account} was used already, or belongs to another sign-in",
        "{said}",
        "Open the record in NetSuite again, or start at “Sign in with NetSuite”. A sign-in is good once, for ten minutes, and only in the browser that began it; cookies must be allowed for this address.",
    ),
    row(
        "NS-SSO-002",
        ErrorClass.CREDENTIALS,
        Retry.NEVER,
        "What came from NetSuite account {account} does not prove who you are",
        "{said}",
        "Try once more. If it happens again, tell an administrator of SuiteBridge: the client ID on Administration > NetSuite Connector > Credentials may be another integration's, or somebody stands between SuiteBridge and NetSuite.",
    ),
    row(
        "NS-SSO-003",
        ErrorClass.CREDENTIALS,
        Retry.AFTER_CHANGE,
        "The clocks of NetSuite account {account} and of this server differ too much",
        "{said}",
        "Whoever runs this server sets its clock by a time server (NTP). Two minutes of difference are allowed.",
    ),
    row(
        "NS-SSO-004",
        ErrorClass.CREDENTIALS,
        Retry.AFTER_CHANGE,
        "NetSuite account {account} did not say who you are",
        "{said}",
        "Sign in to NetSuite in a window of its own and allow the access there. Your NetSuite role needs Log in using OAuth 2.0 Access Tokens; a NetSuite administrator checks that the features OAuth 2.0 and NetSuite as OIDC Provider are on, "
        "and that the integration record is Enabled, has Authorization Code Grant, and the Redirect URI that Administration > NetSuite Connector > Credentials shows.",
    ),
    row(
        "NS-SSO-005",
        ErrorClass.CREDENTIALS,
        Retry.AFTER_CHANGE,
        "You are signed in to another NetSuite account than {account}",
        "{said}",
        "Switch to account {account} in NetSuite, then try again.",
    ),
    row(
        "NS-SSO-006",
        ErrorClass.OUTAGE,
        Retry.AUTOMATIC,
        "NetSuite cannot say who you are at present",
        "{host}: {said}",
        "Try again in a few minutes. Whoever has a password for SuiteBridge can sign in with it meanwhile.",
    ),
    row(
        "SB-SSO-001",
        ErrorClass.PERMISSION,
        Retry.AFTER_CHANGE,
        "Signing in by NetSuite is not switched on here",
        "{said}",
        f"{_TURN_TO} turns on “Enable single sign-on” on Administration > NetSuite Connector > Settings and enters the credentials of the sign-on for that account on Credentials. Sign in with your password meanwhile.",
    ),
    row(
        "SB-SSO-002",
        ErrorClass.PERMISSION,
        Retry.AFTER_CHANGE,
        "Nobody here is employee {entity} of NetSuite account {account}",
        "NetSuite says who you are, but no user of SuiteBridge was imported from that employee. E-mail addresses and names are not compared.",
        f"{_TURN_TO} runs the import of employees, with yours marked for it in NetSuite, and looks for you under People.",
    ),
    row(
        "SB-SSO-003",
        ErrorClass.PERMISSION,
        Retry.AFTER_CHANGE,
        "Your user in SuiteBridge is not active",
        "{said}",
        f"{_TURN_TO} can make your user active again, or give you a role, under People.",
    ),
    row(
        "SB-SSO-004",
        ErrorClass.PERMISSION,
        Retry.AFTER_CHANGE,
        "You may not sign in by NetSuite",
        "Your role {role} lacks the permission “{permission}”.",
        f"{_TURN_TO} can give you a role that has it. Sign in with your password meanwhile.",
    ),
    row(
        "SB-SSO-006",
        ErrorClass.PERMISSION,
        Retry.AFTER_CHANGE,
        "Your visit within NetSuite has ended",
        "It was idle for too long, or its time is over.",
        "Open the record in NetSuite again: it signs you in anew.",
    ),
    row(
        "SB-SSO-005",
        ErrorClass.REFERENCE_MISSING,
        Retry.AFTER_CHANGE,
        "This record of NetSuite is not in SuiteBridge",
        "{said}",
        "It is there after the next import of records of its kind, if it is marked for it in NetSuite. Then open it again.",
    ),
)
