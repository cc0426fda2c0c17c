"""GenAuth's front door, whatever carries the request: it is read, the engine answers, the answer is wrapped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import evolve

from genauth_mock.activity.journal import Exchange
from genauth_mock.api.call import Bare
from genauth_mock.api.envelope import envelope
from genauth_mock.api.oidc_clients import client_of
from genauth_mock.api.routing import Asked, asked
from genauth_mock.engine.context import HERE, LANGUAGES, Caller
from genauth_mock.engine.outcomes import Refusal, Verdict
from genauth_mock.engine.rate_limit import count_one_more
from genauth_mock.faults.answers import spoiled
from genauth_mock.faults.fault import Fault, Kind
from genauth_mock.faults.matching import Befallen, armed, befallen, subject_of
from genauth_mock.http.json_text import write_json
from genauth_mock.http.messages import PROMPT, HttpReply

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.api.call import Answer, Json
    from genauth_mock.engine.context import Turn
    from genauth_mock.http.messages import HttpRequest
    from genauth_mock.runtime.deployment import Deployment

OUTCOME_HEADER: Final = "x-genauth-mock-outcome"
"""Names an outcome that this one request is answered with; it takes no effect."""

_NOTHING: Final[Mapping[str, object]] = {}


class FrontDoor:
    """Answers requests to GenAuth's own paths."""

    def __init__(self, deployment: Deployment) -> None:
        self._deployment = deployment

    async def answer(self, request: HttpRequest) -> HttpReply:
        """Answer a request; never raises for what a caller sent."""
        caller = self.caller(request)
        exchange = Exchange(caller.app_id, request)
        if OUTCOME_HEADER in request.headers:
            reply = self._forced(request.headers[OUTCOME_HEADER], caller, exchange)
        else:
            reply = await self._reply(caller, exchange)
        exchange.reply = reply
        exchange.body = None  # whoever looks reads it again: most exchanges are never looked at
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
        wanted, deployment = asked(exchange.request), self._deployment
        exchange.body = wanted.body
        if wanted.call is not None and wanted.call.signs:
            await deployment.mints.ready()

        def move(turn: Turn) -> Answer | Befallen:
            exchange.note_turn(turn)
            now_armed = armed(turn, deployment.options.faults, caller.app_id)
            if now_armed.faults:
                subject = subject_of(exchange.request.path, exchange.sent_body())
                befell = befallen(turn, now_armed, subject)
                if befell is not None:
                    return self._struck(turn, befell, exchange, wanted)
            return self._act(turn, exchange, wanted)

        played = await deployment.play(caller, move)
        if isinstance(played, Befallen):
            return await self._suffered(played, caller, exchange, wanted)
        return self._wrapped(played, exchange, caller.language)

    def _act(self, turn: Turn, exchange: Exchange, wanted: Asked) -> Json | Bare | None:
        if wanted.call is None:
            raise wanted.refusal or Refusal(Verdict.NOT_FOUND)
        if turn.settings.requests_per_second is not None:
            count_one_more(turn.records, turn.settings.requests_per_second)
        return wanted.call.play(turn, wanted.body or _NOTHING, exchange.request.query)

    def _struck(self, turn: Turn, befell: Befallen, exchange: Exchange, wanted: Asked) -> Befallen:
        """Let the engine answer where nothing has to happen before."""
        if befell.pause or befell.keeps_it_from_happening:
            return befell
        try:
            answer: Answer = self._act(turn, exchange, wanted)
        except Refusal as said:
            answer = said.with_traceback(None)
        return evolve(befell, answer=answer, was_played=True)

    async def _suffered(
        self, befell: Befallen, caller: Caller, exchange: Exchange, wanted: Asked
    ) -> HttpReply:
        """Let faults take their course."""
        deployment, decider = self._deployment, befell.decider
        exchange.faults = befell.faults
        deployment.events.tell("faults.changed", caller.app_id, befell.armed)
        if befell.pause:
            await deployment.pauses.wait(caller.app_id, befell.pause)
        reply = await self._honest(befell, caller, exchange, wanted)
        if decider is not None:
            reply = spoiled(decider, reply, deployment.envelopes, caller.language)
            if decider.changes_words:
                exchange.told = Verdict[decider.outcome] if decider.outcome else None
        if reply.conduct is not PROMPT or befell.delay:
            reply.conduct = evolve(reply.conduct, delay_seconds=befell.delay, app_id=caller.app_id)
        return reply

    async def _honest(
        self, befell: Befallen, caller: Caller, exchange: Exchange, wanted: Asked
    ) -> HttpReply:
        """Give the answer that the faults find before them."""
        if befell.keeps_it_from_happening:
            return self._deployment.envelopes.of(Verdict.OK, caller.language)
        answer = befell.answer
        if not befell.was_played:
            answer = await self._deployment.play(
                caller, lambda turn: self._act(turn, exchange, wanted)
            )
        return self._wrapped(answer, exchange, caller.language)

    def _wrapped(self, answer: Answer, exchange: Exchange, language: str) -> HttpReply:
        envelopes = self._deployment.envelopes
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
        exchange.body = asked(exchange.request).body
        if outcome not in Verdict.__members__:
            said = f"{OUTCOME_HEADER} must be one of {', '.join(Verdict.__members__)}"
            return envelope(400, 400, None, said)
        exchange.told = Verdict[outcome]
        exchange.faults = (Fault(Kind.ENVELOPE, fault_id="header", outcome=outcome),)
        return self._deployment.envelopes.of(exchange.told, caller.language)


def _token(authorization: str | None) -> str | None:
    if authorization is None:
        return None
    scheme, _, rest = authorization.partition(" ")
    return rest.strip() if scheme.lower() == "bearer" else authorization
