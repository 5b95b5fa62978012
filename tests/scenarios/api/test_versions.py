"""Configuration is changed by whoever has seen it: ETag, If-Match, 412 and 428 (quality.md E03)."""

from __future__ import annotations

import pytest

from suitebridge.api.document import document
from tests.console_world import World
from tests.scenarios.api.conftest import Programs, told

ROLE = {"permissions": ["View records"]}
SSO = {"switches": ["single_sign_on"]}
CONFIGURATION = ("/connection", "/connection/settings", "/integration-user", "/roles/{name}", "/people/{person_id}")


def test_every_change_of_configuration_says_which_state_it_is_about() -> None:
    paths = document()["paths"]
    for path in CONFIGURATION:
        for method in {"put", "delete"} & paths[f"/api/v1{path}"].keys():
            parameters = {one["name"] for one in paths[f"/api/v1{path}"][method]["parameters"]}
            assert "If-Match" in parameters, (method, path)


def test_roles_have_versions(programs: Programs) -> None:
    grace = programs.of("grace")
    told(grace.call("GET", "/roles/Clerk"), 404, "SB-API-002")
    told(grace.call("PUT", "/roles/Clerk", ROLE), 428, "SB-API-003")
    told(grace.call("PUT", "/roles/Clerk", ROLE, If_Match='"0"'), 412, "SB-ROLE-002")
    added = grace.call("PUT", "/roles/Clerk", ROLE, If_Match="*")
    assert added.status_code == 200, added.content.decode()
    tag = grace.call("GET", "/roles/clerk")["ETag"]
    assert tag == added["ETag"]
    changed = grace.call("PUT", "/roles/Clerk", {"permissions": []}, If_Match=tag)
    assert changed["ETag"] != tag
    for method in ("PUT", "DELETE"):
        told(grace.call(method, "/roles/Clerk", ROLE if method == "PUT" else None, If_Match=tag), 412, "SB-ROLE-002")
    assert grace.call("DELETE", "/roles/Clerk", If_Match=changed["ETag"]).status_code == 204


@pytest.mark.parametrize("path", ["/connection/settings", "/integration-user"])
def test_settings_and_the_integration_user_have_versions(world: World, programs: Programs, path: str) -> None:
    grace, person = programs.of("grace"), world.store.people.get("grace")
    assert person is not None
    contents = SSO if path == "/connection/settings" else {"id": person.id}
    tag = grace.call("GET", path)["ETag"]
    told(grace.call("PUT", path, contents), 428, "SB-API-003")
    saved = grace.call("PUT", path, contents, If_Match=tag)
    assert saved.status_code == 200, saved.content.decode()
    assert saved["ETag"] != tag
    told(grace.call("PUT", path, contents, If_Match=tag), 412, "SB-CONN-001")
    told(grace.call("PUT", "/connection/settings", {"switches": ["x"]}, If_Match="*"), 400, "SB-API-001")


def test_the_integration_user_is_cleared_by_version(world: World, programs: Programs) -> None:
    grace = programs.of("grace")
    told(grace.call("DELETE", "/integration-user"), 428, "SB-API-003")
    told(grace.call("DELETE", "/integration-user", If_Match='"999"'), 412, "SB-CONN-001")
    assert world.store.connections.get() is not None
    assert grace.call("DELETE", "/integration-user", If_Match="*").status_code == 204
