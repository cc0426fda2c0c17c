"""Dispatches a request to its operation, whatever transport carries it, and makes the response."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, cast

from attrs import evolve

from genauth_mock.activity.journal import Exchange
from genauth_mock.api.browser_errors import for_reader
from genauth_mock.api.call import Bare
from genauth_mock.api.documented import DOCUMENTED, documented_path
from genauth_mock.api.envelope import NamedOutcomes
from genauth_mock.api.ext_idp_links import NAMES_APP
from genauth_mock.api.oauth_answers import OAuthAnswers, reply_of
from genauth_mock.api.oauth_errors import is_oauth, without_envelope
from genauth_mock.api.oidc_clients import client_of
from genauth_mock.api.routing import ResolvedCall, below_app, resolve
from genauth_mock.engine.clock import stopwatch
from genauth_mock.engine.context import HERE, LANGUAGES, Caller
from genauth_mock.engine.given_answers import given
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.rate_limit import count_one_more
from genauth_mock.faults.answers import faulted
from genauth_mock.faults.fault import Fault, Kind
from genauth_mock.faults.matching import MatchedFaults, active_faults, match_faults, subject_of
from genauth_mock.http.messages import NO_FAULT, HttpReply, bearer_token
from genauth_mock.runtime.options import shows_token
from genauth_mock.storage.memory import MemoryOutbox, MemoryStore

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.api.call import Answer, Data, Json
    from genauth_mock.engine.context import CallContext
    from genauth_mock.faults.answers import Answers
    from genauth_mock.http.messages import HttpRequest
    from genauth_mock.runtime.deployment import Deployment

OUTCOME_HEADER: Final = "x-genauth-mock-outcome"
"""Names an outcome that this one request is answered with; it takes no effect."""

CAS: Final = "/cas-idp/"
"""Paths below it begin with the id of their app. Source: official Python SDK, build_authorize_url."""

_NOTHING: Final[Mapping[str, object]] = {}

_UNANSWERED: Final = {Outcome.NOT_IMITATED, Outcome.NOT_FOUND}
"""The refusals in whose place an answer may be given."""


class _HasToWait(Exception):  # noqa: N818 - it says what is the case
    """An answer may have to wait, and was asked for at once."""


class Dispatcher:
    """Answers requests to GenAuth's own paths."""

    def __init__(self, deployment: Deployment) -> None:
        self._deployment = deployment
        self._is_prompt = (
            deployment.feed is None
            and isinstance(deployment.store, MemoryStore)
            and isinstance(deployment.outbox, MemoryOutbox)
        )

    def answer_at_once(self, request: HttpRequest) -> HttpReply | None:
        """Answer a request outside of any task; return None, and do nothing, where the answer may have to wait."""
        if not self._is_prompt or self._deployment.apps.pending:
            return None
        answering = self.answer(request, may_wait=False)
        try:
            answering.send(None)
        except StopIteration as answered:
            return cast("HttpReply", answered.value)
        except _HasToWait:
            return None
        answering.close()
        message = "an answer waits that was to be given at once"
        raise RuntimeError(message)

    async def answer(self, request: HttpRequest, *, may_wait: bool = True) -> HttpReply:
        """Answer a request; never raises for what a caller sent."""
        began = stopwatch()
        caller = self.caller(request)
        deployment = self._deployment
        exchange = Exchange(caller.app_id, request, profile=deployment.apps.settings.profile)
        try:
            if OUTCOME_HEADER in request.headers:
                reply = self._requested_outcome(request.headers[OUTCOME_HEADER], caller, exchange)
            else:
                reply = await self._reply(caller, exchange, may_wait=may_wait)
        finally:  # an exchange that waits may be in the journal already, and no longer waits
            exchange.seconds = stopwatch() - began
            exchange.body = None  # whoever looks reads it again: most exchanges are never looked at
        exchange.reply = reply
        if reply.connection_fault is not NO_FAULT:
            exchange.seconds += reply.connection_fault.delay_seconds
            exchange.held_until = began + exchange.seconds
        if exchange.number:
            deployment.journal.note_answer(exchange)
        else:
            deployment.journal.note(exchange)
        if deployment.events.is_heard:
            deployment.events.publish("request", caller.app_id, exchange)
        if deployment.feed is not None:
            await deployment.feed.flush()
        return reply

    def caller(self, request: HttpRequest) -> Caller:
        """Return who calls: both header families, raw and ``Bearer`` tokens are accepted."""
        headers, options = request.headers, self._deployment.options
        app_id = headers.get("x-genauth-app-id") or headers.get("x-authing-app-id")
        if app_id is None and "/oidc/" in request.path:
            app_id = below_app(request.path)[0]
        if app_id is None and request.path.startswith(CAS) and request.path not in DOCUMENTED:
            app_id = request.path[len(CAS) :].partition("/")[0]
        if app_id is None and request.path in NAMES_APP:
            app_id = request.query.get(NAMES_APP[request.path])
        if app_id is None and is_oauth(request.path):
            app_id = client_of(headers.get("authorization"), request.body, request.query)
        language = headers.get("x-genauth-lang") or headers.get("x-authing-lang")
        return Caller(
            app_id or request.query.get("appId") or options.app_id,
            _token(headers.get("authorization")),
            language if language in LANGUAGES else options.language,
            request.base_url or HERE,
        )

    async def _reply(self, caller: Caller, exchange: Exchange, *, may_wait: bool) -> HttpReply:
        resolved, deployment = resolve(exchange.request), self._deployment
        exchange.body = resolved.body
        if resolved.call is not None and resolved.call.signs:
            await deployment.token_issuers.ready()

        def operation(context: CallContext) -> Answer | MatchedFaults:
            exchange.note_context(context)
            active = active_faults(context, deployment.options.faults, caller.app_id)
            if active.faults:
                if not may_wait:  # one may be a delay, and nothing has been done yet
                    raise _HasToWait
                subject = subject_of(exchange.request.path, exchange.sent_body())
                matched = match_faults(context, active, subject)
                if matched is not None:
                    return self._run_with_faults(context, matched, exchange, resolved)
            return self._run_operation(context, exchange, resolved)

        result = await deployment.run(caller, operation)
        if isinstance(result, MatchedFaults):
            return await self._apply_faults(result, caller, exchange, resolved)
        return self._to_reply(result, exchange, caller.language)

    def _run_operation(
        self, context: CallContext, exchange: Exchange, resolved: ResolvedCall
    ) -> Data | Bare | None:
        request, call, settings = exchange.request, resolved.call, context.settings
        try:
            if call is None:
                raise resolved.refusal or Refusal(Outcome.NOT_FOUND)
            if settings.requests_per_second is not None:
                count_one_more(context.records, settings.requests_per_second)
            if call.takes_headers:
                context.headers = request.headers
                token = self._deployment.options.control_token
                context.may_name_users = shows_token(request.headers, token)
            answer = call.operation(context, resolved.body or _NOTHING, request.query)
        except Refusal as refusal:
            if refusal.outcome not in _UNANSWERED:
                raise
            return _given(context, request.path, refusal)
        exchange.why = context.remarks or None
        return answer

    def _run_with_faults(
        self,
        context: CallContext,
        matched: MatchedFaults,
        exchange: Exchange,
        resolved: ResolvedCall,
    ) -> MatchedFaults:
        """Run the operation where no fault replaces it."""
        if matched.pause or matched.prevents_operation:
            return matched
        try:
            answer: Answer = self._run_operation(context, exchange, resolved)
        except Refusal as said:
            answer = said.with_traceback(None)
        return evolve(matched, answer=answer, has_run=True)

    async def _apply_faults(
        self, matched: MatchedFaults, caller: Caller, exchange: Exchange, resolved: ResolvedCall
    ) -> HttpReply:
        """Apply the matched faults: wait, run, replace the response."""
        deployment, replacing = self._deployment, matched.replacing_fault
        exchange.faults = matched.faults
        deployment.events.publish("faults.changed", caller.app_id, matched.active)
        if matched.pause:
            note = partial(deployment.journal.note, exchange)
            await deployment.pauses.wait(caller.app_id, matched.pause, note)
        reply = await self._unfaulted(matched, caller, exchange, resolved)
        if replacing is not None:
            reply = faulted(replacing, reply, self._answers(exchange), caller.language)
            if replacing.replaces_body:
                exchange.outcome = Outcome[replacing.outcome] if replacing.outcome else None
        if reply.connection_fault is not NO_FAULT or matched.delay:
            reply.connection_fault = evolve(
                reply.connection_fault, delay_seconds=matched.delay, app_id=caller.app_id
            )
        return reply

    async def _unfaulted(
        self, matched: MatchedFaults, caller: Caller, exchange: Exchange, resolved: ResolvedCall
    ) -> HttpReply:
        """Return the response before faults change it."""
        if matched.prevents_operation:
            return self._answers(exchange).of(Outcome.OK, caller.language)
        answer = matched.answer
        if not matched.has_run:
            answer = await self._deployment.run(
                caller, lambda context: self._run_operation(context, exchange, resolved)
            )
        return self._to_reply(answer, exchange, caller.language)

    def _to_reply(self, answer: Answer, exchange: Exchange, language: str) -> HttpReply:
        envelopes = self._deployment.answers.under(exchange.profile)
        if answer is None:
            exchange.effect = exchange.outcome = Outcome.OK
            return envelopes.success(language, exchange.request.method)
        if isinstance(answer, Refusal):
            exchange.why = answer.why
            exchange.effect = exchange.outcome = answer.outcome
            if is_oauth(exchange.request.path):
                said = envelopes.message(answer.outcome, language, answer.detail)
                bare = without_envelope(answer, exchange.request, said)
                return reply_of(for_reader(bare, exchange.request, answer.why))
            reply = envelopes.of(answer.outcome, language, detail=answer.detail, data=answer.data)
            return envelopes.of_method(exchange.request.method, reply)
        exchange.effect = exchange.outcome = Outcome.OK
        if isinstance(answer, Bare):
            return reply_of(for_reader(answer, exchange.request, exchange.why))
        reply = envelopes.of(Outcome.OK, language, data=answer)
        return envelopes.of_method(exchange.request.method, reply)

    def _requested_outcome(self, outcome: str, caller: Caller, exchange: Exchange) -> HttpReply:
        """Answer what the request itself asks for."""
        exchange.body = resolve(exchange.request).body
        if outcome not in Outcome.__members__:
            said = f"{OUTCOME_HEADER} must be one of {', '.join(Outcome.__members__)}"
            return self._answers(exchange).of_status(400, said)
        exchange.outcome = Outcome[outcome]
        exchange.faults = (Fault(Kind.ENVELOPE, fault_id="header", outcome=outcome),)
        return self._answers(exchange).of(exchange.outcome, caller.language)

    def _answers(self, exchange: Exchange) -> Answers:
        """Return what makes an answer in the form that this request is answered in."""
        envelopes = self._deployment.answers.under(exchange.profile)
        if is_oauth(exchange.request.path):
            return OAuthAnswers(envelopes, exchange.request)
        return NamedOutcomes(envelopes, exchange.request)


def _given(context: CallContext, path: str, refusal: Refusal) -> Data | Bare | None:
    """Return the answer that was given for a call that is not imitated.

    Raises:
        Refusal: None was given.
    """
    answer = given(context.records, documented_path(path))
    if answer is None:
        raise refusal
    data = cast("Data | None", answer.data)
    return Bare(cast("Json", data)) if answer.is_bare else data


def _token(authorization: str | None) -> str | None:
    if authorization is None:
        return None
    token = bearer_token(authorization)
    return authorization if token is None else token
