"""Every fault that gates a release has a test that carries its id, or names the part that it waits for."""

from __future__ import annotations

from tools.write_guarantees import PAGE, page

from tests.architecture.fault_rows import FAULTS, marks_by_fault
from tests.architecture.source import ROOT, report

ROWS = 83


def test_the_matrix_is_whole() -> None:
    assert [row.id for row in FAULTS] == [f"F{number:02}" for number in range(1, ROWS + 1)]


def test_every_first_row_is_shown_or_waits() -> None:
    shown = marks_by_fault()
    bare = [f"{row.id}: {row.fault}" for row in FAULTS if row.is_first and not shown.get(row.id) and not row.waits_for]
    assert not bare, report("Mark a test with @pytest.mark.fault for these rows, or say what they wait for", bare)


def test_what_waits_has_no_test_yet() -> None:
    shown = marks_by_fault()
    built = [
        f"{row.id} waits for {row.waits_for}: {shown[row.id][0]}" for row in FAULTS if row.waits_for and row.id in shown
    ]
    assert not built, report(
        "These rows have tests now: let them wait no longer in tests/architecture/fault_rows.py", built
    )


def test_marks_name_rows_of_the_matrix() -> None:
    unknown = sorted(marks_by_fault().keys() - {row.id for row in FAULTS})
    assert not unknown, report("Tests carry ids that no row has", unknown)


def test_the_page_of_guarantees_is_fresh() -> None:
    assert (ROOT / PAGE).read_text() == page(), "write it anew: .venv/bin/python tools/write_guarantees.py"
