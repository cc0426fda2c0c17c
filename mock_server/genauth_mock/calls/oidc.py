"""The OpenID Connect calls under ``/oidc/``: form-encoded, without envelope, with real HTTP statuses.

Source: API reference for the paths and parameters, RFC 6749, 6750, 7009 and 7662 for what it leaves open. The pages of
the authorization code flow (``/oidc/auth``) are not imitated, and no code is exchanged: both are refused loudly.
"""

from __future__ import annotations

import base64
import binascii
import logging
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import parse_qsl, unquote_plus

from genauth_mock.calls.call import Bare, Call
from genauth_mock.calls.oidc_errors import OAuthError, Reason
from genauth_mock.engine import sign_in, tokens
from genauth_mock.engine.claims import SCOPES, claims_of
from genauth_mock.json_text import read_json
from genauth_mock.verdict import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from genauth_mock.calls.call import Json, Play
    from genauth_mock.engine.turn import Turn

    Form = Mapping[str, str]

log = logging.getLogger("genauth_mock")

UNCACHED: Final = {"Cache-Control": "no-store"}
"""Source: RFC 6749, section 5.1."""


def token(turn: Turn, form: Form) -> Json:
    """``POST /oidc/token``."""
    client_id = authenticated(turn, form)
    grant_type = form.get("grant_type")
    if grant_type is None:
        raise OAuthError(Reason.INVALID_REQUEST, "missing required parameter(s): grant_type")
    grant = GRANTS.get(grant_type)
    if grant is None:
        raise _ungranted(grant_type)
    return grant(turn, form, client_id).shown("Bearer")


def introspection(turn: Turn, form: Form) -> Json:
    """``POST /oidc/token/introspection``."""
    authenticated(turn, form)
    return tokens.look_into(turn, _required(form, "token"))


def revocation(turn: Turn, form: Form) -> Json:
    """``POST /oidc/token/revocation``. Source: API reference, IsSuccessRespDto."""
    authenticated(turn, form)
    tokens.revoke(turn, _required(form, "token"))
    return {"statusCode": 200, "message": "Success", "data": {"success": True}}


def me(turn: Turn, form: Form) -> Json:
    """``GET`` and ``POST /oidc/me``: what the token's scope shows of its user.

    Source: RFC 6750 for the refusals, and for a token in the header, the form or the query; the official Node SDK's
    getUserInfoByAccessToken sends it in each of these.
    """
    turn.token = turn.token or form.get("access_token")
    try:
        user, access = turn.session()
    except Refusal as refusal:
        description = turn.error_codes[refusal.verdict].message(turn.language, "")
        raise OAuthError(Reason.INVALID_TOKEN, description, 401, scheme="Bearer") from None
    return claims_of(user, access.scope)


def discovery(turn: Turn, _: Form) -> Json:
    """``GET /oidc/.well-known/openid-configuration``.

    Only what is imitated is named as supported; endpoints that must be named but are not imitated say so when asked.
    """
    issuer = turn.mint.issuer
    by_secret = ["client_secret_post", "client_secret_basic"]
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/auth",
        "token_endpoint": f"{issuer}/token",
        "userinfo_endpoint": f"{issuer}/me",
        "jwks_uri": f"{issuer}/.well-known/jwks.json",
        "introspection_endpoint": f"{issuer}/token/introspection",
        "revocation_endpoint": f"{issuer}/token/revocation",
        "end_session_endpoint": f"{issuer}/session/end",
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
        "token_endpoint_auth_methods_supported": by_secret,
        "introspection_endpoint_auth_methods_supported": by_secret,
        "revocation_endpoint_auth_methods_supported": by_secret,
    }


def jwks(turn: Turn, _: Form) -> Json:
    """``GET /oidc/.well-known/jwks.json``: one key, of the server; every app's tokens verify with it."""
    return turn.mint.public_keys()


def authenticated(turn: Turn, form: Form) -> str:
    """Tell which client calls, once it has shown its secret in the body or in the header.

    The default app's secret and that of a seeded app are checked; an app that came into being by being named has no
    secret, so any will do (assumed, a convenience of the mock). Source: API reference, /oidc/token.

    Raises:
        OAuthError: ``invalid_client``.
    """
    client_id, secret = _basic(turn.token) or (form.get("client_id"), form.get("client_secret"))
    if not client_id or not secret:
        raise OAuthError(Reason.INVALID_CLIENT, UNAUTHENTICATED)
    if client_id != turn.app_id:
        raise OAuthError(
            Reason.INVALID_CLIENT, f"client_id {client_id} is not the app that is meant", 401
        )
    if turn.app_secret not in (None, secret):
        raise OAuthError(Reason.INVALID_CLIENT, "client authentication failed", 401, scheme="Basic")
    return client_id


def client_of(authorization: str | None, body: bytes, query: Mapping[str, str]) -> str | None:
    """Tell which app a call under ``/oidc/`` means: the client, or the audience of the user's token.

    The official SDKs send no app id there. Nothing is believed here: what is named is only where to look.
    """
    basic = _basic(authorization)
    if basic is not None:
        return basic[0]
    form = {**query, **form_of(body)}
    bearer = (authorization or "").rpartition(" ")[2] or form.get("access_token", "")
    return form.get("client_id") or _audience(bearer)


def form_of(body: bytes) -> dict[str, str]:
    """Read a form; of a name that is there twice the last counts."""
    return dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))


def _by_refresh_token(turn: Turn, form: Form, _: str) -> tokens.Tokens:
    given, scope = _required(form, "refresh_token"), form.get("scope")
    if not tokens.may_ask_for(turn, given, scope):
        raise OAuthError(Reason.INVALID_SCOPE, "refresh token missing requested scopes")
    granted = tokens.refresh(turn, given, scope)
    if granted is None:
        raise OAuthError(Reason.INVALID_GRANT, "refresh token is unknown, used, revoked or expired")
    return granted


def _by_password(turn: Turn, form: Form, _: str) -> tokens.Tokens:
    if not turn.settings.password_grant:
        raise OAuthError(
            Reason.UNAUTHORIZED_CLIENT, "the app does not allow the grant type password"
        )
    named = sign_in.handles_of_account(_required(form, "username"))
    try:
        return sign_in.by_password(turn, named, _required(form, "password"), form.get("scope"))
    except Refusal as refusal:
        description = turn.error_codes[refusal.verdict].message(turn.language, "")
        raise OAuthError(Reason.INVALID_GRANT, description) from None


def _by_client_credentials(turn: Turn, form: Form, client_id: str) -> tokens.Tokens:
    return tokens.grant_to_client(turn, client_id, form.get("scope"))


def _ungranted(grant_type: str) -> OAuthError:
    if grant_type in KNOWN_GRANTS:
        said = (
            f"not imitated: grant_type {grant_type} exists in GenAuth, not in the offline GenAuth"
        )
        log.warning("%s", said)
        return OAuthError(Reason.UNSUPPORTED_GRANT_TYPE, said, 501)
    return OAuthError(
        Reason.UNSUPPORTED_GRANT_TYPE, f"unsupported grant_type; there are: {', '.join(GRANTS)}"
    )


def _required(form: Form, name: str) -> str:
    value = form.get(name)
    if not value:
        raise OAuthError(Reason.INVALID_REQUEST, f"missing required parameter(s): {name}")
    return value


def _basic(authorization: str | None) -> tuple[str, str] | None:
    scheme, _, encoded = (authorization or "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        client_id, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return unquote_plus(client_id), unquote_plus(secret)


def _audience(token: str) -> str | None:
    payload = token.split(".")[1] if token.count(".") == 2 else ""  # noqa: PLR2004 - a JWT has three parts
    try:
        claims = read_json(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except ValueError:
        return None
    audience = cast("Json", claims).get("aud") if isinstance(claims, dict) else None
    return audience if isinstance(audience, str) else None


def _me(turn: Turn, body: Mapping[str, object], query: Mapping[str, str]) -> Json | Bare | None:
    shown = query.get("access_token")
    return _bare(me)(turn, {"access_token": shown, **body} if shown else body, query)


def _bare(answer: Callable[[Turn, Form], Json]) -> Play:
    """Make a call whose answers, refusals too, come without envelope."""

    def play(turn: Turn, body: Mapping[str, object], _: Mapping[str, str]) -> Bare:
        form = {name: value for name, value in body.items() if isinstance(value, str)}
        try:
            return Bare(answer(turn, form), headers=UNCACHED)
        except OAuthError as error:
            return error.shown()

    return play


UNAUTHENTICATED: Final = (
    "应用 token_endpoint_auth_method 配置不为 none, "
    "请在 body 或者请求头中传递 client_id 和 client_secret。"
)
"""Source: an answer that a developer published, with HTTP 400."""

GRANTS: Final[Mapping[str, Callable[[Turn, Form, str], tokens.Tokens]]] = {
    "refresh_token": _by_refresh_token,
    "client_credentials": _by_client_credentials,
    "password": _by_password,
}
"""The grant types that are imitated."""

KNOWN_GRANTS: Final = {"authorization_code", "http://authing.cn/oidc/grant_type/authing_token"}
"""Those that are not. Source: API reference, /oidc/token."""

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

OIDC_CALLS: Final = (
    Call("GET", "/oidc/.well-known/openid-configuration", _bare(discovery)),
    Call("GET", "/oidc/.well-known/jwks.json", _bare(jwks), signs=True),
    Call("POST", "/oidc/token", _bare(token), signs=True, takes_form=True),
    Call("POST", "/oidc/token/introspection", _bare(introspection), takes_form=True),
    Call("POST", "/oidc/token/revocation", _bare(revocation), takes_form=True),
    Call("GET", "/oidc/me", _me, other_method="POST", takes_form=True),
)
"""Every imitated call under ``/oidc/``."""
