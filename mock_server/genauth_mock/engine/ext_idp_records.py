"""The identity providers elsewhere that an app is connected to, and who has an account there.

Nobody is asked elsewhere: what a provider would say is the setting ``extIdps``, in a seed or under ``/_mock/settings``.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal

from attrs import field

from genauth_mock.engine.json_values import InvalidInput, camel_cased
from genauth_mock.engine.memberships import shown
from genauth_mock.engine.value import frozen, frozen_for_checkers

if TYPE_CHECKING:
    from attrs import AttrsInstance

Provider = Literal[
    "oidc", "oauth2", "saml", "ldap", "ad", "cas", "azure-ad", "wechat", "google", "qq", "wechatwork",
    "dingtalk", "weibo", "github", "alipay", "apple", "baidu", "lark", "gitlab", "twitter", "facebook",
    "slack", "linkedin", "yidun", "qingcloud", "gitee", "instagram", "welink", "huawei", "honor", "xiaomi",
    "oppo", "aws", "amazon", "douyin", "kuaishou", "line", "sdbz",
]  # fmt: skip
"""Source: API reference, get-application-enabled-extidps, type."""

_ENTERPRISE: Final = {
    *("oidc", "oauth2", "saml", "ldap", "ad", "cas", "azure-ad"),
    *("wechatwork", "dingtalk", "lark", "welink"),
}
"""The kinds that companies have; the reference names the two words only, so which is which is assumed."""


@frozen(field_transformer=camel_cased)
class ExtAccount:
    """Somebody's account at a provider.

    Attributes:
        user_id_in_idp: Who they are there; at LDAP and AD their ``sAMAccountName``.
        code: The code or token that stands for them, as their device hands it to the app.
        password: Their password, at LDAP and AD.
        username: The user here that they are; None makes one where no user has the account yet.
        user_info: What the provider says of them; ``nickname``, ``name`` and ``photo`` become those of a new user.
        data: What encrypted data of a mini program hold.
    """

    user_id_in_idp: str
    code: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    username: str | None = None
    user_info: dict[str, object] = field(factory=dict[str, object], repr=False)
    data: dict[str, object] = field(factory=dict[str, object], repr=False)


@frozen(field_transformer=camel_cased)
class ExtIdp:
    """A connection to a provider.

    Attributes:
        identifier: Names the connection.
        ext_idp_id: Names the provider; the identifier where it is left out.
        auth_info: What Alipay's SDK on a phone is started with.
        app_id: Id of the mini program or official account at WeChat.
        app_secret: Its secret there.
    """

    identifier: str
    type: Provider
    ext_idp_id: str | None = None
    name: str | None = None
    name_en: str | None = None
    desc: str | None = None
    desc_en: str | None = None
    logo: str | None = None
    auth_info: str | None = field(default=None, repr=False)
    app_id: str | None = None
    app_secret: str | None = field(default=None, repr=False)
    accounts: list[ExtAccount] = field(factory=list[ExtAccount])

    @property
    def provider_id(self) -> str:
        """The id of the provider."""
        return self.ext_idp_id or self.identifier

    @property
    def kind(self) -> str:
        """``social`` or ``enterprise``."""
        return "enterprise" if self.type in _ENTERPRISE else "social"

    def account_with_code(self, code: str) -> ExtAccount | None:
        """Return the account that a code stands for."""
        return next((each for each in self.accounts if each.code == code), None)


@frozen
class _Listed:
    ext_idps: list[ExtIdp] = field(alias="extIdps")


def read_ext_idps(value: object) -> tuple[ExtIdp, ...]:
    """Read the connections of an app.

    Raises:
        ValueError: Says what they must be.
    """
    from genauth_mock.engine import json_shapes  # noqa: PLC0415 - imports cattrs, a fifth of the start

    try:
        listed = json_shapes.reader(_Listed)({"extIdps": value}).ext_idps
    except InvalidInput as error:
        msg = f'a list such as [{{"identifier": "my-wechat", "type": "wechat"}}]: {error}'
        raise ValueError(msg) from None
    names = [each.identifier for each in listed]
    if len(set(names)) < len(names):
        msg = "a list in which each identifier stands once"
        raise ValueError(msg)
    return tuple(listed)


def show_ext_idp(connection: ExtIdp) -> dict[str, object]:
    """Show a connection as it is read; what is left out stays out."""
    accounts = [_given(each) for each in connection.accounts]
    return {**_given(connection), "accounts": accounts}


def _given(value: AttrsInstance) -> dict[str, object]:
    return {name: each for name, each in shown(value).items() if each not in (None, {})}


@frozen_for_checkers
class WechatToken:
    """The access token of a mini program or official account; filed under its id at WeChat."""

    token: str = field(repr=False)
    expires_at: datetime


@frozen_for_checkers
class PendingBinding:
    """A sign-in by WeChat whose user is not known yet; filed under its key.

    Attributes:
        identifier: The connection.
        user_id_in_idp: Who they are at WeChat.
        scope: What was asked for, or None.
    """

    identifier: str
    user_id_in_idp: str
    expires_at: datetime
    scope: str | None = None
