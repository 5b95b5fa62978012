"""Fault plans drawn by a seed: whatever comes together, every record is counted once, nothing is doubled, and the next runs heal what is left."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from netsuite_simulator.faults import FAULTS
from tests.simulation.fault_plans import ELSEWHERE, drawn_kinds, survived

DAY, NIGHT = 16, 1_000


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Let nobody hear what the two sides log about faults."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


def test_every_fault_of_the_simulator_may_be_drawn() -> None:
    assert drawn_kinds() | ELSEWHERE == set(FAULTS.values())


@pytest.mark.fault("F18")
def test_no_plan_of_faults_loses_or_doubles_a_record(pytestconfig: pytest.Config) -> None:
    is_night = pytestconfig.getoption("--hypothesis-profile") == "night"
    for seed in range(1, (NIGHT if is_night else DAY) + 1):
        assert not survived(seed), f"see it again: .venv/bin/python -m tests.simulation --plan {seed}"
