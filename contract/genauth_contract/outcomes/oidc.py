"""What the calls of OpenID Connect can end with: real HTTP statuses, and OAuth's words for a refusal."""

from __future__ import annotations

from typing import Final

from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.outcome import ExpectedReply, Outcome

_WORDS: Final = "RFC 6749, section 5.2"
_REAL_STATUSES: Final = "API reference: the calls under /oidc/ use HTTP 400 and 401"

GRANTED: Final = Outcome(
    "GRANTED", ExpectedReply(None), Evidence.DOCS, "API reference, /oidc/ calls"
)
REVOKED: Final = Outcome(
    "REVOKED",
    ExpectedReply(200, None, "Success"),
    Evidence.DOCS,
    "API reference, IsSuccessRespDto",
    alternatives=(ExpectedReply(None),),
)
NO_CLIENT: Final = Outcome(
    "NO_CLIENT",
    ExpectedReply(None, http=400, error="invalid_client"),
    Evidence.CLIENT,
    "an answer that a developer published",
    alternatives=(ExpectedReply(None, http=401, error="invalid_client"),),
)
INVALID_CLIENT: Final = Outcome(
    "INVALID_CLIENT",
    ExpectedReply(None, http=401, error="invalid_client"),
    Evidence.ASSUMED,
    f"{_WORDS}: 401 where the client tried to prove itself",
    alternatives=(ExpectedReply(None, http=400, error="invalid_client"),),
)
INVALID_GRANT: Final = Outcome(
    "INVALID_GRANT",
    ExpectedReply(None, http=400, error="invalid_grant"),
    Evidence.ASSUMED,
    f"{_WORDS}; {_REAL_STATUSES}",
)
INVALID_REQUEST: Final = Outcome(
    "INVALID_REQUEST",
    ExpectedReply(None, http=400, error="invalid_request"),
    Evidence.ASSUMED,
    f"{_WORDS}; {_REAL_STATUSES}",
)
INVALID_SCOPE: Final = Outcome(
    "INVALID_SCOPE",
    ExpectedReply(None, http=400, error="invalid_scope"),
    Evidence.ASSUMED,
    "RFC 6749, section 6: no scope that was not granted before",
)
INVALID_TOKEN: Final = Outcome(
    "INVALID_TOKEN",
    ExpectedReply(None, http=401, error="invalid_token"),
    Evidence.ASSUMED,
    "RFC 6750, section 3.1",
    alternatives=(ExpectedReply(None, http=400, error="invalid_request"),),
)
UNAUTHORIZED_CLIENT: Final = Outcome(
    "UNAUTHORIZED_CLIENT",
    ExpectedReply(None, http=400, error="unauthorized_client"),
    Evidence.ASSUMED,
    f"{_WORDS}; {_REAL_STATUSES}",
)
UNSUPPORTED_GRANT_TYPE: Final = Outcome(
    "UNSUPPORTED_GRANT_TYPE",
    ExpectedReply(None, http=400, error="unsupported_grant_type"),
    Evidence.ASSUMED,
    f"{_WORDS}; {_REAL_STATUSES}",
    alternatives=(ExpectedReply(None, http=400, error="invalid_request"),),
)
GRANT_NOT_IMITATED: Final = Outcome(
    "GRANT_NOT_IMITATED",
    ExpectedReply(None, http=501, error="unsupported_grant_type"),
    Evidence.ASSUMED,
    "the mock's own answer for a grant type of GenAuth it does not imitate",
    learn=True,
)

OIDC_OUTCOMES: Final = tuple(
    value for value in tuple(vars().values()) if isinstance(value, Outcome)
)
"""All of them, in the order above."""
