"""Confirms the hosts that are built from an account id with NetSuite's own discovery, before anything signed leaves.

What discovery names is compared, never used: a host that it names elsewhere is refused (quality.md S31).
"""

from __future__ import annotations

from suitebridge.adapters.netsuite.answering import Found
from suitebridge.adapters.netsuite.conversing import Line
from suitebridge.adapters.netsuite.hosts import is_netsuite
from suitebridge.domain.errors import Problem
from suitebridge.wire.http import Request, Response
from suitebridge.wire.rest import discovery
from suitebridge.wire.rest.json import UnreadableJsonError


def confirm_hosts(line: Line, *, seconds: float | None = None) -> Found:
    """Ask discovery for the account's hosts; one that cannot be asked is a warning, for the hosts are NetSuite's by their form."""
    account = line.credentials.account
    url = discovery.address(line.hosts.discovery(account), account.value)
    (answer,) = line.transport.exchange(
        [lambda: Request(method="GET", url=url, headers={"Accept": "application/json"})], seconds=seconds
    )
    if not isinstance(answer, Response):
        return Found(said=f"Not confirmed: discovery gave no answer ({answer.reason}).", is_warning=True)
    if answer.status == 400:
        return _unknown(line, "NetSuite says that this is no account ID.")
    try:
        urls = discovery.read_urls(answer.body) if answer.status == 200 else None
    except UnreadableJsonError:
        urls = None
    if urls is None:
        return Found(said=f"Not confirmed: discovery answered with status {answer.status}.", is_warning=True)
    return judge_urls(line, urls)


def judge_urls(line: Line, urls: discovery.DataCenterUrls) -> Found:
    """Compare what discovery names with the hosts that are used."""
    account, hosts = line.credentials.account, line.hosts
    if (urls.web_services, urls.rest) == (hosts.web_services(account), hosts.restlets(account)):
        return Found(said=f"{line.host} is the account's host")
    foreign = [url for url in (urls.web_services, urls.rest) if not is_netsuite(url)]
    if foreign:
        said = f"Discovery named {foreign[0][:80]}, which is not NetSuite's; nothing was sent there."
        return Found(said=said, problem=Problem(code="NS-HOST-001", facts={"account": account.value, "said": said}))
    said = f"NetSuite named {urls.web_services.removeprefix('https://')}, and not {line.host}: it does not know this account."
    return _unknown(line, said)


def _unknown(line: Line, said: str) -> Found:
    account = line.credentials.account.value
    return Found(said=said, problem=Problem(code="NS-HOST-001", facts={"account": account, "said": said}))
