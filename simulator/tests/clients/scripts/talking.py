"""What a script of a client's environment does all day: it hears which call to make, makes it and says what came of it.

One JSON object a line each way. Runs in environments that hold nothing of this repository: only the standard library here.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any


def talk(calls: Mapping[str, Callable[..., Any]]) -> None:
    """Answer calls until nobody asks any more; an error is told by its class and its text."""
    answers, sys.stdout = sys.stdout, sys.stderr  # a library that prints spoils no answer
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = {"value": calls[asked["call"]](**asked["arguments"])}
        except Exception as error:
            answer = {"error": type(error).__name__, "text": str(error)}
        print(json.dumps(answer, default=str), file=answers, flush=True)
