"""The workflows of a company where nobody has edited anything: the shipped ones that are active, with their settings settled."""

from collections.abc import Mapping

from suitebridge.catalog import CATALOG
from suitebridge.domain.overrides import UNTOUCHED, configured
from suitebridge.domain.workflow import Workflow

STANDARD: Mapping[str, Workflow] = {name: one for name, one in configured(CATALOG, UNTOUCHED).items() if one.is_active}
