"""`suitebridge config`: a file is compared, refused where it is wrong, applied as a whole, and comes out again byte for byte."""

from __future__ import annotations

import json

from tests.scenarios.command_line.world import World


def test_a_file_configures_the_workflows(settled_world: World) -> None:
    world = settled_world
    empty = world.type("config", "export")
    assert (empty.code, json.loads(empty.out)["configuration"]) == (0, {"is": "Configuration"})
    file = world.data / "workflows.json"
    row = {"is": "Row", "source": {"is": "Field", "path": "companyName"}, "target": "phone"}
    group = {"is": "GroupOverride", "changed": [row], "name": "CUSTOMER_TO_CUSTOMER"}
    edits = {"is": "WorkflowOverride", "groups": [group], "workflow": "import_customers"}
    whole = {"configuration": {"is": "Configuration", "overrides": [edits]}, "format": "suitebridge-configuration/1"}
    file.write_text(json.dumps({**whole, "extra": 1}))
    refused = world.type("config", "apply", str(file))
    assert (refused.code, "has no extra" in refused.err) == (3, True)
    file.write_text(json.dumps(whole))
    assert world.type("config", "diff", str(file)).code == 6
    applied = world.type("config", "apply", str(file), "--managed", "--reason", "Names", "--json")
    assert (applied.code, applied.document["version"], applied.document["is_managed"]) == (0, 1, True)
    file.write_text(world.type("config", "export").out)
    same = world.type("config", "diff", str(file))
    assert (same.code, same.out.strip()) == (0, "Nothing differs.")
    assert world.type("config", "apply", str(file), "--expect", "0", "--unmanaged").code == 8
