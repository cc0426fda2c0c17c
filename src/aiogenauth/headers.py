"""The headers that go with a call. Source: the GenAuth SDKs; see each name."""

from base64 import b64encode
from typing import Final

from aiogenauth.configuration import Settings
from aiogenauth.secrets import Sealed

APP_ID: Final = "x-genauth-app-id"
LANG: Final = "x-genauth-lang"
REAL_IP: Final = "x-real-ip"
REQUEST_FROM: Final = "x-genauth-request-from"
SDK_VERSION: Final = "x-genauth-sdk-version"

Headers = Sealed[str]


def base_headers(settings: Settings, lang: str | None, version: str) -> Headers:
    """Say who calls, without saying for which user."""
    headers = Headers(
        {
            SDK_VERSION: f"aiogenauth:{version}",
            REQUEST_FROM: "sdk",
            APP_ID: settings.app_id,
            "Content-Type": "application/json",
        }
    )
    if lang is not None:
        headers[LANG] = lang
    if settings.real_ip is not None:
        headers[REAL_IP] = settings.real_ip
    return headers


def signed(headers: Headers, settings: Settings, access_token: str) -> Headers:
    """Add the user. The GenAuth SDKs send the bare token; others put `Bearer ` in front."""
    scheme = "Bearer " if settings.authorization_scheme == "bearer" else ""
    return Headers({**headers, "Authorization": scheme + access_token})


def app_proven(headers: Headers, settings: Settings) -> Headers:
    """Add the app's own proof where it travels in a header. Source: RFC 6749, 2.3.1."""
    if settings.token_endpoint_auth_method != "client_secret_basic" or not settings.app_secret:
        return headers
    pair = b64encode(f"{settings.app_id}:{settings.app_secret!s}".encode()).decode()
    return Headers({**headers, "Authorization": f"Basic {pair}"})


def app_in_body(settings: Settings) -> Sealed[str]:
    """Give the app's proof where it travels in the body. Source: API reference, signin."""
    if settings.token_endpoint_auth_method != "client_secret_post":
        return Sealed()
    fields = Sealed({"client_id": settings.app_id})
    if settings.app_secret is not None:
        fields["client_secret"] = settings.app_secret
    return fields
