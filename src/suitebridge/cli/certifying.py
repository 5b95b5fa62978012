"""`suitebridge certificate`: certificates of OAuth 2.0 client credentials, made here, taken into use, given up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from suitebridge.cli.acting import act, choices_of
from suitebridge.cli.exits import ExitCode
from suitebridge.cli.screens import Screen
from suitebridge.domain.certificates import FEWEST_DAYS, LABELS, MOST_DAYS, USUAL_DAYS, CertificateFacts, KeyKind

if TYPE_CHECKING:
    from suitebridge.administration.connecting import EntryProblem

_KINDS = "; ".join(f"{kind.value}: {label}" for kind, label in LABELS.items())
_PLACE = "Setup > Integration > Manage Authentication > OAuth 2.0 Client Credentials (M2M) Setup > Create New"


def register(app: typer.Typer) -> None:
    """Add the group `certificate`."""
    group = typer.Typer(
        help="Certificates of OAuth 2.0 client credentials: made here, uploaded to NetSuite, taken into use.",
        no_args_is_help=True,
    )
    group.command("create")(create)
    group.command("show")(show)
    group.command("use")(use)
    group.command("rotate")(rotate)
    group.command("discard")(discard)
    app.add_typer(group, name="certificate")


def create(
    ctx: typer.Context,
    *,
    kind: Annotated[KeyKind, typer.Option(help=f"The key: {_KINDS}.")] = KeyKind.P256,
    days: Annotated[int, typer.Option(min=FEWEST_DAYS, max=MOST_DAYS, help="How many days it is valid.")] = USUAL_DAYS,
    file: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write the certificate there; else it is shown.")
    ] = None,
    account_id: Annotated[str, typer.Option(help="Account ID, needed only where no connection is saved yet.")] = "",
) -> None:
    """Make a key pair and a certificate for NetSuite. The private key is sealed at once and leaves by no door; the certificate in use goes on."""
    from suitebridge.administration.certifying import CertificateOrder, create_certificate, see_certificates

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    order = CertificateOrder(kind=kind, days=days, account_id=account_id)
    problems = create_certificate(
        actor.store, order, certificates=actor.house.certificates, user=actor.user, stamp=actor.stamp
    )
    _refuse(screen, "certificate-create", problems)
    pem = see_certificates(actor.store, user=actor.user).waiting
    facts = actor.house.certificates.read(pem)
    if file is not None:
        file.write_text(pem, encoding="ascii")
    screen.answer("certificate-create", {"saved": True, "certificate": pem, **_facts(facts)})
    screen.show(f"The certificate is in {file}." if file is not None else pem)
    screen.say(
        f"Valid until {facts.valid_until:%Y-%m-%d}. Upload it in NetSuite: {_PLACE}. "
        "Then run `suitebridge certificate use CERTIFICATE_ID` with the Certificate ID that NetSuite's list shows."
    )


def show(ctx: typer.Context) -> None:
    """Show the certificate in use, where it is known, and the one that waits for NetSuite."""
    from suitebridge.administration.certifying import facts_of, see_certificates

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    kept = see_certificates(actor.store, user=actor.user)
    found = {
        name: (pem, facts_of(actor.house.certificates, pem))
        for name, pem in (("present", kept.present), ("next", kept.waiting))
    }
    screen.answer(
        "certificate-show",
        {
            name: None if facts is None else {"certificate": pem, **_facts(facts)}
            for name, (pem, facts) in found.items()
        },
    )
    for name, (pem, facts) in found.items():
        if facts is None:
            screen.show(f"{name}: none that is known")
        else:
            told = f"{facts.kind.value}, valid until {facts.valid_until:%Y-%m-%d}, SHA-256 {facts.fingerprint}"
            screen.show(f"{name}: {told}\n{pem if name == 'next' else ''}".rstrip())


def use(
    ctx: typer.Context,
    certificate_id: Annotated[str, typer.Argument(help="The Certificate ID that NetSuite's list shows.")],
    *,
    client_id: Annotated[str, typer.Option(help="Client ID of the integration record; left out: the stored one.")] = "",
) -> None:
    """Sign in with the certificate that waited, once NetSuite was seen to take it. Runs under way go on with it."""
    from suitebridge.administration.certifying import CertificateUse, use_certificate

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    wanted = CertificateUse(certificate_id=certificate_id, client_id=client_id)
    problems = use_certificate(actor.store, wanted, actor.house.try_gateway, user=actor.user, stamp=actor.stamp)
    _refuse(screen, "certificate-use", problems)
    screen.answer("certificate-use", {"saved": True, "certificate_id": certificate_id})
    screen.show(f"NetSuite took the certificate {certificate_id}, and SuiteBridge signs in with it from now on.")


def rotate(
    ctx: typer.Context,
    *,
    kind: Annotated[KeyKind, typer.Option(help=f"The key: {_KINDS}.")] = KeyKind.P256,
    days: Annotated[int, typer.Option(min=FEWEST_DAYS, max=MOST_DAYS, help="How many days it is valid.")] = USUAL_DAYS,
) -> None:
    """Put another certificate in the place of the present one while runs go on: made here, set up in NetSuite, proven, used; then the one before is revoked.

    A certificate that waits is the one that is used. Interrupted at any instant, the next `certificate rotate` goes on.
    """
    from suitebridge.administration.certifying import CertificateOrder
    from suitebridge.administration.rotating import rotate_certificate

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    order = CertificateOrder(kind=kind, days=days)
    done = rotate_certificate(actor.store, order, actor.house.rotation_tools, user=actor.user, stamp=actor.stamp)
    screen.answer(
        "certificate-rotate",
        {"certificate_id": done.certificate_id, "before": done.before, "revoked": not done.left, "left": done.left},
    )
    screen.show(f"SuiteBridge signs in with certificate {done.certificate_id} from now on.")
    screen.show(
        f"NetSuite revoked {done.before}."
        if not done.left
        else f"NetSuite still takes {done.before}: revoke it there. {done.left}"
    )


def discard(ctx: typer.Context) -> None:
    """Forget the certificate that waits for NetSuite, with its private key."""
    from suitebridge.administration.certifying import discard_certificate

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    discard_certificate(actor.store, user=actor.user, stamp=actor.stamp)
    screen.answer("certificate-discard", {"removed": True})
    screen.show("The certificate and its private key are forgotten.")


def _refuse(screen: Screen, name: str, problems: tuple[EntryProblem, ...]) -> None:
    """Tell what is wrong and leave; nothing was stored."""
    if not problems:
        return
    for problem in problems:
        screen.say(problem.said)
    screen.answer(name, {"saved": False, "problems": [{"field": one.field, "said": one.said} for one in problems]})
    raise typer.Exit(ExitCode.CONFIGURATION)


def _facts(facts: CertificateFacts) -> dict[str, str]:
    return {
        "kind": facts.kind.value,
        "fingerprint": facts.fingerprint,
        "valid_from": facts.valid_from.isoformat(),
        "valid_until": facts.valid_until.isoformat(),
    }
