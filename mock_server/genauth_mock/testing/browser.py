"""What a browser would do at ``/oidc/auth``, without one."""

from __future__ import annotations

import json
from http.client import HTTPConnection, HTTPSConnection
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import urlsplit

from genauth_mock.engine.browser_session import SIGN_IN_AS
from genauth_mock.http.messages import TOKEN_HEADER

if TYPE_CHECKING:
    from collections.abc import Mapping

SECONDS: Final = 10.0
"""How long an answer may take."""


class NotSentBack(Exception):  # noqa: N818 - it says what happened
    """The browser was not sent back to the application; the text says what it was told instead."""


def authorize(app_host: str, url: str, name: str, token: str | None = None) -> str:
    """Return the address that a browser is sent back to.

    Args:
        app_host: The server that ``url`` has to lead to.
        url: Where an application sends a browser to sign in.
        name: Who signs in: a username, phone number, e-mail address or user id.
        token: The control token of the server, or None.

    Raises:
        ValueError: ``url`` leads elsewhere.
        NotSentBack: The server does not send the browser back with a redirect.
    """
    parts = urlsplit(url)
    check_leads_to(app_host, url)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.netloc, timeout=SECONDS)
    try:
        headers = {SIGN_IN_AS: name, **({TOKEN_HEADER: token} if token else {})}
        connection.request("GET", f"{parts.path}?{parts.query}", headers=headers)
        answer = connection.getresponse()
        status, said, body = answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()
    return address_of(status, said, body)


def check_leads_to(app_host: str, url: str) -> None:
    """Refuse a URL that leads to another server: it would be shown who signs in.

    Raises:
        ValueError: It does.
    """
    if urlsplit(url)[:2] != urlsplit(app_host)[:2]:
        message = f"url must lead to {app_host}, such as {app_host}/oidc/auth?client_id=..."
        raise ValueError(message)


def address_of(status: int, headers: Mapping[str, str], body: bytes) -> str:
    """Return the address of a redirect.

    Raises:
        NotSentBack: It is none.
    """
    address = headers.get("Location")
    if address is None:
        raise NotSentBack(_told(status, body))
    return address


def _told(status: int, body: bytes) -> str:
    try:
        content: object = json.loads(body)
    except ValueError:
        return (
            f"HTTP {status}, and a page in the place of a redirect: response_mode form_post and web_message "
            "answer so, and a user who is not named has to sign in there"
        )
    said = cast("dict[str, object]", content) if isinstance(content, dict) else {}
    told = said.get("error_description") or said.get("message") or "no redirect"
    return f"HTTP {status}: {told}"
