"""What the calls about external identity providers answer."""

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from aiogenauth.models import Result
from aiogenauth.redaction import Secret, redacted, secret_or_none


@frozen
class Identity(Result):
    """Who the user is to an external identity provider. One provider may know them by several ids.

    Source: API reference, get-identities.
    """

    identity_id: str | None = None
    ext_idp_id: str | None = None
    """Id of the provider; `unlink_ext_idp` wants it."""
    provider: str | None = None
    """Such as `"wechat"`, `"google"`, `"oidc"`, `"ldap"`."""
    type: str | None = None
    """What kind of id it is, such as `"openid"`, `"unionid"` or `"primary"`."""
    user_id_in_idp: str | None = None
    user_info_in_idp: Mapping[str, Any] | None = field(hash=False, default=None, repr=False)
    """What the provider says of the user, in its own words."""
    access_token: str | None = field(default=None, converter=secret_or_none, repr=redacted)
    """Of the provider, not of GenAuth."""
    refresh_token: str | None = field(default=None, converter=secret_or_none, repr=redacted)
    """Of the provider, not of GenAuth."""
    origin_conn_ids: tuple[str, ...] | None = None
    """Ids of the connections through which they came."""
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class ExtIdp(Result):
    """An external identity provider that users of the application may sign in with.

    Source: API reference, get-application-enabled-extidps.
    """

    identifier: str | None = None
    """Of the connection; `generate_link_ext_idp_url` wants it."""
    ext_idp_id: str | None = None
    type: str | None = None
    """Such as `"wechat"`, `"google"`, `"oidc"`, `"ldap"`."""
    ext_idp_type: str | None = None
    """`"social"` or `"enterprise"`."""
    bind_url: str | None = None
    """Where a browser goes to sign in."""
    name: str | None = None
    """For people, as are the next three."""
    name_en: str | None = None
    desc: str | None = None
    desc_en: str | None = None
    logo: str | None = None
    """URL of a picture."""
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class ExtIdpLink(Result):
    """Where a user goes to connect their account with an external identity provider.

    Source: API reference, generate-link-extidp-url.
    """

    url: str = field(converter=Secret, repr=redacted)
    """For this user only: whoever opens it acts in their name, so it is not shown."""
    request_id: str | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)
