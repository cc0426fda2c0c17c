"""`introspect_token_offline`: whether a token is good, found out here and now."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Final

from aiogenauth import oidc
from aiogenauth.calls.group import CallGroup
from aiogenauth.errors import ReadOutcomeUnknown
from aiogenauth.protocol import Auth, Call, Endpoint
from aiogenauth.sending.executor import CallExecutor

KEY_SET: Final = Endpoint(
    "introspect_token_offline",
    "GET",
    "/oidc/.well-known/jwks.json",
    ReadOutcomeUnknown,
    Auth.EXPLICIT,
    is_safe=True,
    has_envelope=False,
)


class TokenCheck:
    """What the tokens of a client are checked with, made for the first of them; all views share it.

    Args:
        executor: Of the client.
    """

    def __init__(self, executor: CallExecutor) -> None:
        self._executor = executor

    @cached_property
    def keys(self) -> oidc.SigningKeys:
        """What tokens may be signed with."""
        return oidc.SigningKeys(self._executor.settings.app_secret, self._fetch)

    @cached_property
    def expected(self) -> oidc.Expected:
        """What tokens have to say."""
        settings = self._executor.settings
        return oidc.Expected(f"{settings.app_host}/oidc", settings.app_id)

    async def _fetch(self) -> object:
        return await self._executor.execute(Call(KEY_SET, lambda envelope: envelope.data))


class OfflineChecks(CallGroup):
    """Finding out whether a token is good without asking GenAuth about it."""

    _token_check: TokenCheck

    async def introspect_token_offline(  # noqa: PLR0913 - the official order, and what it left out
        self,
        token: str,
        server_jwks: Mapping[str, object] | None = None,
        *,
        audience: str | None = None,
        issuer: str | None = None,
        nonce: str | None = None,
        leeway: float = 30.0,
    ) -> oidc.TokenClaims:
        """Check an access token or an id token here, and give what it says.

        Signature, issuer, audience, expiry and not-before are checked: RS256 by the keys that
        GenAuth publishes, HS256 by the secret of the app. The keys are fetched once for a client
        and all of its views, and again when a token names one that is not known, at most twice a
        minute. A token that was revoked still is good here; `introspect_token` asks GenAuth.
        Needs the extra `aiogenauth[oidc]`.

        Args:
            token: What came with a request, or out of an exchange.
            server_jwks: The published keys, where you have them; nothing is fetched then.
            audience: Whom the token is for; the app, unless told otherwise.
            issuer: Who issued it; `APP_HOST/oidc`, unless told otherwise.
            nonce: The `.nonce` of the link of this sign-in, which its id token has to repeat.
            leeway: Seconds that the clocks of GenAuth and of this machine may be apart.

        Raises:
            TokenRejected: It is not good; the class says why.
            ConfigurationError: joserfc is not installed.
            GenAuthError: The keys were needed, and could not be fetched.

        Source: API reference, introspection, for the two algorithms; RFC 7519 for the claims.
        """
        expected = self._token_check.expected
        if audience or issuer or nonce or leeway != oidc.LEEWAY:
            expected = oidc.Expected(
                issuer or expected.issuer,
                audience or expected.audience,
                nonce,
                oidc.checked_leeway(leeway),
            )
        return await oidc.checked_offline(token, self._token_check.keys, expected, server_jwks)
