"""What can go wrong with a request to the HTTP API before a use case is reached, and with the tokens that open it."""

from __future__ import annotations

from suitebridge.domain.error_rows import ErrorClass, ErrorCode, Retry, row

API_ERRORS: tuple[ErrorCode, ...] = (
    row(
        "SB-TOK-001",
        ErrorClass.CREDENTIALS,
        Retry.AFTER_CHANGE,
        "This address needs an API token",
        "The request carries none, or one that is unknown, over, withdrawn, or of an inactive user.",
        "Send “Authorization: Bearer” with a token. `suitebridge tokens add` makes one.",
    ),
    row(
        "SB-TOK-002",
        ErrorClass.VALIDATION,
        Retry.AFTER_CHANGE,
        "The API token cannot be made",
        "{said}",
        "Correct what is named, and ask again.",
    ),
    row(
        "SB-TOK-003",
        ErrorClass.THROTTLE,
        Retry.AUTOMATIC,
        "Too many requests",
        "{said}",
        "Wait {seconds} seconds, as Retry-After says, and go on more slowly.",
    ),
    row(
        "SB-TOK-004",
        ErrorClass.PERMISSION,
        Retry.AFTER_CHANGE,
        "This token may not {act}",
        "It needs the scope {scope}, and the token carries {held}.",
        "Make a token with this scope under My account or with `suitebridge tokens add --scope {scope}`; only its owner can.",
    ),
    row(
        "SB-API-001",
        ErrorClass.VALIDATION,
        Retry.AFTER_CHANGE,
        "The request cannot be understood",
        "{said}",
        "Correct what is named. /api/v1/openapi.json describes every request.",
    ),
    row(
        "SB-API-002",
        ErrorClass.REFERENCE_MISSING,
        Retry.NEVER,
        "There is nothing at this address",
        "{said}",
        "Take ids from a list; what belongs to other companies is not shown.",
    ),
    row(
        "SB-API-003",
        ErrorClass.VALIDATION,
        Retry.AFTER_CHANGE,
        "The change does not say which state it is about",
        "The header If-Match is missing.",
        "Read the present state first and send its ETag as If-Match, so that nobody's change is overwritten unseen.",
    ),
    row(
        "SB-API-004",
        ErrorClass.CONFLICT,
        Retry.NEVER,
        "The Idempotency-Key was used for another request",
        "Run {run} was started with the same key, and with other contents.",
        "Send a fresh key for a new run, or the same contents to find run {run} again.",
    ),
    row(
        "SB-API-005",
        ErrorClass.TOO_LARGE,
        Retry.AFTER_CHANGE,
        "The request is too large",
        "{said}",
        "Send less at once; files are loaded with `suitebridge workspace load`.",
    ),
    row(
        "SB-API-006",
        ErrorClass.VALIDATION,
        Retry.AFTER_CHANGE,
        "The API speaks JSON only",
        "The request says that its contents are {said}.",
        "Send JSON in UTF-8, with “Content-Type: application/json”.",
    ),
    row(
        "SB-API-007",
        ErrorClass.VALIDATION,
        Retry.AFTER_CHANGE,
        "This address does not take {method}",
        "It takes {said}.",
        "Use one of these methods; /api/v1/openapi.json describes every request.",
    ),
    row(
        "SB-API-008",
        ErrorClass.PERMISSION,
        Retry.NEVER,
        "Pages of other sites change nothing here",
        "A browser sent the request for a page of another site; the API is for programs that hold a token of their own.",
        "Send it from a program, not from a page. Pages of another site cannot be let in.",
    ),
)
