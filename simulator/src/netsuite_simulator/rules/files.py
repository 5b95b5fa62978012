"""Files: content in base64, its size, and no two files of one name in one folder. Reference §4.2.

That the size is told in bytes, and that a second file of a name is refused rather than put in the place of the first, is
assumed.
"""

from __future__ import annotations

import base64
import binascii
from decimal import Decimal

from netsuite_simulator.drafts import Draft
from netsuite_simulator.results import Rejection


def complete_file(draft: Draft) -> None:
    """Fill in size and creation."""
    content = _content(draft)
    if content is not None and (draft.is_new or draft.changes("content")):
        draft.put("fileSize", Decimal(len(content)))
    if draft.is_new:
        draft.stamp("createdDate")
        draft.default("isInactive", False)
        draft.default("isOnline", False)


def _content(draft: Draft) -> bytes | None:
    try:
        return base64.b64decode("".join((draft.text("content") or "").split()), validate=True)
    except (binascii.Error, ValueError):
        return None


def check_file(draft: Draft) -> Rejection | None:
    """Refuse content that is no base64, and a second file of the same name in the folder."""
    if _content(draft) is None:
        return Rejection(
            code="INVALID_FLD_VALUE", message="The content of a file is base64.", field="content", path="content"
        )
    own = 0 if draft.current is None else int(draft.current.id)
    beside = "SELECT 1 FROM file WHERE name = ? AND folder = ? AND id <> ?"
    if draft.world.row(beside, (draft.text("name"), draft.text("folder"), own)) is None:
        return None
    return Rejection(code="DUP_RCRD", message="This record already exists", field="name", path="name")
