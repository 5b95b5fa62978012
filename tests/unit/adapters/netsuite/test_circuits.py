"""The circuit for maintenance: it opens on NetSuite's words, one request at a time asks, and the rest waits without being sent."""

from __future__ import annotations

import pytest

from suitebridge.adapters.netsuite.circuits import Circuit
from suitebridge.adapters.netsuite.conversing import carry
from suitebridge.adapters.transport import Answer
from suitebridge.domain.errors import RetryLaterError
from suitebridge.wire.http import Request, Response
from tests.unit.adapters.netsuite.lines import NOW, Clock, Playing, line_to

SAID = "The account you are trying to access is currently unavailable while we undergo our regularly scheduled maintenance."
FAULT = f"""<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><soapenv:Fault>
<faultcode>soapenv:Server</faultcode><faultstring>{SAID}</faultstring></soapenv:Fault></soapenv:Body></soapenv:Envelope>"""
ANSWERS = {
    "a SOAP fault": Response(status=500, headers={"content-type": "text/xml"}, body=FAULT.encode()),
    "a code of REST": Response(
        status=503,
        headers={"content-type": "application/vnd.oracle.resource+json; type=error"},
        body=b'{"status": 503, "o:errorDetails": [{"detail": "Away.", "o:errorCode": "ACCT_TEMP_UNAVAILABLE"}]}',
    ),
    "words of REST": Response(
        status=400,
        headers={"content-type": "application/json"},
        body=f'{{"status": 400, "o:errorDetails": [{{"detail": "{SAID}", "o:errorCode": "USER_ERROR"}}]}}'.encode(),
    ),
    "a page": Response(
        status=503, headers={"content-type": "text/html"}, body=f"<html><body><h1>{SAID}</h1></body></html>".encode()
    ),
}
FINE = Response(status=200, headers={"content-type": "application/json"}, body=b"{}")


@pytest.mark.fault("F17")
@pytest.mark.parametrize("kind", ANSWERS)
def test_maintenance_holds_everything_back_until_one_question_is_answered(kind: str) -> None:
    clock, answers = Clock(), [ANSWERS[kind]]

    def play(_: Request) -> Answer:
        return answers[0]

    far = Playing(play=play)
    line = line_to(far, clock=clock)
    batch = [line.read("/one"), line.read("/two")]
    carry(line, batch)
    assert line.circuit.since == NOW
    clock.advance(seconds=30)
    far.requests.clear()
    stopped = carry(line, batch).stopped
    assert isinstance(stopped, RetryLaterError)
    assert stopped.problem.code == "NS-OUT-001"
    assert len(far.requests) == 1  # the question alone
    assert carry(line, batch).stopped is not None
    assert len(far.requests) == 1  # asked a moment ago
    clock.advance(seconds=2)
    answers[0] = FINE
    assert carry(line, batch).answers == [FINE, FINE]
    assert len(far.requests) == 4
    assert not line.circuit.said


def test_one_asks_while_the_others_wait() -> None:
    circuit = Circuit()
    circuit.open(SAID, now=NOW)
    clock = Clock()
    clock.advance(seconds=5)
    assert circuit.begin_probe(now=clock.now())
    clock.advance(seconds=5)
    assert not circuit.begin_probe(now=clock.now())
    circuit.end_probe()
    assert circuit.begin_probe(now=clock.now())
