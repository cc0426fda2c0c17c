"""What a run was asked to do, however it was asked: by the command or by pytest."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import attrs

from genauth_contract.play.budget import MAX_CALLS, MAX_MINUTES, MAX_SMS, RESEND_GAP_SECONDS
from genauth_contract.targets.codes import PROMPT
from genauth_contract.targets.codes.source import TIMEOUT_SECONDS

MOCK: Final = "mock"
LIVE: Final = "live"

CONSENT_FLAG: Final = "--i-own-this-account"
CONSENT_NAME: Final = "GENAUTH_CONTRACT_CONSENT"

MISCONFIGURED: Final = 4
"""Exit code for missing configuration or consent; pytest's own for a usage error."""

DRIFT: Final = 21
BUDGET_SPENT: Final = 22
ONLY_TEXTS_DIFFER: Final = 23
SECRET_FOUND: Final = 24
KNOWN_ROTTEN: Final = 25
NOT_KEPT: Final = 26
"""Exit codes of our own; 0 to 5 keep what they mean for pytest."""


@attrs.frozen
class Options:
    """Everything a run can be told.

    Attributes:
        target: `mock`, `live` or a URL.
        pass_code_from: Where a live run gets texted codes.
        pass_code_timeout: Seconds a text may take.
        has_consent: Whether the account is said to be the caller's own.
        wants_plan: Whether only to say what a live run would take.
        max_sms: Cap on texts.
        max_calls: Cap on calls.
        max_minutes: Cap on time.
        resend_gap: Seconds between two texts to one phone and channel on a live target.
        pace: How many seconds pass on a stand-in, whose clock was made faster, in one of ours.
        journal: Where passed scenarios are noted, and skipped by the next run.
        record: Where to keep what was answered.
        json: Where to write the report as JSON.
        html: Where to write the report as HTML.
        ledger: Where live passes are remembered; None for the packaged ledger.
    """

    target: str = MOCK
    pass_code_from: str = PROMPT
    pass_code_timeout: float = TIMEOUT_SECONDS
    has_consent: bool = False
    wants_plan: bool = False
    max_sms: int = MAX_SMS
    max_calls: int = MAX_CALLS
    max_minutes: float = MAX_MINUTES
    resend_gap: float = RESEND_GAP_SECONDS
    pace: float = 1.0
    journal: Path | None = None
    record: Path | None = None
    json: Path | None = None
    html: Path | None = None
    ledger: Path | None = None

    @property
    def outputs(self) -> list[Path]:
        """Every file that is written because somebody named it."""
        named = (self.journal, self.record, self.json, self.html, self.ledger)
        return [path for path in named if path is not None]


def consents(environment: Mapping[str, str], *, flag: bool) -> bool:
    """Tell whether somebody said that the account is theirs."""
    return flag or environment.get(CONSENT_NAME) == "1"
