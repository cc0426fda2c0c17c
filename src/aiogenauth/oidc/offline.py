"""`introspect_token_offline`: whether a token is good, found out here and now."""

from collections.abc import Mapping
from typing import Final, Self

from attrs import frozen

from aiogenauth.calls.group import CallGroup
from aiogenauth.clock import epoch_seconds
from aiogenauth.errors import ReadOutcomeUnknown, TokenMalformed
from aiogenauth.oidc.claims import LEEWAY, Expected, TokenClaims, checked_leeway
from aiogenauth.oidc.keys import SigningKeys, key_of_set
from aiogenauth.oidc.signatures import claims_of, header_of, library
from aiogenauth.protocol import Auth, Call, Endpoint
from aiogenauth.redaction import Secret
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


@frozen
class TokenCheck:
    """What the tokens of a client are checked with; shared by all of its views.

    Attributes:
        keys: What they may be signed with.
        expected: What they have to say.
    """

    keys: SigningKeys
    expected: Expected

    @classmethod
    def of(cls, executor: CallExecutor) -> Self:
        """Return what the tokens of an application are checked with."""
        settings = executor.settings

        async def fetch() -> object:
            return await executor.execute(Call(KEY_SET, lambda envelope: envelope.data))

        keys = SigningKeys(settings.app_secret, fetch)
        return cls(keys, Expected(f"{settings.app_host}/oidc", settings.app_id))


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
        leeway: float = LEEWAY,
    ) -> TokenClaims:
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
        if audience or issuer or nonce or leeway != LEEWAY:
            expected = Expected(
                issuer or expected.issuer,
                audience or expected.audience,
                nonce,
                checked_leeway(leeway),
            )
        return await checked_offline(token, self._token_check.keys, expected, server_jwks)


async def checked_offline(
    token: object, keys: SigningKeys, expected: Expected, server_jwks: object = None
) -> TokenClaims:
    """Check a token.

    Args:
        token: It may be anything: it comes from outside.
        keys: What it may be signed with.
        expected: What it has to say.
        server_jwks: A key set to use instead of the published one.

    Raises:
        TokenRejected: It is not good.
    """
    if not isinstance(token, str):
        text = "the token is not text"
        raise TokenMalformed(text)
    token = Secret(token)
    library()
    header = header_of(token)
    if server_jwks is not None and header.alg != "HS256":
        claims = TokenClaims(claims_of(token, header, key_of_set(server_jwks, header)))
    else:
        key = keys.at_hand(header) or await keys.fetched(header)
        claims = TokenClaims(claims_of(token, header, key))
    expected.check(claims, epoch_seconds())
    return claims
