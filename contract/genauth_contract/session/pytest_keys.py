"""What a run of pytest carries with it: the run of the contract, the stand-in, and what each scenario says."""

from __future__ import annotations

from typing import Final

import pytest

from genauth_contract.session.session import ContractSession
from genauth_contract.targets.stand_in import StandIn

SESSION: Final = pytest.StashKey[ContractSession]()
"""The run that a run of pytest plays."""

STAND_IN: Final = pytest.StashKey[StandIn]()
"""What a rehearsal plays instead of a deployment."""

SENTENCE: Final = "scenario"
"""Name of the property that holds what a scenario says."""


def sentence_of(report: pytest.TestReport) -> str:
    """Return what a scenario says that was played; the name of its test where it broke before."""
    return next(
        (str(value) for name, value in report.user_properties if name == SENTENCE), report.nodeid
    )
