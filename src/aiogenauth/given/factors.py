"""What the calls about further proofs at sign-in take."""

from typing import Literal, NotRequired, TypedDict

from aiogenauth.vocabulary import PhoneNumber

FactorType = Literal["OTP", "SMS", "EMAIL", "FACE"]
"""What a user proves themselves by. Source: API reference, send-enroll-factor-request, factorType."""


class FactorProfile(TypedDict):
    """Where a pass code is sent to add a factor. Source: API reference, send-enroll-factor-request."""

    phoneNumber: NotRequired[str | PhoneNumber | None]
    phoneCountryCode: NotRequired[str | None]
    email: NotRequired[str | None]


class EnrollmentProof(TypedDict):
    """What proves that a factor is the user's. Source: API reference, enroll-factor."""

    passCode: NotRequired[str | None]
    photo: NotRequired[str | None]
    """Of the face: a picture that GenAuth keeps, or the URL of one."""
    isExternalPhoto: NotRequired[bool | None]
    """Whether the picture lies elsewhere."""
