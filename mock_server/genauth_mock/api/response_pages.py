"""What every page is made with, and the pages that take an answer back by themselves: ``form_post``, ``web_message``.

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
from genauth_mock.http.cors import is_same_origin
from genauth_mock.http.json_text import write_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.engine.context import CallContext

HTML: Final = "text/html; charset=utf-8"

_STYLE: Final = """
:root{--ink:#1c2330;--soft:#5a6474;--paper:#f4f5f7;--card:#fff;--line:#cdd3dc;--go:#1d4ed8;--on:#fff;--bad:#b42318}
@media(prefers-color-scheme:dark){:root{--ink:#e8ebf0;--soft:#a6b0c0;--paper:#12161d;--card:#1b212b;--line:#3b4656;
--go:#8fb4ff;--on:#10151d;--bad:#ff9a8f}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:26rem;margin:0 auto;padding:1.5rem 1rem 3rem}
h1{font-size:1.5rem;margin:0 0 .25rem}h2{font-size:1rem;margin:0 0 .75rem}
p{margin:0 0 1rem;color:var(--soft);overflow-wrap:anywhere}
section{background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:1rem;margin:0 0 1rem}
label{display:block;margin:0 0 .75rem;font-size:.9rem;color:var(--soft)}
input{display:block;width:100%;margin-top:.25rem;padding:.6rem .7rem;font:inherit;color:var(--ink);
background:var(--paper);border:1px solid var(--soft);border-radius:.5rem}
button{width:100%;min-height:2.75rem;margin:0 0 .5rem;padding:.5rem 1rem;font:inherit;font-weight:600;cursor:pointer;
border:1px solid var(--go);border-radius:.5rem;background:var(--go);color:var(--on)}
button.plain,button.user{background:var(--card);color:var(--ink);border-color:var(--line);overflow-wrap:anywhere}
button.user{text-align:left}
:focus-visible{outline:3px solid var(--go);outline-offset:2px}
ul{margin:0 0 1rem;padding-left:1.25rem}li{overflow-wrap:anywhere}
[role=alert]{color:var(--bad);font-weight:600}
"""

_POST_SCRIPT: Final = "document.forms[0].submit()"

_MESSAGE_SCRIPT: Final = (
    'const said = document.querySelector("data");'
    'const answer = { type: "authorization_response", response: JSON.parse(said.value) };'
    "const asker = window.opener || window.parent;"
    "asker.postMessage(answer, said.dataset.origin);"
    "if (window.opener) window.close();"
)


_TELL_SCRIPT: Final = (
    'const said = document.querySelector("data");'
    'if (window.opener) { window.opener.postMessage(JSON.parse(said.value), "*"); window.close(); }'
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
        # With no-referrer, browsers say of the page's own forms that they come from nowhere: Origin: null
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
    return Bare(page.encode(errors="replace"), status, headers, HTML)


def styled_page(title: str, inside: str, *, form_action: str = "", status: int = 200) -> Bare:
    """Return a page for people, without a script.

    Args:
        title: Its title and heading, not escaped yet.
        inside: The markup below the heading.
        form_action: Where its forms may lead besides this server; empty for a page without forms.
        status: The HTTP status.
    """
    body = f"<style>{_STYLE}</style></head><body><main><h1>{escape(title)}</h1>{inside}</main></body></html>"
    forms = f"form-action 'self' {form_action}; " if form_action else ""
    policy = f"style-src {hash_of(_STYLE)}; {forms}frame-ancestors 'none'"
    return html_page(title, body, policy=policy, status=status)


def message_page(title: str, inside: str, said: Mapping[str, object]) -> Bare:
    """Return a page for people that tells something to the window that opened it, of whatever origin, and closes.

    Args:
        title: Its title and heading, not escaped yet.
        inside: The markup below the heading.
        said: What the other window gets; it has no secrets.
    """
    told = escape(write_json(dict(said)).decode())
    body = (
        f"<style>{_STYLE}</style></head><body><main><h1>{escape(title)}</h1>{inside}</main>"
        f'<data value="{told}"></data><script>{_TELL_SCRIPT}</script></body></html>'
    )
    scripts = f"script-src {hash_of(_TELL_SCRIPT)}; style-src {hash_of(_STYLE)}"
    return html_page(title, body, policy=f"{scripts}; frame-ancestors 'none'")


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


OTHER_ORIGIN: Final = (
    "a form of another origin; behind a proxy that changes Host, start with --public-url"
)
"""Why the form of a page was not taken."""


def is_of_our_page(context: CallContext) -> bool:
    """Return whether a form was posted by a page of this server, or by a script, which names no origin.

    Browsers say ``Sec-Fetch-Site`` to localhost and over TLS, and else only ``Origin``. Source: Fetch Metadata.
    """
    headers = context.headers
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        return site in ("same-origin", "none")
    return origin in (None, origin_of(context.base_url)) or is_same_origin(headers)


def hash_of(text: str) -> str:
    """Return what a content security policy says of an inline script or style."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
