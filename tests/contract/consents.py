"""A person with a browser, who signs in at the simulator's page and allows what an application asks for."""

from __future__ import annotations

import re
from html import unescape

import requests

EMAIL, SECONDS = "ada@example.com", 30


def consented(address: str, password: str) -> str:
    """Sign in at the simulator's page, allow the access, and give the address that the browser is sent to."""
    with requests.Session() as browser:
        browser.trust_env = False
        page = browser.get(address, timeout=SECONDS)
        for form in ({"act": "sign-in", "email": EMAIL, "password": password}, {"act": "allow"}):
            token = re.findall(r'name="token" value="([^"]*)"', page.text)[0]
            role = re.findall(r'<option value="([^"]*)"', page.text)
            given = {"token": unescape(token), **form, **({"role": role[0]} if role else {})}
            page = browser.post(str(page.request.url), data=given, timeout=SECONDS, allow_redirects=False)
        return page.headers["Location"]
