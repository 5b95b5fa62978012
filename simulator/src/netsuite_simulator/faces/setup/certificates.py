"""OAuth 2.0 Client Credentials Setup: certificates mapped to a user, a role and an application, uploaded and revoked
(reference §3.3).

Without the permission to manage everybody's, a user sees and maps their own. Refuses to know assertions.
"""

from __future__ import annotations

from aiohttp import web

from netsuite_simulator.certificates import Certificate, CertificateError
from netsuite_simulator.faces.setup import paths
from netsuite_simulator.faces.setup.pieces import (
    Button,
    Cell,
    Form,
    Input,
    Link,
    Listing,
    Look,
    Option,
    Page,
    Row,
    Section,
    buttons,
    select,
)
from netsuite_simulator.faces.setup.visits import Entries, Place, Visit, redirect
from netsuite_simulator.permissions import FULL, LOGIN_BY_OAUTH2, OWN_CERTIFICATES
from netsuite_simulator.users import User

MANAGE = "ADMI_MANAGE_OAUTH2"
NEEDS = (MANAGE, OWN_CERTIFICATES)
TRAIL = ("Setup", "Integration", "OAuth 2.0 Client Credentials (M2M) Setup")
_MESSAGES = {"saved": "The certificate is mapped.", "revoked": "The certificate is revoked."}
_MOST = 20_000  # characters of a certificate


def _seen(visit: Visit) -> list[Certificate]:
    everything = visit.may(MANAGE)
    return [one for one in visit.account.certificates if everything or one.user == visit.user.email]


def _list(visit: Visit) -> Page | web.Response:
    """List the mappings; revoke one."""
    account = visit.account
    if visit.entries is not None:
        certificate = next((one for one in _seen(visit) if one.id == visit.entries.text("id")), None)
        if certificate is not None and visit.act == "revoke":
            account.certificates.revoke(certificate)
        return redirect(paths.to(paths.CERTIFICATES, done="revoked"))
    columns = ("Certificate ID", "Application", "Entity", "Role", "Algorithm", "Valid From", "Valid Until", "State")
    return Page(
        title="OAuth 2.0 Client Credentials Setup",
        trail=TRAIL,
        links=(Link(label="Create New", href=paths.CERTIFICATE),),
        listings=(
            Listing(
                caption="Certificates",
                columns=columns,
                rows=tuple(_row(visit, one) for one in _seen(visit)),
                empty="There is no certificate yet.",
            ),
        ),
        message=_MESSAGES.get(visit.query.get("done", ""), ""),
    )


def _row(visit: Visit, one: Certificate) -> Row:
    account = visit.account
    integration = account.integrations.by_key(one.client_id)
    role = account.roles.get(one.role_id)
    valid = "Active" if account.certificates.is_valid(one) else "Expired"
    cells = (
        one.id,
        "(deleted)" if integration is None else integration.name,
        one.user,
        "(deleted)" if role is None else role.name,
        one.algorithm,
        f"{one.valid_from.astimezone(account.zone):%Y-%m-%d}",
        f"{one.valid_until.astimezone(account.zone):%Y-%m-%d}",
        "Revoked" if one.is_revoked else valid,
    )
    revoke = Button(act="revoke", label="Revoke", spoken=f"Revoke the certificate of {one.user} for {cells[1]}")
    return Row(id=one.id, cells=tuple(Cell(text=cell) for cell in cells), buttons=() if one.is_revoked else (revoke,))


def _new(visit: Visit) -> Page | web.Response:
    """Map an uploaded certificate."""
    problems: tuple[str, ...] = ()
    if visit.entries is not None:
        try:
            _upload(visit, visit.entries)
            return redirect(paths.to(paths.CERTIFICATES, done="saved"))
        except CertificateError as error:
            problems = (str(error),)
    section = Section(title="Primary Information", inputs=_inputs(visit))
    return Page(
        title="Client Credentials Mapping",
        trail=TRAIL,
        form=Form(sections=(section,), buttons=buttons(("save", "Save")), takes_files=True),
        problems=problems,
    )


def _upload(visit: Visit, entries: Entries) -> None:
    account = visit.account
    users = {one.email: one for one in _users(visit)}
    user = users.get(entries.text("user"))
    role = account.roles.get(entries.text("role"))
    application = entries.text("application")
    integration = next((one for one in account.integrations if application and one.id == application), None)
    content = entries.raw("file") or entries.text("pasted").strip()
    given = {"Entity": user, "Role": role, "Application": integration, "Certificate": content or None}
    missing = [label for label, value in given.items() if value is None]
    if user is None or role is None or integration is None or missing:
        raise CertificateError(f"Please enter value(s) for: {', '.join(missing)}")
    if len(content) > _MOST:
        raise CertificateError("The file is too large for a certificate: upload a .cer, .pem or .crt file.")
    if role.is_inactive or not role.may(LOGIN_BY_OAUTH2, FULL):
        raise CertificateError(f"The role {role.name} lacks the permission Log in using OAuth 2.0 Access Tokens.")
    account.certificates.add(content.encode("latin-1", "replace"), integration, role, user)


def _users(visit: Visit) -> list[User]:
    return [one for one in visit.account.users if one.has_access] if visit.may(MANAGE) else [visit.user]


def _inputs(visit: Visit) -> tuple[Input, ...]:
    account, nothing = visit.account, Option(value="", label="")
    names = ("user", "role", "application", "pasted")
    given = {name: "" if visit.entries is None else visit.entries.text(name) for name in names}
    users = (Option(value=one.email, label=f"{one.name} ({one.email})") for one in _users(visit))
    roles = (Option(value=one.id, label=one.name) for one in account.roles if one.may(LOGIN_BY_OAUTH2, FULL))
    usable = (Option(value=one.id, label=one.name) for one in account.integrations if one.has_client_credentials)
    return (
        select("user", "Entity", (nothing, *users), given["user"], is_required=True),
        select("role", "Role", (nothing, *roles), given["role"], is_required=True),
        select("application", "Application", (nothing, *usable), given["application"], is_required=True),
        Input(
            name="file",
            label="Certificate",
            look=Look.FILE,
            hint="A .cer, .pem or .crt file, valid for two years at most: RSA with 3072 or 4096 bits, or EC with 256, 384 or 521.",
        ),
        Input(name="pasted", label="Or its text", look=Look.AREA, value=given["pasted"]),
    )


PLACES = (
    Place(path=paths.CERTIFICATES, answer=_list, needs=NEEDS, menu=TRAIL),
    Place(path=paths.CERTIFICATE, answer=_new, needs=NEEDS),
)
