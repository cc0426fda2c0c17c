"""Tokens of OpenID Connect and OAuth: exchanged, refreshed, looked into, revoked."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, Literal, TypeVar

import attrs

from aiogenauth import oidc, shapes
from aiogenauth.calls.arguments import password, secret, secret_if_given, text
from aiogenauth.calls.group import CallGroup
from aiogenauth.calls.request import form_body
from aiogenauth.calls.token_answers import bare_data_as, revoked, tokens_in, with_end
from aiogenauth.errors import (
    ExchangeOutcomeUnknown,
    ReadOutcomeUnknown,
    RefreshOutcomeUnknown,
    RevokeOutcomeUnknown,
)
from aiogenauth.protocol import FORM, Auth, Call, Endpoint
from aiogenauth.redaction import Sealed, Secret

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiogenauth.errors import OutcomeUnknown
    from aiogenauth.models import Envelope

T = TypeVar("T")


def _endpoint(
    name: str, path: str, unknown_error: type[OutcomeUnknown], *, is_safe: bool = False
) -> Endpoint:
    """Return an endpoint of OAuth: a form goes in, and no envelope comes out."""
    return Endpoint(
        name,
        "POST",
        f"/oidc{path}",
        unknown_error,
        Auth.EXPLICIT,
        is_safe=is_safe,
        has_envelope=False,
        content_type=FORM,
        may_be_empty=unknown_error is RevokeOutcomeUnknown,
    )


BY_CODE: Final = _endpoint("get_access_token_by_code", "/token", ExchangeOutcomeUnknown)
BY_REFRESH_TOKEN: Final = _endpoint(
    "get_new_access_token_by_refresh_token", "/token", RefreshOutcomeUnknown
)
BY_CLIENT_CREDENTIALS: Final = _endpoint(
    "get_access_token_by_client_credentials", "/token", ReadOutcomeUnknown, is_safe=True
)
"""It spends nothing: whoever asks again gets another token."""
USER_INFO: Final = _endpoint(
    "get_user_info_by_access_token", "/me", ReadOutcomeUnknown, is_safe=True
)
INTROSPECTION: Final = _endpoint(
    "introspect_token", "/token/introspection", ReadOutcomeUnknown, is_safe=True
)
REVOCATION: Final = _endpoint(
    "revoke_token", "/token/revocation", RevokeOutcomeUnknown, is_safe=True
)
"""Revoking twice is revoking once. Source: RFC 7009, 2.2."""


class OidcTokenCalls(CallGroup):
    """Tokens of OpenID Connect and OAuth.

    All of them raise:

    * `ClientRejected`: id or secret of the application is wrong, or shown in another way than
      GenAuth is set up for.
    * `ConfigurationError`: the application has to show a secret and has none; nothing was sent.
    """

    async def get_access_token_by_code(
        self, code: str, code_verifier: str | None = None, *, redirect_uri: str | None = None
    ) -> shapes.SignIn:
        """Exchange the code that a browser came back with for tokens. A code works once.

        Args:
            code: As it came; ten minutes old at most.
            code_verifier: The `.code_verifier` of the link; left out only with `pkce=False`.
            redirect_uri: The one of the link, if it was not the client's.

        Raises:
            GrantRejected: The code is wrong, used, expired, or of another link: sign in again.
            ExchangeOutcomeUnknown: The answer got lost, and the code with it. It is never sent
                twice: send the browser to sign in again.

        Source: API reference, /oidc/token.
        """
        back = oidc.checked_uri(
            redirect_uri or self._executor.settings.redirect_uri, "redirect_uri"
        )
        return await self._granted(
            BY_CODE,
            oidc.client_proof(self._executor.settings, "token"),
            grant_type="authorization_code",
            code=secret(code, "code"),
            redirect_uri=back,
            code_verifier=secret_if_given(code_verifier, "code_verifier"),
        )

    async def get_new_access_token_by_refresh_token(self, refresh_token: str) -> shapes.SignIn:
        """Exchange a refresh token for new tokens; `client.as_user(tokens)` does so by itself.

        Keep the refresh token of the answer, if there is one; else the old one stays good. Two
        official texts disagree on which it is.

        Args:
            refresh_token: Of a sign-in whose scope had `offline_access`.

        Raises:
            GrantRejected: It is wrong, used, revoked or expired: let the user sign in again.
            RefreshOutcomeUnknown: The answer got lost; the token may be spent.

        Source: API reference, /oidc/token.
        """
        return await self._granted(
            BY_REFRESH_TOKEN,
            oidc.client_proof(self._executor.settings, "token"),
            grant_type="refresh_token",
            refresh_token=secret(refresh_token, "refresh_token"),
        )

    async def get_access_token_by_client_credentials(
        self, scope: str, access_key: str, access_secret: str
    ) -> shapes.SignIn:
        """Get an access token for a program, which stands for no user.

        Args:
            scope: What it may be used for.
            access_key: Of an account for programs, from the console.
            access_secret: Of the same.

        Raises:
            ScopeRejected: The scope is not known, or not granted.

        Source: API reference, /oidc/token.
        """
        key = text(access_key, "access_key")
        proof = oidc.ClientProof(
            Sealed(client_id=key, client_secret=password(access_secret, "access_secret"))
        )
        return await self._granted(
            BY_CLIENT_CREDENTIALS,
            proof,
            grant_type="client_credentials",
            scope=text(scope, "scope"),
        )

    async def get_user_info_by_access_token(self, access_token: str) -> shapes.UserInfo:
        """Read who an access token stands for, as far as its scope shows.

        Args:
            access_token: Of an exchange; this client's own token is not used.

        Raises:
            NotSignedIn: The token is no longer good.

        Source: API reference, /oidc/me.
        """
        token = secret(access_token, "access_token")
        return await self._sent(
            USER_INFO, bare_data_as(shapes.UserInfo), oidc.ClientProof(Sealed(), _bearer(token))
        )

    async def introspect_token(self, token: str) -> shapes.TokenIntrospection:
        """Ask GenAuth whether an access or refresh token is good; in a condition, it is true if so.

        Args:
            token: Any; one that GenAuth does not know is not good, which is not an error.

        Source: API reference, /oidc/token/introspection.
        """
        return await self._sent(
            INTROSPECTION,
            bare_data_as(shapes.TokenIntrospection),
            oidc.client_proof(self._executor.settings, "introspection"),
            token=secret(token, "token"),
        )

    async def revoke_token(self, token: str) -> Literal[True]:
        """Make an access or refresh token useless.

        Args:
            token: One that is useless already stays so, which is not an error.

        Returns:
            True, as the official SDK has it; here a refusal raises.

        Raises:
            RevokeOutcomeUnknown: The answer got lost. Revoking it again does no harm.

        Source: API reference, /oidc/token/revocation.
        """
        return await self._sent(
            REVOCATION,
            revoked,
            oidc.client_proof(self._executor.settings, "revocation"),
            token=secret(token, "token"),
        )

    async def _granted(
        self, endpoint: Endpoint, proof: oidc.ClientProof, /, **fields: str | None
    ) -> shapes.SignIn:
        return with_end(await self._sent(endpoint, tokens_in, proof, **fields))

    async def _sent(
        self,
        endpoint: Endpoint,
        parse: Callable[[Envelope], T],
        proof: oidc.ClientProof,
        /,
        **fields: str | None,
    ) -> T:
        """Send a form with the proof of whoever asks."""
        if self._executor.settings.protocol == "oauth":
            endpoint = _of_oauth(endpoint)
        form = Sealed(proof.fields)
        for name, value in fields.items():
            if value is not None:
                form[name] = value
        secrets = tuple([each for each in form.values() if isinstance(each, Secret)])
        call = Call(endpoint, parse, form_body(form), secrets=secrets)
        if proof.authorization is not None:
            call.authorization = proof.authorization
            call.secrets += (Secret(proof.authorization.partition(" ")[2]),)
        return await self._executor.execute(call)


@cache
def _of_oauth(endpoint: Endpoint) -> Endpoint:
    """Return the twin of an endpoint of OpenID Connect. Source: the official Python SDK."""
    return attrs.evolve(endpoint, path=f"/oauth{endpoint.path.removeprefix('/oidc')}")


def _bearer(token: Secret) -> Secret:
    return Secret(f"Bearer {token}")
