"""What ``/oidc/.well-known/openid-configuration`` says: what is imitated, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from genauth_mock.calls.grants import GRANTS
from genauth_mock.engine.claims import SCOPES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.calls.call import Json
    from genauth_mock.calls.forms import Form
    from genauth_mock.engine.turn import Turn

CLAIMS: Final = (
    *("iss", "sub", "aud", "iat", "exp", "jti", "username", "name", "nickname", "given_name"),
    *(
        "family_name",
        "middle_name",
        "preferred_username",
        "picture",
        "profile",
        "website",
        "gender",
    ),
    *("birthdate", "zoneinfo", "locale", "updated_at", "phone_number", "phone_number_verified"),
    *("email", "email_verified", "extended_fields"),
)

_BY_SECRET: Final = ["client_secret_post", "client_secret_basic"]

_SUPPORTED: Final[Mapping[str, list[str]]] = {
    "scopes_supported": list(SCOPES),
    "response_types_supported": ["none"],
    "response_modes_supported": [],
    "grant_types_supported": list(GRANTS),
    "subject_types_supported": ["public"],
    "claim_types_supported": ["normal"],
    "claims_supported": list(CLAIMS),
    "code_challenge_methods_supported": [],
    "id_token_signing_alg_values_supported": ["RS256"],
    "id_token_encryption_alg_values_supported": [],
    "id_token_encryption_enc_values_supported": [],
    "userinfo_signing_alg_values_supported": [],
    "userinfo_encryption_alg_values_supported": [],
    "userinfo_encryption_enc_values_supported": [],
    "token_endpoint_auth_methods_supported": _BY_SECRET,
    "introspection_endpoint_auth_methods_supported": _BY_SECRET,
    "revocation_endpoint_auth_methods_supported": _BY_SECRET,
}
"""Only what is imitated."""


def discovery(turn: Turn, _: Form) -> Json:
    """``GET /oidc/.well-known/openid-configuration``.

    Only what is imitated is named as supported; endpoints that must be named but are not imitated say so when asked.
    """
    issuer = turn.mint.issuer
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
