"""GenAuth's front door, whatever carries the request: it is read, the engine answers, the answer is wrapped."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final, cast

from attrs import define, evolve, frozen

from genauth_mock.caller import HERE, Caller
from genauth_mock.calls.call import Bare
from genauth_mock.calls.known import KNOWN_CALLS
from genauth_mock.calls.oidc import client_of, form_of
from genauth_mock.calls.table import CALLS
from genauth_mock.carried import PROMPT, Conduct, Ending, HttpReply, HttpRequest
from genauth_mock.envelope import envelope
from genauth_mock.faults.answers import spoiled
from genauth_mock.faults.fault import Armed, Fault, Kind, When, armed, befalling
from genauth_mock.faults.subject import subject_of
from genauth_mock.journal import Exchange
from genauth_mock.json_text import read_json, write_json
from genauth_mock.rate import RequestRate
from genauth_mock.verdict import Refusal, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.calls.call import Call
    from genauth_mock.deployment import Deployment
    from genauth_mock.engine.turn import Turn

__all__ = [
    "BODY_LIMIT",
    "LANGUAGES",
    "OUTCOME_HEADER",
    "Conduct",
    "Ending",
    "FrontDoor",
    "HttpReply",
    "HttpRequest",
]

log = logging.getLogger("genauth_mock")

BODY_LIMIT: Final = 64 * 1024
"""Largest request body, in bytes. Source: ours; no call of the API comes near it."""

LANGUAGES: Final = ("zh-CN", "en-US")
"""Source: official Python SDK, lang; the server's default is zh-CN."""

OUTCOME_HEADER: Final = "x-genauth-mock-outcome"
"""Names an outcome that this one request is answered with; it takes no effect."""

_NOTHING: Final[Mapping[str, object]] = {}

Answer = dict[str, object] | Bare | Refusal | None


@frozen
class _Befallen:
    """A request that faults befell.

    Attributes:
        answer: What the engine said; None also where it was not asked yet.
        was_played: Whether it was asked.
        pause: Seconds to wait before it is asked.
        delay: Seconds to wait once it was.
    """

    faults: tuple[Fault, ...]
    armed: Armed
    answer: Answer = None
    was_played: bool = False
    pause: float = 0.0
    delay: float = 0.0

    @property
    def decider(self) -> Fault | None:
        """The fault that changes the answer."""
        return next((fault for fault in self.faults if fault.decides), None)

    @property
    def keeps_it_from_happening(self) -> bool:
        """Whether the request takes no effect."""
        return self.decider is not None and self.decider.when is When.BEFORE


@define(eq=False, weakref_slot=False)
class _Ask:
    """A request as it was understood: the call that it makes, or why it makes none."""

    caller: Caller
    exchange: Exchange
    call: Call | None
    refusal: Refusal | None = None


class FrontDoor:
    """Answers requests to GenAuth's own paths."""

    def __init__(self, deployment: Deployment) -> None:
        self._deployment = deployment
        self._calls = {call.path: call for call in CALLS}
        self._rate = RequestRate()

    async def answer(self, request: HttpRequest) -> HttpReply:
        """Answer a request; never raises for what a caller sent."""
        caller = self.caller(request)
        exchange = Exchange(caller.app_id, request)
        if OUTCOME_HEADER in request.headers:
            reply = self._forced(request.headers[OUTCOME_HEADER], caller, exchange)
        else:
            reply = await self._reply(caller, exchange)
        exchange.reply = reply
        exchange.body = (
            None  # it can be read again from the request, and most exchanges are never looked at
        )
        deployment = self._deployment
        deployment.journal.note(exchange)
        deployment.events.tell("request", caller.app_id, exchange)
        if deployment.feed is not None:
            await deployment.feed.flush()
        return reply

    def caller(self, request: HttpRequest) -> Caller:
        """Tell who calls: both header families, raw and ``Bearer`` tokens are accepted."""
        headers, options = request.headers, self._deployment.options
        app_id = headers.get("x-genauth-app-id") or headers.get("x-authing-app-id")
        if app_id is None and request.path.startswith("/oidc/"):
            app_id = client_of(headers.get("authorization"), request.body, request.query)
        language = headers.get("x-genauth-lang") or headers.get("x-authing-lang")
        return Caller(
            app_id or request.query.get("appId") or options.app_id,
            _token(headers.get("authorization")),
            language if language in LANGUAGES else options.language,
            request.base_url or HERE,
        )

    async def _reply(self, caller: Caller, exchange: Exchange) -> HttpReply:
        ask, deployment = self._ask(caller, exchange), self._deployment
        if ask.call is not None and ask.call.signs:
            await deployment.mints.ready()

        def move(turn: Turn) -> Answer | _Befallen:
            exchange.note_turn(turn)
            now_armed = armed(turn, deployment.options.faults, caller.app_id)
            if now_armed.faults:
                befallen = _befallen(turn, now_armed, exchange)
                if befallen is not None:
                    return self._struck(turn, befallen, ask)
            return self._act(turn, ask)

        played = await deployment.play(caller, move)
        if isinstance(played, _Befallen):
            return await self._suffered(played, ask)
        return self._wrapped(played, ask)

    def _ask(self, caller: Caller, exchange: Exchange) -> _Ask:
        """Tell which call a request makes, and read its body; or why it makes none."""
        request = exchange.request
        call = self._calls.get(request.path)
        try:
            if request.method == "POST" and (call is not None or request.body):
                takes_form = call is not None and call.takes_form
                exchange.body = _form(request) if takes_form else _json_object(request.body)
        except Refusal as refusal:
            if call is not None and call.method == "POST":
                return _Ask(caller, exchange, None, refusal.with_traceback(None))
        if call is None:
            return _Ask(caller, exchange, None, _unknown(request))
        if request.method in (call.method, call.other_method):
            return _Ask(caller, exchange, call)
        what = f"{request.path} takes {call.method}, not {request.method}"
        return _Ask(caller, exchange, None, Refusal(Verdict.METHOD_NOT_ALLOWED, what))

    def _act(self, turn: Turn, ask: _Ask) -> dict[str, object] | Bare | None:
        if ask.call is None:
            raise ask.refusal or Refusal(Verdict.NOT_FOUND)
        exchange = ask.exchange
        if turn.settings.requests_per_second is not None:
            self._rate.check(exchange.app_id, turn.settings.requests_per_second)
        return ask.call.play(turn, exchange.body or _NOTHING, exchange.request.query)

    def _struck(self, turn: Turn, befallen: _Befallen, ask: _Ask) -> _Befallen:
        """Let the engine answer where nothing has to happen before."""
        if befallen.pause or befallen.keeps_it_from_happening:
            return befallen
        try:
            answer: Answer = self._act(turn, ask)
        except Refusal as said:
            answer = said.with_traceback(None)
        return evolve(befallen, answer=answer, was_played=True)

    async def _suffered(self, befallen: _Befallen, ask: _Ask) -> HttpReply:
        """Let faults take their course."""
        deployment, decider, caller = self._deployment, befallen.decider, ask.caller
        ask.exchange.faults = befallen.faults
        deployment.events.tell("faults.changed", caller.app_id, befallen.armed)
        if befallen.pause:
            await deployment.pauses.wait(caller.app_id, befallen.pause)
        reply = await self._honest(befallen, ask)
        if decider is not None:
            reply = spoiled(decider, reply, deployment.envelopes, caller.language)
            if decider.changes_words:
                ask.exchange.told = Verdict[decider.outcome] if decider.outcome else None
        if reply.conduct is not PROMPT or befallen.delay:
            reply.conduct = evolve(
                reply.conduct, delay_seconds=befallen.delay, app_id=caller.app_id
            )
        return reply

    async def _honest(self, befallen: _Befallen, ask: _Ask) -> HttpReply:
        """Give the answer that the faults find before them."""
        if befallen.keeps_it_from_happening:
            return self._deployment.envelopes.of(Verdict.OK, ask.caller.language)
        answer = befallen.answer
        if not befallen.was_played:
            answer = await self._deployment.play(ask.caller, lambda turn: self._act(turn, ask))
        return self._wrapped(answer, ask)

    def _wrapped(self, answer: Answer, ask: _Ask) -> HttpReply:
        envelopes, exchange, language = (
            self._deployment.envelopes,
            ask.exchange,
            ask.caller.language,
        )
        if isinstance(answer, Refusal):
            exchange.why = answer.why
            exchange.verdict = exchange.told = answer.verdict
            return envelopes.of(answer.verdict, language, detail=answer.detail)
        exchange.verdict = exchange.told = Verdict.OK
        if isinstance(answer, Bare):
            return HttpReply(answer.status, write_json(answer.content), answer.headers)
        if answer is None:
            return envelopes.success(language)
        return envelopes.of(Verdict.OK, language, data=answer)

    def _forced(self, outcome: str, caller: Caller, exchange: Exchange) -> HttpReply:
        """Answer what the request itself asks for."""
        self._ask(caller, exchange)
        if outcome not in Verdict.__members__:
            said = f"{OUTCOME_HEADER} must be one of {', '.join(Verdict.__members__)}"
            return envelope(400, 400, None, said)
        exchange.told = Verdict[outcome]
        exchange.faults = (Fault(Kind.ENVELOPE, fault_id="header", outcome=outcome),)
        return self._deployment.envelopes.of(exchange.told, caller.language)


def _befallen(turn: Turn, now_armed: Armed, exchange: Exchange) -> _Befallen | None:
    subject = subject_of(exchange.request.path, exchange.sent_body())
    faults = befalling(turn, now_armed, subject)
    if not faults:
        return None
    seconds = {When.BEFORE: 0.0, When.AFTER: 0.0}
    for fault in faults:
        if fault.delay is not None:
            seconds[fault.when] += fault.delay.draw(turn.chance)
    now_armed = turn.records.get(Armed, "") or now_armed
    return _Befallen(faults, now_armed, pause=seconds[When.BEFORE], delay=seconds[When.AFTER])


def _form(request: HttpRequest) -> Mapping[str, object]:
    if len(request.body) > BODY_LIMIT:
        raise Refusal(Verdict.BODY_TOO_LARGE, f"more than {BODY_LIMIT} bytes")
    if "json" in request.headers.get("content-type", ""):
        raise Refusal(Verdict.INVALID_ARGUMENT, f"{request.path} takes a form, not JSON")
    return form_of(request.body)


def _json_object(body: bytes) -> Mapping[str, object]:
    if len(body) > BODY_LIMIT:
        raise Refusal(Verdict.BODY_TOO_LARGE, f"more than {BODY_LIMIT} bytes")
    try:
        content = read_json(body)
    except ValueError:
        raise Refusal(Verdict.NOT_JSON, "this is not JSON") from None
    if not isinstance(content, dict):
        raise Refusal(Verdict.NOT_JSON, f"this is a {type(content).__name__}")
    return cast("Mapping[str, object]", content)


def _unknown(request: HttpRequest) -> Refusal:
    what = f"{request.method} {request.path}"
    if request.path in KNOWN_CALLS:
        log.warning("not imitated: %s", what)
        return Refusal(
            Verdict.NOT_IMITATED, f"{what} exists in GenAuth, not in the offline GenAuth"
        )
    return Refusal(Verdict.NOT_FOUND, what)


def _token(authorization: str | None) -> str | None:
    if authorization is None:
        return None
    scheme, _, rest = authorization.partition(" ")
    return rest.strip() if scheme.lower() == "bearer" else authorization
