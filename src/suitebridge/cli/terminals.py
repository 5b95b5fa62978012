"""From where commands are typed: who is signed in to this machine, and what the machine is called. Nothing of it comes from the environment, which anybody sets."""

from __future__ import annotations

import os
import socket
from typing import Final

_MOST_CHARACTERS: Final = 200


def terminal() -> str:
    """Name the terminal as the trail keeps it, such as “ada@ledger”: as far as the machine says, "" where it says nothing."""
    said = "@".join(part for part in (_account(), _machine()) if part)
    return "".join(character for character in said if character.isprintable())[:_MOST_CHARACTERS]


def _account() -> str:
    try:
        # Not everywhere there is such a list of users, and not every user is in it.
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):
        return ""


def _machine() -> str:
    try:
        return socket.gethostname()
    except OSError:
        return ""
