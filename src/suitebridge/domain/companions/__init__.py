"""Further records that a workflow writes beside each of its own: named companions, each a pure function from a record to what it should hold.

A companion is known by the NetSuite ID of the record beside which it stands, so that it is never made twice. Nothing here reads or writes.
"""

from suitebridge.domain.companions.purchases import PARENT, Accompanied, draft_of, key_of, type_of

__all__ = ["PARENT", "Accompanied", "draft_of", "key_of", "type_of"]
