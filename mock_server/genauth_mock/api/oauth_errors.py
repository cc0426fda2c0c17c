"""Refusals in OAuth's own form, worded as the library words them that GenAuth is believed to run.

Source of the words and statuses: oidc-provider 6.31.1, whose texts were captured from GenAuth word for word. Which
version GenAuth runs is not known.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from genauth_mock.api.call import Bare
from genauth_mock.engine.outcomes import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from genauth_mock.api.call import Json, Operation
    from genauth_mock.engine.context import CallContext
    from genauth_mock.engine.outcomes import Refusal
    from genauth_mock.http.messages import HttpRequest

Form = dict[str, str]


class Reason(StrEnum):
    """OAuth's own words for why not."""

    INVALID_CLIENT = "invalid_client"
    INVALID_GRANT = "invalid_grant"
    INVALID_REQUEST = "invalid_request"
    INVALID_SCOPE = "invalid_scope"
    INVALID_TOKEN = "invalid_token"  # noqa: S105 - a word of OAuth's
    REDIRECT_URI_MISMATCH = "redirect_uri_mismatch"
    UNAUTHORIZED_CLIENT = "unauthorized_client"
    UNSUPPORTED_GRANT_TYPE = "unsupported_grant_type"


class BroughtBack(StrEnum):
    """Words that OAuth has for the way back of a browser; the last two are used of every failure of the server."""

    ACCESS_DENIED = "access_denied"
    LOGIN_REQUIRED = "login_required"
    UNSUPPORTED_RESPONSE_MODE = "unsupported_response_mode"
    UNSUPPORTED_RESPONSE_TYPE = "unsupported_response_type"
    SERVER_ERROR = "server_error"
    TEMPORARILY_UNAVAILABLE = "temporarily_unavailable"


UNCACHED: Final = {"Cache-Control": "no-cache, no-store", "Pragma": "no-cache"}

GRANT_INVALID: Final = "grant request is invalid"
"""Of every code and refresh token that will not do. Source: API reference, common questions about tokens."""

CLIENT_FAILED: Final = "client authentication failed"
"""Source: API reference, common questions about tokens; captured in tests of the C# SDK."""

NONE_SHOWN: Final = "no access token provided"
"""The one refusal whose ``WWW-Authenticate`` says no more: no token was wrong. Source: RFC 6750, section 3.1."""

CLIENT_UNKNOWN: Final = "client is invalid"
"""Of an app that is not known where a browser is sent to sign in."""


class OAuthError(Exception):
    """A refusal in OAuth's own form.

    Args:
        reason: Why not.
        description: What a developer may read.
        status: The HTTP status.
        scheme: How to authenticate, for ``WWW-Authenticate``; empty leaves the header out.
    """

    def __init__(
        self,
        reason: Reason | BroughtBack,
        description: str,
        status: int = 400,
        *,
        scheme: str = "",
    ) -> None:
        super().__init__(reason)
        self.content: Json = {"error": str(reason), "error_description": description}
        self.rule = ""
        self._status = status
        self._headers: Mapping[str, str] = UNCACHED
        if scheme:
            why = (
                ""
                if description == NONE_SHOWN
                else f', error="{reason}", error_description="{description}"'
            )
            self._headers = {**UNCACHED, "WWW-Authenticate": f'{scheme} realm="genauth-mock"{why}'}

    def because(self, rule: str) -> OAuthError:
        """Have the journal say which rule it was; return the error."""
        self.rule = rule
        return self

    def to_response(self) -> Bare:
        """Return the response."""
        return Bare(self.content, self._status, self._headers)


def parameter(form: Mapping[str, str], name: str) -> str:
    """Return a required parameter.

    Raises:
        OAuthError: ``invalid_request``.
    """
    value = form.get(name)
    if not value:
        raise OAuthError(Reason.INVALID_REQUEST, f"missing required parameter '{name}'")
    return value


def bare(
    answer: Callable[[CallContext, Form], Json | Bare], *, reads_query: bool = False
) -> Operation:
    """Make a call whose answers, refusals too, come without envelope; it is given its form, and its query if asked."""

    def operation(
        context: CallContext, body: Mapping[str, object], query: Mapping[str, str]
    ) -> Bare:
        sent = {**query, **body} if reads_query else body
        form = {name: value for name, value in sent.items() if isinstance(value, str)}
        try:
            said = answer(context, form)
        except OAuthError as error:
            if error.rule:
                context.remark(rule=error.rule)
            return error.to_response()
        return said if isinstance(said, Bare) else Bare(said, headers=UNCACHED)

    return operation


def is_oauth(path: str) -> bool:
    """Return whether a path is one of OpenID Connect or OAuth: nothing there is answered in the envelope."""
    return path.startswith(("/oidc/", "/oauth/"))


def without_envelope(refusal: Refusal, request: HttpRequest, message: str) -> Bare:
    """Return a refusal of the engine in OAuth's form.

    Args:
        refusal: Why not.
        request: What was asked.
        message: The engine's words for it.
    """
    match refusal.outcome:
        case Outcome.NOT_FOUND | Outcome.METHOD_NOT_ALLOWED:
            asked = f"({request.method} on {request.path})"
            said = f"unrecognized route or not allowed method {asked}"
            return OAuthError(Reason.INVALID_REQUEST, said, 404).to_response()
        case Outcome.UNKNOWN_APP if request.path.endswith("/auth"):
            return OAuthError(Reason.INVALID_CLIENT, CLIENT_UNKNOWN).to_response()
        case Outcome.UNKNOWN_APP:
            return OAuthError(Reason.INVALID_CLIENT, CLIENT_FAILED, 401).to_response()
        case Outcome.TOO_MANY_REQUESTS | Outcome.NOT_IMITATED | Outcome.BODY_TOO_LARGE:
            status = _STATUSES[refusal.outcome]
            return OAuthError(Reason.INVALID_REQUEST, message, status).to_response()
        case _:
            said = refusal.detail or message
            return OAuthError(Reason.INVALID_REQUEST, said).to_response()


_STATUSES: Final = {
    Outcome.TOO_MANY_REQUESTS: 429,
    Outcome.NOT_IMITATED: 501,
    Outcome.BODY_TOO_LARGE: 413,
}
