"""docs/install.md is executed: the wheel is built and installed into an environment of its own, and every command in a block `sh` does what the page says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import venv
from pathlib import Path

import pytest

BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
SECONDS = 180


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    """Make an environment that finds the dependencies of this one, and SuiteBridge nowhere but in itself."""
    place = tmp_path / "opt"
    venv.create(place, with_pip=False)
    (packages,) = place.glob("lib/python*/site-packages")
    present = Path(sys.executable).parent.parent / packages.relative_to(place)
    (packages / "dependencies.pth").write_text(f"{present}\n")
    pip = place / "bin" / "pip"
    pip.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pip --python "{place}/bin/python" "$@"\n')
    pip.chmod(0o755)
    return place


def test_every_command_of_the_page(repository: Path, environment: Path, tmp_path: Path) -> None:
    blocks = BLOCK.findall((repository / "docs" / "install.md").read_text())
    assert len(blocks) == 6
    script = "set -eu\n" + "\n".join(blocks)
    for place, own in (
        ("/opt/suitebridge", str(environment)),
        ("/srv/", f"{tmp_path}/srv/"),
        (".venv/bin/pip", f'"{sys.executable}" -m pip'),
        ("dist", str(tmp_path / "dist")),
    ):
        script = re.sub(rf"(?<![\w/.-]){re.escape(place)}", own, script)
    script = script.replace(f"--wheel-dir {tmp_path}/dist .", f"--wheel-dir {tmp_path}/dist {repository}")
    (tmp_path / "srv").mkdir()
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=tmp_path,
        env={**os.environ, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "The company Acme Advisory is created" in done.stdout
    assert "1 companies are back" in done.stdout
    (installed,) = environment.glob("lib/python*/site-packages/suitebridge")
    for kind in ("*.html", "*.css", "*.js"):
        assert any(installed.rglob(kind)), f"The wheel holds no {kind}"
    assert (tmp_path / "srv" / "restored" / "suitebridge.sqlite3").stat().st_mode & 0o077 == 0
