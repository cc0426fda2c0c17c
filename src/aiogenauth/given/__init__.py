"""The types of what callers give: payloads and choices. Imported late, as the `shapes` are."""

from typing import TYPE_CHECKING, Final

from aiogenauth.shapes.lazily import exported

if TYPE_CHECKING:
    from aiogenauth.given.messages import EmailCodePayload as EmailCodePayload
    from aiogenauth.given.messages import SmsCodePayload as SmsCodePayload
    from aiogenauth.given.password import PasswordEncryptType as PasswordEncryptType
    from aiogenauth.given.phone import PhonePassCodePayload as PhonePassCodePayload

MODULES: Final = {
    "aiogenauth.given.messages": ("EmailCodePayload", "SmsCodePayload"),
    "aiogenauth.given.password": ("PasswordEncryptType",),
    "aiogenauth.given.phone": ("PhonePassCodePayload",),
}
"""The names of each module. A test compares them with the imports above."""

if not TYPE_CHECKING:
    __getattr__, __dir__ = exported(__name__, MODULES)
    __all__ = [name for names in MODULES.values() for name in names]
