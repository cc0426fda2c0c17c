"""Every outcome the contract knows, with the answer that means it, its alternatives and its source.

The default is what the mock answers unless it was taught otherwise; the alternatives are what other
sources claim, so a live target may give them. Names are the mock's names.
"""

from __future__ import annotations

from typing import Final

from genauth_contract.outcomes.accounts import ACCOUNTS
from genauth_contract.outcomes.codes import CODES
from genauth_contract.outcomes.emails import EMAILS
from genauth_contract.outcomes.ext_idps import EXT_IDPS
from genauth_contract.outcomes.factors import FACTORS
from genauth_contract.outcomes.oidc import OIDC_OUTCOMES
from genauth_contract.outcomes.own_things import OWN_THINGS
from genauth_contract.outcomes.phones import PHONES
from genauth_contract.outcomes.qr_codes import QR_CODES
from genauth_contract.outcomes.requests import OK, REQUESTS

EVERY_OUTCOME: Final = (
    OK,
    *CODES,
    *PHONES,
    *EMAILS,
    *ACCOUNTS,
    *FACTORS,
    *QR_CODES,
    *OWN_THINGS,
    *EXT_IDPS,
    *REQUESTS,
    *OIDC_OUTCOMES,
)
"""All of them; those without an envelope come last."""

ANYWHERE: Final = frozenset(
    {
        "TOO_MANY_REQUESTS",
        "UNKNOWN_APP",
        "INVALID_ARGUMENT",
        "NOT_JSON",
        "BODY_TOO_LARGE",
        "METHOD_NOT_ALLOWED",
        "DAILY_LIMIT_REACHED",
    }
)
"""Outcomes that are decided before it matters which operation is called: one scenario is enough for all."""
