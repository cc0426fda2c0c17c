"""What an application asks for when it sends a browser to ``/oidc/auth``, and the answer that the browser takes back.

Source: OpenID Connect Core, 3.1.2; API reference, /oidc/auth; for the words see `genauth_mock.api.oauth_errors`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from attrs import field

from genauth_mock.api.call import Bare
from genauth_mock.api.oauth_errors import (
    CLIENT_UNKNOWN,
    UNCACHED,
    BroughtBack,
    OAuthError,
    Reason,
    parameter,
)
from genauth_mock.api.redirects import is_allowed, with_fragment, with_query
from genauth_mock.api.response_pages import form_post_page, web_message_page
from genauth_mock.engine.authorization_code import Challenge
from genauth_mock.engine.value import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.engine.context import CallContext

MODES: Final = ("query", "fragment", "form_post", "web_message")

PROMPTS: Final = ("none", "login", "consent", "select_account")
"""Source: OpenID Connect Core, 3.1.2.1."""

_CHALLENGE: Final = re.compile(r"[A-Za-z0-9._~-]{43,128}")
"""Source: RFC 7636, section 4.2."""


@frozen
class WayBack:
    """How a browser goes back to the application.

    Attributes:
        redirect_uri: Where to.
        mode: How it takes the answer along, one of `MODES`.
        state: What the answer repeats; None for nothing.
    """

    redirect_uri: str
    mode: str = "query"
    state: str | None = field(default=None, repr=False)

    def with_answer(self, answer: Mapping[str, str], status: int = 302) -> Bare:
        """Return the response that sends the browser back with an answer.

        Args:
            answer: The answer: a code, or an error.
            status: The HTTP status of a redirect.
        """
        if self.state is not None:
            answer = {**answer, "state": self.state}
        if self.mode == "form_post":
            return form_post_page(self.redirect_uri, answer)
        if self.mode == "web_message":
            return web_message_page(self.redirect_uri, answer)
        add = with_fragment if self.mode == "fragment" else with_query
        headers = {**UNCACHED, "Location": add(self.redirect_uri, answer)}
        return Bare(b"", status, headers, "text/plain; charset=utf-8")


class SentBack(Exception):  # noqa: N818 - it says what happens
    """A refusal that the browser takes back to the application.

    Attributes:
        way_back: How.
        error: Why.
    """

    def __init__(self, way_back: WayBack, error: OAuthError) -> None:
        super().__init__(str(error))
        self.way_back = way_back
        self.error = error

    def to_response(self, status: int = 302) -> Bare:
        """Return the response."""
        answer = {name: str(value) for name, value in self.error.content.items()}
        return self.way_back.with_answer(answer, status)


@frozen
class AuthorizationRequest:
    """What an application asks for.

    Attributes:
        way_back: How the browser goes back.
        scope: The scope; empty for none.
        nonce: What the id token has to repeat; None for nothing.
        challenge: What the exchange has to show a verifier for; None for nothing.
        prompts: What the user is to be asked for.
        login_hint: Who will probably sign in; empty for nobody.
    """

    way_back: WayBack
    scope: str
    nonce: str | None = field(repr=False)
    challenge: Challenge | None
    prompts: frozenset[str]
    login_hint: str


def read_request(context: CallContext, asked: Mapping[str, str]) -> AuthorizationRequest:
    """Read what an application asks for.

    Raises:
        OAuthError: The browser may not be sent back: the app or its address is not known.
        SentBack: Anything else is wrong.
    """
    way_back = _way_back(context, asked)
    try:
        _check_response(asked)
        return AuthorizationRequest(
            way_back,
            _scope(context, asked),
            asked.get("nonce"),
            _challenge(asked),
            _prompts(asked),
            asked.get("login_hint", ""),
        )
    except OAuthError as error:
        raise SentBack(way_back, error) from None


def _way_back(context: CallContext, asked: Mapping[str, str]) -> WayBack:
    client_id, configured = parameter(asked, "client_id"), context.settings.redirect_uris
    if client_id != context.app_id:
        rule = f"client_id {client_id} is not the app that is meant"
        raise OAuthError(Reason.INVALID_CLIENT, CLIENT_UNKNOWN).because(rule)
    redirect_uri = asked.get("redirect_uri") or (configured[0] if len(configured) == 1 else "")
    if not redirect_uri:
        parameter(asked, "redirect_uri")
    if not is_allowed(context, redirect_uri, configured, "redirectUris"):
        raise OAuthError(
            Reason.REDIRECT_URI_MISMATCH,
            "redirect_uri did not match any of the client's registered redirect_uris",
        )
    mode = asked.get("response_mode")
    return WayBack(redirect_uri, mode if mode in MODES else "query", asked.get("state"))


def _check_response(asked: Mapping[str, str]) -> None:
    if parameter(asked, "response_type") != "code":
        rule = "the offline GenAuth imitates the code flow: response_type=code"
        said = "unsupported response_type requested"
        raise OAuthError(BroughtBack.UNSUPPORTED_RESPONSE_TYPE, said).because(rule)
    if asked.get("response_mode") not in (None, "", *MODES):
        raise OAuthError(
            BroughtBack.UNSUPPORTED_RESPONSE_MODE, "unsupported response_mode requested"
        )


def _scope(context: CallContext, asked: Mapping[str, str]) -> str:
    scope = asked.get("scope", "")
    if "offline_access" in scope.split() and "consent" not in asked.get("prompt", "").split():
        context.remark(
            scope="the real GenAuth gives no refresh token without prompt=consent beside offline_access"
        )
    return scope


def _prompts(asked: Mapping[str, str]) -> frozenset[str]:
    prompts = frozenset(asked.get("prompt", "").split())
    if not prompts <= set(PROMPTS):
        raise OAuthError(Reason.INVALID_REQUEST, "unsupported prompt value requested")
    if "none" in prompts and len(prompts) > 1:
        raise OAuthError(Reason.INVALID_REQUEST, "prompt none must only be used alone")
    return prompts


def _challenge(asked: Mapping[str, str]) -> Challenge | None:
    challenge, method = asked.get("code_challenge"), asked.get("code_challenge_method")
    if method not in (None, "", "S256", "plain"):
        raise OAuthError(Reason.INVALID_REQUEST, "not supported value of code_challenge_method")
    if not challenge:
        if method:
            said = "code_challenge must be provided with code_challenge_method"
            raise OAuthError(Reason.INVALID_REQUEST, said)
        return None
    if not _CHALLENGE.fullmatch(challenge):
        said = "code_challenge must be 43 to 128 characters of A-Z a-z 0-9 - . _ ~"
        raise OAuthError(Reason.INVALID_REQUEST, said)
    return Challenge(challenge, is_hashed=method == "S256")
