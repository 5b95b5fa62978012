"""The targets name what is measured, and a figure that misses one is told."""

from __future__ import annotations

from typing import get_args, get_type_hints

import msgspec
import pytest

from benchmarks.cases import CASES
from benchmarks.checking import Target, read_targets, verdicts
from benchmarks.machines import Surroundings
from benchmarks.results import CONNECTOR, Document, SideResult, case_result
from benchmarks.tasks import Measured

RATIOS = {"ratio", "peak_ratio"}
NOWHERE = Surroundings(
    at="", commit="", is_changed=False, system="", processor="", cores=2, memory_mib=1, python="", packages={}
)


@pytest.mark.parametrize("target", read_targets(), ids=lambda target: target.sentence)
def test_a_target_names_what_its_case_measures(target: Target) -> None:
    sides = CASES[target.case].sides
    assert (target.at_least is None) != (target.at_most is None)
    assert target.side in sides
    assert (target.figure in RATIOS) == bool(target.over)
    assert not target.over or target.over in sides
    assert target.figure in RATIOS or target.figure in {field.name for field in msgspec.structs.fields(SideResult)}


def test_every_figure_that_a_target_may_name_is_measured() -> None:
    figures = set(get_args(get_type_hints(Target)["figure"]))
    assert figures - {field.name for field in msgspec.structs.fields(SideResult)} == RATIOS


@pytest.mark.parametrize(("seconds", "is_reached"), [(5.0, True), (5.1, False)])
def test_a_ratio_below_the_target_falls_short(seconds: float, is_reached: bool) -> None:
    target = Target(case="import", figure="ratio", over="plain", at_least=2)
    ((said, found, reached),) = verdicts(document(ours=seconds, theirs=10.0), [target])
    assert (said.sentence, reached) == ("import: ratio to plain at least 2", is_reached)
    assert found == pytest.approx(10 / seconds)


@pytest.mark.parametrize(("peak_mib", "is_reached"), [(1.2, True), (1.3, False)])
def test_memory_that_grows_beyond_the_target_falls_short(peak_mib: float, is_reached: bool) -> None:
    target = Target(case="import", figure="peak_ratio", over="plain", at_most=1.2)
    ((said, found, reached),) = verdicts(document(ours=1.0, theirs=1.0, peak_mib=peak_mib), [target])
    assert (said.sentence, found, reached) == ("import: peak ratio to plain at most 1.2", peak_mib, is_reached)
    alone = case_result("import", "Import", size=100, seed=1, sides={CONNECTOR: [measured(1.0)]})
    assert target.measured(alone) is None


def test_a_side_that_takes_a_part_takes_one_record_at_least() -> None:
    case = CASES["growth"]
    assert [case.size_of("hundredth", size) for size in (30, 250, 1_000_000)] == [1, 2, 10_000]
    assert case.size_of(CONNECTOR, 30) == 30


def test_a_figure_that_was_not_measured_is_not_reached_and_a_case_that_was_not_is_not_judged() -> None:
    requests = Target(case="import", figure="requests", at_most=5)
    elsewhere = Target(case="export", figure="requests", at_most=5)
    assert list(verdicts(document(ours=1.0, theirs=1.0), [requests, elsewhere])) == [(requests, None, False)]


def document(*, ours: float, theirs: float, peak_mib: float = 1.0) -> Document:
    """Write a document of one case with two sides."""
    sides = {CONNECTOR: [measured(ours, peak_mib)], "plain": [measured(theirs)]}
    return Document(surroundings=NOWHERE, cases=[case_result("import", "Import", size=100, seed=1, sides=sides)])


def measured(seconds: float, peak_mib: float = 1.0) -> Measured:
    return Measured(records=100, seconds=seconds, cpu_seconds=1.0, simulator_cpu_seconds=None, peak_mib=peak_mib)
