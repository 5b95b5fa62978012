"""Legacy text of a whole configuration: written and read again it says the same, and no text breaks the reading."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from suitebridge.catalog import CATALOG
from suitebridge.domain.adopting import adopt, legacy_text
from suitebridge.domain.conditions import Blank, Compare, Comparison
from suitebridge.domain.drafting import Place, activate, put_row, set_filter, switch_row
from suitebridge.domain.expressions import Constant, Field, Join, Translate
from suitebridge.domain.notation.legacy import LegacyPoint, read_legacy
from suitebridge.domain.overrides import UNTOUCHED, Configuration, configured
from suitebridge.domain.picking import source_of, sources_of, target_of, targets_of
from suitebridge.domain.schemas.registry import schema_of
from suitebridge.domain.workflow import Row, SyncRule

PLACES = [(workflow, group) for workflow in CATALOG.values() for group in workflow.groups]


@st.composite
def edited(draw: st.DrawFn) -> Configuration:
    """Draw a configuration with a few edits of a few groups."""
    configuration = UNTOUCHED
    for workflow, group in draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=3)):
        place = Place(workflow=workflow.name, group=group.name)
        targets = [one.path for one in targets_of(target_of(workflow, group, schema_of))]
        free = [one for one in targets if one not in {row.target for row in group.rows}]
        paths = st.sampled_from([one.path for one in sources_of(source_of(workflow, group, schema_of), schema_of)])
        source = draw(
            st.one_of(
                st.builds(Field, path=paths),
                st.builds(Constant, value=st.text(max_size=9)),
                st.builds(lambda path, text: Join(parts=(Field(path=path), Constant(value=text))), paths, st.text()),
                st.builds(
                    lambda path, pairs: Translate(of=Field(path=path), pairs=tuple(pairs)),
                    paths,
                    st.lists(st.tuples(st.text(max_size=4), st.text(max_size=4)), max_size=2),
                ),
            )
        )
        if free:
            row = Row(
                target=draw(st.sampled_from(free)),
                source=source,
                is_initial_only=draw(st.booleans()),
                sync=draw(st.sampled_from(SyncRule)),
            )
            configuration = put_row(CATALOG, configuration, place, row, was=row.target)
        optional = [row.target for row in group.rows if not row.is_required]
        if optional:
            off = draw(st.sampled_from(optional))
            configuration = switch_row(CATALOG, configuration, place, off, is_active=False)
        # A text that could be a number or a day would be taken for one, where the field is of that kind.
        condition = draw(
            st.none()
            | st.builds(Blank, path=paths)
            | st.builds(
                Compare, path=paths, comparison=st.sampled_from(Comparison), value=st.text(max_size=5).map("x{}".format)
            )
        )
        configuration = set_filter(CATALOG, configuration, place, condition)
        configuration = activate(CATALOG, configuration, workflow.name, is_active=True)
    return configuration


def written(configuration: Configuration) -> str:
    return legacy_text(CATALOG, configuration, configured(CATALOG, configuration).values())


@settings(max_examples=15, deadline=None)
@given(edited())
def test_what_is_written_and_taken_again_says_the_same(configuration: Configuration) -> None:
    text = written(configuration)
    taken = adopt(CATALOG, UNTOUCHED, configured(CATALOG, UNTOUCHED), text, schema_of)
    assert taken.unplaced == ()
    assert written(taken.configuration) == text
    again = adopt(CATALOG, configuration, configured(CATALOG, configuration), text, schema_of)
    assert configured(CATALOG, again.configuration) == configured(CATALOG, configuration)


def test_a_text_may_hold_what_other_readers_take_for_the_end_of_a_line() -> None:
    row = Row(target="name", source=Translate(of=Field(path="id"), pairs=(("", "\x0c"), ("\x85", "\u2028"))))
    configuration = put_row(
        CATALOG, UNTOUCHED, Place(workflow="import_vendors", group="VENDOR_TO_VENDOR"), row, was="name"
    )
    configuration = activate(CATALOG, configuration, "import_vendors", is_active=True)
    text = written(configuration)
    taken = adopt(CATALOG, UNTOUCHED, configured(CATALOG, UNTOUCHED), text, schema_of)
    assert (taken.unplaced, written(taken.configuration)) == ((), text)


@settings(max_examples=60)
@given(st.text(alphabet="<>/PULSHab_' \n={\"}[]:,", max_size=60) | st.sampled_from(['{"data": 3}', "{", "[" * 99]))
def test_any_text_is_read_or_told_with_its_place(text: str) -> None:
    for one in read_legacy(text):
        if not isinstance(one, LegacyPoint):
            assert one.said
            assert 0 <= one.line <= text.count("\n") + 1
