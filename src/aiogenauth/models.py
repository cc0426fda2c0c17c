"""The envelope around every answer, and the confirmation that most calls return."""

from typing import Final, Literal

from attrs import define, field, frozen

from aiogenauth.result import Result

ConfirmedBy = Literal["answer", "profile"]
"""What showed that a call took effect: GenAuth's answer, or the account as it was read later."""

SUCCESS: Final = 200
"""Source: API reference, CommonResponseDto."""


@define(unsafe_hash=True)
class Envelope:
    """What every call of the API is answered with.

    Made for every answer, and a frozen one would take three times as long to make.

    Attributes:
        status_code: Business status; 200 means success, whatever the HTTP status.
        message: Text for people, in the language asked for.
        api_code: What happened exactly; absent, 0 or 20001 on success.
        request_id: Identifies the call to GenAuth's support.
        data: What was asked for; None where the call has nothing to say.

    Source: API reference, CommonResponseDto.
    """

    status_code: int
    message: str | None = field(default=None, repr=False)
    api_code: int | None = None
    request_id: str | None = field(default=None, repr=False)
    data: object = field(default=None, repr=False)


@frozen
class Confirmation(Result):
    """What the caller asked for holds now.

    Attributes:
        request_id: Identifies the call to GenAuth's support; None when confirmed by the profile.
        message: Text for people; None when confirmed by the profile.
        confirmed_by: `"answer"`, or `"profile"` when the answer was lost and the account, read
            afterwards, was found in the state that was asked for.
    """

    request_id: str | None = None
    message: str | None = None
    confirmed_by: ConfirmedBy = "answer"
