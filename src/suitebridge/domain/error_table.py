"""Every error code a user can meet, by its code."""

from __future__ import annotations

from collections.abc import Mapping

from suitebridge.domain.api_errors import API_ERRORS
from suitebridge.domain.automation_errors import AUTOMATION_ERRORS
from suitebridge.domain.configuration_errors import CONFIGURATION_ERRORS
from suitebridge.domain.conflict_errors import CONFLICT_ERRORS
from suitebridge.domain.error_rows import ErrorClass, ErrorCode, Retry
from suitebridge.domain.house_errors import HOUSE_ERRORS
from suitebridge.domain.machine_errors import MACHINE_ERRORS
from suitebridge.domain.mapping_errors import MAPPING_ERRORS
from suitebridge.domain.netsuite_errors import NETSUITE_ERRORS
from suitebridge.domain.sign_on_errors import SIGN_ON_ERRORS

__all__ = ["ERRORS", "ErrorClass", "ErrorCode", "Retry"]

ERRORS: Mapping[str, ErrorCode] = {
    row.code: row
    for row in (
        *NETSUITE_ERRORS,
        *HOUSE_ERRORS,
        *CONFLICT_ERRORS,
        *MACHINE_ERRORS,
        *AUTOMATION_ERRORS,
        *CONFIGURATION_ERRORS,
        *MAPPING_ERRORS,
        *API_ERRORS,
        *SIGN_ON_ERRORS,
    )
}
