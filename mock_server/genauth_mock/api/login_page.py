"""The pages that ask: who signs in (in one click, by a password, by a texted code, by signing up), and for consent.

They are plain HTML without a script, whose forms post to the address that showed them, so they work with a keyboard and
on a phone; their colors follow the system's.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from genauth_mock.api.redirects import origin_of
from genauth_mock.api.response_pages import styled_page
from genauth_mock.engine.accounts import Status, User

if TYPE_CHECKING:
    from collections.abc import Mapping

    from genauth_mock.api.authorization_requests import AuthorizationRequest
    from genauth_mock.api.call import Bare
    from genauth_mock.engine.context import CallContext

ACTION: Final = "genauth_mock_do"
"""The field that says what a form of the page is for."""

ACCEPT: Final = "accept"
DENY: Final = "deny"
"""What the field says on the page that asks for consent."""

MOST_USERS: Final = 12
"""How many users can be chosen in one click."""


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
    action = action_of(asked)
    text, is_mistake = said
    told = f"<p role='{'alert' if is_mistake else 'status'}'>{escape(text)}</p>" if text else ""
    parts = [_password(action, request.login_hint), _code(action)]
    if context.may_name_users:
        parts.insert(0, _users(context, action))
    if context.settings.sign_up_enabled:
        parts.append(_sign_up(action))
    inside = f"<p>to {escape(context.app_id)}, on the offline GenAuth</p>{told}{''.join(parts)}"
    target = origin_of(request.way_back.redirect_uri)
    return styled_page("Sign in", inside, form_action=target, status=400 if is_mistake else 200)


def consent_page(
    context: CallContext, asked: Mapping[str, str], request: AuthorizationRequest, user: User
) -> Bare:
    """Return the page that asks a user who is signed in whether the application may have what it asks for.

    Source: OpenID Connect Core, 3.1.2.4; API reference, /interaction/oidc/{interactionKey}: ``confirm`` and ``abort``.
    What the page looks like is ours.
    """
    scopes = "".join(f"<li>{escape(scope)}</li>" for scope in dict.fromkeys(request.scope.split()))
    inside = (
        f"<p>{escape(_name(user))}, {escape(context.app_id)} asks for:</p>"
        f"<ul>{scopes or '<li>who you are</li>'}</ul>"
    )
    buttons = (
        f'<button name="{ACTION}" value="{ACCEPT}">Accept</button>'
        f'<button class="plain" name="{ACTION}" value="{DENY}">Deny</button>'
    )
    form = _form(action_of(asked), "", "Do you agree?", f"{inside}{buttons}")
    target = origin_of(request.way_back.redirect_uri)
    return styled_page("Allow access", form, form_action=target)


def action_of(asked: Mapping[str, str]) -> str:
    """Return where the forms of a page post to: the same request again."""
    return f"auth?{urlencode(list(asked.items()))}"


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
