"""How the OpenID Connect calls say no. Source: RFC 6749, section 5.2; API reference: real HTTP 400 and 401."""

from __future__ import annotations

from enum import StrEnum

from genauth_mock.calls.call import Bare


class Reason(StrEnum):
    """OAuth's own words for why not."""

    INVALID_CLIENT = "invalid_client"
    INVALID_GRANT = "invalid_grant"
    INVALID_REQUEST = "invalid_request"
    INVALID_SCOPE = "invalid_scope"
    INVALID_TOKEN = "invalid_token"  # noqa: S105 - a word of OAuth's
    UNAUTHORIZED_CLIENT = "unauthorized_client"
    UNSUPPORTED_GRANT_TYPE = "unsupported_grant_type"


class OAuthError(Exception):
    """A refusal in OAuth's own form.

    Args:
        reason: Why not.
        description: What a developer may read.
        status: The HTTP status.
        scheme: What ``WWW-Authenticate`` names; empty leaves the header out.
    """

    def __init__(
        self, reason: Reason, description: str, status: int = 400, scheme: str = ""
    ) -> None:
        super().__init__(reason)
        self._content: dict[str, object] = {"error": reason, "error_description": description}
        self._status = status
        self._headers = {"Cache-Control": "no-store"}
        if scheme:
            self._headers["WWW-Authenticate"] = f'{scheme} realm="genauth-mock", error="{reason}"'

    def shown(self) -> Bare:
        """Give the answer."""
        return Bare(self._content, self._status, self._headers)
