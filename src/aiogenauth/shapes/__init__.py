"""The shapes of what GenAuth answers. Each module is imported when one of its names is first used."""

from typing import TYPE_CHECKING, Final

from aiogenauth.shapes.lazily import gathered

MODULES: Final = (
    "account",
    "devices",
    "email",
    "events",
    "factors",
    "identities",
    "memberships",
    "messages",
    "oidc",
    "passkeys",
    "password",
    "permissions",
    "phone",
    "profile",
    "qr_codes",
    "sign_in",
    "system",
    "wechat",
    "wechat_mobile",
)
"""Every module beside this one. A test compares them with the imports below, and with the files."""

if TYPE_CHECKING:
    from aiogenauth.shapes.account import *
    from aiogenauth.shapes.devices import *
    from aiogenauth.shapes.email import *
    from aiogenauth.shapes.events import *
    from aiogenauth.shapes.factors import *
    from aiogenauth.shapes.identities import *
    from aiogenauth.shapes.memberships import *
    from aiogenauth.shapes.messages import *
    from aiogenauth.shapes.oidc import *
    from aiogenauth.shapes.passkeys import *
    from aiogenauth.shapes.password import *
    from aiogenauth.shapes.permissions import *
    from aiogenauth.shapes.phone import *
    from aiogenauth.shapes.profile import *
    from aiogenauth.shapes.qr_codes import *
    from aiogenauth.shapes.sign_in import *
    from aiogenauth.shapes.system import *
    from aiogenauth.shapes.wechat import *
    from aiogenauth.shapes.wechat_mobile import *
else:
    __getattr__, __dir__ = gathered(__name__, MODULES)
