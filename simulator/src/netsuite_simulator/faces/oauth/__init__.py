"""The OAuth 2.0 and OpenID Connect face of an account: authorize page, token end points, keys, certificates, and the
older ways to an access token (reference §2.7, §3)."""

from netsuite_simulator.faces.oauth.doors import routes

__all__ = ["routes"]
