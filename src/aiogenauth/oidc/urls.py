"""The addresses that a browser is sent to, to sign in and to sign out."""

import secrets
from typing import Final, Self
from urllib.parse import quote, urlencode

from aiogenauth.configuration import Settings
from aiogenauth.errors import InvalidInput
from aiogenauth.oidc.authorization_request import (
    AuthorizationRequest,
    checked,
    checked_mode,
    checked_prompt,
    checked_uri,
    response_type,
)
from aiogenauth.oidc.pkce import challenge_for_link
from aiogenauth.redaction import Hidden, sealed

OIDC_SCOPE: Final = "openid profile email phone address"
OAUTH_SCOPE: Final = "user"
"""What is asked for where nothing is said. Source: the official Python SDK."""


class AuthorizeUrl(str):
    """Where to send a browser to sign in, and what has to be kept until it comes back.

    It is a string, ready for any redirect. Keep the three attributes where only that browser's
    session finds them, never in the address.

    Attributes:
        state: Has to come back unchanged; None for SAML and CAS.
        nonce: Has to be in the id token; None where there will be none.
        code_verifier: Goes with the code to `get_access_token_by_code`; None without PKCE, and
            where the caller made the challenge.
    """

    __slots__ = ("code_verifier", "nonce", "state")

    state: str | None
    nonce: str | None
    code_verifier: str | None

    def __new__(
        cls,
        url: str,
        *,
        state: str | None = None,
        nonce: str | None = None,
        code_verifier: str | None = None,
    ) -> Self:
        """Make one; a plain string is one that has nothing to keep."""
        self = super().__new__(cls, url)
        self.state, self.nonce, self.code_verifier = state, nonce, code_verifier
        return self


def authorize_url(settings: Settings, asked: AuthorizationRequest) -> AuthorizeUrl:
    """Return the address at which a user signs in to the application.

    Raises:
        InvalidInput: Something is missing, cannot be right, or is not known to the protocol.
    """
    if settings.protocol == "saml":
        asked.refuse("SAML")
        return AuthorizeUrl(f"{settings.app_host}/api/v2/saml-idp/{_in_path(settings)}")
    if settings.protocol == "cas":
        asked.refuse("CAS", *_NOT_OF_CAS)
        where = f"{settings.app_host}/cas-idp/{_in_path(settings)}"
        return AuthorizeUrl(with_query(where, asked.given("service")))
    if settings.protocol == "oauth":
        asked.refuse("OAuth", "nonce", "service")
        return _with_oauth(settings, asked, {"state": asked.state or _drawn()})
    asked.refuse("OpenID Connect", "service")
    return _with_oidc(settings, asked)


def _with_oidc(settings: Settings, asked: AuthorizationRequest) -> AuthorizeUrl:
    scope = asked.scope or OIDC_SCOPE
    fixed = {"nonce": asked.nonce or _drawn(), "state": asked.state or _drawn(), "scope": scope}
    if asked.prompt is None and "offline_access" in scope.split():
        fixed["prompt"] = "consent"  # what a refresh token needs. Source: OpenID Connect Core, 11
    return _link(settings, asked, fixed)


def _with_oauth(
    settings: Settings, asked: AuthorizationRequest, fixed: dict[str, str]
) -> AuthorizeUrl:
    return _link(settings, asked, {**fixed, "scope": asked.scope or OAUTH_SCOPE})


def _link(settings: Settings, asked: AuthorizationRequest, fixed: dict[str, str]) -> AuthorizeUrl:
    """Put a link together.

    Args:
        settings: Who asks.
        asked: What they want.
        fixed: The parameters that are decided already.
    """
    kind = response_type(asked.response_type, settings.protocol)
    checked_mode(asked.response_mode, kind)
    checked_prompt(asked.prompt)
    wants_code = "code" in kind.split()
    challenge = challenge_for_link(
        asked.code_challenge, asked.code_challenge_method, is_wanted=asked.pkce and wants_code
    )
    parameters = {
        **fixed,
        "client_id": settings.app_id,
        "redirect_uri": checked_uri(asked.redirect_uri or settings.redirect_uri, "redirect_uri"),
        "response_type": kind,
        **asked.given("response_mode", "prompt", "login_hint", "tenant_id", "ext_idp_conn_id"),
        **challenge.sent,
    }
    return AuthorizeUrl(
        with_query(f"{settings.app_host}/{settings.protocol}/auth", parameters),
        state=str(fixed["state"]),
        nonce=str(fixed["nonce"]) if "nonce" in fixed else None,
        code_verifier=challenge.verifier,
    )


def logout_url(
    settings: Settings, redirect_uri: str | None, id_token: str | None, state: str | None
) -> str:
    """Return the address at which the session of a browser with GenAuth ends.

    Raises:
        InvalidInput: An argument cannot be right, or one is missing that another needs.
    """
    id_token, state = sealed(id_token), sealed(state)
    if redirect_uri is None and (settings.protocol != "oidc" or id_token is not None):
        redirect_uri = settings.post_logout_redirect_uri
    back = None if redirect_uri is None else checked_uri(redirect_uri, "redirect_uri")
    if settings.protocol == "oidc":
        return _oidc_logout(settings.app_host, back, id_token, state)
    for name, value in (("id_token", id_token), ("state", state)):
        if value is not None:
            text = f"{name}: a sign-out by {settings.protocol} has none; leave it out"
            raise InvalidInput(text).with_facts(field=name)
    if settings.protocol == "cas":
        return with_query(f"{settings.app_host}/cas-idp/logout", _only("url", back))
    return with_query(f"{settings.app_host}/login/profile/logout", _only("redirect_uri", back))


def _oidc_logout(host: str, back: str | None, id_token: str | None, state: str | None) -> str:
    """Build it as OpenID Connect RP-Initiated Logout has it: a way back needs the id token."""
    if back is not None and id_token is None:
        text = "id_token: give it with redirect_uri; GenAuth sends nobody back without it"
        raise InvalidInput(text).with_facts(field="id_token")
    if state is not None and back is None:
        text = "state: give redirect_uri too; there is nowhere that it could come back to"
        raise InvalidInput(text).with_facts(field="state")
    parameters = {
        **_only("id_token_hint", id_token),
        **_only("post_logout_redirect_uri", back),
        **_only("state", state),
    }
    return with_query(f"{host}/oidc/session/end", parameters)


def with_query(url: str, parameters: dict[str, str]) -> str:
    """Put parameters behind an address, each quoted."""
    return f"{url}?{urlencode(parameters)}" if parameters else url


def _only(name: str, value: str | None) -> dict[str, str]:
    return {} if value is None else {name: checked(value, name)}


def _drawn() -> Hidden:
    """Draw 144 bits that nobody can guess."""
    return Hidden(secrets.token_urlsafe(18))


def _in_path(settings: Settings) -> str:
    return quote(settings.app_id, safe="")


_NOT_OF_CAS: Final = (
    "redirect_uri", "response_type", "response_mode", "state", "nonce", "scope",
    "code_challenge_method", "code_challenge", "prompt", "login_hint", "tenant_id",
    "ext_idp_conn_id",
)  # fmt: skip
