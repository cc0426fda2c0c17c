"""Lies a proxy tells, one at a time: each changes the answers of an honest mock in one point."""

from __future__ import annotations

from typing import Final

from contract_spoils.accounts import ACCOUNTS
from contract_spoils.code_lives import a_used_code_works_again
from contract_spoils.codes import CODES
from contract_spoils.envelopes import ENVELOPES
from contract_spoils.exchange import Exchange, Lies, Spoil
from contract_spoils.promised import NAMED
from contract_spoils.tokens import TOKEN_LIES
from contract_spoils.ways import spare

__all__ = ["NAMED", "SPOILS", "Exchange", "Spoil", "a_used_code_works_again", "spare"]

SPOILS: Final[Lies] = {**NAMED, **CODES, **ACCOUNTS, **TOKEN_LIES, **ENVELOPES}
"""Everything that is spoiled, and a scenario that has to notice."""
