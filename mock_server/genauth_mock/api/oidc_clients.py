"""Which client makes a call under ``/oidc/``, and whether it has shown its secret."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import parse_qsl, unquote_plus

from genauth_mock.api.call import Bare
from genauth_mock.http.json_text import read_json

if TYPE_CHECKING:
    from genauth_mock.api.call import Json
    from genauth_mock.engine.context import CallContext


class Reason(StrEnum):
    """OAuth's own words for why not."""

    INVALID_CLIENT = "invalid_client"
    INVALID_GRANT = "invalid_grant"
    INVALID_REQUEST = "invalid_request"
    INVALID_SCOPE = "invalid_scope"
    INVALID_TOKEN = "invalid_token"  # noqa: S105 - a word of OAuth's
    UNAUTHORIZED_CLIENT = "unauthorized_client"
    UNSUPPORTED_GRANT_TYPE = "unsupported_grant_type"


class OAuthError(Exception):
    """A refusal in OAuth's own form.

    Args:
        reason: Why not.
        description: What a developer may read.
        status: The HTTP status.
        scheme: What ``WWW-Authenticate`` names; empty leaves the header out.
    """

    def __init__(
        self, reason: Reason, description: str, status: int = 400, scheme: str = ""
    ) -> None:
        super().__init__(reason)
        self._content: dict[str, object] = {"error": reason, "error_description": description}
        self._status = status
        self._headers = {"Cache-Control": "no-store"}
        if scheme:
            self._headers["WWW-Authenticate"] = f'{scheme} realm="genauth-mock", error="{reason}"'

    def to_response(self) -> Bare:
        """Return the response."""
        return Bare(self._content, self._status, self._headers)


Form = Mapping[str, str]


def form_of(body: bytes) -> dict[str, str]:
    """Read a form; of a name that is there twice the last counts."""
    return dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))


def parameter(form: Form, name: str) -> str:
    """Return a required parameter.

    Raises:
        OAuthError: ``invalid_request``.
    """
    value = form.get(name)
    if not value:
        raise OAuthError(Reason.INVALID_REQUEST, f"missing required parameter(s): {name}")
    return value


UNAUTHENTICATED: Final = (
    "应用 token_endpoint_auth_method 配置不为 none, "
    "请在 body 或者请求头中传递 client_id 和 client_secret。"
)
"""Source: an answer that a developer published, with HTTP 400."""


def authenticated(context: CallContext, form: Form) -> str:
    """Return the id of the client, after checking its secret in the body or the header.

    The default app's secret and that of a seeded app are checked; an app that came into being by being named has no
    secret, so any will do (assumed, a convenience of the mock). Source: API reference, /oidc/token.

    Raises:
        OAuthError: ``invalid_client``.
    """
    client_id, secret = _basic(context.token) or (form.get("client_id"), form.get("client_secret"))
    if not client_id or not secret:
        raise OAuthError(Reason.INVALID_CLIENT, UNAUTHENTICATED)
    if client_id != context.app_id:
        raise OAuthError(
            Reason.INVALID_CLIENT, f"client_id {client_id} is not the app that is meant", 401
        )
    if context.app_secret not in (None, secret):
        raise OAuthError(Reason.INVALID_CLIENT, "client authentication failed", 401, scheme="Basic")
    return client_id


def client_of(authorization: str | None, body: bytes, query: Mapping[str, str]) -> str | None:
    """Return the app that a call under ``/oidc/`` names: the client, or the audience of the user's token.

    The official SDKs send no app id there. The name only selects the app; nothing is trusted because of it.
    """
    basic = _basic(authorization)
    if basic is not None:
        return basic[0]
    form = {**query, **form_of(body)}
    bearer = (authorization or "").rpartition(" ")[2] or form.get("access_token", "")
    return form.get("client_id") or _audience(bearer)


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
