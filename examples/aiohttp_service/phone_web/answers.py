"""What this service answers for each error of the SDK: one table, and no framework."""

from __future__ import annotations

from math import ceil
from typing import Final

from attrs import frozen

from aiogenauth import (
    AccountSuspended,
    ApiError,
    GenAuthError,
    InvalidArgument,
    InvalidInput,
    NotDelivered,
    NotSignedIn,
    OutcomeUnknown,
    PassCodeRejected,
    PermissionDenied,
    PhoneAlreadyBound,
    PhoneTaken,
    ServerFailed,
    TooManyRequests,
    UnexpectedAnswer,
)


@frozen
class Answer:
    """An HTTP answer that says what happened, in words for people and in one for programs.

    Attributes:
        status: HTTP status.
        code: What a client branches on.
        detail: What it may show.
        retry_after: Whole seconds after which the request may be made again, or None.
    """

    status: int
    code: str
    detail: str
    retry_after: int | None = None

    @property
    def headers(self) -> dict[str, str]:
        """The headers that go with it."""
        return {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}

    @property
    def body(self) -> dict[str, str]:
        """The JSON body."""
        return {"code": self.code, "detail": self.detail}


ANSWERS: Final[dict[type[GenAuthError], Answer]] = {
    InvalidInput: Answer(422, "invalid_input", "That is no phone number or pass code."),
    InvalidArgument: Answer(422, "invalid_input", "That is no phone number or pass code."),
    PassCodeRejected: Answer(422, "pass_code_rejected", "That code is wrong or no longer good."),
    PhoneTaken: Answer(409, "phone_taken", "Somebody else uses this number."),
    PhoneAlreadyBound: Answer(409, "phone_already_bound", "You have a number already."),
    NotSignedIn: Answer(401, "not_signed_in", "Please sign in again."),
    AccountSuspended: Answer(403, "account_suspended", "This account is suspended."),
    PermissionDenied: Answer(403, "permission_denied", "This account may not do that."),
    TooManyRequests: Answer(429, "too_many_requests", "Please wait a minute.", 60),
    ApiError: Answer(422, "refused", "GenAuth refused, and does not say why."),
    # Nothing happened: the same request, with the same code, may be made again.
    NotDelivered: Answer(503, "not_delivered", "Please try again in a moment.", 5),
    # Something may have happened: 504 and no Retry-After, so that nobody repeats it blindly.
    OutcomeUnknown: Answer(504, "outcome_unknown", "Look at your profile before you try again."),
    ServerFailed: Answer(502, "genauth_failed", "GenAuth has failed. Please try again later."),
    UnexpectedAnswer: Answer(502, "genauth_failed", "GenAuth has failed. Please try again later."),
    # What is left is a mistake of this service, such as a missing setting or a wrong app id.
    GenAuthError: Answer(500, "service_misconfigured", "This service is set up wrongly."),
}
"""From an error's class to the answer; a class that is not here has the answer of its base."""


def answer_for(error: GenAuthError) -> Answer:
    """Give the answer for an error; how long to wait comes from GenAuth where it said so."""
    kind = next(each for each in type(error).__mro__ if each in ANSWERS)
    answer = ANSWERS[kind]
    if error.retry_after is None:
        return answer
    return Answer(answer.status, answer.code, answer.detail, ceil(error.retry_after))
