"""Answers the Credentials page. Every act is one form: save, test, read what was pasted, confirm another account, remove."""

from __future__ import annotations

import dataclasses
from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect

from suitebridge.administration.connecting import (
    EntryProblem,
    clear_credentials,
    confirm_account,
    save_connection,
    tidied,
)
from suitebridge.administration.staffing import stamp_for
from suitebridge.console import asked, links
from suitebridge.console.access import Visit
from suitebridge.console.credentials import certifying, form
from suitebridge.console.credentials.account import AccountLine, Spelled, account_meaning
from suitebridge.console.credentials.certificates import CertificateTyped
from suitebridge.console.credentials.check import (
    CheckReport,
    check_report,
    last_lines,
    lines_so_far,
    unknown_end,
    untested,
)
from suitebridge.console.credentials.page import Around, CredentialsPage, Typed, credentials_page
from suitebridge.console.credentials.pasted import recognized
from suitebridge.console.credentials.trials import KEY_LENGTH, TRIALS, Trial
from suitebridge.console.proving import confirmed
from suitebridge.console.showing import show, show_part
from suitebridge.console.sign_on.views import redirect_address
from suitebridge.console.wording import zone_of
from suitebridge.domain.credential_sets import FIELDS, REVOCATION
from suitebridge.domain.errors import Problem, SuiteBridgeError
from suitebridge.domain.pasting import read_paste
from suitebridge.domain.people import Door
from suitebridge.domain.relinks import MEANINGS
from suitebridge.runs.checking import Tell, Tested, try_entry

_SAID = "credentials said"
"""Where the session keeps what the page says after a redirect."""

_SAVED = "Saved. Whether NetSuite accepts it is not known yet: test the connection."


_CHANGES_NOTHING = frozenset({"test", "read", "sign-in", "sign-on"})
"""Whatever else a form asks for asks once more who is there."""


def edit_credentials(visit: Visit) -> HttpResponse:
    """Show the page, or carry out what its form asks for."""
    if visit.request.method != "POST":
        file = certifying.give_certificate(visit) if "file" in visit.request.GET else None
        if file is not None:
            return file
        said = tuple(visit.request.session.pop(_SAID, ()))
        return _show(visit, form.typed_from_stored(visit.store.connections.get()), said=said)
    if "spelling" in visit.request.POST:
        typed = form.typed_from_entry(form.entry_of(visit))
        return _show(visit, dataclasses.replace(typed, account_id=visit.request.POST["spelling"]))
    act = visit.request.POST.get("act", "")
    if act in certifying.ACTS:
        return _certify(visit, act)
    if act not in _CHANGES_NOTHING:
        visit = confirmed(visit)
        if not visit.is_fresh:
            return _show(visit, _kept(visit, act), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    match act:
        case "test":
            return _test(visit)
        case "read":
            return show_part(visit, "credentials/pasted.html", recognized(read_paste(form.pasted_text(visit))))
        case "sign-on" | "sign-in":
            page = _page(visit, form.typed_from_entry(form.entry_of(visit)))
            return show_part(visit, f"credentials/{act.replace('-', '_')}.html", page)
        case "confirm":
            return _confirm(visit)
        case "clear":
            return _clear(visit)
        case _:
            return _save(visit)


def _certify(visit: Visit, act: str) -> HttpResponse:
    visit = confirmed(visit)
    stored = form.typed_from_stored(visit.store.connections.get())
    typed = certifying.typed_here(visit)
    if not visit.is_fresh:
        return _show(visit, stored, certificate=typed, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    ended = certifying.carry_out(visit, act)
    if ended.refusal is not None:
        return _show(visit, stored, refusal=ended.refusal, certificate=typed, status=HTTPStatus.CONFLICT)
    if ended.problems:
        shown = dataclasses.replace(stored, problems=ended.problems)
        return _show(visit, shown, certificate=typed, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return _done(visit, ended.said)


def _kept(visit: Visit, act: str) -> Typed:
    """Keep what was typed while a form asks who is there. Secrets are not kept: saving without them would keep the stored ones unnoticed."""
    if act in {"confirm", "clear"}:
        return form.typed_from_stored(visit.store.connections.get())
    entry = form.entry_of(visit)
    lost = [name for name, secret in entry.secrets.items() if secret.reveal().strip()]
    problems = [
        EntryProblem(field=name, said=f"Type the {FIELDS[name].label} again: no page keeps it.") for name in lost
    ]
    return form.typed_from_entry(entry, problems)


def show_account(visit: Visit) -> HttpResponse:
    """Say what an account id means that is being typed."""
    spelling = visit.request.GET.get("spelling", "")
    meaning = account_meaning(spelling or visit.request.GET.get("account_id", ""), visit.house.addresses)
    if spelling and not meaning.problem:
        return show_part(visit, "credentials/spelled.html", Spelled(meaning=meaning, line=AccountLine(value=spelling)))
    return show_part(visit, "credentials/account.html", meaning)


def watch_test(visit: Visit) -> HttpResponse:
    """Show the lines that have come since the last look, at the end with the verdict; where there are none, why."""
    key, after = visit.request.GET.get("test", ""), asked.whole_number(visit.request.GET.get("after", ""))
    trial = TRIALS.find(key, _owner(visit))
    if trial is None or trial.is_ended:
        report = _report(visit, trial)
        if report.lines:
            return show_part(visit, "credentials/last_lines.html", last_lines(report, after=after))
        answer = show_part(visit, "credentials/check.html", report)
        answer["HX-Retarget"], answer["HX-Reswap"] = "#check", "innerHTML"
        return answer
    return show_part(visit, "credentials/lines.html", lines_so_far(key, tuple(trial.steps), after=after))


def _save(visit: Visit) -> HttpResponse:
    entry = form.entry_of(visit)
    try:
        problems = save_connection(
            visit.store, entry, check=visit.house.key_check, user=visit.user, stamp=stamp_for(visit.user, Door.CONSOLE)
        )
    except SuiteBridgeError as error:
        return _refuse(visit, form.typed_from_entry(entry), error.problem)
    if problems:
        typed = form.typed_from_entry(entry, problems)
        return _show(visit, typed, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    _, left_out = tidied(entry)
    labels = {"account_id": "NetSuite Account ID", **{name: part.label for name, part in FIELDS.items()}}
    return _done(visit, _SAVED, *(f"Around the {labels[name]}, {what} were left out." for name, what in left_out))


def _test(visit: Visit) -> HttpResponse:
    """Test what is in the form: line by line where scripts run, else a whole page with secrets left out."""
    entry = form.entry_of(visit)

    def work(tell: Tell | None = None) -> Tested:
        stamp = stamp_for(visit.user, Door.CONSOLE)
        workflows = tuple(visit.workflows.values())
        return try_entry(
            visit.store, entry, visit.house.try_gateway, workflows, user=visit.user, stamp=stamp, tell=tell
        )

    if "HX-Request" not in visit.request.headers:
        tested = work()
        return _show(visit, form.typed_from_entry(entry, tested.problems), check=_told(visit, tested))
    key = visit.house.chance.token(KEY_LENGTH)
    trial = TRIALS.start(key, _owner(visit), work, visit.house.beside)
    if trial.is_ended:
        return show_part(visit, "credentials/check.html", _report(visit, trial))
    return show_part(visit, "credentials/testing.html", lines_so_far(key, tuple(trial.steps)))


def _owner(visit: Visit) -> str:
    return f"{visit.store.company.id}/{visit.user.id}"


def _report(visit: Visit, trial: Trial | None) -> CheckReport:
    if trial is None or trial.tested is None:
        return unknown_end(at=visit.house.clock.now(), zone=zone_of(visit.store.company.zone))
    return _told(visit, trial.tested)


def _told(visit: Visit, tested: Tested) -> CheckReport:
    now, zone = visit.house.clock.now(), zone_of(visit.store.company.zone)
    if not tested.steps:
        return untested(tested.problems, at=now, zone=zone)
    return check_report(tested.steps, at=now, zone=zone, is_saved=tested.is_saved)


def _confirm(visit: Visit) -> HttpResponse:
    stored = visit.store.connections.get()
    account = stored.account_id if stored is not None else ""
    if visit.request.POST.get("confirmed_account", "").strip() != account:
        said = f"Type {account} to confirm that runs work with this account from now on."
        typed = form.typed_from_stored(stored, (EntryProblem(field="confirmed_account", said=said),))
        return _show(visit, typed, link_problem=said, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    relink = form.relink_of(visit)
    if relink is None:
        said = f"Say whether {account} is a copy of the account before."
        typed = form.typed_from_stored(stored, (EntryProblem(field="relink", said=said),))
        return _show(visit, typed, relink_problem=said, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    stamp = stamp_for(visit.user, Door.CONSOLE)
    try:
        confirm_account(visit.store, relink, user=visit.user, stamp=stamp, version=form.version_of(visit))
    except SuiteBridgeError as error:
        return _refuse(visit, form.typed_from_stored(stored), error.problem)
    return _done(visit, f"Runs work with account {account} from now on.", MEANINGS[relink])


def _clear(visit: Visit) -> HttpResponse:
    stored = visit.store.connections.get()
    if visit.request.POST.get("sure") != "yes":
        said = "Tick the box to confirm that every key and secret is removed."
        typed = form.typed_from_stored(stored, (EntryProblem(field="sure", said=said),))
        return _show(visit, typed, clear_problem=said, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    stamp = stamp_for(visit.user, Door.CONSOLE)
    try:
        clear_credentials(visit.store, user=visit.user, stamp=stamp, version=form.version_of(visit))
    except SuiteBridgeError as error:
        return _refuse(visit, form.typed_from_stored(stored), error.problem)
    said = "Every key and secret was removed. Runs that used them end within seconds; no run starts until new ones are saved."
    return _done(visit, said, REVOCATION)


def _done(visit: Visit, *said: str) -> HttpResponse:
    visit.request.session[_SAID] = list(said)
    return HttpResponseRedirect(links.address("credentials"))


def _refuse(visit: Visit, typed: Typed, problem: Problem) -> HttpResponse:
    return _show(visit, typed, refusal=problem, status=HTTPStatus.CONFLICT)


def _show(  # noqa: PLR0913  # one parameter for each thing that may be said
    visit: Visit,
    typed: Typed,
    *,
    said: tuple[str, ...] = (),
    refusal: Problem | None = None,
    check: CheckReport | None = None,
    link_problem: str = "",
    relink_problem: str = "",
    clear_problem: str = "",
    certificate: CertificateTyped | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    page = _page(
        visit,
        typed,
        said=said,
        refusal=refusal,
        check=check,
        link_problem=link_problem,
        relink_problem=relink_problem,
        clear_problem=clear_problem,
        certificate=certificate,
    )
    return show(visit, "credentials/credentials.html", page, title="Credentials", place="connector", status=status)


def _page(  # noqa: PLR0913  # one parameter for each thing that may be said
    visit: Visit,
    typed: Typed,
    *,
    said: tuple[str, ...] = (),
    refusal: Problem | None = None,
    check: CheckReport | None = None,
    link_problem: str = "",
    relink_problem: str = "",
    clear_problem: str = "",
    certificate: CertificateTyped | None = None,
) -> CredentialsPage:
    around = Around(
        administrators=visit.store.people.administrators(),
        meaning=account_meaning(typed.account_id, visit.house.addresses),
        zone=zone_of(visit.store.company.zone),
        refusal=refusal,
        said=said,
        check=check,
        link_problem=link_problem,
        relink_problem=relink_problem,
        clear_problem=clear_problem,
        certificates=visit.house.certificates,
        redirect_address=redirect_address(visit.request),
        certificate=certificate,
    )
    return credentials_page(visit.store.connections.get(), typed, around)
