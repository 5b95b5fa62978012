"""Selecting, matching, planning, claiming and summing, one record at a time."""

from dataclasses import replace
from decimal import Decimal

import pytest

from suitebridge.domain.bindings import Binding, BindingState, external_id_for
from suitebridge.domain.conditions import Compare, Comparison
from suitebridge.domain.flow.claiming import Claim, Found, Taken, decide_claim, make_claim
from suitebridge.domain.flow.mapping import Draft
from suitebridge.domain.flow.matching import Ambiguous, Match, NoMatch, key_value, match, values_to_find
from suitebridge.domain.flow.planning import plan
from suitebridge.domain.flow.selecting import Selected, select
from suitebridge.domain.flow.summing import amount_of, check_sum
from suitebridge.domain.intents import Change, Create, Keep, Skip, Update
from suitebridge.domain.outcomes import Amount
from suitebridge.domain.records import Direction, Record, System
from suitebridge.domain.schemas import RecordSchema
from suitebridge.domain.values import Value
from suitebridge.domain.workflow import Guard, MatchKey, Sum, SyncRule, Workflow

SCHEMA = RecordSchema(system=System.NETSUITE, name="firm", label="Customer", plural="Customers", fields=())
WORKFLOW = Workflow(
    name="w",
    title="W",
    direction=Direction.IMPORT,
    source_type="firm",
    target_type="client",
    title_fields=("name",),
    match_keys=(
        MatchKey(source="id", target="netsuite_id", label="NetSuite ID"),
        MatchKey(
            source="name", target="name", label="name", ignores_case=True, also=(("parent", "parent.netsuite_id"),)
        ),
    ),
    groups=(),
    reads=Compare(path="kind", comparison=Comparison.EQUAL, value="A"),
    guards=(Guard(condition=Compare(path="off", comparison=Comparison.NOT_EQUAL, value=True), reason="It is off."),),
    sum=Sum(amount="lines.total", written="list.amount", currency="currency"),
)


def record(record_id: str = "12", /, **fields: Value) -> Record:
    return Record(
        type="firm", id=record_id, version="v1", fields={"kind": "A", "name": "Straße", "parent": "5", **fields}
    )


def selected(**fields: Value) -> Selected:
    return Selected(record=record(**fields), title="Customer Straße (12)")


def target(record_id: str, **fields: Value) -> Record:
    return Record(type="client", id=record_id, version="3", fields=fields)


def test_a_record_is_taken_with_its_name() -> None:
    taken = select(WORKFLOW, SCHEMA, record())

    assert isinstance(taken, Selected)
    assert taken.title == "Customer Straße (12)"


def test_a_record_without_name_is_told_by_its_id() -> None:
    taken = select(WORKFLOW, SCHEMA, record(name=None))

    assert isinstance(taken, Selected)
    assert taken.title == "Customer 12"


def test_the_first_guard_that_does_not_hold_says_why_a_record_is_skipped() -> None:
    assert select(WORKFLOW, SCHEMA, record(off=True)) == Skip(reason="It is off.")


def test_a_record_that_qualifies_no_more_is_skipped() -> None:
    skipped = select(WORKFLOW, SCHEMA, record(kind="B"))

    assert isinstance(skipped, Skip)
    assert "does not qualify any more" in skipped.reason


def test_keys_are_looked_up_once_each_and_folded_where_case_is_ignored() -> None:
    by_id, by_name = WORKFLOW.match_keys

    assert values_to_find(by_id, [record("1"), record("2"), record("1")]) == ("1", "2")
    assert values_to_find(by_name, [record(), record(name="STRASSE"), record(name="")]) == ("strasse",)
    assert key_value(by_name, record()) == "strasse"


def test_the_netsuite_id_decides_before_the_name() -> None:
    by_id, by_name = target("7", netsuite_id="12"), target("8", **{"parent.netsuite_id": "5"})

    found = match(WORKFLOW, selected(), [{"12": (by_id,)}, {"strasse": (by_name,)}])

    assert isinstance(found, Match)
    assert found.target.id == "7"


def test_a_name_matches_only_within_the_same_parent() -> None:
    other = target("8", **{"parent.netsuite_id": "6"})
    right = target("9", **{"parent.netsuite_id": "5"})

    assert isinstance(match(WORKFLOW, selected(), [{}, {"strasse": (other,)}]), NoMatch)
    found = match(WORKFLOW, selected(), [{}, {"strasse": (other, right)}])
    assert isinstance(found, Match)
    assert found.target.id == "9"


def test_a_blank_parent_agrees_with_nothing() -> None:
    assert isinstance(match(WORKFLOW, selected(parent=None), [{}, {"strasse": (target("8"),)}]), NoMatch)


def test_two_candidates_are_a_conflict() -> None:
    twins = tuple(target(i, **{"parent.netsuite_id": "5"}) for i in ("8", "9"))

    found = match(WORKFLOW, selected(), [{}, {"strasse": twins}])

    assert isinstance(found, Ambiguous)
    assert found.problem.code == "SB-CONF-002"
    assert "“strasse”" in found.problem.cause


def test_a_conflict_does_not_quote_what_not_everybody_may_see() -> None:
    keys = (MatchKey(source="mail", target="email", label="e-mail"),)
    by_mail = replace(WORKFLOW, target_type="customer", match_keys=keys)

    found = match(by_mail, selected(mail="canary"), [{"canary": (target("8"), target("9"))}])

    assert isinstance(found, Ambiguous)
    assert found.problem.cause == "2 records carry the e-mail “(masked)”."


def test_a_candidate_that_belongs_to_another_record_is_a_conflict() -> None:
    held = target("8", netsuite_id="99", **{"parent.netsuite_id": "5"})

    found = match(WORKFLOW, selected(), [{}, {"strasse": (held,)}])

    assert isinstance(found, Ambiguous)
    assert found.problem.code == "SB-CONF-003"


def test_without_counterpart_everything_that_is_known_is_created() -> None:
    assert plan(Draft(fields={"a": "x", "b": None, "c": ""}), None, frozenset()) == Create(fields={"a": "x", "c": ""})


def test_only_fields_that_differ_are_changed() -> None:
    draft = Draft(fields={"a": "x", "b": "new", "n": Decimal("1.0"), "blank": None})

    wanted = plan(draft, target("7", a="x", b="old", n=Decimal("1.00"), blank=""), frozenset())

    assert wanted == Update(target_id="7", target_version="3", changes=(Change(field="b", before="old", after="new"),))


def test_a_value_that_went_away_in_the_source_is_cleared() -> None:
    wanted = plan(Draft(fields={"a": None}), target("7", a="x"), frozenset())

    assert wanted == Update(target_id="7", target_version="3", changes=(Change(field="a", before="x", after=None),))


def test_initial_only_fields_are_left_alone_later() -> None:
    assert plan(Draft(fields={"a": "new"}), target("7", a="old"), frozenset({"a"})) == Keep(target_id="7")


@pytest.mark.parametrize(
    ("rule", "before", "after", "is_changed"),
    [
        (SyncRule.ALWAYS, "old", "", True),
        (SyncRule.IF_EMPTY, "old", "new", False),
        (SyncRule.IF_EMPTY, "", "new", True),
        (SyncRule.IF_EMPTY, None, "new", True),
        (SyncRule.KEEP_FILLED, "old", "", False),
        (SyncRule.KEEP_FILLED, "old", None, False),
        (SyncRule.KEEP_FILLED, "old", "new", True),
    ],
)
def test_the_rule_of_a_row_says_when_it_changes_a_record(
    rule: SyncRule, before: Value, after: Value, is_changed: bool
) -> None:
    wanted = plan(Draft(fields={"a": after}), target("7", a=before), frozenset(), {"a": rule})
    assert isinstance(wanted, Update if is_changed else Keep)
    assert isinstance(plan(Draft(fields={"a": after}), None, frozenset(), {"a": rule}), Create)


def test_an_external_id_is_fixed_by_company_type_and_record() -> None:
    assert (
        external_id_for(company_token="ab12cd34", record_type="time_entry", record_id="77")
        == "sb_ab12cd34_time_entry_77"
    )
    with pytest.raises(ValueError, match="8 lower-case"):
        external_id_for(company_token="AB", record_type="t", record_id="1")


def claim_of(earlier: Binding | None = None, **fields: Value) -> Claim:
    return make_claim(
        WORKFLOW,
        selected(),
        Create(fields={"a": 1, **fields}),
        company_token="ab12cd34",
        fingerprint="f",
        earlier=earlier,
    )


def test_a_free_external_id_may_be_sent() -> None:
    claim = claim_of()

    assert claim.binding.state is BindingState.CLAIMED
    assert claim.binding.attempt == 1
    assert decide_claim(claim, earlier=None, netsuite_id=None) == claim


def test_a_record_that_nobody_claimed_is_never_overwritten() -> None:
    decided = decide_claim(claim_of(), earlier=None, netsuite_id="900")

    assert isinstance(decided, Taken)
    assert decided.problem.code == "SB-CONF-001"


def test_an_earlier_write_of_the_same_body_is_only_settled() -> None:
    earlier = claim_of().binding

    assert decide_claim(claim_of(earlier), earlier=earlier, netsuite_id="900") == Found(
        claim=claim_of(earlier), netsuite_id="900"
    )


def test_an_earlier_write_of_another_body_is_sent_again_under_the_same_id() -> None:
    earlier = claim_of().binding
    changed = claim_of(earlier, b="edited")

    assert decide_claim(changed, earlier=earlier, netsuite_id="900") == changed
    assert changed.binding.attempt == 2
    assert changed.external_id == earlier.external_id


LINES = ({"total": Decimal("1.10")}, {"total": Decimal("2.20")}, {"total": None})


def test_a_record_amounts_to_the_sum_of_its_lines() -> None:
    assert amount_of(WORKFLOW, record(lines=LINES, currency="EUR").fields) == Amount(unit="EUR", value=Decimal("3.30"))
    assert amount_of(replace(WORKFLOW, sum=None), record(lines=LINES).fields) is None


def test_lines_that_do_not_add_up_are_refused_before_they_are_written() -> None:
    one = selected(lines=LINES, currency="EUR")
    right = Draft(fields={"list": ({"amount": Decimal("3.30")},)})
    short = Draft(fields={"list": ({"amount": Decimal("1.10")},)})

    assert check_sum(WORKFLOW, one, right) is None
    problem = check_sum(WORKFLOW, one, short)
    assert problem is not None
    assert "3.30 EUR" in problem.cause
