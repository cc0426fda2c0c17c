"""The types of what callers give: payloads and choices. Imported late, as the `shapes` are."""

from typing import TYPE_CHECKING, Final

from aiogenauth.shapes.lazily import gathered

MODULES: Final = (
    "account",
    "email",
    "factors",
    "memberships",
    "messages",
    "passkeys",
    "password",
    "phone",
    "profile",
    "qr_codes",
    "sign_in",
    "sign_in_mobile",
    "sign_up",
)
"""Every module beside this one. A test compares them with the imports below, and with the files."""

if TYPE_CHECKING:
    from aiogenauth.given.account import *
    from aiogenauth.given.email import *
    from aiogenauth.given.factors import *
    from aiogenauth.given.memberships import *
    from aiogenauth.given.messages import *
    from aiogenauth.given.passkeys import *
    from aiogenauth.given.password import *
    from aiogenauth.given.phone import *
    from aiogenauth.given.profile import *
    from aiogenauth.given.qr_codes import *
    from aiogenauth.given.sign_in import *
    from aiogenauth.given.sign_in_mobile import *
    from aiogenauth.given.sign_up import *
else:
    __getattr__, __dir__ = gathered(__name__, MODULES)
