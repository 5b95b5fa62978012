"""Every fault of the matrix has a test that carries its id."""

from __future__ import annotations

from tools.write_guarantees import PAGE, page

from tests.architecture.fault_rows import FAULTS, marks_by_fault
from tests.architecture.source import ROOT, report

ROWS = 83


def test_the_matrix_is_whole() -> None:
    assert [row.id for row in FAULTS] == [f"F{number:02}" for number in range(1, ROWS + 1)]


def test_every_row_is_shown_by_a_test() -> None:
    shown = marks_by_fault()
    bare = [f"{row.id}: {row.fault}" for row in FAULTS if not shown.get(row.id)]
    assert not bare, report("Mark a test with @pytest.mark.fault for these rows", bare)


def test_marks_name_rows_of_the_matrix() -> None:
    unknown = sorted(marks_by_fault().keys() - {row.id for row in FAULTS})
    assert not unknown, report("Tests carry ids that no row has", unknown)


def test_the_page_of_guarantees_is_fresh() -> None:
    assert (ROOT / PAGE).read_text() == page(), "write it anew: .venv/bin/python tools/write_guarantees.py"
