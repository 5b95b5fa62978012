"""Every benchmark case runs at a tiny size: each client does the whole work, and the document says what was measured. Nothing is timed here."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.cases import CASES

ROOT = Path(__file__).parents[2]
SIZE = 30


@pytest.fixture(scope="module", autouse=True)
def environments() -> None:
    """Build the environments of the other clients, where they are not there yet."""
    names = {name for case in CASES.values() for name in case.environments.values()}
    subprocess.run(["tools/clients.sh", *sorted(names)], cwd=ROOT, check=True)


@pytest.mark.parametrize("name", CASES)
def test_case_measures_every_client(name: str, tmp_path: Path) -> None:
    document, profile = tmp_path / "results" / "bench.json", tmp_path / "run.prof"
    words = ["--case", name, "--size", str(SIZE), "--repeat", "1", "--warm-ups", "0"]
    files = ["--json", str(document), "--profile", str(profile)]

    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", *words, *files], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert "a second" in done.stdout
    is_compared = "connector" in CASES[name].sides
    assert profile.exists() == (is_compared and CASES[name].is_profiled)
    assert ("  ratio " in done.stdout) == (is_compared and len(CASES[name].sides) > 1)
    (case,) = json.loads(document.read_text())["cases"]
    assert case["size"] == SIZE
    assert set(case["sides"]) == set(CASES[name].sides)
    for side, found in case["sides"].items():
        wanted = max(SIZE // CASES[name].shares.get(side, 1), 1)
        assert all(one["records"] == wanted for one in found["measurements"])
