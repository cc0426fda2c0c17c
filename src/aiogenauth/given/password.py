"""What the calls about a password take, and how a forgotten one is proved to be one's own."""

from typing import Literal, NotRequired, TypedDict

from aiogenauth.vocabulary import PhoneNumber

PasswordEncryptType = Literal["none", "rsa", "sm2"]
"""How the passwords of a call are encrypted. Source: API reference, passwordEncryptType."""

ResetVerifyMethod = Literal["EMAIL_PASSCODE", "PHONE_PASSCODE"]
"""Where the code was sent. Source: API reference, verify-reset-password-request, verifyMethod."""


class PhoneProof(TypedDict):
    """A phone number of the account, and a code that was texted to it. Source: API reference."""

    phoneNumber: str | PhoneNumber
    passCode: str
    phoneCountryCode: NotRequired[str | None]


class EmailProof(TypedDict):
    """An e-mail address of the account, and a code that was mailed to it. Source: API reference."""

    passCode: str
    email: NotRequired[str | None]
