"""The scripts of suiteapp/, by tools of others: eslint lints them, and Jest tests them over Oracle's stubs of N/*."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from simulator.tests.clients.strangers import PLACE, node

SUITEAPP = Path(__file__).resolve().parents[3] / "suiteapp"
PACKAGES = PLACE / "npm" / "node_modules"


@pytest.mark.parametrize(
    ("tool", "program"), [("eslint", "eslint/bin/eslint.js ."), ("jest", "jest/bin/jest.js --ci --runInBand")]
)
def test_scripts_are_sound(tool: str, program: str, tmp_path: Path) -> None:
    script, *options = program.split()
    if tool == "jest":
        options += ["--cacheDirectory", str(tmp_path)]
    done = subprocess.run(
        [node(), PACKAGES / script, *options],
        cwd=SUITEAPP,
        env={**os.environ, "NODE_PATH": str(PACKAGES), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
