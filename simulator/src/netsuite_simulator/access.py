"""Who may come into an account, and to do what: the Python API of everything an administrator sets up for that.

An account holds one register each, and all of them iterate, `find` and change in place:

    account.features      Features       .enable(Feature.OAUTH2)  .disable(…)  .choose([…])  Feature.X in account.features
    account.roles         Roles          .add(name, {permission: level})  .find(id, script id or name)  .one(…)  .copy(role, name)
                                         .edit(role, permissions=…, employees=Employees.OWN)  .grant(role, permission, level)
                                         .remove(role)  .administrator  .connector
    account.users         Users          .add(email, name=…, entity=employee id, roles=[…], password=…)  .find(email or entity)
                                         .give(user, role)  .take(user, role)  .set_access(user, has_access=…)
                                         .set_password(user)  .sign_in(email, password)  .is_locked(email)  .unlock(email)
    account.integrations  Integrations   .add(name, has_code_grant=True, scopes=(…), redirect_uris=(…), …)  .find(…)  .one(…)
                                         .edit(integration, state=…)  .block(…)  .enable(…)  .reset(…)  .remove(…)
    account.tokens        Tokens         .add(integration, role, user=email)  .find(id)  .of_user(email)  .revoke(token)
                                         .objection(integration, role, user)  .issue(account.id)  .credentials(account.id, token)
    account.certificates  Certificates   .add(pem, integration, role, user)  .find(id)  .of_client(client id)  .revoke(certificate)
    account.authorizations  Authorizations  iterates grants;  .of_user(email)  .revoke(grant)
    account.keys          SigningKeys    .current()  .published()  .rotate()
    account.sessions      Sessions       .open(email, role id)  .find(id)  .close(session)
    account.logins        LoginTrail     iterates oldest first;  .find(since=…, user=…, role=…, application=…, success=…)

`permissions.PERMISSIONS` is the table of permissions, `features.LABELS` and `SUBTABS` that of features. What cannot be
raises `RoleError`, `UserError`, `IntegrationError`, `CertificateError` or `FeatureError`, each a `ValueError` with a sentence to show.

Refuses to know requests: this module keeps the registers together and writes them into the account's state.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable

import msgspec

from netsuite_simulator.authorizations import Authorizations, Consented, Grant
from netsuite_simulator.certificates import Certificate, Certificates
from netsuite_simulator.clock import Clock
from netsuite_simulator.features import Feature, Features
from netsuite_simulator.integrations import Integration, Integrations
from netsuite_simulator.logins import LoginTrail
from netsuite_simulator.roles import ADMINISTRATOR, Role, Roles
from netsuite_simulator.sessions import Sessions
from netsuite_simulator.signingkeys import SigningKey, SigningKeys
from netsuite_simulator.tokens import Token, Tokens
from netsuite_simulator.users import User, Users


class _Kept(msgspec.Struct):
    integrations: list[Integration]
    roles: list[Role]
    tokens: list[Token]
    users: list[User] = []
    disabled_features: list[Feature] = []
    certificates: list[Certificate] = []
    grants: list[Grant] = []
    consents: list[Consented] = []
    keys: list[SigningKey] = []


class Access:
    """The registers of one account; `employee_of` finds the employee with an email address."""

    def __init__(self, account_id: str, clock: Clock, employee_of: Callable[[str], str | None]) -> None:
        self.clock = clock
        self.features = Features()
        self.roles = Roles()
        self.users = Users(clock, employee_of)
        self.integrations = Integrations(clock)
        self.certificates = Certificates(clock)
        self.authorizations = Authorizations(clock)
        self.keys = SigningKeys(account_id, clock)
        self.sessions = Sessions(clock)
        self.logins = LoginTrail(clock)
        self._serials = itertools.count(1)
        self.tokens = Tokens(
            clock,
            features=self.features,
            roles=self.roles,
            users=self.users,
            integrations=self.integrations,
            logins=self.logins,
        )

    def next_serial(self) -> int:
        """Return a number no two tokens share."""
        return next(self._serials)

    def dump(self) -> str:
        """Write the registers as JSON, without the audit trail; it holds secrets."""
        kept = _Kept(
            integrations=list(self.integrations),
            roles=list(self.roles),
            tokens=list(self.tokens),
            users=list(self.users),
            disabled_features=self.features.disabled,
            certificates=list(self.certificates),
            grants=list(self.authorizations),
            consents=self.authorizations.consents,
            keys=list(self.keys),
        )
        return msgspec.json.encode(kept).decode()

    def load(self, text: str) -> None:
        """Read what `dump` wrote, in the place of everything; older states had no users and no *Administrator*."""
        kept = msgspec.json.decode(text, type=_Kept)
        self.integrations.load(kept.integrations)
        own = [] if any(one.id == ADMINISTRATOR for one in kept.roles) else [Roles().administrator]
        self.roles.load([*own, *kept.roles])
        self.users.load(kept.users)
        self.tokens.load(kept.tokens)
        for token in kept.tokens:
            if self.users.find(token.user) is None:
                self.users.ensure(token.user, self.roles.one(token.role_id))
        self.certificates.load(kept.certificates)
        self.authorizations.load(kept.grants, kept.consents)
        self.keys.load(kept.keys)
        self.features.choose(set(Feature) - set(kept.disabled_features))
