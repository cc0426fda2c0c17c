"""The one page of the service: a link to sign in, or the number, and forms that bind one and sign out. No framework."""

from __future__ import annotations

from html import escape
from typing import Final

SIGNED_OUT: Final = '<p><a href="/login">Sign in</a></p>'


def page(inside: str) -> str:
    """Wrap what is shown."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>My phone</title>'
        f'<link rel="icon" href="data:,"></head><body><main><h1>My phone</h1>{inside}</main></body></html>'
    )


def signed_in_page(number: str | None) -> str:
    """Show the number, or ask for one."""
    shown = f"<p>Your phone: {escape(number)}</p>" if number else _ask_for_number()
    return page(f"{shown}{_form('/logout', '', 'Sign out')}")


def code_page(number: str, told: str = "A code was texted.") -> str:
    """Ask for the code that was texted."""
    fields = f'<input type="hidden" name="number" value="{escape(number)}">'
    fields += _field("Code", "code", "one-time-code")
    return page(f'<p role="status">{escape(told)}</p>{_form("/phone", fields, "Bind")}')


def told_page(told: str) -> str:
    """Say what did not work, and lead to a new sign-in."""
    return page(f'<p role="alert">{escape(told)}</p>{SIGNED_OUT}')


def _ask_for_number() -> str:
    return _form("/phone/code", _field("Phone number", "number", "tel"), "Text me a code")


def _field(label: str, name: str, fill: str) -> str:
    return f'<label>{label} <input name="{name}" autocomplete="{fill}" required></label>'


def _form(action: str, fields: str, does: str) -> str:
    return f'<form method="post" action="{action}">{fields}<button>{does}</button></form>'
