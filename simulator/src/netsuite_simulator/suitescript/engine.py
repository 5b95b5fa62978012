"""One run of a script: a JavaScript engine of its own, with `define` and the modules N/* in front of a host that answers them.

The memory of a run is limited; its time is not, because the engine limits only runs that ask nothing. Refuses to know what the host answers.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import quickjs

from netsuite_simulator.restlets import ScriptError

MOST_BYTES = 256 * 1024 * 1024
_MODULES = Path(__file__).with_name("modules.js").read_text()

Ask = Callable[[str, list[object]], object]


def call(path: str, entry: str, context: object, *, ask: Ask) -> object:
    """Call an entry point of a script with a value of JSON, and return another; raise `ScriptError` with what it throws.

    `ask` answers the questions of modules.js, `file` for a script's text among them, with values of JSON.
    """
    engine = quickjs.Context()
    engine.set_memory_limit(MOST_BYTES)
    engine.add_callable("__ask", _answering(ask))
    try:
        engine.eval(_MODULES)
        given = (path, entry, msgspec.json.encode(context).decode())
        answer = engine.get("__call")(*given)
    except quickjs.JSException as error:
        name, _, message = str(error).partition(":")
        raise ScriptError(name, message.strip().partition("\n")[0]) from error
    return msgspec.json.decode(answer)


def _answering(ask: Ask) -> Callable[[str, str], str]:
    def answer(question: str, given: str) -> str:
        try:
            told: dict[str, object] = {"value": ask(question, msgspec.json.decode(given, type=list[object]))}
        except ScriptError as error:
            told = {"error": {"name": error.code, "message": error.message}}
        return msgspec.json.encode(told).decode()

    return answer
