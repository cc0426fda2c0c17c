"""What the calls about the phone of the signed-in user take."""

from typing import NotRequired, TypedDict

from aiogenauth.vocabulary import PhoneNumber


class PhonePassCodePayload(TypedDict):
    """Both numbers and their codes, for a change of phone. Source: API reference.

    The old number is needed when the user has one and the user pool checks it, as it does unless
    told otherwise.
    """

    newPhoneNumber: str | PhoneNumber
    newPhonePassCode: str
    newPhoneCountryCode: NotRequired[str | None]
    oldPhoneNumber: NotRequired[str | PhoneNumber | None]
    oldPhonePassCode: NotRequired[str | None]
    oldPhoneCountryCode: NotRequired[str | None]
