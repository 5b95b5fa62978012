"""A company that moves to another NetSuite account, at the command line: nothing runs until somebody says so."""

from __future__ import annotations

from tests.scenarios.command_line.world import ACCOUNT, OTHER_ACCOUNT, World


def test_another_account_is_confirmed_before_anything_runs(world: World) -> None:
    saved = world.connect(account_id=OTHER_ACCOUNT)
    assert saved.code == 0
    assert f"suitebridge confirm-account {OTHER_ACCOUNT}" in saved.out
    refused = world.run("--workflow", "import_services")
    assert refused.code != 0
    assert "SB-CONN-002" in refused.out + refused.err
    assert world.type("confirm-account", ACCOUNT, "--as", "other").code != 0
    unsaid = world.type("--no-input", "confirm-account", OTHER_ACCOUNT)
    assert unsaid.code != 0
    assert "--as" in unsaid.err
    confirmed = world.type("--json", "confirm-account", OTHER_ACCOUNT, "--as", "other")
    assert confirmed.document == {**confirmed.document, "account_id": OTHER_ACCOUNT, "relink": "other"}
    assert world.connect(account_id=ACCOUNT).code == 0
    assert world.type("confirm-account", ACCOUNT, "--as", "copy").code == 0


def test_credentials_are_removed_and_entered_again(world: World) -> None:
    assert world.type("--no-input", "disconnect").code != 0
    removed = world.type("--json", "disconnect", "--yes")
    assert removed.document["removed"] is True
    refused = world.run("--workflow", "import_services")
    assert refused.code != 0
    assert "NS-AUTH-002" in refused.out + refused.err
    assert world.connect().code == 0
    assert world.type("audit", "verify").code == 0
