"""Every state has a sign, and every sign its words and an icon that is there."""

from __future__ import annotations

import re

import pytest

from suitebridge.console import access
from suitebridge.console.marks import (
    ACTIVITY_MARKS,
    APPROVAL_MARKS,
    ENDED_PHASE_MARKS,
    ENVIRONMENT_ICONS,
    OUTCOME_MARKS,
    PHASE_MARKS,
    ROLE_MARKS,
    RUN_MARKS,
    WAY_IN_MARKS,
    Mark,
)
from suitebridge.domain.credentials import Environment
from suitebridge.domain.outcomes import OutcomeKind
from suitebridge.domain.schemas.workspace.shared import APPROVAL_STATES
from suitebridge.ports.runs import RunState
from tests.architecture.source import ROOT

CONSOLE = ROOT / "src" / "suitebridge" / "console"
SPRITE = set(re.findall(r'<symbol id="([a-z]+)"', (CONSOLE / "static" / "console" / "icons.svg").read_text()))
STYLES = (CONSOLE / "static" / "console" / "console.css").read_text()
TEMPLATES = sorted(CONSOLE.rglob("*.html"))
MARKS = (
    *RUN_MARKS.values(),
    *OUTCOME_MARKS.values(),
    *PHASE_MARKS.values(),
    *ENDED_PHASE_MARKS.values(),
    *ACTIVITY_MARKS.values(),
    *WAY_IN_MARKS.values(),
    *ROLE_MARKS.values(),
    *APPROVAL_MARKS.values(),
)


def test_every_state_outcome_and_environment_has_its_sign() -> None:
    assert set(RUN_MARKS) == set(RunState)
    assert set(APPROVAL_MARKS) == {state for state, _ in APPROVAL_STATES}
    assert set(OUTCOME_MARKS) == set(OutcomeKind)
    assert set(ENDED_PHASE_MARKS) == set(PHASE_MARKS)
    assert set(ENVIRONMENT_ICONS) == set(Environment)


@pytest.mark.parametrize("mark", MARKS, ids=lambda mark: mark.text)
def test_a_sign_is_words_and_an_icon(mark: Mark) -> None:
    assert mark.text
    assert mark.meaning.endswith(".")
    assert mark.icon in SPRITE
    assert f".mark-{mark.tone} " in STYLES


def test_environments_have_their_icon_and_style() -> None:
    for icon, style in ENVIRONMENT_ICONS.values():
        assert icon in SPRITE
        assert f".environment-{style} " in STYLES


def test_templates_name_icons_that_are_there() -> None:
    named = {name for path in TEMPLATES for name in re.findall(r'icon="([a-z]+)"', path.read_text())}
    assert named <= SPRITE


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_no_script_style_or_unescaped_value(path: object) -> None:
    text = path.read_text()  # type: ignore[attr-defined]
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|\|safe|autoescape off|https?://", text)
    assert all("src=" in script for script in re.findall(r"<script[^>]*>", text))


def test_permissions_are_what_routes_may_need() -> None:
    assert {need.value for need in access.Access} == {"anyone", "anyone signed in"}
