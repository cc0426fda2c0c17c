"""The grant types of ``/oidc/token``: what each of them asks for, and gives."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from genauth_mock.calls.forms import parameter
from genauth_mock.calls.oidc_errors import OAuthError, Reason
from genauth_mock.engine import sign_in, tokens
from genauth_mock.verdict import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from genauth_mock.calls.forms import Form
    from genauth_mock.engine.turn import Turn

log = logging.getLogger("genauth_mock")


def ungranted(grant_type: str) -> OAuthError:
    """Say that a grant type is not given, and why."""
    if grant_type in KNOWN_GRANTS:
        said = (
            f"not imitated: grant_type {grant_type} exists in GenAuth, not in the offline GenAuth"
        )
        log.warning("%s", said)
        return OAuthError(Reason.UNSUPPORTED_GRANT_TYPE, said, 501)
    return OAuthError(
        Reason.UNSUPPORTED_GRANT_TYPE, f"unsupported grant_type; there are: {', '.join(GRANTS)}"
    )


def _by_refresh_token(turn: Turn, form: Form, _: str) -> tokens.Tokens:
    given, scope = parameter(form, "refresh_token"), form.get("scope")
    if not tokens.may_ask_for(turn, given, scope):
        raise OAuthError(Reason.INVALID_SCOPE, "refresh token missing requested scopes")
    granted = tokens.refresh(turn, given, scope)
    if granted is None:
        raise OAuthError(Reason.INVALID_GRANT, "refresh token is unknown, used, revoked or expired")
    return granted


def _by_password(turn: Turn, form: Form, _: str) -> tokens.Tokens:
    if not turn.settings.password_grant:
        raise OAuthError(
            Reason.UNAUTHORIZED_CLIENT, "the app does not allow the grant type password"
        )
    named = sign_in.handles_of_account(parameter(form, "username"))
    try:
        return sign_in.by_password(turn, named, parameter(form, "password"), form.get("scope"))
    except Refusal as refusal:
        description = turn.error_codes[refusal.verdict].message(turn.language, "")
        raise OAuthError(Reason.INVALID_GRANT, description) from None


def _by_client_credentials(turn: Turn, form: Form, client_id: str) -> tokens.Tokens:
    return tokens.grant_to_client(turn, client_id, form.get("scope"))


GRANTS: Final[Mapping[str, Callable[[Turn, Form, str], tokens.Tokens]]] = {
    "refresh_token": _by_refresh_token,
    "client_credentials": _by_client_credentials,
    "password": _by_password,
}
"""The grant types that are imitated."""

KNOWN_GRANTS: Final = {"authorization_code", "http://authing.cn/oidc/grant_type/authing_token"}
"""Those that are not. Source: API reference, /oidc/token."""
