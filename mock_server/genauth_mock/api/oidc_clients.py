"""Which client makes a call under ``/oidc/``, and whether it has shown its secret."""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import parse_qsl, unquote_plus

from genauth_mock.api.oauth_errors import CLIENT_FAILED, OAuthError, Reason
from genauth_mock.engine.outcomes import Outcome, Refusal
from genauth_mock.http.json_text import read_json
from genauth_mock.http.messages import bearer_token

if TYPE_CHECKING:
    from genauth_mock.api.call import Json
    from genauth_mock.engine.context import CallContext

Form = Mapping[str, str]

POST: Final = "client_secret_post"
BASIC: Final = "client_secret_basic"
NONE: Final = "none"


def form_of(body: bytes) -> dict[str, str]:
    """Read a form; of a name that is there twice the last counts."""
    return dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))


UNAUTHENTICATED: Final = (
    "应用 token_endpoint_auth_method 配置不为 none, "
    "请在 body 或者请求头中传递 client_id 和 client_secret。"
)
"""Source: an answer that a developer published, with HTTP 400."""


NOT_BASIC: Final = "the real GenAuth is believed to refuse an Authorization header here that is not Basic: send none"
"""Source: the library of `genauth_mock.api.oauth_errors`. The official Node SDK sends a user's token along."""


def authenticated(context: CallContext, form: Form) -> str:
    """Return the id of the client, after checking how it proves itself.

    An app with a secret is held to the setting ``tokenEndpointAuthMethod``, GenAuth's default being
    ``client_secret_post``. An app that came into being by being named has no secret: any will do, or none, and the
    journal says what the real GenAuth would have said. Source: API reference, /oidc/token and its common questions.

    Raises:
        OAuthError: ``invalid_client`` or ``invalid_request``.
    """
    basic = _basic(context.token)
    client_id, secret = basic or (form.get("client_id"), form.get("client_secret"))
    if context.token and basic is None:
        context.remark(real=NOT_BASIC)
    if basic and form.get("client_secret"):
        raise OAuthError(
            Reason.INVALID_REQUEST,
            "client authentication must only be provided using one mechanism",
        )
    if not client_id:
        raise OAuthError(Reason.INVALID_CLIENT, UNAUTHENTICATED)
    if client_id != context.app_id:
        rule = f"client_id {client_id} is not the app that is meant"
        raise _failed(rule, basic)
    shown = BASIC if basic else POST if secret else NONE
    _check_method(context, shown)
    known = context.app_secret
    if known is not None and shown != NONE and not _is_same(secret or "", known):
        rule = "client_secret is not the app's"
        raise _failed(rule, basic)
    return client_id


def _check_method(context: CallContext, shown: str) -> None:
    """Refuse a client that proves itself in another way than its app is set up for."""
    method = context.settings.token_endpoint_auth_method
    if method is None and context.app_secret is None:
        if shown != POST:
            said = f"refuses {shown} where the app has {POST}, its default"
            context.remark(real=f"the real GenAuth {said}; this app was only named")
        return
    method = method or POST
    if shown == method:
        return
    if shown == NONE:
        rule = f"tokenEndpointAuthMethod is {method}, and no client_secret was sent"
        raise OAuthError(Reason.INVALID_CLIENT, UNAUTHENTICATED).because(rule)
    rule = f"tokenEndpointAuthMethod is {method}, and {shown} was used"
    raise _failed(rule, shown == BASIC)


def check_secret(context: CallContext, client_id: str | None, secret: str | None) -> None:
    """Refuse a sign-in without the secret of an app that has one, as calls under ``/oidc/`` do, in an envelope.

    An app that was only named takes any secret, or none. Source: developer's write-up of 2026-02; that a wrong secret
    is refused alike is assumed.

    Raises:
        Refusal: ``SECRET_MISSING``.
    """
    method, known = context.settings.token_endpoint_auth_method, context.app_secret
    basic = _basic(context.token)
    client_id, secret = basic or (client_id, secret)
    if method is None and known is None:
        if not secret:
            context.remark(
                real=f"the real GenAuth refuses a sign-in without client_secret where the app has {POST}, its default; "
                "this app was only named"
            )
        return
    if method == NONE or (method == BASIC and not secret):
        return  # the official SDKs send no secret with a sign-in where it is not to be in the body
    is_right = bool(secret) and (known is None or _is_same(secret or "", known))
    if not is_right or client_id != context.app_id:
        rule = f"tokenEndpointAuthMethod is {method or POST}: client_id and client_secret have to be the app's"
        raise Refusal(Outcome.SECRET_MISSING, why={"rule": rule})


def _failed(rule: str, basic: object) -> OAuthError:
    scheme = "Basic" if basic else ""
    refused = OAuthError(Reason.INVALID_CLIENT, CLIENT_FAILED, 401, scheme=scheme)
    return refused.because(rule)


def _is_same(one: str, other: str) -> bool:
    return hmac.compare_digest(
        one.encode(errors="surrogateescape"), other.encode(errors="surrogateescape")
    )


def client_of(authorization: str | None, body: bytes, query: Mapping[str, str]) -> str | None:
    """Return the app that a call under ``/oidc/`` names: the client, or the audience of the user's token.

    The official SDKs send no app id there. The name only selects the app; nothing is trusted because of it.
    """
    basic = _basic(authorization)
    if basic is not None:
        return basic[0]
    form = {**query, **form_of(body)}
    token = (
        bearer_token(authorization or "")
        or form.get("access_token")
        or form.get("id_token_hint", "")
    )
    return form.get("client_id") or audience_of(token)


def _basic(authorization: str | None) -> tuple[str, str] | None:
    scheme, _, encoded = (authorization or "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        client_id, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return unquote_plus(client_id), unquote_plus(secret)


def audience_of(token: str) -> str | None:
    """Return the app that a JWT is for, unverified; None where it is not a JWT, or names none."""
    return _unverified(token, 1, "aud")


def id_token_claims(token: str) -> Json:
    """Return what an id token says, unverified; nothing where it is none: an access token has a ``jti``."""
    claims = _part(token, 1)
    return {} if "jti" in claims else claims


def kid_of(token: str) -> str | None:
    """Return what a JWT names its key by, unverified; None where it is not a JWT, or names none."""
    return _unverified(token, 0, "kid")


def _unverified(token: str, part: int, name: str) -> str | None:
    """Return a text in the header of a JWT, or in its payload."""
    said = _part(token, part).get(name)
    return said if isinstance(said, str) else None


def _part(token: str, part: int) -> Json:
    """Return the header of a JWT, or its payload; nothing where it is not a JWT."""
    written = token.split(".")[part] if token.count(".") == 2 else ""  # noqa: PLR2004 - a JWT has three parts
    try:
        content = read_json(base64.urlsafe_b64decode(written + "=" * (-len(written) % 4)))
    except ValueError:
        return {}
    return cast("Json", content) if isinstance(content, dict) else {}
