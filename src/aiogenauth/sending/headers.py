"""The headers that go with a call. Source: the GenAuth SDKs; see each name."""

from base64 import b64encode
from typing import Final

from multidict import CIMultiDict, istr

from aiogenauth.configuration import Settings
from aiogenauth.protocol import AUTHORIZATION
from aiogenauth.redaction import REDACTED, Hidden, Sealed, Secret
from aiogenauth.version import __version__

APP_ID: Final = istr("x-genauth-app-id")
LANG: Final = istr("x-genauth-lang")
REAL_IP: Final = istr("x-real-ip")
REQUEST_FROM: Final = istr("x-genauth-request-from")
SDK_VERSION: Final = istr("x-genauth-sdk-version")
CONTENT_TYPE: Final = istr("Content-Type")


class Headers(CIMultiDict[str]):
    """Headers that do not show themselves. A multidict already, so that aiohttp need not copy."""

    def __repr__(self) -> str:
        """Show that something is here, and nothing of it."""
        return REDACTED

    __sentry_repr__ = __repr__
    """What sentry-sdk asks for; it walks a mapping whatever its repr says."""

    def with_header(self, name: istr, value: str) -> "Headers":
        """Return a copy with one header more, or another value for it."""
        headers = Headers(self)
        headers[name] = value
        return headers


def base_headers(settings: Settings, lang: str | None) -> Headers:
    """Return the headers that name the application, without those of a user."""
    headers = Headers(
        {
            SDK_VERSION: f"aiogenauth:{__version__}",
            REQUEST_FROM: "sdk",
            APP_ID: settings.app_id,
            CONTENT_TYPE: "application/json",
        }
    )
    if lang is not None:
        headers[LANG] = lang
    if settings.real_ip is not None:
        headers[REAL_IP] = settings.real_ip
    return headers


def with_access_token(
    headers: Headers, settings: Settings, access_token: str, *, bearer: bool = False
) -> Headers:
    """Return headers with the user's token. GenAuth's SDKs send it bare, others after `Bearer `."""
    scheme = "Bearer " if bearer or settings.authorization_scheme == "bearer" else ""
    return headers.with_header(AUTHORIZATION, Hidden(scheme + access_token))


def with_client_secret(headers: Headers, settings: Settings) -> Headers:
    """Return headers with the app's id and secret, where they travel in a header.

    Not percent-encoded first, as RFC 6749, 2.3.1 would have it. Source: the GenAuth Node SDK.
    """
    if settings.token_endpoint_auth_method != "client_secret_basic" or not settings.app_secret:  # noqa: S105 - names a method
        return headers
    return headers.with_header(AUTHORIZATION, Hidden(f"Basic {_basic(settings)!s}"))


def _basic(settings: Settings) -> Secret:
    return Secret(b64encode(f"{settings.app_id}:{settings.app_secret!s}".encode()).decode())


def secrets_sent(settings: Settings, access_token: str | None) -> tuple[str, ...]:
    """Return what headers of this user may show a server, and errors may not."""
    if settings.app_secret is None:
        return () if access_token is None else (access_token,)
    of_app = (settings.app_secret, _basic(settings))
    return of_app if access_token is None else (*of_app, access_token)


def client_credentials_fields(settings: Settings) -> Sealed[str]:
    """Return the app's id and secret, where they travel in the body. Source: API reference, signin."""
    if settings.token_endpoint_auth_method != "client_secret_post":  # noqa: S105 - names a method
        return Sealed()
    fields = Sealed({"client_id": settings.app_id})
    if settings.app_secret is not None:
        fields["client_secret"] = settings.app_secret
    return fields
