"""How the OpenID Connect calls say no. Source: RFC 6749, section 5.2; API reference: real HTTP 400 and 401."""

from __future__ import annotations

from genauth_mock.call import Bare


class OAuthError(Exception):
    """A refusal in OAuth's own form.

    Args:
        error: One of OAuth's words, such as ``invalid_grant``.
        description: What a developer may read.
        status: The HTTP status.
        scheme: What ``WWW-Authenticate`` names; empty leaves the header out.
    """

    def __init__(self, error: str, description: str, status: int = 400, scheme: str = "") -> None:
        super().__init__(error)
        self._content: dict[str, object] = {"error": error, "error_description": description}
        self._status = status
        self._headers = {"Cache-Control": "no-store"}
        if scheme:
            self._headers["WWW-Authenticate"] = f'{scheme} realm="genauth-mock", error="{error}"'

    def shown(self) -> Bare:
        """Give the answer."""
        return Bare(self._content, self._status, self._headers)
