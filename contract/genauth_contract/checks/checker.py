"""Whether an exchange is what it should be: the outcome that was expected, in the documented shape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import attrs

from genauth_contract.api.call import ApiCall
from genauth_contract.api.openapi import OpenApi
from genauth_contract.checks import envelope
from genauth_contract.checks.matchers import described
from genauth_contract.outcomes.hiding import without_lookalikes
from genauth_contract.outcomes.outcome import Answer, ExpectedReply, Outcome

TYPE_NAMES: Final[Mapping[type, str]] = {int: "a number", str: "a text", type(None): "nothing"}
"""What a value is called where its content may be somebody's secret."""

SUCCESS_API_CODES: Final = (None, 0, 20001)
"""What `apiCode` may be on success. Source: API reference pages and permission samples."""


def mismatches(answer: Answer, outcome: Outcome, *, exact: bool) -> list[str]:
    """Return the fields in which an answer differs from the outcome; empty if it matches.

    Args:
        answer: What came back.
        outcome: What was expected.
        exact: True for the mock and its stand-ins: only the default passes.
    """
    if outcome.learn and not exact:
        return []
    found = _reply_mismatches(answer, outcome.default, outcome, exact=exact)
    if found and not exact:
        others = [
            _reply_mismatches(answer, alternative, outcome, exact=False)
            for alternative in outcome.alternatives
        ]
        found = found if all(others) else []
    if found and outcome.alternatives and not exact:
        found.append(f"also accepted: {'; '.join(map(str, outcome.alternatives))}")
    return found + data_mismatches(answer, outcome)


def _reply_mismatches(
    answer: Answer, reply: ExpectedReply, outcome: Outcome, *, exact: bool
) -> list[str]:
    https = (reply.http,) if exact else (reply.http, *outcome.http_too)
    codes: tuple[object, ...] = (reply.api_code,)
    if outcome.is_success and not exact:
        codes = SUCCESS_API_CODES
    found = [
        _one_of("HTTP status", answer.http, https),
        _one_of("statusCode", answer.field("statusCode"), (reply.status_code,)),
        _one_of("apiCode", answer.field("apiCode"), codes),
        _text_mismatch(answer, reply, exact=exact),
    ]
    message = str(answer.field("message"))
    found += [
        f"message does not name {name}" for name in outcome.names_fields if name not in message
    ]
    return [mismatch for mismatch in found if mismatch]


def _one_of(field: str, got: object, allowed: tuple[object, ...]) -> str:
    if any(got == value and type(got) is type(value) for value in allowed):
        return ""
    wanted = " or ".join("absent" if value is None else repr(value) for value in allowed)
    return f"{field} is {_shown(got)}, expected {wanted}"


def _shown(got: object) -> str:
    """Show a number; of anything else only what it is, because it may be somebody's."""
    if got is None:
        return "absent"
    return repr(got) if type(got) is int else _kind(got)


def _text_mismatch(answer: Answer, reply: ExpectedReply, *, exact: bool) -> str:
    """Return how the message differs; without an envelope, how OAuth's `error` does."""
    if reply.status_code is None:
        return _one_of("error", answer.field("error"), (reply.error,))
    got, wanted = answer.field("message"), reply.message
    if not isinstance(got, str):
        return f"message is {_shown(got)}, expected a text"
    if wanted is None or not exact or got == wanted:
        return ""
    return f"message is {without_lookalikes(got)!r}, expected {wanted!r}"


def data_mismatches(answer: Answer, outcome: Outcome) -> list[str]:
    """Return which fields of `data` differ from what was expected."""
    return [
        f"data.{name} is {_kind(answer.data.get(name))}, expected {_wanted(wanted)}"
        for name, wanted in outcome.data.items()
        if not _fits(answer.data.get(name), wanted)
    ]


def _fits(got: object, wanted: object) -> bool:
    return bool(wanted(got)) if callable(wanted) else got == wanted and type(got) is type(wanted)


def _wanted(wanted: object) -> str:
    """Describe what a value of `data` has to be; a text itself may be somebody's."""
    if callable(wanted):
        return described(wanted)
    if isinstance(wanted, str):
        return "another text, such as what was sent or seen before"
    return _kind(wanted) if wanted is None else repr(wanted)


def _kind(got: object) -> str:
    """Describe a value of `data` without its content: it may be somebody's."""
    return repr(got) if isinstance(got, bool) else TYPE_NAMES.get(type(got), type(got).__name__)


SERVER_FAILED: Final = "ServerFailed"
"""What the SDK raises for a fault of the server; after a call that writes, what an error ending in `UNKNOWN` says."""

UNKNOWN: Final = "OutcomeUnknown"
"""The end of the names of errors of the SDK after which nobody knows whether a call took effect."""


@attrs.frozen
class Step:
    """One exchange and the problems found in it."""

    call: ApiCall
    answer: Answer
    expected: Outcome
    problems: tuple[str, ...]


@attrs.frozen
class Checker:
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
        """Return everything that is wrong with an exchange."""
        if self.through_sdk:
            return self._sdk_problems(answer, expected)
        found = mismatches(answer, expected, exact=self.exact)
        return found + envelope.problems(call, answer, self.document, exact=self.exact)

    def _sdk_errors(self, answer: Answer, expected: Outcome) -> set[str | None]:
        """Return what the SDK may raise: an alternative answer may become an error of its own."""
        if self.exact:
            return {expected.sdk_error}
        alternatives = (
            reply.sdk_error
            for reply in expected.alternatives
            if reply.sdk_error and not _reply_mismatches(answer, reply, expected, exact=False)
        )
        return {expected.sdk_error, *alternatives}

    def _sdk_problems(self, answer: Answer, expected: Outcome) -> list[str]:
        """A success has data and no envelope; a refusal is an error with all of it."""
        allowed = self._sdk_errors(answer, expected)
        is_unknown = (answer.sdk_error or "").endswith(UNKNOWN) and SERVER_FAILED in allowed
        if answer.sdk_error not in allowed and not is_unknown:
            got, wanted = (one.sdk_error or "nothing" for one in (answer, expected))
            return [f"the SDK raised {got}, expected {wanted}"]
        if expected.is_success:
            return data_mismatches(answer, expected)
        return mismatches(answer, expected, exact=self.exact)
