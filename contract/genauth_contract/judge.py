"""Whether an exchange is what it should be: the outcome that was expected, in the documented shape."""

from __future__ import annotations

import attrs

from genauth_contract import envelope
from genauth_contract.calls import ApiCall
from genauth_contract.expect import Answer, Outcome
from genauth_contract.mismatches import data_mismatches, mismatches
from genauth_contract.openapi import OpenApi


@attrs.frozen
class Step:
    """One exchange and what was thought of it."""

    call: ApiCall
    answer: Answer
    expected: Outcome
    problems: tuple[str, ...]


@attrs.frozen
class Judge:
    """Decides whether an exchange is what it should be.

    Attributes:
        document: The OpenAPI document.
        exact: True for the mock and its stand-ins.
        through_sdk: True when the answer came out of the SDK, which has no envelope to check.
    """

    document: OpenApi
    exact: bool
    through_sdk: bool = False

    def problems(self, call: ApiCall, answer: Answer, expected: Outcome) -> list[str]:
        """Say everything that is wrong with an exchange."""
        if self.through_sdk:
            return self._sdk_problems(answer, expected)
        found = mismatches(answer, expected, exact=self.exact)
        return found + envelope.problems(call, answer, self.document, exact=self.exact)

    def _sdk_problems(self, answer: Answer, expected: Outcome) -> list[str]:
        """A success has data and no envelope; a refusal is an error with all of it."""
        if answer.sdk_error != expected.sdk_error:
            got, wanted = (one.sdk_error or "nothing" for one in (answer, expected))
            return [f"the SDK raised {got}, expected {wanted}"]
        if expected.is_success:
            return data_mismatches(answer, expected)
        return mismatches(answer, expected, exact=self.exact)
