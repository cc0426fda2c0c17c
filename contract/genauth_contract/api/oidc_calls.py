"""The calls of OpenID Connect as they travel: forms, bare JSON, a bearer token."""

from __future__ import annotations

from collections.abc import Mapping

from genauth_contract.api.calls import ApiCall
from genauth_contract.outcomes.models import Client, User


def discovery() -> ApiCall:
    """Ask where the endpoints are. Source: API reference, OIDC discovery."""
    path = "/oidc/.well-known/openid-configuration"
    return ApiCall("openid-configuration", path, method="GET")


def jwks() -> ApiCall:
    """Ask for the keys that tokens are signed with. Source: API reference, OIDC JWKs."""
    return ApiCall("jwks.json", "/oidc/.well-known/jwks.json", method="GET")


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
    return any_form("token/introspection", {**proof(client), "token": token})


def revoke(client: Client, token: str) -> ApiCall:
    """Make a token no good. Source: API reference, /oidc/token/revocation."""
    return any_form("token/revocation", {**proof(client), "token": token})


def user_info(user: User, method: str = "GET") -> ApiCall:
    """Ask whom an access token stands for. Source: API reference, /oidc/me; RFC 6750."""
    headers = {"authorization": f"Bearer {user.access_token}"} if user.access_token else {}
    return ApiCall("me", "/oidc/me", method=method, user=user, headers=headers)


def any_form(place: str, form: Mapping[str, str]) -> ApiCall:
    """Send any form below `/oidc/`: also for requests that are wrong on purpose."""
    operation = place.rpartition("/")[2]
    return ApiCall(operation, f"/oidc/{place}", form, is_form=True)


def proof(client: Client) -> dict[str, str]:
    """Give the fields by which an application proves itself. Source: API reference, /oidc/token."""
    return {"client_id": client.app_id, "client_secret": client.app_secret}


def _token(client: Client, grant_type: str, **fields: str) -> ApiCall:
    given = {name: value for name, value in fields.items() if value}
    return any_form("token", {"grant_type": grant_type, **proof(client), **given})
