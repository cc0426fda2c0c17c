"""The types of what callers give: payloads and choices. Imported late, as the `shapes` are."""

from typing import TYPE_CHECKING, Final

from aiogenauth.shapes.lazily import exported

if TYPE_CHECKING:
    from aiogenauth.given.messages import EmailCodePayload as EmailCodePayload
    from aiogenauth.given.messages import SmsCodePayload as SmsCodePayload
    from aiogenauth.given.password import PasswordEncryptType as PasswordEncryptType
    from aiogenauth.given.phone import PhonePassCodePayload as PhonePassCodePayload
    from aiogenauth.given.sign_in import DirectoryPayload as DirectoryPayload
    from aiogenauth.given.sign_in import SignInConnection as SignInConnection
    from aiogenauth.given.sign_in import SignInOptions as SignInOptions
    from aiogenauth.given.sign_in import SignInPassCodePayload as SignInPassCodePayload
    from aiogenauth.given.sign_in import SignInPasswordPayload as SignInPasswordPayload

MODULES: Final = {
    "aiogenauth.given.messages": (
        "EmailCodePayload",
        "SmsCodePayload",
    ),
    "aiogenauth.given.password": ("PasswordEncryptType",),
    "aiogenauth.given.phone": ("PhonePassCodePayload",),
    "aiogenauth.given.sign_in": (
        "DirectoryPayload",
        "SignInConnection",
        "SignInOptions",
        "SignInPassCodePayload",
        "SignInPasswordPayload",
    ),
}
"""The names of each module. A test compares them with the imports above."""

if not TYPE_CHECKING:
    __getattr__, __dir__ = exported(__name__, MODULES)
    __all__ = [name for names in MODULES.values() for name in names]
