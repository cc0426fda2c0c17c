"""Who calls, as a request says it."""

from __future__ import annotations

from typing import Final

from attrs import field

from genauth_mock.value import light_value

HERE: Final = "https://genauth.test"
"""The issuer's base URL where a call did not say how it reached us."""

LANGUAGES: Final = ("zh-CN", "en-US")
"""What a caller may ask for. Source: official Python SDK, lang; the server's default is zh-CN."""


@light_value
class Caller:
    """Who calls.

    Attributes:
        app_id: The app that is meant.
        token: The user's access token, without ``Bearer``; or None.
        language: ``zh-CN`` or ``en-US``.
        base_url: How the caller reached the server: tokens name it as their issuer.
    """

    app_id: str
    token: str | None = field(default=None, repr=False)
    language: str = "zh-CN"
    base_url: str = HERE
