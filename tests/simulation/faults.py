"""What may go wrong between the two sides: one line for each kind of fault, drawn with its own values.

`Plan` tells when: faults of requests meet so many requests after letting some pass; what is not of requests is brought about at once.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from netsuite_simulator.faults import (
    AfterSubmitFailed,
    ConnectionRefused,
    ConnectionReset,
    CutOff,
    DeepBody,
    Fault,
    ForgetSearches,
    HtmlPage,
    InvalidLogin,
    LateCommit,
    Latency,
    LongAnswers,
    Maintenance,
    MalformedBody,
    NoIdentity,
    OtherIntegrations,
    Redirect,
    RejectedRecords,
    ReorderedAnswers,
    ServerError,
    ShortAnswers,
    SlowDrip,
    StalledUpload,
    Throttle,
    TimeoutAfterCommit,
    TruncatedBody,
)

Draw = Callable[[random.Random], Fault]

FAULTS: Mapping[str, Draw] = {
    "throttled": lambda chance: Throttle(
        retry_after_seconds=chance.choice([None, 1, 5]), session=chance.random() < 0.3
    ),
    "throttled for long": lambda _: Throttle(retry_after_seconds=30),
    "answer lost after the commit": lambda _: TimeoutAfterCommit(),
    "no answer for long": lambda _: TimeoutAfterCommit(hold_seconds=90),
    "commit comes late": lambda chance: LateCommit(after_requests=chance.randrange(1, 5)),
    "commit comes seconds late": lambda chance: LateCommit(delay_seconds=chance.choice([0.5, 30.0])),
    "connection broken": lambda _: ConnectionReset(),
    "nobody listens": lambda chance: ConnectionRefused(seconds=chance.choice([1.0, 60.0])),
    "slow answer": lambda chance: Latency(seconds=chance.choice([5.0, 90.0])),
    "cut off": lambda _: CutOff(hold_seconds=1.0),
    "stalled upload": lambda _: StalledUpload(seconds=90.0),
    "slow drip": lambda _: SlowDrip(seconds=90.0),
    "gateway error": lambda chance: ServerError(status=chance.choice([500, 502, 503, 504])),
    "gateway error after the commit": lambda chance: ServerError(status=chance.choice([502, 504]), after_commit=True),
    "web page": lambda chance: HtmlPage(status=chance.choice([200, 503]), after_commit=chance.random() < 0.5),
    "maintenance": lambda _: Maintenance(),
    "sign-in refused under load": lambda _: InvalidLogin(),
    "body cut": lambda chance: TruncatedBody(keep=chance.random(), resets=chance.random() < 0.5),
    "body spoiled": lambda chance: MalformedBody(
        how=chance.choice(["cut", "empty", "encoding", "namespace", "nan", "duplicate keys", "wrong shape"])
    ),
    "body too deep": lambda _: DeepBody(depth=20_000),
    "batch reordered": lambda _: ReorderedAnswers(),
    "batch short": lambda chance: ShortAnswers(missing=chance.randrange(1, 3)),
    "batch long": lambda chance: LongAnswers(extra=chance.randrange(1, 3)),
    "success without an id": lambda _: NoIdentity(),
    "script fails after the save": lambda _: AfterSubmitFailed(),
    "some records rejected": lambda chance: RejectedRecords(every=chance.randrange(1, 3)),
    "some records refused by an unknown code": lambda chance: RejectedRecords(
        every=chance.randrange(1, 3), code="GREMLIN_SIGHTED"
    ),
    "redirected": lambda _: Redirect(),
    "other integrations": lambda chance: OtherIntegrations(requests=chance.randrange(1, 6), seconds=120),
    "searches forgotten": lambda _: ForgetSearches(),
}
