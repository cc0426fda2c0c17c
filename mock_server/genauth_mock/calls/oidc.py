"""The OpenID Connect calls under ``/oidc/``: form-encoded, without envelope, with real HTTP statuses.

Source: API reference for the paths and parameters, RFC 6749, 6750, 7009 and 7662 for what it leaves open. The pages of
the authorization code flow (``/oidc/auth``) are not imitated, and no code is exchanged: both are refused loudly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from genauth_mock.calls.call import Bare, Call
from genauth_mock.calls.discovery import discovery
from genauth_mock.calls.forms import parameter
from genauth_mock.calls.grants import GRANTS, ungranted
from genauth_mock.calls.oidc_clients import authenticated
from genauth_mock.calls.oidc_errors import OAuthError, Reason
from genauth_mock.engine import tokens
from genauth_mock.engine.claims import claims_of
from genauth_mock.verdict import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from genauth_mock.calls.call import Json, Play
    from genauth_mock.calls.forms import Form
    from genauth_mock.engine.turn import Turn

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
        raise ungranted(grant_type)
    return grant(turn, form, client_id).shown("Bearer")


def introspection(turn: Turn, form: Form) -> Json:
    """``POST /oidc/token/introspection``."""
    authenticated(turn, form)
    return tokens.look_into(turn, parameter(form, "token"))


def revocation(turn: Turn, form: Form) -> Json:
    """``POST /oidc/token/revocation``. Source: API reference, IsSuccessRespDto."""
    authenticated(turn, form)
    tokens.revoke(turn, parameter(form, "token"))
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


def jwks(turn: Turn, _: Form) -> Json:
    """``GET /oidc/.well-known/jwks.json``: one key, of the server; every app's tokens verify with it."""
    return turn.mint.public_keys()


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


OIDC_CALLS: Final = (
    Call("GET", "/oidc/.well-known/openid-configuration", _bare(discovery)),
    Call("GET", "/oidc/.well-known/jwks.json", _bare(jwks), signs=True),
    Call("POST", "/oidc/token", _bare(token), signs=True, takes_form=True),
    Call("POST", "/oidc/token/introspection", _bare(introspection), takes_form=True),
    Call("POST", "/oidc/token/revocation", _bare(revocation), takes_form=True),
    Call("GET", "/oidc/me", _me, other_method="POST", takes_form=True),
)
"""Every imitated call under ``/oidc/``."""
