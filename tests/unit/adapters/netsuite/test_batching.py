"""Writes over REST batches: jobs found again under their key, results matched by id, doubt where a job does not tell (quality.md F30-F33)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pytest

from suitebridge.adapters import transport
from suitebridge.adapters.netsuite import batching
from suitebridge.adapters.transport import Answer
from suitebridge.domain.errors import Problem, RetryLaterError, RunStoppedError
from suitebridge.ports.netsuite import Done, NotSent, OutgoingRecord, Rejected, Uncertain, WriteAnswer
from suitebridge.wire.http import Request, Response
from tests.unit.adapters.netsuite.lines import Playing, line_to
from tests.unit.adapters.netsuite.test_rest_writing import refused

JSON = {"content-type": "application/json"}
JOB = "https://x/services/rest/async/v1/job/7"


@dataclass
class Account:
    """Plays an account that makes a job of a batch: record kN gets the id N. `results` changes what tasks answer."""

    results: Callable[[list[Response]], list[Response]] = lambda results: results
    answers: list[Answer] = field(default_factory=list)
    polls: int = 1
    is_listed: bool = True
    keys: list[str] = field(default_factory=list)
    idempotency_keys: list[str] = field(default_factory=list)
    stored: dict[str, str] = field(default_factory=dict)
    paused: list[float] = field(default_factory=list)
    playing: Playing = field(init=False)

    def __post_init__(self) -> None:
        self.playing = Playing(play=self.play)

    def play(self, request: Request) -> Answer:
        if request.method == "PUT":
            return self._take(request)
        if request.url.endswith("/job/7"):
            self.polls -= 1
            return Response(
                status=200, headers=JSON, body=json.dumps({"completed": self.polls <= 0, "id": "7"}).encode()
            )
        if request.url.endswith("/task"):
            items = [{"links": [{"rel": "self", "href": f"{JOB}/task/{n}"}]} for n, _ in enumerate(self.keys, start=1)]
            return Response(
                status=200, headers=JSON, body=json.dumps({"items": items if self.is_listed else []}).encode()
            )
        (number,) = re.findall(r"/task/(\d+)/result$", request.url)
        results = [
            Response(status=204, headers={"location": f"https://x/record/v1/timeBill/{key[1:]}"}) for key in self.keys
        ]
        return self.results(results)[int(number) - 1]

    def _take(self, request: Request) -> Answer:
        if "eid:" in request.url:
            key = request.url.rpartition("eid:")[2]
            return Response(status=204, headers={"location": f"https://x/record/v1/timeBill/{key[1:]}"})
        self.idempotency_keys.append(request.headers["X-NetSuite-Idempotency-Key"])
        if self.answers:
            return self.answers.pop(0)
        self.keys = [item["externalId"] for item in json.loads(request.body)["items"]]
        self.stored = {key: key[1:] for key in self.keys}
        return Response(status=202, headers={"location": JOB})

    def find(self, keys: Sequence[str]) -> Mapping[str, str]:
        return {key: self.stored[key] for key in keys if key in self.stored}

    def upsert(self, *keys: str) -> list[WriteAnswer]:
        line = replace(line_to(self.playing), pause=self.paused.append)
        records = [OutgoingRecord(external_id=key, fields={"memo": key}) for key in keys]
        return batching.upsert(line, "timeBill", records, self.find)


def done(*keys: str) -> list[WriteAnswer]:
    return [Done(external_id=key, netsuite_id=key[1:]) for key in keys]


def test_a_batch_is_a_job_that_is_asked_after() -> None:
    account = Account(polls=3)
    assert account.upsert("k2", "k1", "k3") == done("k2", "k1", "k3")
    assert account.paused == sorted(account.paused)
    assert len(account.paused) == 3
    (batch,) = [request for request in account.playing.requests if request.method == "PUT"]
    assert batch.headers["Prefer"] == "respond-async"
    assert [item["memo"] for item in json.loads(batch.body)["items"]] == ["k2", "k1", "k3"]


@pytest.mark.fault("F32")
def test_a_batch_whose_answer_was_lost_is_found_again_under_its_key() -> None:
    known = refused(400, "IDEMPOTENCY_ERROR", "A request with the same idempotency key is already submitted.")
    adopted = Response(status=400, headers={**known.headers, "location": JOB}, body=known.body)
    account = Account(answers=[transport.Uncertain(reason="reset"), adopted])
    account.keys, account.stored = ["k1", "k2"], {"k1": "1", "k2": "2"}
    assert account.upsert("k1", "k2") == done("k1", "k2")
    assert len(account.idempotency_keys) == 2
    assert len(set(account.idempotency_keys)) == 1
    signatures = {request.headers["Authorization"] for request in account.playing.requests}
    assert len(signatures) == len(account.playing.requests), "each request is signed for itself"


def test_a_batch_that_is_lost_again_and_again_is_doubt() -> None:
    account = Account(answers=[transport.Uncertain(reason="reset")] * 3)
    assert all(isinstance(answer, Uncertain) for answer in account.upsert("k1", "k2"))
    assert len(set(account.idempotency_keys)) == 1


def test_each_batch_has_a_key_of_its_own() -> None:
    account = Account()
    account.upsert("k1")
    account.upsert("k1")
    assert len(set(account.idempotency_keys)) == 2


@pytest.mark.fault("F33")
def test_a_job_that_never_ends_is_doubt_in_bounded_time() -> None:
    account = Account(polls=10_000)
    assert all(isinstance(answer, Uncertain) for answer in account.upsert("k1", "k2"))
    assert sum(account.paused) < 1_000


@pytest.mark.fault("F30")
def test_refused_records_of_a_batch_are_refused_alone() -> None:
    def results(given: list[Response]) -> list[Response]:
        return [given[0], refused(400, "USER_ERROR", "Please enter value(s) for: Employee"), given[2]]

    first, second, third = Account(results=results).upsert("k1", "k2", "k3")
    assert [first, third] == done("k1", "k3")
    assert isinstance(second, Rejected)
    assert second.problem.code == "NS-DATA-001"


def test_results_in_another_order_find_their_records_by_id() -> None:
    account = Account(results=lambda given: given[::-1])
    assert account.upsert("k1", "k2", "k3", "k4") == done("k1", "k2", "k3", "k4")


def test_a_refusal_among_results_in_another_order_is_nobodys() -> None:
    def results(given: list[Response]) -> list[Response]:
        return [given[2], refused(400, "USER_ERROR", "Please enter value(s) for: Employee"), given[0]]

    first, second, third = Account(results=results).upsert("k1", "k2", "k3")
    assert [first, third] == done("k1", "k3")
    assert isinstance(second, Uncertain)


GONE: dict[str, Account] = {
    "tasks that are not listed": Account(is_listed=False),
    "results that are gone": Account(results=lambda given: [refused(404, "NONEXISTENT_ID", "no result")] * len(given)),
    "results that broke": Account(results=lambda given: [refused(500, "UNEXPECTED_ERROR", "x")] * len(given)),
}


@pytest.mark.parametrize("name", GONE)
def test_a_job_that_does_not_tell_is_doubt(name: str) -> None:
    assert all(isinstance(answer, Uncertain) for answer in GONE[name].upsert("k1", "k2"))


def test_a_look_up_that_fails_leaves_doubt_and_no_exception() -> None:
    class Blind(Account):
        def find(self, keys: Sequence[str]) -> Mapping[str, str]:
            raise RetryLaterError(Problem(code="NS-OUT-001", facts={"said": f"{len(keys)} keys"}))

    assert all(isinstance(answer, Uncertain) for answer in Blind().upsert("k1", "k2"))


def test_a_batch_that_netsuite_does_not_understand_goes_one_by_one() -> None:
    account = Account(answers=[refused(400, "INVALID_REQUEST", "PUT takes no collection.")])
    assert account.upsert("k1", "k2") == done("k1", "k2")
    assert [request.url.rpartition("/")[2] for request in account.playing.requests] == ["timeBill", "eid:k1", "eid:k2"]


def test_a_job_that_is_not_named_is_doubt() -> None:
    account = Account(answers=[Response(status=202, headers={"location": "https://evil.example/job/9"})])
    assert all(isinstance(answer, Uncertain) for answer in account.upsert("k1", "k2"))


def test_what_turns_a_batch_away_is_told_for_every_record() -> None:
    throttled = refused(429, "CONCURRENCY_LIMIT_EXCEEDED", "Concurrent request limit exceeded. Request blocked.")
    answers = Account(answers=[throttled]).upsert("k1", "k2")
    assert [one.problem.code for one in answers if isinstance(one, NotSent)] == ["NS-THR-001", "NS-THR-001"]
    denied = refused(400, "USER_ERROR", "Your current role does not have permission to perform this action.")
    with pytest.raises(RunStoppedError, match="NS-PERM-001"):
        Account(answers=[denied]).upsert("k1", "k2")
