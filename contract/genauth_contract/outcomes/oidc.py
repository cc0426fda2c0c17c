"""What the calls of OpenID Connect can end with: real HTTP statuses, and OAuth's words for a refusal."""

from __future__ import annotations

from typing import Final

from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.outcome import Figures, Outcome

_WORDS: Final = "RFC 6749, section 5.2"
_REAL_STATUSES: Final = "API reference: the calls under /oidc/ use HTTP 400 and 401"

GRANTED: Final = Outcome("GRANTED", Figures(None), Evidence.DOCS, "API reference, /oidc/ calls")
REVOKED: Final = Outcome(
    "REVOKED",
    Figures(200, None, "Success"),
    Evidence.DOCS,
    "API reference, IsSuccessRespDto",
    rivals=(Figures(None),),
)
NO_CLIENT: Final = Outcome(
    "NO_CLIENT",
    Figures(None, http=400, error="invalid_client"),
    Evidence.CLIENT,
    "an answer that a developer published",
    rivals=(Figures(None, http=401, error="invalid_client"),),
)
INVALID_CLIENT: Final = Outcome(
    "INVALID_CLIENT",
    Figures(None, http=401, error="invalid_client"),
    Evidence.ASSUMED,
    f"{_WORDS}: 401 where the client tried to prove itself",
    rivals=(Figures(None, http=400, error="invalid_client"),),
)
INVALID_GRANT: Final = Outcome(
    "INVALID_GRANT",
    Figures(None, http=400, error="invalid_grant"),
    Evidence.ASSUMED,
    f"{_WORDS}; {_REAL_STATUSES}",
)
INVALID_REQUEST: Final = Outcome(
    "INVALID_REQUEST",
    Figures(None, http=400, error="invalid_request"),
    Evidence.ASSUMED,
    f"{_WORDS}; {_REAL_STATUSES}",
)
INVALID_SCOPE: Final = Outcome(
    "INVALID_SCOPE",
    Figures(None, http=400, error="invalid_scope"),
    Evidence.ASSUMED,
    "RFC 6749, section 6: no scope that was not granted before",
)
INVALID_TOKEN: Final = Outcome(
    "INVALID_TOKEN",
    Figures(None, http=401, error="invalid_token"),
    Evidence.ASSUMED,
    "RFC 6750, section 3.1",
    rivals=(Figures(None, http=400, error="invalid_request"),),
)
UNAUTHORIZED_CLIENT: Final = Outcome(
    "UNAUTHORIZED_CLIENT",
    Figures(None, http=400, error="unauthorized_client"),
    Evidence.ASSUMED,
    f"{_WORDS}; {_REAL_STATUSES}",
)
UNSUPPORTED_GRANT_TYPE: Final = Outcome(
    "UNSUPPORTED_GRANT_TYPE",
    Figures(None, http=400, error="unsupported_grant_type"),
    Evidence.ASSUMED,
    f"{_WORDS}; {_REAL_STATUSES}",
    rivals=(Figures(None, http=400, error="invalid_request"),),
)
GRANT_NOT_IMITATED: Final = Outcome(
    "GRANT_NOT_IMITATED",
    Figures(None, http=501, error="unsupported_grant_type"),
    Evidence.ASSUMED,
    "the mock's own answer for a grant type of GenAuth it does not imitate",
    learn=True,
)

OIDC_OUTCOMES: Final = tuple(
    value for value in tuple(vars().values()) if isinstance(value, Outcome)
)
"""All of them, in the order above."""
