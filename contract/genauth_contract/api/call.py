"""A request to be made, and how one is made to any operation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

import attrs

from genauth_contract.api.endpoint import BARE, UNENVELOPED, Endpoint
from genauth_contract.outcomes.models import (
    HOME_COUNTRY,
    NOBODY,
    Phone,
    User,
    is_object,
)

Body = Mapping[str, object]

BIND: Final = "CHANNEL_BIND_PHONE"
UNBIND: Final = "CHANNEL_UNBIND_PHONE"
LOGIN: Final = "CHANNEL_LOGIN"

SEND_SMS: Final = "send-sms"
"""The one operation that texts a phone, and so costs money and has to wait for its turn."""


@attrs.frozen
class ApiCall:
    """A request to be made.

    Attributes:
        operation: The last part of the path; what the matrix and the reports call it.
        method: GET or POST.
        path: Path and query below the host.
        body: JSON body; None for none; text goes out as it is, to send what is not JSON.
        user: Whose access token goes along.
        headers: Further headers, and ones that replace the usual ones.
        is_form: Whether the body travels as a form instead of JSON.
        is_bare: Whether a success has no envelope, and a refusal has one.
    """

    operation: str
    path: str
    body: Body | str | None = attrs.field(default=None, repr=False)
    method: str = "POST"
    user: User = NOBODY
    headers: Mapping[str, str] = attrs.field(factory=dict[str, str], repr=False)
    is_form: bool = False
    is_bare: bool = False

    @property
    def has_envelope(self) -> bool:
        """Return whether the answer comes in an envelope: the calls of OpenID Connect and of CAS have none."""
        return not (self.is_bare or self.path.startswith(UNENVELOPED) or self.path in BARE)

    @property
    def texts_to(self) -> tuple[Phone, str] | None:
        """The phone and the channel that a code is texted to; None where nothing is texted."""
        body = self.body
        if self.operation != SEND_SMS or not is_object(body) or "phoneNumber" not in body:
            return None
        country = body.get("phoneCountryCode") or HOME_COUNTRY
        return Phone(str(body["phoneNumber"]), str(country)), str(body.get("channel"))


def any_post(operation: str, body: Body | str | None, user: User = NOBODY) -> ApiCall:
    """Send any body to an operation: also for requests that are wrong on purpose."""
    return ApiCall(operation, f"/api/v3/{operation}", body, user=user)


def sent_to(endpoint: Endpoint, body: Body | None = None, user: User = NOBODY) -> ApiCall:
    """Return a call of a declared operation."""
    return ApiCall(
        endpoint.name,
        endpoint.full_path,
        body,
        method=endpoint.verb,
        user=user,
        is_form=body is not None and endpoint.is_unenveloped,
        is_bare=endpoint.is_bare,
    )


def asked_of(endpoint: Endpoint, query: Mapping[str, str], user: User = NOBODY) -> ApiCall:
    """Return a call of a declared operation that is asked in the query."""
    call = sent_to(endpoint, user=user)
    return attrs.evolve(
        call, path=f"{endpoint.full_path}?{urlencode(query)}" if query else call.path
    )
