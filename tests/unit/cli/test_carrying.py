"""Whoever follows a server that is killed: nothing waits for ever, and what was asked for goes on where the server stopped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import cast

import pytest

from suitebridge.bootstrap import House
from suitebridge.catalog import CATALOG
from suitebridge.cli import following
from suitebridge.cli.acting import Actor
from suitebridge.cli.carrying import finish, finish_one
from suitebridge.cli.choices import Choices
from suitebridge.cli.screens import Screen
from suitebridge.domain.people import Door
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.runs import RunState
from suitebridge.runs.receiving import RecordRequest, ask_for_record, take_at_rest
from tests.fakes.runs import Firm, furnish


@dataclass(kw_only=True)
class Houses:
    """A data directory whose server is killed after a while; from then on whoever asks may work there."""

    firm: Firm
    looks: int = 3
    worked: list[str] = field(default_factory=list)

    def has_worker(self) -> bool:
        self.looks -= 1
        return self.looks > 0

    def workflows_of(self, _: CompanyStore) -> Mapping[str, Workflow]:
        return CATALOG

    @contextmanager
    def working(self, _: object) -> Iterator[None]:
        """Be the worker: take what waits, and carry it out."""
        take_at_rest(self.firm.store, CATALOG, clock=self.firm.clock, chance=self.firm.chance)
        for run in self.firm.store.runs.unfinished():
            self.worked.append(run.id)
            self.firm.carry_out(run)
        yield


@pytest.mark.parametrize("is_record", [True, False])
def test_a_command_that_follows_a_killed_server_goes_on_with_its_work(
    is_record: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    firm = Firm()
    furnish(firm)
    firm.run("import_customers")
    houses = Houses(firm=firm)
    monkeypatch.setattr("suitebridge.bootstrap.working", houses.working)
    monkeypatch.setattr("suitebridge.bootstrap.start_logs", lambda _: None)
    monkeypatch.setattr(following, "GONE_SECONDS", 0.0)
    monkeypatch.setattr(following, "_PAUSE_SECONDS", 0.0)
    actor = Actor(house=cast("House", houses), store=firm.store, user=firm.user)
    screen = Screen(Choices())

    if is_record:
        (customer,) = firm.store.records.find("customer", "name", ["Straße & Söhne"])["Straße & Söhne"]
        request = RecordRequest(record_type="customer", record_id=customer)
        errand = ask_for_record(firm.store, CATALOG, request, user=firm.user, door=Door.COMMAND_LINE, clock=firm.clock)
        ended = finish_one(actor, errand, screen)
    else:
        ended = finish(actor, firm.ask("import_customers"), screen)

    assert (ended.state, [ended.id]) == (RunState.COMPLETED, houses.worked)
    said = capsys.readouterr().err
    assert "A server works on this data directory: it carries" in said
    assert "That server is gone: where no other has taken its place, this command goes on with its work." in said
