"""What the server says about itself: ``openid-configuration`` and ``jwks.json``.

They are also found below the id of an app (``/{appId}/oidc/.well-known/``), where the official Node SDK looks for the
keys, and below ``/.well-known/``; the issuer is the same, because tokens name it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from genauth_mock.api.call import Call
from genauth_mock.api.oauth_errors import bare
from genauth_mock.api.oidc_clients import BASIC, NONE, POST
from genauth_mock.api.oidc_grants import GRANTS
from genauth_mock.engine.claims import SCOPES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.api.call import Json
    from genauth_mock.api.oauth_errors import Form
    from genauth_mock.engine.context import CallContext

CLAIMS: Final = (
    *("iss", "sub", "aud", "iat", "exp", "jti", "nonce", "at_hash"),
    *("username", "name", "nickname", "given_name", "family_name", "middle_name"),
    *("preferred_username", "picture", "profile", "website", "gender", "birthdate", "zoneinfo"),
    *("locale", "updated_at", "phone_number", "phone_number_verified", "email", "email_verified"),
    *("address", "extended_fields"),
)

_METHODS: Final = [POST, BASIC, NONE]

_SUPPORTED: Final[Mapping[str, list[str]]] = {
    "scopes_supported": list(SCOPES),
    "response_types_supported": ["code"],
    "response_modes_supported": ["query", "fragment", "form_post", "web_message"],
    "grant_types_supported": list(GRANTS),
    "subject_types_supported": ["public"],
    "claim_types_supported": ["normal"],
    "claims_supported": list(CLAIMS),
    "code_challenge_methods_supported": ["S256", "plain"],
    "id_token_signing_alg_values_supported": ["HS256", "RS256"],
    "id_token_encryption_alg_values_supported": [],
    "id_token_encryption_enc_values_supported": [],
    "userinfo_signing_alg_values_supported": [],
    "userinfo_encryption_alg_values_supported": [],
    "userinfo_encryption_enc_values_supported": [],
    "token_endpoint_auth_methods_supported": _METHODS,
    "introspection_endpoint_auth_methods_supported": _METHODS,
    "revocation_endpoint_auth_methods_supported": _METHODS,
}
"""Only what is imitated."""


def discovery(context: CallContext, _: Form) -> Json:
    """``GET /oidc/.well-known/openid-configuration``: what is imitated, and where."""
    issuer = context.token_issuer.issuer
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/auth",
        "token_endpoint": f"{issuer}/token",
        "userinfo_endpoint": f"{issuer}/me",
        "jwks_uri": f"{issuer}/.well-known/jwks.json",
        "introspection_endpoint": f"{issuer}/token/introspection",
        "revocation_endpoint": f"{issuer}/token/revocation",
        "end_session_endpoint": f"{issuer}/session/end",
        **_SUPPORTED,
    }


def jwks(context: CallContext, _: Form) -> Json:
    """``GET /oidc/.well-known/jwks.json``: the keys of the server; every app's tokens verify with them."""
    return context.token_issuer.public_keys(context.now)


CALLS: Final[tuple[Call, ...]] = (
    Call("GET", "/oidc/.well-known/openid-configuration", bare(discovery)),
    Call("GET", "/.well-known/openid-configuration", bare(discovery)),
    Call("GET", "/oidc/.well-known/jwks.json", bare(jwks), signs=True),
)
