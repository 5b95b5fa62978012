"""What the status codes of single records mean, by the words they are made of: NetSuite has 1,403 of them and adds more (netsuite-api.md §4.8).

Rules and no list: a code that is new falls under the same words, and one that has none of them is doubt, for nobody knows what it tells. It knows no
answers, and nothing of what follows.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable
from typing import Final


class StatusKind(enum.Enum):
    """Why a record was not stored, by the house's error code; DOUBTFUL: it may have been."""

    DOUBTFUL = ""
    THROTTLED = "NS-THR-001"
    PERMISSION = "NS-PERM-001"
    FEATURE = "NS-FEAT-002"
    DUPLICATE = "NS-DUP-001"
    REFERENCE = "NS-REF-001"
    CHANGED = "NS-BUSY-001"
    PERIOD = "NS-PERIOD-001"
    INCOMPLETE = "NS-DATA-002"
    REFUSED = "NS-DATA-001"


_SHAPE: Final = re.compile(r"[A-Z][A-Z0-9_]*")
_RULES: Final = tuple(
    (kind, re.compile(words))
    for kind, words in (
        (
            StatusKind.THROTTLED,
            r"^(?:WS_REQUEST_BLOCKED|WS_CONCUR_SESSION_DISALLWD|CONCURRENCY_LIMIT_EXCEEDED|SSS_REQUEST_LIMIT_EXCEEDED)$|CONCUR_(?:RQST|USERS)",
        ),
        # What broke off in NetSuite may have broken off behind the record.
        (
            StatusKind.DOUBTFUL,
            (
                r"UNEXPECTED|TIMED_?OUT|TIMEOUT|MAX_TIME$|SERVER_RESTART|SESSION_TERMINATED|ACCT_TEMP_UNAVAILABLE"
                r"|^SSS_.*(?:_EXCEEDED|_FAILURE)$|^WF_EXEC_USAGE_LIMIT"
            ),
        ),
        (StatusKind.FEATURE, r"FEATURE_(?:DISABLED|UNAVAILABLE|REQD)|_FEATURE_NOT|_FEATURE_DISABLED"),
        (
            StatusKind.PERMISSION,
            (
                r"PERMISSION|_PERMS_|^ADMIN_(?:ACCESS|ONLY|USER)|ACCESS_DENIED|ACCESS_DISALLWD|ACCESS_ONLY|^NOT_ENOUGH_PERM"
                r"|^INVALID_ROLE$|(?:ACTIVE_|ONE_|^)ROLE_REQ|INACTIVE_RCRD_FOR_ROLE|^ACCESSING_|IS_NOT_ALLOWED$|^PERMITTED"
            ),
        ),
        (
            StatusKind.DUPLICATE,
            r"(?:^|_)DUP(?:LICATE)?(?:_|$)(?!.*_REF$)|ALREADY_EXISTS|NON_?UNIQUE|NOT_UNIQUE|BE_UNIQUE|^UNIQUE_.*_REQD$|NAME_ALREADY_IN_USE",
        ),
        (
            StatusKind.PERIOD,
            r"_PRDS?(?:_|$)(?!TYPE|TYP_)|PERIOD_CLOSED|_PERIOD$|CLOSE_PREVIOUSE_PERIOD|ACCT_PERIOD_SETUP",
        ),
        (StatusKind.CHANGED, r"HAS_(?:BEEN_)?CHANGED|RCRD_LOCKED|_EDITED_SINCE|RCRD_.*IN_PROGRESS"),
        (
            StatusKind.REFERENCE,
            (
                r"DSNT_EXIST|NOT_FOUND|DOESNT_EXIST|^NONEXISTENT_(?:ID|EXTERNAL_ID)$|KEY_OR_REF$|_REF(?:_KEY)?$|^INVALID_REF_"
                r"|^INVALID_(?:\w+_)?(?:INTERNAL|EXTERNAL|RCRD_?|ENTITY_)ID$|^INVALID_ID$|RCRD_DELETED"
            ),
        ),
        (StatusKind.INCOMPLETE, r"_REQD(?:_|$)|_REQUIRED(?:_|$)|^MISS(?:ING|NG)_|_MISSING(?:_|$)|_REQ$"),
        # Words of a check that came before the record was stored; NetSuite misspells and shortens some of them. A bare ERROR is none: it says nothing.
        (
            StatusKind.REFUSED,
            (
                r"^USER_ERROR$|^IDEMPOTENCY_ERROR$|^FORMULA_ERROR$|VALIDATION"
                r"|IN(?:VA|AV|VLA)LID|INVLD|INVLAID|INCRCT|INCOMPAT|INCOMPLETE|INSUFF|CANNOT|DISALL|ALLWD|ALLOWED|MISMATCH|EXCEED|NONEXIST|NONMATCH"
                r"|UN(?:AVAIL|BALN|SUP|DEF|EDIT|ACCEPT|RECOG)|UNKNO?WN_(?:CARRIER|RCRD|SCRIPT|ALLOC|EMAIL|EXCHANGE)|AL?R?L?EADY_|_IN_USE|CONTAINS|GRTR_THAN|_LIMIT|VERIFY|B[EF]*ORE_START|AFTER_END"
                r"|(?:^|_)(?:(?<=_)NOT?|NON|NEITHER|NULL|CANT|DONT|DSNT|MUST|MST|ONLY|TOO|MAX|MIN|ONE|ONCE|EMPTY|ILLEGAL|WRONG|USED|LOCKED|VOIDED|DELETED"
                r"|DISABLED|INACTIVE|EXPIRED|EXPD|DEPRECATED|FORBIDDEN)(?:_|$)"
            ),
        ),
    )
)


def kind_of(code: str) -> StatusKind:
    """Say what a code means. One whose words nobody knows, or that is no code of NetSuite's at all, is doubt."""
    if not _SHAPE.fullmatch(code):
        return StatusKind.DOUBTFUL
    return next((kind for kind, words in _RULES if words.search(code)), StatusKind.DOUBTFUL)


def kind_of_all(codes: Iterable[str]) -> StatusKind:
    """Say what several codes of one record mean together: doubt wins, and what says most comes next."""
    kinds = {kind_of(code) for code in codes}
    return next((kind for kind in StatusKind if kind in kinds), StatusKind.DOUBTFUL)
