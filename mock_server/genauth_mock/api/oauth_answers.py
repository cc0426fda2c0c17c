"""What is answered under ``/oidc/`` and ``/oauth/`` for an outcome that a fault or a header names: OAuth's own form."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from genauth_mock.api.browser_errors import for_reader
from genauth_mock.api.call import Bare
from genauth_mock.api.envelope import detail_of
from genauth_mock.api.oauth_errors import (
    UNCACHED,
    BroughtBack,
    OAuthError,
    Reason,
    without_envelope,
)
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.engine.value import frozen
from genauth_mock.http.json_text import write_json
from genauth_mock.http.messages import HttpReply

if TYPE_CHECKING:
    from genauth_mock.api.envelope import Envelopes
    from genauth_mock.http.messages import HttpRequest

_OF_WHO_SIGNS_IN: Final = frozenset(
    {
        Outcome.WRONG_CODE,
        Outcome.EXPIRED_CODE,
        Outcome.SPENT_CODE,
        Outcome.BURNED_CODE,
        Outcome.NO_CODE,
        Outcome.NOT_SIGNED_IN,
        Outcome.USER_SUSPENDED,
        Outcome.UNKNOWN_USER,
        Outcome.WRONG_PASSWORD,
        Outcome.WRONG_ACCOUNT_OR_PASSWORD,
    }
)
"""Outcomes that say that a grant, or a token, is good for nothing."""


@frozen
class OAuthAnswers:
    """Answers one request in OAuth's form; takes the place of `Envelopes` for it.

    Attributes:
        envelopes: Has the words for each outcome.
        request: What was asked.
    """

    envelopes: Envelopes
    request: HttpRequest

    def of(self, outcome: Outcome, language: str) -> HttpReply:
        """Return the reply for an outcome."""
        message = self.envelopes.message(outcome, language, detail_of(outcome, self.request))
        return self._reply(self._said(outcome, message))

    def of_status(self, status: int, phrase: str) -> HttpReply:
        """Return the reply for a failure of the server that has an HTTP status only.

        Source: RFC 6749, 4.1.2.1, for the words.
        """
        is_busy = status == HTTPStatus.SERVICE_UNAVAILABLE
        is_ours = status >= HTTPStatus.INTERNAL_SERVER_ERROR
        failed = BroughtBack.TEMPORARILY_UNAVAILABLE if is_busy else BroughtBack.SERVER_ERROR
        reason = failed if is_ours else Reason.INVALID_REQUEST
        return self._reply(OAuthError(reason, phrase, status).to_response())

    def _reply(self, answer: Bare) -> HttpReply:
        return reply_of(for_reader(answer, self.request, None))

    def _said(self, outcome: Outcome, message: str) -> Bare:
        if outcome is Outcome.OK:
            return Bare({}, headers=UNCACHED)
        if outcome in _OF_WHO_SIGNS_IN:
            if self.request.path.endswith("/me"):
                said = "invalid token provided"
                refused = OAuthError(Reason.INVALID_TOKEN, said, 401, scheme="Bearer")
                return refused.to_response()
            return OAuthError(Reason.INVALID_GRANT, message).to_response()
        return without_envelope(Refusal(outcome), self.request, message)


def reply_of(answer: Bare) -> HttpReply:
    """Return the reply that carries an answer without envelope."""
    content = answer.content
    body = content if isinstance(content, bytes) else write_json(content)
    return HttpReply(answer.status, body, answer.headers, answer.content_type)
