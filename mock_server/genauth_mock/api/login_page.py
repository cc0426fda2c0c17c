"""The login page: users in one click, a password, a texted code, signing up. It has no script.

It is plain HTML whose forms post to the address that showed it, so it works with a keyboard, on a phone and in a frame
of tests alike; its colors follow the system's.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from genauth_mock.api.redirects import origin_of
from genauth_mock.api.response_pages import hash_of, html_page
from genauth_mock.engine.accounts import Status, User

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.api.authorization_requests import AuthorizationRequest
    from genauth_mock.api.call import Bare
    from genauth_mock.engine.context import CallContext

ACTION: Final = "genauth_mock_do"
"""The field that says what a form of the page is for."""

MOST_USERS: Final = 12
"""How many users can be chosen in one click."""

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
button.user{background:var(--card);color:var(--ink);border-color:var(--line);text-align:left;overflow-wrap:anywhere}
:focus-visible{outline:3px solid var(--go);outline-offset:2px}
[role=alert]{color:var(--bad);font-weight:600}
"""


def login_page(
    context: CallContext,
    asked: Mapping[str, str],
    request: AuthorizationRequest,
    said: tuple[str, bool] = ("", False),
) -> Bare:
    """Return the page.

    Args:
        context: The context.
        asked: What the application asked for: the forms send it again.
        request: The same, as it was read.
        said: What the page says at its top, and whether it is a mistake.
    """
    action = f"auth?{urlencode(list(asked.items()))}"
    text, is_mistake = said
    told = f"<p role='{'alert' if is_mistake else 'status'}'>{escape(text)}</p>" if text else ""
    parts = [_users(context, action), _password(action, request.login_hint), _code(action)]
    if context.settings.sign_up_enabled:
        parts.append(_sign_up(action))
    body = (
        f"<style>{_STYLE}</style></head><body><main><h1>Sign in</h1>"
        f"<p>to {escape(context.app_id)}, on the offline GenAuth</p>{told}{''.join(parts)}"
        f"</main></body></html>"
    )
    target = origin_of(request.way_back.redirect_uri)
    policy = f"style-src {hash_of(_STYLE)}; form-action 'self' {target}; frame-ancestors 'none'"
    return html_page("Sign in", body, policy=policy, status=400 if is_mistake else 200)


def _users(context: CallContext, action: str) -> str:
    users = [user for user in context.records.all(User) if user.status is Status.ACTIVATED]
    buttons = "".join(
        f'<button class="user" name="user" value="{escape(user.user_id)}">{escape(_name(user))}</button>'
        for user in users[:MOST_USERS]
    )
    return _form(action, "pick", "One click", buttons) if buttons else ""


def _name(user: User) -> str:
    named = (user.username, user.email and user.email.text, user.phone and user.phone.number)
    return " · ".join(each for each in named if each) or user.user_id


def _password(action: str, hint: str) -> str:
    fields = _field("account", "Username, phone or e-mail", "username", hint)
    fields += _field("password", "Password", "current-password", kind="password")
    return _form(action, "password", "With a password", f"{fields}<button>Sign in</button>")


def _code(action: str) -> str:
    fields = _field("phone", "Phone number", "tel-national")
    sending = f'{fields}<button name="{ACTION}" value="send">Text me a code</button>'
    code = _field("passCode", "Code from the inbox", "one-time-code", needed=False)
    button = f'<button name="{ACTION}" value="code">Sign in with the code</button>'
    return _form(action, "", "With a texted code", sending + code + button)


def _sign_up(action: str) -> str:
    fields = _field("username", "Username", "username")
    fields += _field("password", "Password", "new-password", kind="password")
    return _form(action, "sign-up", "New here", f"{fields}<button>Sign up</button>")


def _field(  # noqa: PLR0913 - what an input has
    name: str, label: str, fill: str, value: str = "", *, kind: str = "text", needed: bool = True
) -> str:
    return (
        f'<label>{label}<input name="{name}" type="{kind}" autocomplete="{fill}" '
        f'value="{escape(value)}"{" required" if needed else ""}></label>'
    )


def _form(action: str, what: str, title: str, inside: str) -> str:
    hidden = f'<input type="hidden" name="{ACTION}" value="{what}">' if what else ""
    return (
        f'<section><h2>{title}</h2><form method="post" action="{escape(action)}">'
        f"{hidden}{inside}</form></section>"
    )
