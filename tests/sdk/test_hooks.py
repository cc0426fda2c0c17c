"""What the world is told about a call: callbacks, log lines, spans."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import suppress

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from aiogenauth import Attempt, AttemptResult, GenAuthError
from tests.sdk.support.answers import answer, hang_up, page
from tests.sdk.support.world import (
    CODE,
    NUMBER,
    PROFILE,
    FakeServer,
    Kind,
    connected,
)


async def test_callbacks_see_every_attempt_and_how_it_ended(
    genauth: FakeServer, kind: Kind
) -> None:
    events: list[Attempt | AttemptResult] = []
    genauth.on("get-profile", hang_up, page(502), answer(PROFILE))
    async with connected(
        genauth.url, kind, on_request=events.append, on_response=events.append
    ) as client:
        await client.request("GET", "/api/v3/get-profile?x=1", cast_to=dict[str, object])
    begun = [each for each in events if isinstance(each, Attempt)]
    ended = [each for each in events if isinstance(each, AttemptResult)]
    assert begun[0].path == "/api/v3/get-profile"
    assert [each.number for each in begun] == list(range(1, len(begun) + 1))
    assert [each.attempt for each in ended] == begun
    assert ended[-1].outcome == "ok"
    assert ended[-1].elapsed >= 0
    assert ended[-2].http_status == 502
    assert ended[-2].error == "UnexpectedAnswer"


@pytest.mark.parametrize(
    ("behaviour", "outcome", "error"),
    [
        (answer(), "ok", None),
        (answer(statusCode=499, apiCode=2001), "refused", "PassCodeRejected"),
        (hang_up, "unknown", "OutcomeUnknown"),
        (page(502), "unknown", "UnexpectedAnswer"),
        (page(403), "refused", "UnexpectedAnswer"),
    ],
    ids=["ok", "refused", "lost", "page", "forbidden"],
)
async def test_an_attempt_ends_in_one_of_the_ways(
    genauth: FakeServer, kind: Kind, behaviour: object, outcome: str, error: str | None
) -> None:
    ended: list[AttemptResult] = []
    genauth.on("bind-phone", behaviour)  # type: ignore[arg-type]
    async with connected(genauth.url, kind, on_response=ended.append) as client:
        with suppress(GenAuthError):
            await client.bind_phone(CODE, NUMBER, on_unknown="raise")
    assert ended[0].request_id == (
        None if outcome != "refused" or error == "UnexpectedAnswer" else "r-1"
    )
    assert (ended[0].outcome, ended[0].error) == (outcome, error)
    assert ended[0].attempt.phone == "188****8888"


async def test_a_callback_may_stop_a_call_before_it_is_sent(
    genauth: FakeServer, kind: Kind
) -> None:
    def veto(_: Attempt) -> None:
        raise PermissionError

    async with connected(genauth.url, kind, on_request=veto) as client:
        with pytest.raises(PermissionError):
            await client.bind_phone(CODE, NUMBER)
    assert genauth.received == []


async def test_a_retry_is_seen_at_info(
    genauth: FakeServer, kind: Kind, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="aiogenauth")
    genauth.on("get-profile", page(502), answer(PROFILE))
    async with connected(genauth.url, kind) as client:
        await client.request("GET", "/api/v3/get-profile?x=1", cast_to=dict[str, object])
    [line] = [each.getMessage() for each in caplog.records if each.name == "aiogenauth"]
    assert line.startswith("GET /api/v3/get-profile is tried again in ")
    assert line.endswith(" s (UnexpectedAnswer)")


async def test_the_log_names_what_happened_and_nothing_else(
    genauth: FakeServer, kind: Kind, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="aiogenauth")
    genauth.on("bind-phone", answer(statusCode=499, apiCode=2001))
    async with connected(genauth.url, kind) as client:
        with pytest.raises(GenAuthError):
            await client.bind_phone(CODE, NUMBER)
    lines = [record.getMessage() for record in caplog.records if record.name == "aiogenauth"]
    assert lines[0] == "POST /api/v3/bind-phone attempt 1"
    assert "refused" in lines[1]
    assert "PassCodeRejected" in lines[1]
    assert "r-1" in lines[1]


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    """Give the spans that are made meanwhile."""
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "get_tracer", provider.get_tracer)
    yield exporter
    provider.shutdown()


@pytest.mark.parametrize(
    ("behaviour", "outcome"),
    [
        (answer(), "ok"),
        (answer(statusCode=499, apiCode=2001), "refused"),
        (hang_up, "unknown"),
    ],
    ids=["ok", "refused", "unknown"],
)
async def test_a_span_says_how_a_call_ended(
    genauth: FakeServer, kind: Kind, spans: InMemorySpanExporter, behaviour: object, outcome: str
) -> None:
    genauth.on("bind-phone", behaviour)  # type: ignore[arg-type]
    async with connected(genauth.url, kind) as client:
        try:
            await client.bind_phone(CODE, NUMBER, on_unknown="raise")
        except GenAuthError as exc:
            failed: GenAuthError | None = exc
        else:
            failed = None
    [span] = spans.get_finished_spans()
    facts = dict(span.attributes or {})
    assert span.name == "genauth.bind_phone"
    assert facts["genauth.outcome"] == outcome
    assert facts["url.path"] == "/api/v3/bind-phone"
    assert facts.get("error.type") == (None if failed is None else type(failed).__name__)
    assert facts.get("genauth.api_code") == (2001 if outcome == "refused" else None)
    assert span.status.is_ok == (failed is None)
    assert NUMBER not in span.to_json()
    assert CODE not in span.to_json()


async def test_a_span_covers_the_look_at_the_profile(
    genauth: FakeServer, kind: Kind, spans: InMemorySpanExporter
) -> None:
    genauth.on("bind-phone", hang_up)
    genauth.on("get-profile", answer(PROFILE))
    async with connected(genauth.url, kind) as client:
        await client.bind_phone(CODE, NUMBER)
        await client.get_profile()
    look, bind, _ = spans.get_finished_spans()
    assert (look.name, bind.name) == ("genauth.get_profile", "genauth.bind_phone")
    assert look.parent == bind.context
    assert dict(bind.attributes or {})["genauth.outcome"] == "ok"


async def test_what_never_left_is_told_as_not_sent(kind: Kind, spans: InMemorySpanExporter) -> None:
    async with connected("http://127.0.0.1:1", kind, retries=0) as client:
        for call in (client.bind_phone(CODE, NUMBER), client.as_user("t").get_profile()):
            with pytest.raises(GenAuthError):
                await call
    for span in spans.get_finished_spans():
        assert dict(span.attributes or {})["genauth.outcome"] == "not_sent"


async def test_an_application_without_opentelemetry_pays_nothing(
    genauth: FakeServer, kind: Kind, monkeypatch: pytest.MonkeyPatch, spans: InMemorySpanExporter
) -> None:
    monkeypatch.delitem(sys.modules, "opentelemetry.trace")
    async with connected(genauth.url, kind) as client:
        await client.bind_phone(CODE, NUMBER)
        await client.send_sms("CHANNEL_LOGIN", NUMBER)
    assert spans.get_finished_spans() == ()
