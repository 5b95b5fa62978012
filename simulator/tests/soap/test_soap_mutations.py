"""Envelopes mutated at random: each gets a fault or statuses that say what is wrong, never an inner error."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest

TIME = (
    '<tranEmp:employee internalId="20"/><tranEmp:tranDate>2026-05-04T00:00:00.000-07:00</tranEmp:tranDate>'
    '<tranEmp:customer internalId="40"/><tranEmp:item externalId="item-a"/><tranEmp:hours><core:timeSpan>7.5'
    "</core:timeSpan><core:unit>hour</core:unit></tranEmp:hours><tranEmp:memo>x</tranEmp:memo>"
)
INVOICE = (
    '<tranSales:entity internalId="30"/><tranSales:tranDate>2026-05-06T00:00:00.000-07:00</tranSales:tranDate>'
    '<tranSales:itemList replaceAll="false"><tranSales:item><tranSales:item internalId="12"/><tranSales:quantity>2'
    "</tranSales:quantity><tranSales:rate>100</tranSales:rate></tranSales:item></tranSales:itemList>"
)
BODIES = [
    '<msgs:upsertList><msgs:record xsi:type="tranEmp:TimeBill" externalId="t">' + TIME + "</msgs:record>"
    '<msgs:record xsi:type="tranSales:Invoice" externalId="i">' + INVOICE + "</msgs:record></msgs:upsertList>",
    (
        '<msgs:search><msgs:searchRecord xsi:type="tranEmp:TimeBillSearch"><tranEmp:basic>'
        '<common:lastModified operator="within"><core:searchValue>2026-05-04T00:00:00.000-07:00</core:searchValue>'
        "<core:searchValue2>2026-05-05T00:00:00.000-07:00</core:searchValue2></common:lastModified>"
        '<common:employee operator="anyOf"><core:searchValue internalId="20"/></common:employee>'
        '<common:duration operator="between"><core:searchValue>1</core:searchValue><core:searchValue2>9'
        "</core:searchValue2></common:duration></tranEmp:basic></msgs:searchRecord></msgs:search>"
    ),
    '<msgs:getList><msgs:baseRef xsi:type="core:RecordRef" type="job" internalId="40"/></msgs:getList>',
    (
        '<msgs:getDeleted><msgs:getDeletedFilter><core:deletedDate operator="onOrAfter"><core:searchValue>'
        '2025-01-01T00:00:00.000-08:00</core:searchValue></core:deletedDate><core:type operator="anyOf"><core:searchValue>'
        "customer</core:searchValue></core:type></msgs:getDeletedFilter><msgs:pageIndex>1</msgs:pageIndex></msgs:getDeleted>"
    ),
]
VALUES = [
    "", "0", "-1", "--1", "9" * 24, "٣", "é", "true", "NaN", "1e5", "-", "2026-05-04T00:00:00.000-07:00",
    "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00", "99999-01-01T00:00:00", "anyOf", "notWithin", "empty", "hour",
    "_invoice", "nullFieldList", "@NONE@", "12.5", "%", "core:RecordRef", "a:b:c", "timeBill",
]  # fmt: skip


def mutated(body: str, chance: random.Random) -> str:
    """Change one value, or swap one element's name for another's."""
    if chance.random() < 0.25:
        old, new = chance.sample(re.findall(r"<(\w+:\w+)", body), 2)
        return re.sub(rf"(</?){old}(?=[ />])", rf"\g<1>{new}", body)
    spans = [match.span(1) for match in re.finditer(r'(?:"|>)([^<>"]+)(?="|<)', body)]
    start, end = chance.choice(spans)
    return body[:start] + chance.choice(VALUES) + body[end:]


@pytest.mark.parametrize("seed", range(4))
def test_mutated_envelopes_are_answered_in_kind(client: Any, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(60):
        body = chance.choice(BODIES)
        for _ in range(chance.randint(1, 3)):
            body = mutated(body, chance)
        reply = client.send(body)
        assert reply.status in {200, 500}
        if reply.status == 500:
            assert reply.text("faultstring") != "An unexpected error occurred.", body
