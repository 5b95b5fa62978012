"""The named checks of a connection: one table for console, command line and API (quality.md U03). It knows nothing of how they are made."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass

GUIDE = "docs/guides/configuring-netsuite.md"
"""The guide that says how to mend what a check finds."""

MOST_SECONDS = 15.0
"""How long all of them together may take."""


class Check(enum.Enum):
    """The checks, in the order in which they are made; the value is the name that every door shows."""

    ACCOUNT_ID = "account-id"
    HOST = "host"
    DNS = "dns"
    TLS = "tls"
    CLOCK = "clock"
    AUTHENTICATION = "authentication"
    PERMISSIONS = "permissions"
    FEATURES = "features"
    CUSTOM_FIELDS = "custom-fields"
    SAMPLES = "samples"
    CONCURRENCY = "concurrency"
    LINKS = "links"
    END_OF_LIFE = "end-of-life"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What holds when a check passes, and the part of the guide that helps when it does not."""

    title: str
    anchor: str

    @property
    def guide(self) -> str:
        """The place in the guide."""
        return f"{GUIDE}#{self.anchor}"


_TEST = "8-what-the-test-checks"
CHECKS: Mapping[Check, Named] = {
    Check.ACCOUNT_ID: Named(title="The account ID is one that NetSuite gives", anchor="1-the-account-id"),
    Check.HOST: Named(title="The host is NetSuite's and the account's", anchor="1-the-account-id"),
    Check.DNS: Named(title="The host's name is found", anchor=_TEST),
    Check.TLS: Named(title="The host is reached, with a valid certificate", anchor=_TEST),
    Check.CLOCK: Named(title="This machine's clock agrees with NetSuite's", anchor=_TEST),
    Check.AUTHENTICATION: Named(title="NetSuite accepts the sign-in", anchor="6-the-access-token"),
    Check.PERMISSIONS: Named(title="The role may do what the workflows need", anchor="3-the-role-and-its-permissions"),
    Check.FEATURES: Named(title="The features that are needed are on", anchor="2-features"),
    Check.CUSTOM_FIELDS: Named(title="The custom fields of the mappings exist", anchor=_TEST),
    Check.SAMPLES: Named(title="A record of each workflow can be read", anchor=_TEST),
    Check.CONCURRENCY: Named(title="The concurrency limit is known", anchor=_TEST),
    Check.LINKS: Named(title="What was linked is still the same", anchor=_TEST),
    Check.END_OF_LIFE: Named(title="This way to connect has a future", anchor=_TEST),
}
