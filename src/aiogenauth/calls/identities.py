"""Calls about external identity providers: which there are, and how a user is known to them."""

from __future__ import annotations

from typing import Final

from aiogenauth import shapes
from aiogenauth.calls.arguments import secret, text
from aiogenauth.calls.endpoints import get, post
from aiogenauth.calls.group import CallGroup
from aiogenauth.errors import UnbindOutcomeUnknown
from aiogenauth.models import Confirmation
from aiogenauth.protocol import Auth

GENERATE_LINK_EXT_IDP_URL: Final = get(
    "generate_link_ext_idp_url", "/api/v3/generate-link-extidp-url", Auth.OPTIONAL
)
UNLINK_EXT_IDP: Final = post("unlink_ext_idp", "/api/v3/unlink-extidp", UnbindOutcomeUnknown)
GET_IDENTITIES: Final = get("get_identities", "/api/v3/get-identities")
GET_APPLICATION_ENABLED_EXT_IDPS: Final = get(
    "get_application_enabled_ext_idps", "/api/v3/get-application-enabled-extidps", Auth.OPTIONAL
)


class IdentityCalls(CallGroup):
    """Accounts elsewhere that a user signs in with, such as WeChat or Google."""

    async def generate_link_ext_idp_url(
        self, ext_idp_conn_identifier: str, app_id: str, id_token: str
    ) -> shapes.ExtIdpLink:
        """Return where a user goes to connect their account with an external identity provider.

        Args:
            ext_idp_conn_identifier: Of the connection, such as `"wechat"`.
            app_id: Id of the application.
            id_token: Of the user.

        Raises:
            ApiError: GenAuth does not know the connection or the application.

        Source: API reference, generate-link-extidp-url.
        """
        return await self._ask(
            GENERATE_LINK_EXT_IDP_URL,
            shapes.ExtIdpLink,
            ext_idp_conn_identifier=text(ext_idp_conn_identifier, "ext_idp_conn_identifier"),
            app_id=text(app_id, "app_id"),
            id_token=secret(id_token, "id_token"),
        )

    async def unlink_ext_idp(self, ext_idp_id: str) -> Confirmation:
        """Separate the signed-in user's account from an external identity provider.

        An id that the user has nothing to do with is confirmed, too. Source: a live test of
        another SDK.

        Args:
            ext_idp_id: `Identity.ext_idp_id`: the provider's, not that of the connection.

        Raises:
            LastSignInMethod: The user could not sign in any more.
            NotSignedIn: No access token, or one that is no longer good.
            UnbindOutcomeUnknown: The answer got lost; `get_identities` shows what holds.

        Source: API reference, unlink-extidp.
        """
        return await self._ask(
            UNLINK_EXT_IDP, Confirmation, extIdpId=text(ext_idp_id, "ext_idp_id")
        )

    async def get_identities(self) -> tuple[shapes.Identity, ...]:
        """List how the signed-in user is known to external identity providers.

        Raises:
            NotSignedIn: No access token, or one that is no longer good.

        Source: API reference, get-identities.
        """
        return await self._ask(GET_IDENTITIES, tuple[shapes.Identity, ...])

    async def get_application_enabled_ext_idps(self) -> tuple[shapes.ExtIdp, ...]:
        """List the external identity providers that the application offers to sign in with.

        Source: API reference, get-application-enabled-extidps.
        """
        return await self._ask(GET_APPLICATION_ENABLED_EXT_IDPS, tuple[shapes.ExtIdp, ...])
