"""What the calls of OpenID Connect and CAS can end with: real HTTP statuses, and OAuth's words for a refusal."""

from __future__ import annotations

from typing import Final

from genauth_contract.outcomes.outcome import ExpectedReply, Outcome
from genauth_contract.outcomes.sources import (
    CSHARP_TESTS,
    PUBLISHED_NO_CLIENT,
    REFERENCE_OIDC,
    REFERENCE_REVOCATION,
    REFERENCE_TOKEN_FAQ,
    SERVER_LIBRARY,
)

GRANTED: Final = Outcome(
    "GRANTED",
    ExpectedReply(None),
    (REFERENCE_OIDC,),
    "API reference, /oidc/ calls",
)
REVOKED: Final = Outcome(
    "REVOKED",
    ExpectedReply(None),
    (SERVER_LIBRARY, REFERENCE_REVOCATION),
    "an empty body, as the library has it; the OpenAPI document shows an envelope",
    alternatives=(ExpectedReply(200),),
)
SENT_BACK: Final = Outcome(
    "SENT_BACK",
    ExpectedReply(None, http=302),
    (SERVER_LIBRARY,),
    "OpenID Connect Core, 3.1.2.5: the browser goes back with a code, or with an error",
)
REDIRECT_URI_MISMATCH: Final = Outcome(
    "REDIRECT_URI_MISMATCH",
    ExpectedReply(None, http=400, error="redirect_uri_mismatch"),
    (SERVER_LIBRARY,),
    "RFC 6749, section 3.1.2.4: a browser is never sent to an address that is not known",
)
NO_CLIENT: Final = Outcome(
    "NO_CLIENT",
    ExpectedReply(None, http=400, error="invalid_client"),
    (PUBLISHED_NO_CLIENT,),
    "a request that names no client",
    alternatives=(ExpectedReply(None, http=401, error="invalid_client"),),
    sdk_error="ClientRejected",
)
INVALID_CLIENT: Final = Outcome(
    "INVALID_CLIENT",
    ExpectedReply(None, http=401, error="invalid_client"),
    (REFERENCE_TOKEN_FAQ, CSHARP_TESTS, SERVER_LIBRARY),
    "RFC 6749, section 5.2",
    alternatives=(ExpectedReply(None, http=400, error="invalid_client"),),
    sdk_error="ClientRejected",
)
INVALID_GRANT: Final = Outcome(
    "INVALID_GRANT",
    ExpectedReply(None, http=400, error="invalid_grant"),
    (REFERENCE_TOKEN_FAQ, SERVER_LIBRARY),
    "RFC 6749, section 5.2",
    sdk_error="GrantRejected",
)
INVALID_REQUEST: Final = Outcome(
    "INVALID_REQUEST",
    ExpectedReply(None, http=400, error="invalid_request"),
    (SERVER_LIBRARY,),
    "RFC 6749, section 5.2",
    sdk_error="InvalidArgument",
)
NO_TOKEN: Final = Outcome(
    "NO_TOKEN",
    ExpectedReply(None, http=400, error="invalid_request"),
    (SERVER_LIBRARY, CSHARP_TESTS),
    "RFC 6750, section 3.1",
    alternatives=(ExpectedReply(None, http=401, error="invalid_token", sdk_error="NotSignedIn"),),
    sdk_error="InvalidArgument",
)
INVALID_SCOPE: Final = Outcome(
    "INVALID_SCOPE",
    ExpectedReply(None, http=400, error="invalid_scope"),
    (SERVER_LIBRARY,),
    "RFC 6749, section 5.2",
    sdk_error="ScopeRejected",
)
INVALID_TOKEN: Final = Outcome(
    "INVALID_TOKEN",
    ExpectedReply(None, http=401, error="invalid_token"),
    (SERVER_LIBRARY,),
    "RFC 6750, section 3.1",
    alternatives=(
        ExpectedReply(None, http=400, error="invalid_request", sdk_error="InvalidArgument"),
    ),
    sdk_error="NotSignedIn",
)
UNAUTHORIZED_CLIENT: Final = Outcome(
    "UNAUTHORIZED_CLIENT",
    ExpectedReply(None, http=400, error="unauthorized_client"),
    (SERVER_LIBRARY,),
    "RFC 6749, section 5.2",
    sdk_error="GrantTypeRejected",
)
UNSUPPORTED_GRANT_TYPE: Final = Outcome(
    "UNSUPPORTED_GRANT_TYPE",
    ExpectedReply(None, http=400, error="unsupported_grant_type"),
    (SERVER_LIBRARY,),
    "RFC 6749, section 5.2",
    alternatives=(
        ExpectedReply(None, http=400, error="invalid_request", sdk_error="InvalidArgument"),
    ),
    sdk_error="GrantTypeRejected",
)
GRANT_NOT_IMITATED: Final = Outcome(
    "GRANT_NOT_IMITATED",
    ExpectedReply(None, http=501, error="unsupported_grant_type"),
    (),
    "the mock's own answer for a grant type of GenAuth it does not imitate",
    learn=True,
    sdk_error="GrantTypeRejected",
)

TICKET_GIVEN: Final = Outcome(
    "TICKET_GIVEN",
    ExpectedReply(None, http=302),
    (),
    "CAS Protocol, 2.2.4: the browser goes back to the service with a ticket",
)
TICKET_CHECKED: Final = Outcome(
    "TICKET_CHECKED",
    ExpectedReply(None),
    (),
    "CAS Protocol, 2.4.2 and 2.5.2: the body says whether the ticket is good",
)

OIDC_OUTCOMES: Final = tuple(
    value for value in tuple(vars().values()) if isinstance(value, Outcome)
)
"""All of them, in the order above."""
