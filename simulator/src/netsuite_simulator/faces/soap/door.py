"""The SOAP door: HTTP in, operations carried out, HTTP out (reference §4).

Knows the order of things: version, size, XML, admission, credentials, permission, operation. What each of them means
lives elsewhere.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from aiohttp import web
from lxml import etree

from netsuite_simulator.account import Account
from netsuite_simulator.accounts import Accounts
from netsuite_simulator.faces.admission import Door, Ticket, admit
from netsuite_simulator.faces.refusing import Refusal, RefusedError
from netsuite_simulator.faces.soap import soapfaults
from netsuite_simulator.faces.soap.calls import Call
from netsuite_simulator.faces.soap.catalogs import Catalog, catalog_of
from netsuite_simulator.faces.soap.envelopes import REQUEST_LIMIT_BYTES, Answer, Envelope, open_envelope
from netsuite_simulator.faces.soap.headers import read_passport, read_preferences
from netsuite_simulator.faces.soap.information import is_same_account
from netsuite_simulator.faces.soap.memory import Memory
from netsuite_simulator.faces.soap.namespaces import LATEST, VERSIONS, XSI_TYPE, Namespaces, namespaces_of
from netsuite_simulator.faces.soap.operations import WITHOUT_LOGIN, operation_named
from netsuite_simulator.faces.soap.sessions import SESSION_OPERATIONS, refuse_session
from netsuite_simulator.faces.soap.soapfaults import SoapFaultError, render_fault
from netsuite_simulator.faces.soap.tampering import tamper
from netsuite_simulator.faces.soap.wsdl.operations import SESSION_VERSION
from netsuite_simulator.faults import AfterSubmitFailed, EndlessJob
from netsuite_simulator.features import Feature
from netsuite_simulator.logins import Denied
from netsuite_simulator.results import VIEW, Grants
from netsuite_simulator.roles import Role
from netsuite_simulator.schemas.fields import RecordType
from netsuite_simulator.signatures import authenticate_passport

_log = logging.getLogger(__name__)
_NOBODY = Role(id="0", name="nobody")  # who asks what needs no login


class SoapDoor:
    """The endpoint of every account behind one address."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts
        self._catalogs: dict[tuple[str, str], tuple[tuple[RecordType, ...], Catalog]] = {}

    async def receive(self, request: web.Request) -> web.StreamResponse:
        """Answer one POST to /services/NetSuitePort_<version>."""
        version = request.match_info["version"]
        if version not in VERSIONS:
            return _refusal(soapfaults.version_refused(version), LATEST)
        try:
            names = namespaces_of(version)
            content = await _read_body(request)
            if "SOAPAction" not in request.headers:
                raise soapfaults.no_action()
            envelope = open_envelope(content, names)
            account = self._account(envelope, version)
        except SoapFaultError as fault:
            return _refusal(fault, version)
        try:
            async with admit(
                account,
                door=Door.SOAP,
                operation=envelope.operation,
                records=len(envelope.body),
                types=lambda: types_in(envelope.body),
            ) as ticket:
                work = self._work(account, names, envelope, ticket, f"{request.scheme}://{request.host}")
                return await ticket.answer(request, await ticket.run(work))
        except RefusedError as refused:
            answer = refused.page() or _refusal(_worded(refused.reason), version)
            answer.headers.update(refused.headers)
            return answer

    def _account(self, envelope: Envelope, version: str) -> Account:
        """Return the account the request is for; an unknown one is an invalid login like any other."""
        if envelope.operation in WITHOUT_LOGIN:
            asked = next(((child.text or "").strip() for child in envelope.body), "")
            return next((one for one in self._accounts if is_same_account(asked, one.id)), self._accounts.only)
        if envelope.operation in SESSION_OPERATIONS and version == SESSION_VERSION:
            raise refuse_session(envelope.operation)
        account = self._accounts.by_id(read_passport(envelope.headers).account or "")
        if account is None:
            raise soapfaults.invalid_login()
        return account

    def _work(
        self, account: Account, names: Namespaces, envelope: Envelope, ticket: Ticket, origin: str
    ) -> Callable[[], web.Response]:
        def work() -> web.Response:
            try:
                grants = self._login(account, envelope, ticket)
                call = self._call(account, names, envelope, grants, origin)
                if isinstance(ticket.fault, AfterSubmitFailed) and call.preferences.runs_scripts:
                    call.after_submit_failure = ticket.fault.message
                call.never_ends = isinstance(ticket.fault, EndlessJob)
                with (
                    account.world.asking(for_custom_fields=call.preferences.checks_mandatory_custom_fields),
                    account.scripts.suppressed(if_=not call.preferences.runs_scripts),
                ):
                    operation_named(envelope.operation, names.version)(call)
                tamper(call.answer.body, ticket.fault)
                return _response(call.answer.render(), status=200)
            except SoapFaultError as fault:
                return _refusal(fault, names.version)
            except Exception:
                _log.exception("the operation %s failed inside the simulator", envelope.operation)
                return _refusal(soapfaults.unexpected_error(), names.version)

        return work

    def _login(self, account: Account, envelope: Envelope, ticket: Ticket) -> Grants:
        if envelope.operation in WITHOUT_LOGIN:
            return _NOBODY
        login = authenticate_passport(account, read_passport(envelope.headers))
        if isinstance(login, Denied):
            raise soapfaults.invalid_login()
        ticket.signed_in(login)
        if Feature.SOAP_WEB_SERVICES not in account.features:
            raise soapfaults.permission_required(
                "The SOAP Web Services feature is not enabled in your NetSuite account. Ask an administrator to enable it "
                "under Setup > Company > Enable Features > SuiteCloud.",
                code="WS_FEATURE_REQD",
            )
        if not login.may("ADMI_WEBSERVICES", VIEW):
            raise soapfaults.permission_required(
                "Your role does not have permission to use SOAP Web Services. Ask an administrator to add the permission "
                "Setup > SOAP Web Services to it."
            )
        return login

    def _call(self, account: Account, names: Namespaces, envelope: Envelope, grants: Grants, origin: str) -> Call:
        return Call(
            account=account,
            catalog=self._catalog(account, names),
            operation=envelope.operation,
            body=envelope.body,
            preferences=read_preferences(envelope.headers),
            answer=Answer(names, account.id, account.clock.now()),
            grants=grants,
            origin=origin,
            memory=Memory(account.errands),
        )

    def _catalog(self, account: Account, names: Namespaces) -> Catalog:
        """Return the shapes of the account's record types, built anew once a custom field or record type has been added."""
        types = tuple(account.types.values())
        kept = self._catalogs.get((account.id, names.version))
        if kept is None or [*map(id, kept[0])] != [*map(id, types)]:
            kept = types, catalog_of(types, names)
            self._catalogs[account.id, names.version] = kept
        return kept[1]


def types_in(body: etree._Element) -> set[str]:
    """Return the record types a request names, those of its searches too."""
    named = {value.rpartition(":")[2] for element in body.iter() if (value := element.get(XSI_TYPE))}
    named |= {value for element in body.iter() if (value := element.get("type"))}
    return {name.removesuffix("Basic").removesuffix("Search") for name in named}


async def _read_body(request: web.Request) -> bytes:
    """Read the body, no further than the limit."""
    if (request.content_length or 0) > REQUEST_LIMIT_BYTES:
        raise soapfaults.request_too_large(REQUEST_LIMIT_BYTES)
    body = bytearray()
    async for chunk in request.content.iter_chunked(1 << 16):
        body += chunk
        if len(body) > REQUEST_LIMIT_BYTES:
            raise soapfaults.request_too_large(REQUEST_LIMIT_BYTES)
    return bytes(body)


def _worded(reason: Refusal) -> SoapFaultError:
    """Return the fault in which this door says a refusal."""
    match reason:
        case Refusal.CONCURRENCY:
            return soapfaults.request_blocked()
        case Refusal.SESSION:
            return soapfaults.session_busy()
        case Refusal.MAINTENANCE:
            return soapfaults.maintenance()
        case Refusal.INVALID_LOGIN:
            return soapfaults.invalid_login()
        case Refusal.SERVER_ERROR | Refusal.HTML_PAGE | Refusal.REDIRECT:
            return soapfaults.unexpected_error()


def _refusal(fault: SoapFaultError, version: str) -> web.Response:
    return _response(render_fault(fault, version), status=500)


def _response(body: bytes, *, status: int) -> web.Response:
    return web.Response(status=status, body=body, content_type="text/xml", charset="utf-8")


def routes(accounts: Accounts) -> list[web.RouteDef]:
    """Return the door's one address."""
    return [web.post(r"/services/NetSuitePort_{version:[^/]{1,20}}", SoapDoor(accounts).receive)]
