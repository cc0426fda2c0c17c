"""Forms, as the calls of OpenID Connect have them."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

from genauth_mock.calls.oidc_errors import OAuthError, Reason

Form = Mapping[str, str]


def form_of(body: bytes) -> dict[str, str]:
    """Read a form; of a name that is there twice the last counts."""
    return dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))


def parameter(form: Form, name: str) -> str:
    """Give a parameter that has to be there.

    Raises:
        OAuthError: ``invalid_request``.
    """
    value = form.get(name)
    if not value:
        raise OAuthError(Reason.INVALID_REQUEST, f"missing required parameter(s): {name}")
    return value
