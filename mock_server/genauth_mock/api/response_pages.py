"""The pages that take an answer back to the application by themselves: ``form_post`` and ``web_message``.

Source: OAuth 2.0 Form Post Response Mode; for the message, the library of `genauth_mock.api.oauth_errors`.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING, Final

from genauth_mock.api.call import Bare
from genauth_mock.api.oauth_errors import UNCACHED
from genauth_mock.api.redirects import origin_of
from genauth_mock.http.json_text import write_json

if TYPE_CHECKING:
    from collections.abc import Mapping

HTML: Final = "text/html; charset=utf-8"

_POST_SCRIPT: Final = "document.forms[0].submit()"

_MESSAGE_SCRIPT: Final = (
    'const said = document.querySelector("data");'
    'const answer = { type: "authorization_response", response: JSON.parse(said.value) };'
    "const asker = window.opener || window.parent;"
    "asker.postMessage(answer, said.dataset.origin);"
    "if (window.opener) window.close();"
)


def html_page(title: str, body: str, *, policy: str, status: int = 200) -> Bare:
    """Return a page.

    Args:
        title: Its title, not escaped yet.
        body: Its markup.
        policy: What its content security policy allows besides nothing.
        status: The HTTP status.
    """
    page = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="color-scheme" content="light dark">'
        f"<title>{escape(title)}</title>{body}"
    )
    headers = {
        **UNCACHED,
        "Content-Security-Policy": f"default-src 'none'; base-uri 'none'; {policy}",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
    return Bare(page.encode(errors="replace"), status, headers, HTML)


def form_post_page(redirect_uri: str, answer: Mapping[str, str]) -> Bare:
    """Return a page that posts an answer; a button does where scripts are off."""
    fields = "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
        for name, value in answer.items()
    )
    body = (
        f'</head><body><form method="post" action="{escape(redirect_uri)}">{fields}'
        f"<noscript><button>Continue</button></noscript></form>"
        f"<script>{_POST_SCRIPT}</script></body></html>"
    )
    policy = (
        f"script-src {hash_of(_POST_SCRIPT)}; form-action {origin_of(redirect_uri)}; "
        "frame-ancestors 'none'"
    )
    return html_page("Signing in", body, policy=policy)


def web_message_page(redirect_uri: str, answer: Mapping[str, str]) -> Bare:
    """Return a page that tells an answer to the window that opened or framed it, of that origin alone."""
    said, origin = write_json(dict(answer)).decode(), origin_of(redirect_uri)
    body = (
        f'</head><body><data value="{escape(said)}" data-origin="{escape(origin)}"></data>'
        f"<script>{_MESSAGE_SCRIPT}</script></body></html>"
    )
    return html_page("Signing in", body, policy=f"script-src {hash_of(_MESSAGE_SCRIPT)}")


def hash_of(text: str) -> str:
    """Return what a content security policy says of an inline script or style."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
