"""Any workflow survives its JSON form."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from suitebridge.domain import conditions as c
from suitebridge.domain import expressions as e
from suitebridge.domain.notation.files import FileFormError, read_configuration, tidy, write_configuration
from suitebridge.domain.notation.plain import PlainFormError, configuration_from_plain, to_plain, workflow_from_plain
from suitebridge.domain.notation.published import file_schema
from suitebridge.domain.overrides import Configuration, GroupOverride, WorkflowOverride, configured, lay_over
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import (
    Guard,
    LineOrder,
    MappingGroup,
    MatchKey,
    PullBack,
    Row,
    Setting,
    Sum,
    SyncRule,
    WhenDeleted,
    Workflow,
)

PUBLISHED = Draft202012Validator(file_schema())
text = st.text(max_size=8)
scalars = st.one_of(
    st.none(),
    text,
    st.integers(),
    st.booleans(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.dates(date(1900, 1, 1)),
    st.datetimes(datetime(1900, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001  # Hypothesis adds the zone
)
conditions = st.recursive(
    st.one_of(
        st.builds(c.Compare, path=text, comparison=st.sampled_from(c.Comparison), value=scalars),
        st.builds(c.OneOf, path=text, values=st.lists(scalars, max_size=3).map(tuple)),
        st.builds(c.Blank, path=text),
    ),
    lambda inner: st.one_of(
        st.builds(c.AllOf, conditions=st.lists(inner, max_size=2).map(tuple)),
        st.builds(c.AnyOf, conditions=st.lists(inner, max_size=2).map(tuple)),
        st.builds(c.Not, condition=inner),
    ),
    max_leaves=4,
)
expressions = st.recursive(
    st.one_of(
        st.builds(e.Field, path=text),
        st.builds(e.Constant, value=scalars),
        st.builds(e.Formula, text=text),
        st.builds(e.Leave),
        st.builds(e.Macro, name=st.sampled_from(e.MacroName), days=st.integers()),
    ),
    lambda inner: st.one_of(
        st.builds(e.Join, parts=st.lists(inner, max_size=2).map(tuple)),
        st.builds(e.FirstOf, options=st.lists(inner, max_size=2).map(tuple)),
        st.builds(
            e.Translate, of=inner, pairs=st.lists(st.tuples(text, text), max_size=2).map(tuple), otherwise=scalars
        ),
        st.builds(e.Lookup, of=inner, record_type=text, by=text, returns=text, side=st.sampled_from(e.LookupSide)),
        st.builds(e.Counterpart, of=inner, record_type=text, or_leave=st.booleans(), or_skip=st.booleans()),
        st.builds(e.Shorten, of=inner, length=st.integers(0, 99)),
        st.builds(e.When, condition=conditions, then=inner, otherwise=inner),
    ),
    max_leaves=5,
)
rows = st.builds(
    Row,
    target=text,
    source=expressions,
    is_required=st.booleans(),
    is_initial_only=st.booleans(),
    is_active=st.booleans(),
    when=text,
    unless=text,
    sync=st.sampled_from(SyncRule),
)
groups = st.builds(
    MappingGroup,
    name=text,
    title=text,
    rows=st.lists(rows, max_size=2).map(tuple),
    source_list=text,
    target_list=text,
    condition=st.none() | conditions,
    when=text,
    unless=text,
    order=st.lists(st.builds(LineOrder, path=text, is_descending=st.booleans()), max_size=2).map(tuple),
)
pull_backs = st.lists(st.builds(PullBack, source=text, target=text, when=text, unless=text), max_size=2).map(tuple)
values = st.booleans() | text
workflows = st.builds(
    Workflow,
    name=text,
    title=text,
    direction=st.sampled_from(Direction),
    source_type=text,
    target_type=text,
    title_fields=st.lists(text, max_size=2).map(tuple),
    match_keys=st.lists(
        st.builds(MatchKey, source=text, target=text, label=text, ignores_case=st.booleans()), max_size=2
    ).map(tuple),
    groups=st.lists(groups, max_size=2).map(tuple),
    reads=st.none() | conditions,
    guards=st.lists(st.builds(Guard, condition=conditions, reason=text, when=text), max_size=2).map(tuple),
    pull_backs=pull_backs,
    needs=st.lists(text, max_size=2).map(tuple),
    sum=st.none() | st.builds(Sum, amount=text, written=text, currency=text, unit=text),
    when_deleted=st.sampled_from(WhenDeleted),
    settings=st.lists(
        st.builds(Setting, name=text, label=text, sentence=text, default=values, needs=st.tuples(text)), max_size=2
    ).map(tuple),
    is_active=st.booleans(),
)
chosen = st.lists(st.tuples(text, values), max_size=2).map(tuple)
configurations = st.builds(
    Configuration,
    overrides=st.lists(
        st.builds(
            WorkflowOverride,
            workflow=text,
            is_active=st.none() | st.booleans(),
            groups=st.lists(
                st.builds(
                    GroupOverride,
                    name=text,
                    changed=st.lists(rows, max_size=1).map(tuple),
                    inactive=st.lists(text, max_size=2).map(tuple),
                    added=st.lists(rows, max_size=1).map(tuple),
                    condition=st.none() | conditions,
                    advanced=text,
                ),
                max_size=2,
            ).map(tuple),
            pull_backs=pull_backs,
            settings=chosen,
        ),
        max_size=2,
    ).map(tuple),
    custom=st.lists(workflows, max_size=1).map(tuple),
    settings=chosen,
)


@given(workflows)
def test_reading_undoes_writing(workflow: Workflow) -> None:
    assert workflow_from_plain(json.loads(json.dumps(to_plain(workflow)))) == workflow


@given(configurations)
def test_reading_a_configuration_undoes_writing_it(configuration: Configuration) -> None:
    assert configuration_from_plain(json.loads(json.dumps(to_plain(configuration)))) == configuration


@given(configurations)
def test_a_file_is_the_same_bytes_after_it_was_applied(configuration: Configuration) -> None:
    text = write_configuration(configuration)
    read = read_configuration(text)
    assert write_configuration(read) == text
    assert read == tidy(configuration)
    PUBLISHED.validate(json.loads(text))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nothing", "no JSON"),
        ("[" * 100_000, "no JSON"),
        ("{}", "does not say"),
        ('{"format": "suitebridge-configuration/1", "format": "x"}', "stands twice"),
        ('{"format": "suitebridge-configuration/1", "spells": []}', "has no spells"),
        ('{"format": "suitebridge-configuration/1"}', "no configuration"),
        (
            '{"format": "suitebridge-configuration/1", "configuration": {"is": "Configuration", "magic": 1}}',
            "has no magic",
        ),
    ],
)
def test_a_file_that_is_none_is_refused_with_its_place(text: str, said: str) -> None:
    with pytest.raises(FileFormError, match=said):
        read_configuration(text)
    if text.endswith("}"):
        assert not PUBLISHED.is_valid(json.loads(text))


def test_the_published_schema_is_sound_and_as_the_language_is(repository: Path) -> None:
    Draft202012Validator.check_schema(file_schema())
    page = repository / "docs" / "reference" / "configuration.schema.json"
    assert json.loads(page.read_text()) == file_schema(), "Run python tools/config_schema.py and commit."


@given(workflows, configurations)
def test_whatever_is_laid_over_gives_workflows_with_nothing_left_to_settle(
    workflow: Workflow, configuration: Configuration
) -> None:
    for one in configured({workflow.name: workflow}, configuration).values():
        parts: list[Guard | MappingGroup | PullBack | Row] = [*one.guards, *one.groups, *one.pull_backs]
        parts.extend(row for group in one.groups for row in group.rows)
        assert not any(part.when or part.unless for part in parts)
        assert lay_over(one) == one


@pytest.mark.parametrize(
    ("plain", "said"),
    [
        ("text", "this is no workflow"),
        ({"is": "Field", "path": "x"}, "this is no workflow"),
        ({"is": "Magic"}, "no word of the mapping language"),
        ({"is": "Workflow", "spell": 1}, "has no spell"),
        ({"is": "Workflow"}, "incomplete"),
        ({"is": "Workflow", "direction": "sideways"}, "none of import, export"),
        ({"is": "Workflow", "name": 7}, "workflow.name: this value cannot stand here"),
        ({"is": "Workflow", "groups": [{"is": "Blank", "path": "x"}]}, "workflow.groups: this value cannot stand here"),
        (
            {
                "is": "Workflow",
                "reads": {
                    "is": "Compare",
                    "path": "a",
                    "comparison": "=",
                    "value": {"is": "date", "value": "tomorrow"},
                },
            },
            "cannot be read",
        ),
    ],
)
def test_anything_else_is_refused_with_its_place(plain: object, said: str) -> None:
    with pytest.raises(PlainFormError, match=said):
        workflow_from_plain(plain)  # type: ignore[arg-type]
