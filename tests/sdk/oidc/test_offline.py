"""A token is good only if all of it is: who signed it, for whom, when; each flaw has its name."""

from __future__ import annotations

import hashlib
import hmac
import time
import warnings

import jwt
import pytest
from cryptography.hazmat.primitives import serialization

from aiogenauth import (
    ConfigurationError,
    InvalidInput,
    TokenAlgorithmRejected,
    TokenExpired,
    TokenKeyUnknown,
    TokenMalformed,
    TokenNotYetValid,
    TokenOfAnotherApp,
    TokenOfAnotherIssuer,
    TokenOfAnotherSignIn,
    TokenRejected,
    TokenSignatureWrong,
)
from aiogenauth.oidc.claims import Expected, TokenClaims
from aiogenauth.oidc.keys import checked_offline
from aiogenauth.redaction import Secret
from tests.sdk.oidc.tokens import (
    APP,
    EXPECTED,
    ISSUER,
    SECRET,
    Published,
    claims,
    encoded,
    hs256,
    jwk,
    part,
    private_key,
    rs256,
    signing_keys,
    unsigned,
)
from tests.sdk.support.canaries import shown


async def checked(
    token: object, expected: Expected = EXPECTED, secret: str | None = SECRET, jwks: object = None
) -> TokenClaims:
    keys = signing_keys(Published(jwk("key-1")), secret)
    given = Secret(token) if isinstance(token, str) else token
    return await checked_offline(given, keys, expected, jwks)


@pytest.mark.parametrize(
    "token", [rs256(), hs256(), rs256(kid=None)], ids=["RS256", "HS256", "no kid"]
)
async def test_a_good_token_tells_what_it_says(token: str) -> None:
    said = await checked(token)
    assert (said["iss"], said["aud"], said.sub) == (ISSUER, APP, "u-1")
    assert said == jwt.decode(token, options={"verify_signature": False})


async def test_an_audience_may_be_a_list() -> None:
    assert await checked(rs256(aud=["other", APP]))


FAR = 100_000
FLAWS: dict[str, tuple[str, type[TokenRejected]]] = {
    "not signed": (unsigned("none"), TokenAlgorithmRejected),
    "not signed, spelled otherwise": (unsigned("None"), TokenAlgorithmRejected),
    "another algorithm": (jwt.encode(claims(), "x" * 64, "HS512"), TokenAlgorithmRejected),
    "a key that is not published": (rs256("key-2"), TokenKeyUnknown),
    "another key under a published name": (rs256("key-2", kid="key-1"), TokenSignatureWrong),
    "another secret": (hs256("another-secret-of-at-least-32-chars"), TokenSignatureWrong),
    "changed claims": (
        rs256().split(".")[0] + "." + part(claims(sub="u-2")) + "." + rs256().split(".")[2],
        TokenSignatureWrong,
    ),
    "no signature": (rs256().rpartition(".")[0] + ".", TokenSignatureWrong),
    "an empty header": ("e30." + part(claims()) + ".x", TokenAlgorithmRejected),
    "a list for a header": (part([1]) + ".x.x", TokenMalformed),
    "nonsense": ("not.a.token", TokenMalformed),
    "no dots": ("opaque", TokenMalformed),
    "five parts": ("a.b.c.d.e", TokenMalformed),
    "nothing": ("", TokenMalformed),
    "claims that are no object": (
        jwt.api_jws.encode(b"[]", SECRET, "HS256"), TokenMalformed,
    ),
    "expired": (rs256(exp=int(time.time()) - FAR), TokenExpired),
    "without an end": (rs256(exp=None), TokenMalformed),
    "an end that is a text": (jwt.api_jws.encode(
        b'{"iss":"https://x.example/oidc","aud":"app-1","exp":"9999999999"}', SECRET, "HS256"
    ), TokenMalformed),
    "an end that is no number": (jwt.api_jws.encode(
        b'{"iss":"https://x.example/oidc","aud":"app-1","exp":NaN}', SECRET, "HS256"
    ), TokenMalformed),
    "an end in all eternity": (jwt.api_jws.encode(
        b'{"iss":"https://x.example/oidc","aud":"app-1","exp":Infinity}', SECRET, "HS256"
    ), TokenMalformed),
    "an end with 400 digits": (rs256(exp=10**400), TokenMalformed),
    "a beginning with 400 digits": (rs256(nbf=-(10**400)), TokenMalformed),
    "an extension": (jwt.encode(
        claims(), private_key("key-1"), "RS256", {"kid": "key-1", "crit": ["exp"]}
    ), TokenMalformed),
    "extensions that are no list": (
        f"{part({'alg': 'RS256', 'kid': 'key-1', 'crit': 5})}.{part(claims())}.AAAA",
        TokenMalformed,
    ),
    "an endless header": (part({"alg": "HS256", "x": "x" * 10_000}) + ".x.x", TokenMalformed),
    "not yet valid": (rs256(nbf=int(time.time()) + FAR), TokenNotYetValid),
    "of another issuer": (rs256(iss="https://evil.example/oidc"), TokenOfAnotherIssuer),
    "of no issuer": (rs256(iss=None), TokenOfAnotherIssuer),
    "of another app": (rs256(aud="app-2"), TokenOfAnotherApp),
    "of other apps": (rs256(aud=["app-2", "app-3"]), TokenOfAnotherApp),
    "for nobody": (rs256(aud=None), TokenOfAnotherApp),
    "for an app that only begins so": (rs256(aud="app-1x"), TokenOfAnotherApp),
}  # fmt: skip


@pytest.mark.parametrize("flaw", FLAWS)
async def test_a_flaw_has_its_name(flaw: str) -> None:
    token, error = FLAWS[flaw]
    with pytest.raises(TokenRejected) as refused:
        await checked(token)
    assert type(refused.value) is error
    if len(token) > 20:
        assert not [text for text in shown(refused.value) if token.rpartition(".")[0] in text]


async def test_a_public_key_is_no_secret_of_hs256() -> None:
    """The oldest of attacks: sign with what everybody can read, and say HS256."""
    pem = private_key("key-1").public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )  # fmt: skip
    for kid in ({}, {"kid": "key-1"}):
        signed = f"{part({'alg': 'HS256', **kid})}.{part(claims())}"
        mac = hmac.new(pem, signed.encode(), hashlib.sha256).digest()
        forged = f"{signed}.{encoded(mac)}"
        for secret, error in ((SECRET, TokenSignatureWrong), (None, TokenAlgorithmRejected)):
            with pytest.raises(TokenRejected) as refused:
                await checked(forged, secret=secret)
            assert type(refused.value) is error


async def test_hs256_that_names_a_published_key_is_refused_though_the_secret_fits() -> None:
    keys = signing_keys(Published(jwk("key-1")))
    await checked_offline(Secret(rs256()), keys, EXPECTED)
    with pytest.raises(TokenAlgorithmRejected, match="published key"):
        await checked_offline(Secret(hs256(kid="key-1")), keys, EXPECTED)
    assert await checked_offline(Secret(hs256(kid="other")), keys, EXPECTED)


async def test_a_public_key_set_up_as_the_secret_is_refused() -> None:
    pem = private_key("key-1").public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )  # fmt: skip
    with pytest.raises(ConfigurationError) as refused:
        await checked(hs256(), secret=pem.decode())
    assert refused.value.field == "app_secret"


async def test_a_short_secret_is_genauths_choice() -> None:
    with warnings.catch_warnings(action="ignore"):
        token = hs256("short")
    assert await checked(token, secret="short")


async def test_a_nonce_ties_an_id_token_to_its_sign_in() -> None:
    expected = Expected(ISSUER, APP, "canary-nonce")
    assert await checked(hs256(nonce="canary-nonce"), expected)
    for other in (hs256(nonce="other"), hs256()):
        with pytest.raises(TokenOfAnotherSignIn) as refused:
            await checked(other, expected)
        assert not [text for text in shown(refused.value) if "canary" in text]


@pytest.mark.parametrize("token", [None, 7, b"a.b.c", ["a.b.c"]], ids=repr)
async def test_what_is_no_text_is_no_token(token: object) -> None:
    with pytest.raises(TokenMalformed):
        await checked(token)


async def test_claims_show_nobodys_name_or_number() -> None:
    said = await checked(hs256(name="canary", phone_number="18812348888"))
    assert repr(said) == "TokenClaims(sub='u-1', ...)"
    with pytest.raises(TokenExpired) as refused:
        await checked(hs256(name="canary", exp=1))
    assert not [text for text in shown(refused.value) if "canary" in text]


async def test_keys_of_the_caller_are_used_and_nothing_is_fetched() -> None:
    published = Published()
    keys = signing_keys(published)
    jwks = {"keys": [jwk("key-1"), jwk("key-2")]}
    assert await checked_offline(Secret(rs256("key-2")), keys, EXPECTED, jwks)
    with pytest.raises(TokenKeyUnknown):
        await checked_offline(Secret(rs256("key-3")), keys, EXPECTED, jwks)
    assert published.fetched == 0


@pytest.mark.parametrize("jwks", [{}, [], {"keys": {}}, "x", {"keys": "x"}], ids=repr)
async def test_what_is_no_key_set_is_refused(jwks: object) -> None:
    with pytest.raises(InvalidInput) as refused:
        await checked(rs256(), jwks=jwks)
    assert refused.value.field == "server_jwks"
