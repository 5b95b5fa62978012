"""The least role is derived from the workflows: every record type that one reads, writes or points to, at the level it takes."""

from __future__ import annotations

import pytest

from suitebridge.domain.records import Direction
from suitebridge.domain.rights import DOORS, OAUTH_DOORS, RIGHTS, Level, least_role, need_of, types_read
from suitebridge.domain.workflow import Workflow
from tests.fakes.standard import STANDARD as CATALOG


@pytest.mark.parametrize("workflow", CATALOG.values(), ids=CATALOG)
def test_each_workflow_gets_what_it_needs(workflow: Workflow) -> None:
    need = need_of(workflow)
    by_key = {needed.right.key: needed for needed in least_role([need])}
    own = by_key[RIGHTS[need.record_type].key]
    is_export = workflow.direction is Direction.EXPORT
    assert own.level is (Level.EDIT if is_export else Level.VIEW)
    assert own.workflows == (workflow.title,)
    assert set(types_read([need])) <= RIGHTS.keys()
    assert {door.right.key for door in DOORS} <= by_key.keys()


def test_one_permission_comes_once_with_its_highest_level() -> None:
    needed = least_role(map(need_of, CATALOG.values()))
    keys = [one.right.key for one in needed]
    assert len(keys) == len(set(keys))
    levels = {one.right.key: one.level for one in needed}
    assert (levels["TRAN_CUSTINVC"], levels["LIST_CUSTJOB"], levels["LIST_CURRENCY"]) == (
        Level.EDIT,
        Level.VIEW,
        Level.VIEW,
    )
    assert not any(one.level is Level.FULL for one in needed if one not in DOORS)


def test_oauth_needs_its_own_login_and_no_soap() -> None:
    keys = {needed.right.key for needed in least_role(map(need_of, CATALOG.values()), is_oauth=True)}
    assert {door.right.key for door in OAUTH_DOORS} <= keys
    assert "ADMI_LOGIN_OAUTH2" in keys
    assert keys.isdisjoint({"ADMI_LOGIN_OAUTH", "ADMI_WEBSERVICES"})


def test_a_field_of_netsuites_own_is_no_custom_field_whatever_it_is_called() -> None:
    assert need_of(CATALOG["export_time_entries"]).custom_fields == ()  # it writes “customer”
    assert need_of(CATALOG["import_customers"]).custom_fields == ("custentity_oa_export_to_openair",)
