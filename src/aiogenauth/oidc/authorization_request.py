"""What a sign-in on the web is asked for, and what of it cannot be right. Pure."""

import re
from typing import Final
from urllib.parse import urlsplit

from attrs import fields, frozen

from aiogenauth.errors import InvalidInput

RESPONSE_TYPES: Final = {
    "oidc": frozenset(
        {"code", "id_token", "token", "none"}
        | {"code id_token", "code token", "id_token token", "code id_token token"}
    ),
    "oauth": frozenset({"code", "token"}),
}
"""Source: API reference, /oidc/auth, response_type; the official Python SDK for OAuth."""

RESPONSE_MODES: Final = ("query", "fragment", "form_post", "web_message")
PROMPTS: Final = frozenset({"none", "login", "consent", "select_account"})
"""Source: API reference, /oidc/auth."""


@frozen(kw_only=True)
class AuthorizationRequest:
    """What a caller says about a sign-in. None of it has to be there.

    Attributes:
        pkce: Whether a challenge is made where none is given.
    """

    redirect_uri: str | None = None
    response_type: str | None = None
    response_mode: str | None = None
    state: str | None = None
    nonce: str | None = None
    scope: str | None = None
    code_challenge_method: str | None = None
    code_challenge: str | None = None
    service: str | None = None
    prompt: str | None = None
    login_hint: str | None = None
    tenant_id: str | None = None
    ext_idp_conn_id: str | None = None
    pkce: bool = True

    def __attrs_post_init__(self) -> None:
        """Refuse what is not text."""
        for name in _TEXTS:
            value: object = getattr(self, name)
            if value is not None:
                checked(value, name)

    def given(self, *names: str) -> dict[str, str]:
        """Return the parameters that are not None."""
        found = ((name, getattr(self, name)) for name in names)
        return {name: value for name, value in found if value is not None}

    def refuse(self, protocol: str, *names: str) -> None:
        """Refuse parameters that a protocol does not have, and that would be ignored.

        Raises:
            InvalidInput: One of them was given.
        """
        for name in self.given(*(names or _TEXTS)):
            text = f"{name}: a sign-in by {protocol} has none; leave it out"
            raise InvalidInput(text).with_facts(field=name)


_TEXTS: Final = tuple(each.name for each in fields(AuthorizationRequest) if each.name != "pkce")
_NOT_FOR_A_LINK: Final = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


def checked(value: object, name: str) -> str:
    """Take a text that may become part of a link.

    Raises:
        InvalidInput: It is none, or has control characters or half of a surrogate pair in it.
    """
    if isinstance(value, str) and value and not _NOT_FOR_A_LINK.search(value):
        return value
    text = f"{name}: give a string that is not empty and has no control characters"
    raise InvalidInput(text).with_facts(field=name)


def checked_uri(uri: str | None, name: str) -> str:
    """Take the address that a browser is sent back to. An app's own scheme will do.

    Raises:
        InvalidInput: There is none, or it is not absolute, or it has a fragment.
    """
    if uri is None:
        text = f"{name}: give the address that the browser comes back to, here or to the client"
        raise InvalidInput(text).with_facts(field=name)
    uri = checked(uri, name)
    try:
        parts = urlsplit(uri)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme and (parts.netloc or parts.path) and "#" not in uri and " " not in uri:
        return uri
    text = (
        f"{name}: give an absolute address without fragment, such as https://example.com/callback"
    )
    raise InvalidInput(text).with_facts(field=name)


def response_type(given: str | None, protocol: str) -> str:
    """Take a response type, its words in any order; `code` where nothing is said.

    Raises:
        InvalidInput: The protocol has no such type.
    """
    kind = " ".join(sorted((given or "code").split()))
    if kind in RESPONSE_TYPES[protocol]:
        return kind
    text = f"response_type: {protocol} has {', '.join(sorted(RESPONSE_TYPES[protocol]))}"
    raise InvalidInput(text).with_facts(field="response_type")


def checked_mode(mode: str | None, kind: str) -> None:
    """Refuse a response mode that is none, or that would write tokens into a server's logs.

    Raises:
        InvalidInput: It is one of these. Source: OAuth 2.0 Multiple Response Types, 3.
    """
    if mode is not None and mode not in RESPONSE_MODES:
        text = f"response_mode: give one of {', '.join(RESPONSE_MODES)}"
        raise InvalidInput(text).with_facts(field="response_mode")
    if mode == "query" and "token" in kind:
        text = "response_mode: query shows tokens to every server on the way; give another"
        raise InvalidInput(text).with_facts(field="response_mode")


def checked_prompt(prompt: str | None) -> None:
    """Refuse a prompt that is none. Several go together, but for `none`.

    Raises:
        InvalidInput: It is not in the list. Source: OpenID Connect Core, 3.1.2.1.
    """
    words = (prompt or "login").split()
    if set(words) <= PROMPTS and ("none" not in words or len(words) == 1):
        return
    text = f"prompt: give one of {', '.join(sorted(PROMPTS))}; none stands alone"
    raise InvalidInput(text).with_facts(field="prompt")
