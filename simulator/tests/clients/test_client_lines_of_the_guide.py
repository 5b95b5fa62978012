"""The lines of the README that point clients at the simulator are run as they stand there."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from simulator.tests.clients.conftest import World
from simulator.tests.clients.strangers import PLACE, ROOT, node, python_of

README = (
    (ROOT / "simulator" / "README.md")
    .read_text()
    .partition("## Clients that nobody here wrote\n")[2]
    .partition("\n## ")[0]
)
LINES = {name: code for _, name, code in re.findall(r"```(\w+)\n(?:#|//) ([\w-]+)\n(.*?)```", README, re.DOTALL)}
PRINTS = {"netsuite": "USD", "netsuitesdk": "['USD', 'JPY']", "netsuite-rest": "1", "suds": "42"}


def settings(world: World, folder: Path) -> dict[str, str]:
    """Return what the README's export lines say, at the addresses of this account."""
    (exports,) = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    said = dict(re.findall(r"(\w+)=(\S+)", exports))
    given = world.served.environment
    ca_file = folder / "netsuite-simulator-ca.pem"
    ca_file.write_text(Path(given["SSL_CERT_FILE"]).read_text())
    assert said.pop("HTTPS_PROXY") == "http://127.0.0.1:8280"
    return {**said, "HTTPS_PROXY": given["HTTPS_PROXY"], "NODE_PATH": str(PLACE / "npm" / "node_modules")}


def test_each_client_of_the_guide_is_run() -> None:
    assert set(LINES) == set(PRINTS)


@pytest.mark.parametrize("name", sorted(PRINTS))
def test_the_lines_work_as_they_stand(world: World, tmp_path: Path, name: str) -> None:
    (tmp_path / "credentials.json").write_text(json.dumps(world.credentials))
    code = LINES[name].replace("http://127.0.0.1:8200", world.served.url)
    command = [node(), "-e", code] if name == "netsuite-rest" else [python_of(name), "-c", code]
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), **settings(world, tmp_path)}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert PRINTS[name] in done.stdout
