"""What ends is listed the nearest first, and told louder as its day comes near."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from suitebridge.domain.expiries import ENDINGS, STAGES, Urgency, board, stage_of

SET = datetime(2026, 1, 10, 8, tzinfo=UTC)


def test_the_board_lists_secrets_and_releases_by_day() -> None:
    lines = board([("TBA Consumer Secret", SET)], date(2026, 11, 23))
    assert [line.what for line in lines] == [ENDINGS[0].what, "TBA Consumer Secret", *(e.what for e in ENDINGS[1:])]
    assert (lines[0].days, lines[0].urgency) == (39, Urgency.NEAR)
    assert (lines[1].days, lines[1].urgency, lines[1].when) == (
        48, Urgency.NEAR, "to be replaced by 2027-01-10, 365 days after it was set",
    )  # fmt: skip
    assert lines[2].urgency is Urgency.FAR
    assert all(line.remedy for line in lines)
    assert board([("TBA Consumer Secret", SET)], date(2027, 2, 1))[1].urgency is Urgency.PAST


@pytest.mark.parametrize(("days", "stage"), [(400, 0), (60, 60), (31, 60), (30, 30), (8, 14), (7, 7), (1, 1), (-3, 1)])
def test_stages_are_reached_in_turn(days: int, stage: int) -> None:
    assert stage_of(days) == stage
    assert stage in {0, *STAGES}
