"""The house that this process serves, and what its settings mean for the web: host names, cookies, the invitation to an empty one."""

from __future__ import annotations

import logging

from django.conf import settings

from suitebridge.api.rates import Rates
from suitebridge.bootstrap import House
from suitebridge.console.invitations import Invitation

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class HouseMissingError(RuntimeError):
    """A request came before a house was opened."""


class _Present:
    """What is served at present."""

    house: House | None = None
    invitation: Invitation = Invitation()
    rates: Rates = Rates()


def set_current(house: House) -> None:
    """Serve a house from now on, under the host names and with the cookies that its settings call for."""
    _Present.house = house
    _Present.invitation = Invitation()
    _Present.rates = Rates()
    settings.ALLOWED_HOSTS = [*LOOPBACK, *house.settings.hosts]
    _choose_cookies(is_https=house.settings.https)
    logging.getLogger("django").addHandler(logging.NullHandler())


def current() -> House:
    """Give the house that is served. Raise `HouseMissingError` where none was opened."""
    if _Present.house is None:
        raise HouseMissingError("Open a house with bootstrap.open_house and hand it to web.houses.set_current first.")
    return _Present.house


def invitation() -> Invitation:
    """Give the invitation of the house that is served."""
    return _Present.invitation


def rates() -> Rates:
    """Give what counts the API's requests."""
    return _Present.rates


def invite() -> str:
    """Draw a set-up token for an installation without a company, to be printed once; "" where there is one."""
    house = current()
    if house.companies.all():
        return ""
    return _Present.invitation.issue(house.chance, house.clock.now())


def _choose_cookies(*, is_https: bool) -> None:
    """Behind TLS the cookies are bound to this host and sent over TLS only (quality.md S07)."""
    settings.SESSION_COOKIE_SECURE = is_https
    settings.SESSION_COOKIE_NAME = "__Host-suitebridge" if is_https else "suitebridge"
