"""NetSuite's list of an application's certificates, asked for with the application's own access token (netsuite-api.md §3.3).

Each call sends one request, outside the governor, as the checks do. It makes no certificate and stores none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from suitebridge.adapters.netsuite.conversing import Line, refusal_of
from suitebridge.adapters.netsuite.telling import Purpose, error_of, problem_of_refusal, problem_of_unsent
from suitebridge.adapters.transport import Answer, NotSent
from suitebridge.domain.credentials import ClientCredentials
from suitebridge.domain.errors import Problem, RetryLaterError, SuiteBridgeError
from suitebridge.ports.certificates import ListedCertificate
from suitebridge.wire.http import Request, Response
from suitebridge.wire.rest import certificates
from suitebridge.wire.rest.json import UnreadableJsonError

_Read = TypeVar("_Read")

_JSON = {"Content-Type": "application/json"}
_WHAT = "the certificates of the application"
_PERMISSION = "Setup > Manage Own OAuth 2.0 Client Credentials Certificates"


class ClientDesk:
    """Implements `ports.certificates.CertificateDesk`."""

    def __init__(self, line: Line, credentials: ClientCredentials) -> None:
        self._line = line
        self._client_id = credentials.client_id

    def listed(self) -> Sequence[ListedCertificate]:
        """List the application's certificates, revoked ones too."""
        answer = self._send("GET", certificates.list_path(self._client_id))
        found = self._read(certificates.read_list, answer)
        return tuple(map(_listed, found))

    def add(self, certificate: str, *, like: ListedCertificate) -> ListedCertificate:
        """Set a certificate up for the role and the entity of another one."""
        body = certificates.write_new(certificate, role_id=like.role_id, entity_id=like.entity_id)
        answer = self._send("POST", certificates.list_path(self._client_id), body, _JSON)
        return _listed(self._read(certificates.read_one, answer))

    def revoke(self, certificate_id: str) -> None:
        """Revoke a certificate for good."""
        self._send("POST", certificates.revocation_path(self._client_id, certificate_id), b"{}", _JSON)

    def _send(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Response:
        line = self._line
        url = f"{line.hosts.restlets(line.credentials.account)}{path}"

        def make() -> Request:
            signed = {"Authorization": line.signer.authorization(method, url), "Accept": "application/json"}
            return Request(method=method, url=url, headers={**signed, **(headers or {})}, body=body)

        (answer,) = line.exchange([make])
        if isinstance(answer, Response) and 200 <= answer.status < 300:
            return answer
        raise self._error(answer)

    def _error(self, answer: Answer) -> SuiteBridgeError:
        host = self._line.hosts.restlets(self._line.credentials.account).partition("://")[2]
        purpose = Purpose(account=self._line.credentials.account.value, host=host, what=_WHAT, permission=_PERMISSION)
        if isinstance(answer, NotSent):
            return error_of(problem_of_unsent(answer, purpose))
        refusal = refusal_of(answer) if isinstance(answer, Response) else None
        if refusal is not None:
            return error_of(problem_of_refusal(refusal, purpose))
        said = f"No complete answer came about {_WHAT}."
        return RetryLaterError(Problem(code="NS-NET-001", facts={"host": host, "said": said}))

    @staticmethod
    def _read(reader: Callable[[bytes], _Read], answer: Response) -> _Read:
        try:
            return reader(answer.body)
        except UnreadableJsonError as error:
            said = f"The answer about {_WHAT} cannot be used: {error}."
            raise RetryLaterError(Problem(code="NS-OUT-002", facts={"said": said})) from error


def _listed(found: certificates.ClientCertificate) -> ListedCertificate:
    return ListedCertificate(
        id=found.id,
        role_id=found.role_id,
        entity_id=found.entity_id,
        certificate=found.certificate,
        is_revoked=found.is_revoked,
    )
