"""The exit codes of `genauth-contract`: 0 to 5 are those of pytest, the others ours."""

from __future__ import annotations

from enum import IntEnum
from typing import Final, Self


class ExitCode(IntEnum):
    """What a command ends with; `meaning` is what `--help` and the documentation say of it."""

    meaning: str

    def __new__(cls, number: int, meaning: str) -> Self:
        """Make a number that knows what it means."""
        code = int.__new__(cls, number)
        code._value_ = number
        code.meaning = meaning
        return code

    PASSED = 0, "everything passed, or the plan that was asked for was made"
    FAILED = 1, "something failed, or a page is not the matrix"
    STOPPED = 2, "somebody stopped the run, or an option or a file is wrong"
    MISCONFIGURED = 4, "configuration or consent is missing, or the target cannot be reached"
    NOTHING_CHOSEN = 5, "no scenario fits -k"
    DRIFT = 21, "answers differ"
    BUDGET_SPENT = 22, "the budget is spent; resume later"
    ONLY_TEXTS_DIFFER = 23, "only wordings differ"
    SECRET_FOUND = 24, "a file would have held a secret and was not kept"
    KNOWN_STALE = 25, "a known difference is no longer true"
    CANNOT_WRITE = 26, "a file could not be written; the message names it"


EXIT_CODES: Final = "\b\nExit codes:\n" + "\n".join(
    f"  {code.value:<4} {code.meaning}" for code in ExitCode
)
"""What `--help` says of them."""
