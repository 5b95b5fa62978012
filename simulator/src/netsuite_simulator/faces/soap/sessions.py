"""What belongs to logins with passwords: ended, or not to be had with tokens (reference §2.8, §4.3)."""

from __future__ import annotations

from lxml import etree

from netsuite_simulator.faces.soap.calls import Call
from netsuite_simulator.faces.soap.soapfaults import SoapFaultError, login_required
from netsuite_simulator.faces.soap.statuses import StatusDetail, add_status

SESSION_OPERATIONS = frozenset({"login", "logout", "mapSso", "ssoLogin"})  # 2019.2 was the last version to have them


def refuse_session(operation: str) -> SoapFaultError:
    """Refuse what opens or ends a session: only tokens open the simulated account."""
    if operation == "logout":
        return login_required()
    return SoapFaultError(
        element="invalidCredentialsFault",
        code="INVALID_LOGIN_CREDENTIALS",
        message=f"You have entered an invalid email address or account number. {operation} ended with the 2020.1 "
        "endpoint: send a tokenPassport instead.",
    )


def change_password(call: Call) -> None:
    """Refuse: who calls with a token has shown no password."""
    _refuse_change(call, "password")


def change_email(call: Call) -> None:
    """Refuse likewise."""
    _refuse_change(call, "e-mail address")


def _refuse_change(call: Call, what: str) -> None:
    answer = call.answer
    answer.leave_out_document_info()
    response = etree.SubElement(answer.message(f"{call.operation}Response"), answer.messages + "sessionResponse")
    message = f"Your current password is incorrect. Change the {what} in NetSuite under Settings."
    add_status(answer, response, StatusDetail(code="INVALID_PSWD", message=message))
