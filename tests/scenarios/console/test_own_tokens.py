"""People make their API tokens in the console: what each opens is chosen, its text is shown once, its use is told (quality.md S14)."""

from __future__ import annotations

import re

from tests.console_world import World
from tests.scenarios.api.conftest import Program
from tests.scenarios.console.conftest import Entrance

HERE = "/account/tokens"


def test_a_token_is_made_used_and_withdrawn(world: World, entrance: Entrance) -> None:
    client = entrance("omar")
    made = client.post(HERE, {"label": "scheduler", "scope": ["run", "read"], "days": "7"})
    assert made.status_code == 200
    (text,) = re.findall(r"sbtoken_mrdn4k2p_[a-z0-9]{40}", made.content.decode())
    page = client.get(HERE).content.decode()
    assert text not in page
    assert "<td>read, run</td>" in page
    assert "never" in page
    scheduler = Program(token=text)
    assert scheduler.call("GET", "/runs").status_code == 200
    assert scheduler.call("GET", "/tokens").status_code == 403
    page = client.get(HERE).content.decode()
    assert "never" not in page
    (named,) = re.findall(r'name="withdraw" value="([^"]+)"', page)
    assert client.post(HERE, {"withdraw": named})["Location"] == f"{HERE}?done=withdrawn"
    assert client.post(HERE, {"withdraw": named})["Location"] == HERE
    assert "The token was withdrawn" in client.get(f"{HERE}?done=withdrawn").content.decode()
    assert scheduler.call("GET", "/runs").status_code == 401
    told = [entry.event for entry in world.store.trail.newest(limit=3) if entry.event.startswith("token:")]
    assert told == ["token:withdrawn", "token:issued"]


def test_what_is_wrong_is_told_and_what_was_typed_stays(entrance: Entrance) -> None:
    client = entrance("omar")
    for wrong, said in (
        ({"label": "", "scope": ["run"], "days": "7"}, "needs a label"),
        ({"label": "scheduler", "days": "7"}, "opens nothing"),
        ({"label": "scheduler", "scope": ["run", "command-line"], "days": "7"}, "no scope command-line"),
        ({"label": "scheduler", "scope": ["run"], "days": "400"}, "1 to 90 days"),
    ):
        answer = client.post(HERE, wrong)
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert f'value="{wrong["label"]}"' in answer.content.decode()
