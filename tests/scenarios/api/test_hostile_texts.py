"""Texts that mean harm, in every place where texts come in: none becomes part of a page (S46) or of a statement (S42).

Pages are read as a browser reads them, and nothing may be in them that a template did not write: no script, no handler, no foreign element.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from suitebridge.api.endpoints import ENDPOINTS
from suitebridge.console.routes import ROUTES
from suitebridge.domain.errors import Problem
from suitebridge.domain.outcomes import Outcome, OutcomeKind
from suitebridge.domain.people import EMPLOYEE, Door, Permission, Role, Stamp
from suitebridge.ports.runs import NewRun, RunState
from suitebridge.ports.transactions import NewRecord, Settled
from tests.console_world import COMPANY, PASSWORD, World
from tests.scenarios.api.conftest import Programs
from tests.scenarios.console.conftest import visitor
from tests.scenarios.console.test_canaries import ATTRIBUTE, FIELD

PART = re.compile(r"[<{](?:\w+:)?(\w+)[>}]")
MARKUP = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<iframe src=javascript:alert(1)>",
    "<a href=javascript:alert(1)>click</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>click</a>",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<math><mtext></p><style><img src=x onerror=alert(1)></style></mtext></math>",
    "<object data=x></object><embed src=x>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<form action=//evil.example><button>send</button></form>",
    "<style>*{background:url(//evil.example)}</style>",
    "<template><script>alert(1)</script></template>",
    "<div hx-get=//evil.example hx-trigger=load></div>",
    "\" onmouseover=alert(1) x=\"",
    "' onmouseover=alert(1) x='",
    "\"><script>alert(1)</script>",
    "'><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "]]><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</option></select><script>alert(1)</script>",
    "{{ 7|add:'7' }}{% debug %}{% load static %}",
    "javascript:alert(1)",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u202e<script>alert(1)</script>",
    "＜script＞alert(1)＜/script＞",
)  # fmt: skip
STATEMENTS = ("%' OR '1'='1' --", "1); DROP TABLE store_record; --")
FOREIGN = frozenset({"iframe", "object", "embed", "base", "math", "style", "template", "img"})


class Page(HTMLParser):
    """Collects what a browser would carry out and no template wrote."""

    def __init__(self) -> None:
        super().__init__()
        self.harm: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in FOREIGN or (tag == "script" and not values.get("src", "").startswith("/static/")):
            self.harm.append(f"<{tag}>")
        if tag == "meta" and "http-equiv" in values:
            self.harm.append("<meta http-equiv>")
        for name, value in values.items():
            if name.startswith("on"):
                self.harm.append(f"{tag} {name}")
            is_address = name in {"href", "src", "action", "formaction"} or name.startswith("hx-")
            if is_address and re.match(r"\s*(javascript|data|vbscript):|//", value, re.IGNORECASE):
                self.harm.append(f"{tag} {name}={value}")


def harm_in(text: str) -> list[str]:
    """Read a page, and give what is in it that should not be."""
    page = Page()
    page.feed(text)
    return page.harm


def entered(world: World, agent: str = "x") -> Client:
    """Sign the administrator in, with a browser that calls itself something."""
    client = visitor()
    form = {"company": COMPANY, "user": "grace", "password": PASSWORD}
    assert client.post("/sign-in", form, headers={"user-agent": agent}).status_code == 302
    assert world.house.companies.all()
    return client


@pytest.fixture
def planted(world: World) -> dict[str, str]:
    """Write the corpus into names, roles, outcomes and errors; give the parts of addresses that lead there."""
    store, stamp = world.store, Stamp(author_id=world.ids["grace"], author_name=MARKUP[0], door=Door.INTEGRATION)
    with store.transactions.begin() as unit:
        ids = unit.reserve_ids(len(MARKUP))
        fields = [{"name": text, "email": text, "phone": text, "notes": text} for text in MARKUP]
        unit.create_records(
            [NewRecord(type="customer", id=i, fields=one) for i, one in zip(ids, fields, strict=True)], stamp
        )
    console = Stamp(author_id=world.ids["grace"], author_name="Grace Kim", door=Door.CONSOLE)
    role = Role(name="<b onclick=alert(1)>Role</b>", permissions=frozenset({Permission.VIEW_RECORDS}))
    store.roles.save(role, was=None, reason=MARKUP[1], stamp=console)
    person = store.people.add(
        user_id=MARKUP[3], first=MARKUP[2], last=MARKUP[4], email=MARKUP[5], role=EMPLOYEE, password=None, stamp=console
    )
    run = store.runs.add(
        NewRun(
            id="hostile", account_id="TSTDRV1984736", workflows=("import_customers",), owner_id=world.ids["grace"], owner_name=MARKUP[6],
            started_by=MARKUP[7], is_full=False, asked_at=world.clock.now(), mapping_versions={"import_customers": "m"},
        )
    )  # fmt: skip
    store.runs.enter(run.id, RunState.RUNNING, at=run.asked_at)
    store.runs.begin_workflow(run.id, "import_customers", since="")
    with store.transactions.begin() as unit:
        unit.settle(run.id, "import_customers", [_ended(number, text) for number, text in enumerate(MARKUP)])
    store.runs.enter(
        run.id, RunState.FAILED, at=run.asked_at, problem_code="SB-INT-001", problem_facts={"said": MARKUP[8]}
    )
    return {
        "number": str(run.number),
        "record_type": "customer",
        "record_id": ids[-1],
        "person_id": person.id,
        "name": role.name,
    }


def _ended(number: int, text: str) -> Settled:
    facts = dict.fromkeys(("record", "field", "said", "value", "key", "count"), text)
    problem = Problem(code=("SB-MAP-002", "SB-CONF-002")[number % 2], facts=facts)
    outcome = Outcome(
        kind=OutcomeKind.FAILED, source_id=str(number), title=text, problem=problem, refused_fields=(text,)
    )
    return Settled(source_version="1", outcome=outcome)


def filled(path: str, parts: dict[str, str]) -> str:
    """Fill the parts of an address."""
    return PART.sub(lambda part: quote(parts.get(part[1], "1"), safe=""), path)


def test_no_text_becomes_part_of_a_page(world: World, planted: dict[str, str]) -> None:
    client = entered(world, agent=MARKUP[9])
    pages = {f"GET {route.name}": client.get("/" + filled(route.path, planted)) for route in ROUTES}
    for text in MARKUP:
        for path, name in (
            ("/records/customer", "text"),
            ("/audit-trail", "person"),
            ("/administration/people", "text"),
            ("/sign-in", "next"),
        ):
            pages[f"{path}?{name}={text}"] = client.get(path, {name: text})
    for record_id in world.store.records.find("customer", "name", MARKUP).values():
        pages[f"customer {record_id}"] = client.get(f"/records/customer/{record_id[0]}")
    # A file is no page: it is saved, and no browser guesses that it might be one.
    shown = {
        name: page.content.decode() for name, page in pages.items() if page["Content-Type"].startswith("text/html")
    }
    others = {name: page.headers for name, page in pages.items() if name not in shown}
    assert {name for name, said in others.items() if "attachment" not in said.get("Content-Disposition", "")} == {
        "GET health"
    }
    assert {name: harm for name, text in shown.items() if (harm := harm_in(text))} == {}
    everything = "".join(shown.values())
    assert "{{ 7|add:&#x27;7&#x27; }}" in everything
    assert everything.count("&lt;script&gt;alert(1)&lt;/script&gt;") > len(MARKUP)


def test_nobody_becomes_mightier_by_fields_that_a_form_does_not_show(world: World) -> None:
    """Every form of the console with every field that would be worth sending, as an employee (S30)."""
    client, before = visitor(), world.store.people.get("emil")
    client.post("/sign-in", {"company": COMPANY, "user": "emil", "password": PASSWORD})
    worth = {
        "role": "Administrator",
        "permission": "ADMINISTER",
        "permissions": "Administer the company",
        "is_superuser": "on",
        "company": "harbor",
        "company_id": "harbor",
        "number": world.ids["grace"],
        "person": world.ids["grace"],
        "user": "grace",
        "active": "yes",
        "is_active": "on",
        "scope": "people",
        "label": "mine",
        "days": "1",
        "proof": PASSWORD,
        "sure": "yes",
    }
    parts = {"person_id": world.ids["emil"], "name": "Employee", "number": "23"}
    for route in ROUTES:
        if "POST" in route.methods and route.name != "sign-out":
            client.post("/" + filled(route.path, parts), worth)
    assert world.store.people.get("emil") == before
    assert client.get("/audit-trail").status_code == 403


def test_the_reader_of_pages_finds_harm() -> None:
    """What is not found here would be found nowhere."""
    unseen = [
        text
        for text in MARKUP
        if not harm_in(f'<p title="{text}">{text}</p>') and not harm_in(f"<p title='{text}'>{text}</p>")
    ]
    assert [
        text for text in unseen if "<" in text and "hx-get" not in text and "form" not in text and "link" not in text
    ] == []


def test_no_text_becomes_part_of_a_statement(world: World, programs: Programs) -> None:
    """SQL in every part and every query value of both doors, and in every field of the forms: nothing fails, nothing more is found, nothing is gone."""
    client = entered(world)
    count = world.store.records.count("customer")
    answers: dict[str, Any] = {}
    for text in STATEMENTS:
        # Each token has a rate of its own.
        grace = programs.of("grace")
        assert grace.ask(f"/records/customer?text={quote(text)}")["items"] == []
        for route in ROUTES:
            parts = {"record_type": "customer", "record_id": text, "person_id": text, "name": text, "number": "23"}
            address = "/" + filled(route.path, parts)
            names = ("text", "after", "before", "person", "type", "door", "from", "to", "run", "role", "state", "order")
            answers[f"{address} {text}"] = client.get(address, dict.fromkeys(names, text))
            if "POST" in route.methods and route.name not in {"sign-out", "sign-in", "account-password"}:
                own = "/" + filled(
                    route.path, {**parts, "record_id": "1", "person_id": world.ids["emil"], "name": "Auditor"}
                )
                fields = [dict(ATTRIBUTE.findall(field)) for field in FIELD.findall(client.get(own).content.decode())]
                form = {
                    one["name"]: one.get("value", "") if one.get("type") in {"hidden", "submit", "password"} else text
                    for one in fields
                    if "name" in one
                }
                answers[f"POST {own} {text}"] = client.post(own, form)
        for endpoint in ENDPOINTS:
            if endpoint.method == "GET":
                path = filled(
                    endpoint.path,
                    {"record_type": "customer", "record_id": text, "person_id": text, "name": text, "number": "23"},
                )
                for query in (
                    "",
                    *(f"?{name}={quote(text)}" for name in ("text", "after", "person", "type", "door", "since", "run")),
                ):
                    answers[f"{path}{query}"] = grace.call("GET", f"{path}{query}")
    assert {name: answer.status_code for name, answer in answers.items() if answer.status_code >= 500} == {}
    assert world.store.records.count("customer") == count
    assert world.store.trail.verify().first_broken == 0
