"""The calls of OpenID Connect as they travel: forms, bare JSON, a bearer token."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

import attrs

from genauth_contract.api.call import ApiCall, sent_to
from genauth_contract.api.endpoint import ANY_TEXT, FLAG, Endpoint, number, record, text
from genauth_contract.outcomes.models import Client, User
from genauth_contract.outcomes.oidc import (
    GRANT_NOT_IMITATED,
    GRANTED,
    INVALID_CLIENT,
    INVALID_GRANT,
    INVALID_REQUEST,
    INVALID_SCOPE,
    INVALID_TOKEN,
    NO_CLIENT,
    NO_TOKEN,
    REDIRECT_URI_MISMATCH,
    REVOKED,
    SENT_BACK,
    UNAUTHORIZED_CLIENT,
    UNSUPPORTED_GRANT_TYPE,
)

TEXTS: Final = {"type": "array", "items": ANY_TEXT}

DISCOVERY: Final = record(
    "Discovery",
    {
        "issuer": text(),
        "authorization_endpoint": text(),
        "token_endpoint": text(),
        "userinfo_endpoint": text(),
        "jwks_uri": text(),
        "introspection_endpoint": text(),
        "revocation_endpoint": text(),
        "end_session_endpoint": text(),
        "scopes_supported": TEXTS,
        "response_types_supported": TEXTS,
        "response_modes_supported": TEXTS,
        "grant_types_supported": TEXTS,
        "claim_types_supported": TEXTS,
        "claims_supported": TEXTS,
        "code_challenge_methods_supported": TEXTS,
        "id_token_signing_alg_values_supported": TEXTS,
        "id_token_encryption_alg_values_supported": TEXTS,
        "id_token_encryption_enc_values_supported": TEXTS,
        "userinfo_signing_alg_values_supported": TEXTS,
        "userinfo_encryption_alg_values_supported": TEXTS,
        "userinfo_encryption_enc_values_supported": TEXTS,
        "token_endpoint_auth_methods_supported": TEXTS,
        "introspection_endpoint_auth_methods_supported": {
            "type": "array",
            "items": ANY_TEXT,
        },
        "revocation_endpoint_auth_methods_supported": {
            "type": "array",
            "items": ANY_TEXT,
        },
    },
    {"subject_types_supported": TEXTS},
)
KEYS: Final = record(
    "Keys",
    {
        "keys": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "kty": ANY_TEXT,
                    "kid": ANY_TEXT,
                    "use": ANY_TEXT,
                    "alg": ANY_TEXT,
                    "n": ANY_TEXT,
                    "e": ANY_TEXT,
                },
                "required": ["kty"],
            },
        }
    },
)
TOKEN_REQUEST: Final = record(
    "TokenRequest",
    {"grant_type": text()},
    {
        "client_id": ANY_TEXT,
        "client_secret": ANY_TEXT,
        "redirect_uri": ANY_TEXT,
        "code": ANY_TEXT,
        "code_verifier": ANY_TEXT,
        "refresh_token": ANY_TEXT,
        "username": ANY_TEXT,
        "password": ANY_TEXT,
        "scope": ANY_TEXT,
    },
)
TOKEN_ANSWER: Final = record(
    "TokenAnswer",
    {"access_token": text(), "token_type": text(), "expire_in": number("Seconds.")},
    {
        "id_token": ANY_TEXT,
        "refresh_token": ANY_TEXT,
        "scope": ANY_TEXT,
        "expires_in": number("The same, as live clients read it."),
    },
)
ONE_TOKEN: Final = record(
    "OneToken", {"token": text()}, {"client_id": ANY_TEXT, "client_secret": ANY_TEXT}
)
INTROSPECTION: Final = record(
    "Introspection",
    {"active": FLAG},
    {
        "sub": ANY_TEXT,
        "client_id": ANY_TEXT,
        "exp": number(),
        "iat": number(),
        "iss": ANY_TEXT,
        "jti": ANY_TEXT,
        "scope": ANY_TEXT,
        "token_type": ANY_TEXT,
    },
)
CLAIMS: Final = record("Claims", {"sub": text()})

DISCOVERY_CALL: Final = Endpoint(
    "openid-configuration",
    "Where the OIDC endpoints are and what they can do.",
    data=DISCOVERY,
    ends=(GRANTED,),
    path="/oidc/.well-known/openid-configuration",
    operation_id="discovery",
)
JWKS_CALL: Final = Endpoint(
    "jwks.json",
    "The keys that tokens are signed with.",
    data=KEYS,
    ends=(GRANTED,),
    path="/oidc/.well-known/jwks.json",
    operation_id="jwks",
)
AUTH_CALL: Final = Endpoint(
    "auth",
    "Send a browser here to sign in; it comes back with a code.",
    ends=(SENT_BACK, REDIRECT_URI_MISMATCH),
    path="/oidc/auth",
    operation_id="authorize",
)
END_SESSION_CALL: Final = Endpoint(
    "end",
    "Send a browser here to sign out; it goes on to an address of the application.",
    ends=(SENT_BACK, INVALID_REQUEST),
    path="/oidc/session/end",
    operation_id="endSession",
)
TOKEN_CALL: Final = Endpoint(
    "token",
    "Get tokens by code, refresh token, password or client credentials.",
    request=TOKEN_REQUEST,
    data=TOKEN_ANSWER,
    ends=(
        GRANTED,
        NO_CLIENT,
        INVALID_CLIENT,
        INVALID_GRANT,
        INVALID_REQUEST,
        INVALID_SCOPE,
        UNAUTHORIZED_CLIENT,
        UNSUPPORTED_GRANT_TYPE,
        GRANT_NOT_IMITATED,
    ),
    path="/oidc/token",
)
INTROSPECTION_CALL: Final = Endpoint(
    "introspection",
    "Ask whether a token is good.",
    request=ONE_TOKEN,
    data=INTROSPECTION,
    ends=(GRANTED, NO_CLIENT, INVALID_CLIENT, INVALID_REQUEST),
    path="/oidc/token/introspection",
)
REVOCATION_CALL: Final = Endpoint(
    "revocation",
    "Make a token no good.",
    request=ONE_TOKEN,
    ends=(REVOKED, NO_CLIENT, INVALID_CLIENT, INVALID_REQUEST),
    path="/oidc/token/revocation",
)
ME_CALL: Final = Endpoint(
    "me",
    "Who the access token stands for.",
    data=CLAIMS,
    needs_user=True,
    ends=(GRANTED, INVALID_TOKEN, NO_TOKEN),
    path="/oidc/me",
)
ME_BY_POST_CALL: Final = Endpoint(
    "me",
    "The same, for clients that post.",
    data=CLAIMS,
    needs_user=True,
    ends=(GRANTED, INVALID_TOKEN, NO_TOKEN),
    path="/oidc/me",
    method="POST",
    operation_id="meByPost",
)


def discovery() -> ApiCall:
    """Ask where the endpoints are. Source: API reference, OIDC discovery."""
    return sent_to(DISCOVERY_CALL)


def jwks() -> ApiCall:
    """Ask for the keys that tokens are signed with. Source: API reference, OIDC JWKs."""
    return sent_to(JWKS_CALL)


def authorize(client: Client, **asked: str) -> ApiCall:
    """Go where a browser is sent to sign in. Source: API reference, /oidc/auth."""
    query = urlencode({"client_id": client.app_id, "response_type": "code", **asked})
    return attrs.evolve(sent_to(AUTH_CALL), path=f"{AUTH_CALL.full_path}?{query}")


def end_session(**asked: str) -> ApiCall:
    """Go where a browser is sent to sign out. Source: API reference, /oidc/session/end."""
    path = f"{END_SESSION_CALL.full_path}?{urlencode(asked)}"
    return attrs.evolve(sent_to(END_SESSION_CALL), path=path)


def tokens_by_code(client: Client, code: str, redirect_uri: str, **more: str) -> ApiCall:
    """Exchange a code. Source: API reference, /oidc/token."""
    return _token(client, "authorization_code", code=code, redirect_uri=redirect_uri, **more)


def tokens_by_refresh(client: Client, refresh_token: str, scope: str = "") -> ApiCall:
    """Exchange a refresh token. Source: API reference, /oidc/token."""
    return _token(client, "refresh_token", refresh_token=refresh_token, scope=scope)


def tokens_by_password(client: Client, login: tuple[str, str], scope: str) -> ApiCall:
    """Exchange username and password. Source: API reference, /oidc/token."""
    username, password = login
    return _token(client, "password", username=username, password=password, scope=scope)


def token_of_client(client: Client, scope: str = "") -> ApiCall:
    """Get a token that stands for no user. Source: API reference, client credentials."""
    return _token(client, "client_credentials", scope=scope)


def introspect(client: Client, token: str) -> ApiCall:
    """Ask whether a token is good. Source: API reference, /oidc/token/introspection."""
    return sent_to(INTROSPECTION_CALL, {**proof(client), "token": token})


def revoke(client: Client, token: str) -> ApiCall:
    """Make a token no good. Source: API reference, /oidc/token/revocation."""
    return sent_to(REVOCATION_CALL, {**proof(client), "token": token})


def user_info(user: User, method: str = "GET") -> ApiCall:
    """Ask whom an access token stands for. Source: API reference, /oidc/me; RFC 6750."""
    headers = {"authorization": f"Bearer {user.access_token}"} if user.access_token else {}
    endpoint = ME_CALL if method == "GET" else ME_BY_POST_CALL
    return attrs.evolve(sent_to(endpoint, user=user), headers=headers)


def any_form(place: str, form: Mapping[str, str]) -> ApiCall:
    """Send any form below `/oidc/`: also for requests that are wrong on purpose."""
    operation = place.rpartition("/")[2]
    return ApiCall(operation, f"/oidc/{place}", form, is_form=True)


def proof(client: Client) -> dict[str, str]:
    """Return the fields by which an application proves itself. Source: API reference, /oidc/token."""
    return {"client_id": client.app_id, "client_secret": client.app_secret}


def _token(client: Client, grant_type: str, **fields: str) -> ApiCall:
    given = {name: value for name, value in fields.items() if value}
    return sent_to(TOKEN_CALL, {"grant_type": grant_type, **proof(client), **given})
