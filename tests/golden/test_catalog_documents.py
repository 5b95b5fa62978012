"""The catalog's page says what the files say, and the guide to a new workflow does what it tells."""

from __future__ import annotations

import re
import subprocess
import sys
import types
from pathlib import Path

from suitebridge.catalog import CATALOG
from suitebridge.domain.workflow import Workflow
from tests.golden.cases import CURRENT, INTENT, SOURCE, Case, play

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "guides" / "add-a-workflow.md"


def test_the_catalog_page_is_what_the_catalog_says() -> None:
    checked = subprocess.run([sys.executable, "tools/catalog_page.py", "--check"], cwd=ROOT, check=False)

    assert checked.returncode == 0, "Run python tools/catalog_page.py"


def test_the_guide_adds_a_workflow(tmp_path: Path) -> None:
    text = GUIDE.read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    source, current, intent = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    module = types.ModuleType("import_discount_items")
    exec(code, module.__dict__)
    workflow = module.__dict__["WORKFLOW"]
    assert isinstance(workflow, Workflow)
    assert workflow.name not in CATALOG
    (tmp_path / SOURCE).write_text(source, encoding="utf-8")
    (tmp_path / CURRENT).write_text(current, encoding="utf-8")

    assert play(Case(workflow=workflow, folder=tmp_path))[INTENT].decode() == intent
