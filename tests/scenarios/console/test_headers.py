"""What every answer carries whatever the route, and what spoofed, oversized or foreign requests get (quality.md S43-S45, S48, S49, S53)."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.console_world import COMPANY, PASSWORD, World
from tests.scenarios.console.conftest import Entrance, visitor
from tests.scenarios.console.test_canaries import addresses

ALWAYS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
WRONG = {"company": COMPANY, "user": "grace", "password": "not the right one"}


def test_every_route_answers_with_every_header_to_everybody(world: World, entrance: Entrance) -> None:
    for client in (entrance("grace"), entrance("emil"), visitor()):
        for name, address in {**addresses(world), "nowhere": "/nowhere"}.items():
            for method in ("get", "post", "trace"):
                answer = getattr(client, method)(address, headers={"origin": "https://evil.example"})
                assert {header: answer[header] for header in ALWAYS} == ALWAYS, f"{method} {name}"
                assert "camera=()" in answer["Permissions-Policy"]
                assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
                assert not [header for header in answer.headers if header.lower().startswith("access-control-")]
                assert not {"Server", "X-Powered-By"} & set(answer.headers)


def test_signing_out_clears_what_the_browser_kept(entrance: Entrance) -> None:
    assert entrance("grace").post("/sign-out")["Clear-Site-Data"] == '"cache", "storage"'


@pytest.mark.parametrize("method", ["trace", "options", "put"])
def test_methods_that_no_route_takes_are_refused(world: World, method: str) -> None:
    for name, address in addresses(world).items():
        answer = getattr(visitor(), method)(address)
        assert answer.status_code == 405, name
        assert b"evil" not in answer.content


def test_nobody_counts_as_another_address_by_saying_so(world: World) -> None:
    assert world.house.companies.all()
    client = visitor()
    answers = [
        client.post("/sign-in", WRONG, headers={"x-forwarded-for": f"203.0.113.{n}", "x-real-ip": f"203.0.113.{n}"})
        for n in range(6)
    ]
    assert answers[-1].status_code == 429


def test_nobody_comes_over_tls_or_to_another_host_by_saying_so(world: World) -> None:
    assert world.house.companies.all()
    answer = visitor().get("/", headers={"x-forwarded-host": "evil.example", "x-forwarded-proto": "https"})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in")
    assert "Strict-Transport-Security" not in answer


@pytest.mark.parametrize(
    "form", [{"company": COMPANY, "user": "grace", "password": "x" * 200_000}, {f"field{n}": "x" for n in range(300)}]
)
def test_a_request_that_is_too_large_is_refused_before_anybody_reads_it(world: World, form: dict[str, str]) -> None:
    assert world.house.companies.all()
    assert visitor().post("/sign-in", form).status_code in {400, 413}


def test_a_long_list_comes_in_pages(entrance: Entrance) -> None:
    client: Client = entrance("grace")
    text = client.get("/records/invoice?limit=100000&per_page=100000").content.decode()
    assert text.count("<tr") <= 101
    assert PASSWORD not in text
