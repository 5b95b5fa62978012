"""The command line: serve an account, seed it with a company, load CSV exports into it.

Prints plain lines; no secret but the password of the pages' administrator, and that only where no file takes it. Exit codes: 0 done, 1 it could not be done, 2 asked wrongly.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import ipaddress
import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from netsuite_simulator import keeping, snapshots
from netsuite_simulator.account import Account
from netsuite_simulator.faces.server import Server
from netsuite_simulator.faces.setup.paths import HOME
from netsuite_simulator.faces.tls import Authority
from netsuite_simulator.faults import Weather, read_plan_file
from netsuite_simulator.faults.weather import FAIR
from netsuite_simulator.hosts import label_of
from netsuite_simulator.loading import company_folder, load_folder
from netsuite_simulator.opening import (
    STATE_FILE,
    AccountOption,
    CommandError,
    KeptStateOption,
    open_account,
    told,
    write_private,
)
from netsuite_simulator.tokens import Credentials

INTEGRATION = "SuiteBridge"
ADMINISTRATOR_EMAIL = "administrator@example.com"
CA_FILE = Path("netsuite-simulator-ca.pem")
_NEW_OBJECTS = (
    20_000  # made before garbage is looked for: a request of a hundred records makes thousands, and no cycles
)
AUTHORITY = "certificate authority"  # the setting that keeps it

app = typer.Typer(
    help="A NetSuite account in a process: SOAP, REST records, SuiteQL and token-based authentication on loopback.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

StateOption = Annotated[
    Path | None, typer.Option("--state", help="Keep the account in this file; without it the account lives in memory.")
]
keeping.add_to(app)


def main() -> None:
    """Run the command line."""
    app()


def _load(account: Account, folder: Path) -> bool:
    """Load a folder and tell what became of it; whether no row was refused."""
    report = load_folder(account, folder)
    for line in report.lines():
        typer.echo(line)
    typer.echo(
        f"{report.created} created, {report.updated} updated, {report.skipped} skipped, {report.refused} refused"
        f" in account {account.id}"
    )
    return report.refused == 0


def _company(name: str) -> Path:
    folder = Path(name)
    return folder if folder.is_dir() else company_folder(name)


@app.command()
def seed(
    company: Annotated[str, typer.Option("--company", help="A company that ships in the box, or a folder.")],
    state: KeptStateOption = STATE_FILE,
    account: AccountOption = None,
) -> None:
    """Write a company's records into a state file."""
    with told():
        opened = open_account(account, state)
        try:
            done = _load(opened, _company(company))
        finally:
            opened.close()
        typer.echo(f"Serve it with: netsuite-simulator serve --state {state}")
    if not done:
        raise typer.Exit(1)


@app.command()
def load(
    folder: Annotated[Path, typer.Argument(help="A folder with one CSV export per NetSuite2 table.")],
    state: KeptStateOption = STATE_FILE,
    account: AccountOption = None,
) -> None:
    """Load CSV exports of NetSuite2 tables; each row ends created, updated, skipped or refused with its reason."""
    with told():
        opened = open_account(account, state)
        try:
            _load(opened, folder)
        finally:
            opened.close()
        typer.echo(f"Serve it with: netsuite-simulator serve --state {state}")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _credentials(account: Account) -> Credentials:
    """Return the demo integration's credentials, the same ones each time a state file is served."""
    for token in account.tokens:
        integration = account.integrations.by_key(token.consumer_key)
        if integration is not None and integration.name == INTEGRATION and not token.is_revoked:
            return account.tokens.credentials(account.id, token)
    return account.tokens.issue(account.id, name=INTEGRATION)


def _administrator(account: Account, credentials_file: Path | None) -> str:
    """Let somebody sign in on the account's pages: the password is the one the file holds, otherwise a new one."""
    user = account.users.ensure(ADMINISTRATOR_EMAIL, account.roles.administrator)
    if user.name == user.email:
        user.name = "Administrator"
    user.has_access = True
    return account.users.set_password(user, None if credentials_file is None else _kept_password(credentials_file))


def _kept_password(path: Path) -> str | None:
    try:
        kept = msgspec.json.decode(path.read_bytes(), type=dict[str, str])
    except (OSError, msgspec.DecodeError):
        return None
    return kept.get("administrator_password")


def _plan_faults(account: Account, path: Path) -> int:
    scripted = read_plan_file(path, account.clock.now())
    account.faults.follow(scripted.plans, scripted.weather)
    return len(scripted.plans)


@app.command()
def serve(  # noqa: PLR0913, PLR0917 - one parameter an option
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")] = 8200,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    expose: Annotated[
        bool, typer.Option("--expose-to-network", help="Needed with a --host that other machines can reach.")
    ] = False,
    account: AccountOption = None,
    state: StateOption = None,
    company: Annotated[
        str | None, typer.Option("--seed", help="Seed an empty account with this company, or with a folder.")
    ] = None,
    concurrency: Annotated[int, typer.Option(min=1, help="Requests the account serves at once.")] = 5,
    latency: Annotated[int, typer.Option(min=0, help="Milliseconds every request takes at least.")] = 0,
    plan: Annotated[
        Path | None,
        typer.Option("--plan", "--faults", help="A TOML or JSON file that says which requests meet which fault."),
    ] = None,
    weather_seed: Annotated[
        int | None, typer.Option(help="Draw faults for some of all requests; the same seed draws the same.")
    ] = None,
    weather_rate: Annotated[
        float, typer.Option(help="With --weather-seed: the share of requests that meet one.")
    ] = 0.1,
    weather_faults: Annotated[
        list[str] | None, typer.Option("--weather-fault", help="With --weather-seed: draw only these; may be repeated.")
    ] = None,
    journal: Annotated[
        Path | None, typer.Option(help="Append every request, fault and write to this file, a JSON object a line.")
    ] = None,
    now: Annotated[
        str | None, typer.Option(help="What the account's clock shows at first, such as 2026-05-18T17:00:00Z.")
    ] = None,
    frozen: Annotated[bool, typer.Option("--frozen", help="Let the account's clock stand still.")] = False,
    credentials_file: Annotated[
        Path | None,
        typer.Option(
            help="Write the integration's six values and the administrator's password here as JSON, readable by you alone."
        ),
    ] = None,
    ready_file: Annotated[Path | None, typer.Option(help="Write the address here once the doors are open.")] = None,
    tls: Annotated[bool, typer.Option("--tls", help="Answer with TLS too, under NetSuite's own host names.")] = False,
    tls_port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the TLS face; 0 takes a free one.")] = 8443,
    proxy: Annotated[
        bool, typer.Option("--proxy", help="With --tls: a CONNECT proxy for clients with hard-wired hosts.")
    ] = False,
    proxy_port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the proxy; 0 takes a free one.")] = 8280,
    ca_file: Annotated[
        Path, typer.Option(help="With --tls: write the certificate that clients have to trust here.")
    ] = CA_FILE,
) -> None:
    """Serve an account until Ctrl-C or SIGTERM."""
    if not _is_loopback(host) and not expose:
        typer.echo(
            f"netsuite-simulator: {host} can be reached by other machines, and the simulator is no place for secrets;"
            " add --expose-to-network if you mean it",
            err=True,
        )
        raise typer.Exit(2)
    with told():
        opened = open_account(account, state, concurrency)
        try:
            opened.latency_seconds = latency / 1000
            _set_clock(opened, now, frozen=frozen)
            if weather_seed is not None:
                kinds = tuple(weather_faults or FAIR)
                opened.faults.weather = Weather(seed=weather_seed, rate=weather_rate, kinds=kinds)
            if plan is not None:
                typer.echo(f"{_plan_faults(opened, plan)} faults planned")
            if company is not None:
                _seed_empty(opened, company)
            credentials = _credentials(opened)
            password = _administrator(opened, credentials_file)
            snapshots.save(opened)
            if credentials_file is not None:
                _write_credentials(credentials_file, credentials, password)
            names = _Names(
                tls_port=tls_port if tls or proxy else None,
                proxy_port=proxy_port if proxy else None,
                ca_file=ca_file,
            )
            shown = f"password {password}" if credentials_file is None else f"password in {credentials_file}"
            with _journaled(opened, journal):
                asyncio.run(_serve(opened, host, port, ready_file, names, shown))
        finally:
            opened.close()
    typer.echo("Stopped.")


def _set_clock(account: Account, now: str | None, *, frozen: bool) -> None:
    if now is not None:
        account.clock.set(keeping.instant(now))
    if frozen:
        account.clock.freeze(account.clock.now())


@contextmanager
def _journaled(account: Account, path: Path | None) -> Iterator[None]:
    with contextlib.ExitStack() as stack:
        if path is not None:
            try:
                stack.enter_context(account.journal.appended_to(path))
            except OSError as error:
                raise CommandError(f"the journal {path} cannot be written ({error}); give another --journal") from error
        yield


def _seed_empty(account: Account, company: str) -> None:
    if any(account.counts().values()):
        typer.echo(f"Account {account.id} holds records already; it is not seeded again.")
    else:
        _load(account, _company(company))


def _write_credentials(path: Path, credentials: Credentials, password: str) -> None:
    kept = {
        **msgspec.structs.asdict(credentials),
        "administrator_email": ADMINISTRATOR_EMAIL,
        "administrator_password": password,
    }
    try:
        write_private(path, json.dumps(kept, indent=2) + "\n")
    except OSError as error:
        raise CommandError(f"the credentials file {path} cannot be written ({error})") from error
    typer.echo(f"Credentials of integration {INTEGRATION} are in {path}")


def _write_ready(path: Path, url: str) -> None:
    try:
        write_private(path, f"{url}\n")
    except OSError as error:
        raise CommandError(f"the ready file {path} cannot be written ({error})") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """Where NetSuite's own host names are answered; None where they are not."""

    tls_port: int | None
    proxy_port: int | None
    ca_file: Path


@contextmanager
def _listening(what: str, host: str, port: int) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CommandError(
            f"nothing can listen on {host}, port {port} ({error.strerror or error}); choose another {what}, 0 for a free one"
        ) from error


def _authority(account: Account) -> Authority:
    """Return the account's certificate authority, the same one each time a state file is served."""
    kept = account.storage.setting(AUTHORITY)
    authority = None if kept is None else Authority.load(kept)
    if authority is None or not authority.is_good_for_long:
        authority = Authority.make()
        with account.storage.transaction():
            account.storage.set_setting(AUTHORITY, authority.dump())
    return authority


async def _start(server: Server, account: Account, host: str, port: int, names: _Names) -> list[str]:
    """Open every door, and return what to tell of NetSuite's own names."""
    with _listening("--port", host, port):
        await server.start(host, port)
    if names.tls_port is None:
        return []
    authority = _authority(account)
    try:
        names.ca_file.write_text(authority.certificate, encoding="utf-8")
    except OSError as error:
        raise CommandError(
            f"the CA file {names.ca_file} cannot be written ({error}); give another --ca-file"
        ) from error
    with _listening("--tls-port", host, names.tls_port):
        await server.start_tls(authority, names.tls_port)
    told = [f"  TLS       {server.tls_url} as {label_of(account.id)}.suitetalk.api.netsuite.com and the like"]
    if names.proxy_port is not None:
        with _listening("--proxy-port", "127.0.0.1", names.proxy_port):
            await server.start_proxy(names.proxy_port)
        told.append(f"  proxy     {server.proxy_url} (HTTPS_PROXY)")
    return [*told, f"  trust     {names.ca_file} (REQUESTS_CA_BUNDLE, SSL_CERT_FILE, NODE_EXTRA_CA_CERTS)"]


async def _serve(account: Account, host: str, port: int, ready_file: Path | None, names: _Names, password: str) -> None:
    server = Server(account)
    try:
        told = await _start(server, account, host, port, names)
        stopped = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stopped.set)
        gc.collect()
        gc.freeze()  # what was loaded stays: no later collection need look at all of it again
        gc.set_threshold(_NEW_OBJECTS)
        if ready_file is not None:
            _write_ready(ready_file, server.url)
        for line in (*_announcement(account, server.url, password), *told, "Ready."):
            typer.echo(line)
        await stopped.wait()
    finally:
        await server.stop()
        if ready_file is not None:
            with contextlib.suppress(OSError):
                ready_file.unlink()


def _announcement(account: Account, url: str, password: str) -> list[str]:
    counts = {name: count for name, count in account.counts().items() if count}
    held = ", ".join(f"{count:,} {name}" for name, count in counts.items()) or "no records yet"
    return [
        f"NetSuite account {account.id} is served at {url}",
        f"  holds     {held}",
        f"  pages     {url}{HOME} as {ADMINISTRATOR_EMAIL}, {password}",
        f"  SOAP      {url}/services/NetSuitePort_2025_2",
        f"  REST      {url}/services/rest/record/v1",
        f"  SuiteQL   {url}/services/rest/query/v1/suiteql",
        f"  discovery {url}/rest/datacenterurls?account={account.id}",
        f"  admin     {url}/_simulator (this machine only)",
        f"  at most {account.governance.limit} requests at once; state in {account.storage.path or 'memory'}",
    ]
