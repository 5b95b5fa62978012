"""Every expression's meaning, which questions are asked, and how a record is refused that cannot be mapped."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from suitebridge.domain.conditions import Blank, Compare, Comparison
from suitebridge.domain.expressions import (
    Constant,
    Counterpart,
    Expression,
    Field,
    FirstOf,
    Formula,
    Join,
    Leave,
    Lookup,
    LookupSide,
    Macro,
    MacroName,
    Shorten,
    Translate,
    When,
)
from suitebridge.domain.flow.mapping import Draft, Facts, Question, compile_mapping
from suitebridge.domain.flow.selecting import Selected
from suitebridge.domain.intents import Refuse
from suitebridge.domain.outcomes import OutcomeKind
from suitebridge.domain.records import Direction, Record, System
from suitebridge.domain.schemas import FieldSchema, Kind, RecordSchema
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES
from suitebridge.domain.values import Fields, Line, Value
from suitebridge.domain.workflow import LineOrder, MappingGroup, Row, SyncRule, Workflow

LINE = RecordSchema(
    system=System.NETSUITE,
    name="line",
    label="Line",
    plural="Lines",
    fields=(FieldSchema(name="amount", kind=Kind.MONEY, label="Amount"),),
)
TARGET = RecordSchema(
    system=System.NETSUITE,
    name="thing",
    label="Thing",
    plural="Things",
    fields=(
        FieldSchema(name="text", kind=Kind.TEXT, label="Text"),
        FieldSchema(name="number", kind=Kind.DECIMAL, label="Number"),
        FieldSchema(name="day", kind=Kind.DATE, label="Day"),
        FieldSchema(name="flag", kind=Kind.BOOLEAN, label="Flag"),
        FieldSchema(name="kind", kind=Kind.CHOICE, label="Kind", choices=(("_big", "Big"), ("_small", "Small"))),
        FieldSchema(name="owner", kind=Kind.REFERENCE, label="Owner", refers_to="person"),
        FieldSchema(name="lines", kind=Kind.LINES, label="Lines", lines=LINE),
    ),
)
FACTS: Facts = {MacroName.TODAY: date(2026, 11, 23), MacroName.RUN: "r1", MacroName.OWNER: "7"}


def workflow(*groups: MappingGroup) -> Workflow:
    return Workflow(
        name="w",
        title="W",
        direction=Direction.IMPORT,
        source_type="s",
        target_type="thing",
        title_fields=("name",),
        match_keys=(),
        groups=groups,
    )


def header(*rows: Row) -> Workflow:
    return workflow(MappingGroup(name="G", title="G", rows=rows))


def selected(**fields: Value) -> Selected:
    return Selected(record=Record(type="s", id="12", version="1", fields=fields), title="Thing A (12)")


def drafted(flow: Workflow, one: Selected, answers: dict[Question, str] | None = None) -> Fields:
    draft = compile_mapping(flow, TARGET, FACTS).draft(one, answers or {})
    assert isinstance(draft, Draft)
    return draft.fields


def value_of(source: Expression, **fields: Value) -> Value:
    return drafted(header(Row(target="text", source=source)), selected(**fields))["text"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (Field(path="name"), "Ann"),
        (Field(path="id"), "12"),
        (Field(path="absent"), None),
        (Constant(value="x"), "x"),
        (Join(parts=(Field(path="name"), Constant(value="-"), Field(path="n"))), "Ann-3"),
        (Join(parts=(Field(path="absent"), Field(path="empty"))), None),
        (FirstOf(options=(Field(path="empty"), Field(path="name"))), "Ann"),
        (FirstOf(options=(Field(path="empty"),)), None),
        (Translate(of=Field(path="name"), pairs=(("Ann", "A"),)), "A"),
        (Translate(of=Field(path="name"), pairs=(("Bob", "B"),)), "Ann"),
        (Translate(of=Field(path="name"), pairs=(("Bob", "B"),), otherwise="?"), "?"),
        (When(condition=Blank(path="empty"), then=Constant(value="yes"), otherwise=Constant(value="no")), "yes"),
        (When(condition=Blank(path="name"), then=Constant(value="yes"), otherwise=Constant(value="no")), "no"),
        (Shorten(of=Field(path="name"), length=2), "An"),
        (Macro(name=MacroName.TODAY), "2026-11-23"),
        (Macro(name=MacroName.TODAY, days=-23), "2026-10-31"),
        (Macro(name=MacroName.TODAY, days=10_000_000), None),
        (Macro(name=MacroName.RUN), "r1"),
        (Macro(name=MacroName.RUN, days=1), "r1"),
    ],
)
def test_an_expression_gives_its_value(source: Expression, expected: Value) -> None:
    assert value_of(source, name="Ann", n=3, empty="") == expected


def test_values_are_fitted_to_the_kind_of_their_target() -> None:
    rows = (
        Row(target="number", source=Field(path="a")),
        Row(target="day", source=Field(path="b")),
        Row(target="flag", source=Field(path="c")),
    )

    assert drafted(header(*rows), selected(a="1.50", b="2026-02-28", c="T")) == {
        "number": Decimal("1.50"),
        "day": date(2026, 2, 28),
        "flag": True,
    }


@pytest.mark.parametrize(
    ("target", "value"),
    [("number", "many"), ("number", "NaN"), ("day", "31/12/2026"), ("flag", "perhaps"), ("owner", 7)],
)
def test_a_value_that_does_not_fit_fails_the_record_with_its_reason(target: str, value: Value) -> None:
    refused = compile_mapping(header(Row(target=target, source=Field(path="v"))), TARGET, FACTS).draft(
        selected(v=value), {}
    )

    assert isinstance(refused, Refuse)
    assert (refused.kind, refused.problem.code) == (OutcomeKind.FAILED, "SB-MAP-002")
    assert "Thing A (12)" in refused.problem.title


def test_an_error_does_not_quote_what_not_everybody_may_see() -> None:
    """Whoever sees a run sees its errors (S28): rates on either side are left out, other values are quoted."""
    service = WORKSPACE_TYPES["service"]
    imports = replace(header(Row(target="rate", source=Field(path="v"))), target_type="service")
    line = MappingGroup(
        name="L",
        title="L",
        source_list="charges",
        target_list="lines",
        rows=(Row(target="amount", source=Field(path="rate")),),
    )
    exports = replace(workflow(line), direction=Direction.EXPORT, source_type="invoice")
    total = replace(line, rows=(Row(target="amount", source=Field(path="total")),))
    charges = ({"rate": "canary", "total": "canary"},)
    for flow, target, is_quoted in (
        (imports, service, False),
        (exports, TARGET, False),
        (replace(exports, groups=(total,)), TARGET, True),
    ):
        refused = compile_mapping(flow, target, FACTS).draft(selected(v="canary", charges=charges), {})
        assert isinstance(refused, Refuse)
        assert ("canary" in refused.problem.cause) is is_quoted


def test_a_required_row_without_value_fails_the_record() -> None:
    refused = compile_mapping(
        header(Row(target="text", source=Field(path="v"), is_required=True)), TARGET, FACTS
    ).draft(selected(v=""), {})

    assert isinstance(refused, Refuse)
    assert refused.problem.code == "SB-MAP-001"


def test_questions_name_what_must_be_looked_up_and_answers_fill_it_in() -> None:
    flow = header(
        Row(target="owner", source=Counterpart(of=Field(path="who"), record_type="person")),
        Row(target="text", source=Lookup(of=Field(path="code"), record_type="currency", by="symbol")),
    )
    mapping = compile_mapping(flow, TARGET, FACTS)
    one = selected(who="9", code="EUR")

    questions = list(mapping.questions(one))

    assert questions == [Question("person", "", "9"), Question("currency", "symbol", "EUR")]
    draft = mapping.draft(one, {questions[0]: "109", questions[1]: "2"})
    assert isinstance(draft, Draft)
    assert draft.fields == {"owner": "109", "text": "2"}


def test_a_blank_reference_asks_nothing_and_gives_nothing() -> None:
    flow = header(Row(target="owner", source=Counterpart(of=Field(path="who"), record_type="person")))
    mapping = compile_mapping(flow, TARGET, FACTS)

    assert list(mapping.questions(selected(who=None))) == []
    assert mapping.draft(selected(who=None), {}) == Draft(fields={"owner": None})


def test_a_record_without_counterpart_blocks_the_one_that_points_to_it() -> None:
    flow = header(Row(target="owner", source=Counterpart(of=Field(path="who"), record_type="person")))

    refused = compile_mapping(flow, TARGET, FACTS).draft(selected(who="9"), {})

    assert isinstance(refused, Refuse)
    assert (refused.kind, refused.problem.code) == (OutcomeKind.BLOCKED, "SB-BLK-001")
    assert "person 9" in refused.problem.cause


def test_a_counterpart_that_may_be_left_leaves_the_target_field_alone() -> None:
    flow = header(
        Row(target="owner", source=Counterpart(of=Field(path="who"), record_type="person", or_leave=True)),
        Row(target="text", source=Constant(value="x")),
    )

    assert drafted(flow, selected(who="9")) == {"text": "x"}


def test_line_groups_map_the_lines_their_condition_picks_and_add_up_in_one_list() -> None:
    dear = Compare(path="total", comparison=Comparison.GREATER, value=Decimal(10))
    rows = (Row(target="amount", source=Field(path="total"), is_required=True),)
    flow = workflow(
        MappingGroup(name="A", title="A", rows=rows, source_list="charges", target_list="lines", condition=dear),
        MappingGroup(
            name="B",
            title="B",
            rows=(Row(target="amount", source=Constant(value=1)),),
            source_list="fees",
            target_list="lines",
        ),
    )
    charges = ({"total": Decimal(5)}, {"total": Decimal(11)}, {"total": Decimal(12)})

    fields = drafted(flow, selected(charges=charges, fees=({"x": 1},)))

    assert fields == {"lines": ({"amount": Decimal(11)}, {"amount": Decimal(12)}, {"amount": Decimal(1)})}


def test_a_record_without_lines_gets_an_empty_list() -> None:
    flow = workflow(MappingGroup(name="A", title="A", rows=(), source_list="charges", target_list="lines"))

    assert drafted(flow, selected()) == {"lines": ()}


def test_an_inactive_row_maps_nothing() -> None:
    assert drafted(header(Row(target="text", source=Constant(value="x"), is_active=False)), selected()) == {}


def test_a_line_group_must_aim_at_a_list() -> None:
    flow = workflow(MappingGroup(name="A", title="A", rows=(), source_list="charges", target_list="text"))

    with pytest.raises(ValueError, match="is no list"):
        compile_mapping(flow, TARGET, FACTS)


@pytest.mark.fault("F40")
def test_a_value_that_a_list_does_not_know_names_the_row_whose_value_map_can_cure_it() -> None:
    mapped = Translate(of=Field(path="size"), pairs=(("L", "_big"),))
    flow = header(Row(target="kind", source=mapped))

    assert drafted(flow, selected(size="L"))["kind"] == "_big"
    assert drafted(flow, selected(size=None))["kind"] is None
    refused = compile_mapping(flow, TARGET, FACTS).draft(selected(size="XXL"), {})

    assert isinstance(refused, Refuse)
    problem = refused.problem
    assert (refused.kind, problem.code) == (OutcomeKind.FAILED, "SB-MAP-003")
    assert problem.cause == "“XXL” is none of the values that Kind takes: _big, _small."
    assert problem.remedy == "Add “XXL” to the value map of the row Kind in W > G, or correct it on Thing A (12)."


def test_the_filter_of_a_headers_group_leaves_its_rows_out() -> None:
    us = Compare(path="country", comparison=Comparison.EQUAL, value="US")
    flow = workflow(
        MappingGroup(name="A", title="A", rows=(Row(target="text", source=Constant(value="x")),)),
        MappingGroup(name="B", title="B", rows=(Row(target="flag", source=Constant(value=True)),), condition=us),
    )
    assert drafted(flow, selected(country="US")) == {"text": "x", "flag": True}
    assert drafted(flow, selected(country="FR")) == {"text": "x"}
    assert flow.filter is None
    assert replace(flow, groups=flow.groups[1:]).filter == us


def test_lines_come_in_the_order_of_their_group() -> None:
    group = MappingGroup(
        name="L",
        title="L",
        source_list="charges",
        target_list="lines",
        rows=(Row(target="amount", source=Field(path="total")),),
        condition=Compare(path="total", comparison=Comparison.GREATER, value=Decimal(0)),
        order=(LineOrder(path="day", is_descending=True), LineOrder(path="id")),
    )
    charges: tuple[Line, ...] = (
        {"id": "10", "day": date(2026, 1, 1), "total": Decimal(1)},
        {"id": "9", "day": date(2026, 1, 1), "total": Decimal(2)},
        {"id": "8", "day": None, "total": Decimal(3)},
        {"id": "7", "day": date(2026, 1, 2), "total": Decimal(4)},
        {"id": "6", "day": date(2026, 1, 3), "total": Decimal(0)},
    )
    drafts = drafted(workflow(group), selected(charges=charges))["lines"]
    assert drafts == tuple({"amount": Decimal(total)} for total in (4, 2, 1, 3))
    assert workflow(group).source_paths() == ("name", "charges.total", "charges.day", "charges.id")


def test_a_lookup_says_where_it_looks_and_what_it_gives() -> None:
    rate = Lookup(of=Field(path="code"), record_type="person", by="code", returns="rate", side=LookupSide.SOURCE)
    mapping = compile_mapping(header(Row(target="number", source=rate)), TARGET, FACTS)
    (question,) = mapping.questions(selected(code="A"))
    assert question == Question("person", "code", "A", "rate", LookupSide.SOURCE)
    assert mapping.draft(selected(code="A"), {question: Decimal("1.5")}) == Draft(fields={"number": Decimal("1.5")})
    assert mapping.draft(selected(code="A"), {question: None}) == Draft(fields={"number": None})


def test_a_formula_without_result_fails_the_record_with_its_place() -> None:
    flow = header(Row(target="number", source=Formula(text="price * hours")))
    assert flow.source_paths() == ("name", "price", "hours")
    assert drafted(flow, selected(price=Decimal("0.1"), hours=3)) == {"number": Decimal("0.3")}
    refused = compile_mapping(flow, TARGET, FACTS).draft(selected(price="dear", hours=3), {})
    assert isinstance(refused, Refuse)
    assert (refused.kind, refused.problem.code) == (OutcomeKind.FAILED, "SB-MAP-004")
    assert refused.problem.cause == "Column 1: A number is needed here, and this is a text."
    assert refused.problem.remedy == "Correct the record, or the formula of the row Number in W > G."
    broken = compile_mapping(header(Row(target="number", source=Formula(text="price *"))), TARGET, FACTS)
    assert isinstance(broken.draft(selected(price=1), {}), Refuse)


def test_a_field_can_be_left_as_it_is() -> None:
    rows = (
        Row(target="text", source=Join(parts=(Field(path="name"), Leave()))),
        Row(target="flag", source=Constant(value=True)),
    )
    assert drafted(header(*rows), selected(name="x")) == {"flag": True}


def test_what_is_switched_off_lays_no_rule_on_a_field() -> None:
    flow = header(
        Row(target="text", source=Field(path="name"), is_initial_only=True, is_active=False),
        Row(target="text", source=Field(path="name"), sync=SyncRule.IF_EMPTY),
    )
    mapping = compile_mapping(flow, TARGET, FACTS)
    assert (mapping.initial_only, dict(mapping.sync)) == (frozenset(), {"text": SyncRule.IF_EMPTY})
