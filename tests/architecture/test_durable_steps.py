"""Each durable step of a run is a K-point: it has a name, and processes are killed at it."""

from __future__ import annotations

from collections import Counter

from tests.architecture.durable_steps import durable_steps
from tests.architecture.source import report
from tests.fakes.kpoints import KPOINTS

TABLE = "tests/fakes/kpoints.py"


def test_every_durable_step_has_a_k_point() -> None:
    known = {(one.where, one.call) for one in KPOINTS}
    breaches = [
        f"{step.at}: {step.where} calls {step.call}" for step in durable_steps() if (step.where, step.call) not in known
    ]
    assert not breaches, report(
        f"Give each durable step a row in {TABLE}: a name (K0 before, K1 claim, K2 send, K4 commit, K5 watermark, K6 end), where, call, and "
        "what it makes durable",
        breaches,
    )


def test_every_k_point_is_a_durable_step() -> None:
    taken = {(step.where, step.call) for step in durable_steps()}
    gone = [f"{one.name}: {one.where} {one.call}" for one in KPOINTS if (one.where, one.call) not in taken]
    assert not gone, report(f"{TABLE} names steps that nobody takes any more", gone)


def test_k_points_have_names_of_their_own() -> None:
    twice = [name for name, count in Counter(one.name for one in KPOINTS).items() if count > 1]
    assert not twice, report(f"{TABLE} gives a name twice", twice)
