"""The links of a sign-in on the web, and what goes with them. Nothing is sent here."""

from __future__ import annotations

from aiogenauth import oidc
from aiogenauth.calls.group import CallGroup
from aiogenauth.redaction import sealed


class LinkCalls(CallGroup):
    """Where to send a browser, to sign in and to sign out."""

    def build_authorize_url(  # noqa: PLR0913, PLR0917 - the official order, then what it left out
        self,
        redirect_uri: str | None = None,
        response_type: str | None = None,
        response_mode: str | None = None,
        state: str | None = None,
        nonce: str | None = None,
        scope: str | None = None,
        code_challenge_method: str | None = None,
        code_challenge: str | None = None,
        service: str | None = None,
        *,
        prompt: str | None = None,
        login_hint: str | None = None,
        tenant_id: str | None = None,
        ext_idp_conn_id: str | None = None,
        pkce: bool = True,
    ) -> oidc.AuthorizeUrl:
        """Return the link at which a user signs in, with what has to be kept until they come back.

        Keep `.state`, `.nonce` and `.code_verifier` in the session of that browser. When it comes
        back, compare the state, give code and verifier to `get_access_token_by_code`, and check
        the id token with `introspect_token_offline(id_token, nonce=...)`.

        Args:
            redirect_uri: Where the browser comes back to; else the client's.
            response_type: What it comes back with: `code`, unless you need something else.
            response_mode: How: `query`, `fragment`, `form_post` or `web_message`.
            state: Of your own; else a random one.
            nonce: Of your own; else a random one. OAuth has none.
            scope: What is asked for; `openid profile email phone address`, or `user` with OAuth.
                A refresh token needs `offline_access` in it.
            code_challenge_method: `S256`, or `plain`.
            code_challenge: Of your own; else one is made, and its verifier is `.code_verifier`.
            service: Where CAS sends the browser back to; CAS alone has it.
            prompt: `none`, `login`, `consent`, `select_account`; `consent` with `offline_access`.
            login_hint: Who will probably sign in.
            tenant_id: The tenant to sign in to. Source: assumed.
            ext_idp_conn_id: The connection to another identity provider to begin with.
            pkce: False leaves Proof Key for Code Exchange out.

        Raises:
            InvalidInput: Something is missing, cannot be right, or is not known to the protocol.

        Source: API reference, /oidc/auth; the official Python SDK for the other protocols.
        """
        state, nonce, login_hint = sealed(state), sealed(nonce), sealed(login_hint)
        code_challenge = sealed(code_challenge)
        asked = oidc.AuthorizationRequest(
            redirect_uri=redirect_uri,
            response_type=response_type,
            response_mode=response_mode,
            state=state,
            nonce=nonce,
            scope=scope,
            code_challenge_method=code_challenge_method,
            code_challenge=code_challenge,
            service=service,
            prompt=prompt,
            login_hint=login_hint,
            tenant_id=tenant_id,
            ext_idp_conn_id=ext_idp_conn_id,
            pkce=pkce,
        )
        return oidc.authorize_url(self._executor.settings, asked)

    def generate_code_challenge(self, length: int = 43) -> str:
        """Return a new random code verifier, which the official SDK calls a challenge.

        Args:
            length: Characters, from 43 to 128.

        Raises:
            InvalidInput: Another length.
        """
        return oidc.new_verifier(length)

    def generate_code_challenge_digest(self, code_challenge: str, method: str | None = None) -> str:
        """Return the challenge of a code verifier, for `build_authorize_url`.

        Args:
            code_challenge: What `generate_code_challenge` gave.
            method: `S256`, or `plain`.

        Raises:
            InvalidInput: No verifier, or no such method.
        """
        code_challenge = sealed(code_challenge)
        return oidc.challenge_of(code_challenge, method)

    def build_logout_url(
        self,
        redirect_uri: str | None = None,
        id_token: str | None = None,
        state: str | None = None,
    ) -> str:
        """Return the link at which the session of a browser with GenAuth ends.

        End the session with your own application, too.

        Args:
            redirect_uri: Where the browser comes back to; else the client's
                `post_logout_redirect_uri`. GenAuth wants the id token with it.
            id_token: Of the user who signs out.
            state: Comes back with the browser.

        Raises:
            InvalidInput: One is missing that another needs, or is not known to the protocol.

        Source: API reference, /oidc/session/end.
        """
        id_token, state = sealed(id_token), sealed(state)
        return oidc.logout_url(self._executor.settings, redirect_uri, id_token, state)
