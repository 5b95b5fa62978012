"""Whose edit is it? Every case of the three-way comparison, and that decisions hold for one conflict only."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from suitebridge.domain.agreements import Agreement, Side
from suitebridge.domain.flow.fingerprints import mark_of
from suitebridge.domain.flow.mapping import Draft
from suitebridge.domain.flow.merging import Arrived, Clash, Merged, agree, merge
from suitebridge.domain.intents import Change, Keep, Update
from suitebridge.domain.records import Record
from suitebridge.domain.values import Value


def held(**values: Value) -> dict[str, str]:
    return {name: mark_of(value) for name, value in values.items()}


def merged(
    ours: Value,
    theirs: Value,
    agreement: Agreement,
    *,
    initial_only: frozenset[str] = frozenset(),
    begins_here: bool = False,
) -> Merged:
    target = Record(type="job", id="7", version="t", fields={"memo": theirs})
    return merge(
        Draft(fields={"memo": ours}),
        target,
        agreement,
        version="3",
        initial_only=initial_only,
        begins_here=begins_here,
    )


def known(**values: Value) -> Agreement:
    return Agreement(workflow="w", workspace_id="1", version="2", shown=held(**values))


CASES: tuple[tuple[str, Value, Value, Agreement, type], ...] = (
    ("nobody edited", "a", "a", known(memo="a"), Keep),
    ("both edited alike", "b", "b", known(memo="a"), Keep),
    ("only ours was edited", "b", "a", known(memo="a"), Update),
    ("only theirs was edited", "a", "b", known(memo="a"), Keep),
    ("both were edited", "b", "c", known(memo="a"), Clash),
    ("ours was emptied", None, "a", known(memo="a"), Update),
    ("theirs was emptied", "a", "", known(memo="a"), Keep),
    ("nothing is known and theirs is empty", "a", None, known(), Update),
    ("nothing is known and both are filled in", "a", "b", known(), Clash),
    ("decimals mean the same", Decimal("1.50"), Decimal("1.5"), known(), Keep),
    ("blanks are one", "", None, known(), Keep),
    ("a box that is not ticked is blank", None, False, known(memo=True), Keep),
    (
        "lines mean the same without their blanks",
        ({"rate": Decimal(2), "memo": None},),
        ({"rate": Decimal("2.0")},),
        known(),
        Keep,
    ),
)


@pytest.mark.fault("F43")
@pytest.mark.parametrize(
    ("ours", "theirs", "agreement", "wanted"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_each_case_has_its_intent(ours: Value, theirs: Value, agreement: Agreement, wanted: type) -> None:
    assert isinstance(merged(ours, theirs, agreement).intent, wanted)


def test_a_change_under_way_is_nobodys_edit() -> None:
    first = merged("b", "a", known(memo="a"))
    assert first.agreement.sending == held(memo="b")
    # It arrived without our hearing of it, and ours was edited again.
    second = merged("c", "b", first.agreement)
    assert second.intent == Update(
        target_id="7", target_version="t", changes=(Change(field="memo", before="b", after="c"),)
    )
    done = agree(second.agreement, version="3")
    assert (done.shown, done.sending, done.version) == (held(memo="c"), {}, "3")


def test_a_change_that_arrived_without_our_hearing_of_it_is_told_as_ours() -> None:
    first = merged("b", "a", known(memo="a"))
    second = merged("b", "b", first.agreement)
    assert isinstance(second.intent, Arrived)
    assert second.intent.change.changes == (Change(field="memo", before=None, after="b"),)
    assert second.agreement.sending == {}


def test_their_edit_stands_for_as_long_as_ours_is_not_edited() -> None:
    once = merged("a", "b", known(memo="a")).agreement
    assert isinstance(merged("a", "b", once).intent, Keep)
    assert isinstance(merged("c", "b", once).intent, Clash)


def test_fields_set_once_are_left_alone_and_a_workflow_may_begin_with_what_is_there() -> None:
    assert isinstance(merged("a", "b", known(), initial_only=frozenset({"memo"})).intent, Keep)
    assert isinstance(merged("a", "b", known(), begins_here=True).intent, Update)


@pytest.mark.parametrize(("side", "wanted"), [(Side.WORKSPACE, Update), (Side.NETSUITE, Keep)])
def test_a_decision_settles_the_conflict_that_it_was_made_about(side: Side, wanted: type) -> None:
    clash = merged("b", "c", known(memo="a")).agreement
    assert clash.version == "2"
    decided = replace(clash, keeps=side)
    settled = merged("b", "c", decided)
    assert isinstance(settled.intent, wanted)
    after = agree(settled.agreement, version="3") if wanted is Update else settled.agreement
    assert (after.clash, after.keeps) == ("", None)
    assert isinstance(merged("b", "b" if wanted is Update else "c", after).intent, Keep)
    # Another edit meanwhile is another conflict: nobody has decided about that one.
    assert isinstance(merged("b", "d", decided).intent, Clash)
