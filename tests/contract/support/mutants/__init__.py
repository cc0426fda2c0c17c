"""Lies a proxy tells, one at a time: each changes the answers of an honest mock in one point."""

from __future__ import annotations

from typing import Final

from tests.contract.support.mutants.accounts import ACCOUNTS
from tests.contract.support.mutants.code_lives import a_used_code_works_again
from tests.contract.support.mutants.codes import CODES
from tests.contract.support.mutants.envelopes import ENVELOPES
from tests.contract.support.mutants.exchange import Exchange, Lies, Spoil
from tests.contract.support.mutants.promised import NAMED
from tests.contract.support.mutants.tokens import TOKEN_LIES
from tests.contract.support.mutants.ways import spare

__all__ = ["NAMED", "SPOILS", "Exchange", "Spoil", "a_used_code_works_again", "spare"]

SPOILS: Final[Lies] = {**NAMED, **CODES, **ACCOUNTS, **TOKEN_LIES, **ENVELOPES}
"""Everything that is spoiled, and a scenario that has to notice."""
