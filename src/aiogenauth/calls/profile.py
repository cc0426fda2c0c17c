"""Calls about the profile of the signed-in user."""

from __future__ import annotations

from typing import Final

from aiogenauth import shapes
from aiogenauth.calls.group import CallGroup
from aiogenauth.calls.request import get

GET_PROFILE: Final = get("get_profile", "/api/v3/get-profile")


class ProfileCalls(CallGroup):
    """The profile of the signed-in user."""

    async def get_profile(
        self,
        with_custom_data: bool | None = None,  # noqa: FBT001 - the official SDK takes it so
        with_identities: bool | None = None,  # noqa: FBT001
        with_department_ids: bool | None = None,  # noqa: FBT001
    ) -> shapes.UserProfile:
        """Read the signed-in user. Fields come as the scope of the access token allows.

        Args:
            with_custom_data: Include `custom_data`.
            with_identities: Include `identities`.
            with_department_ids: Include `department_ids`.

        Raises:
            NotSignedIn: No access token, or one that is no longer good.

        Source: API reference, get-profile.
        """
        return await self._ask(
            GET_PROFILE,
            shapes.UserProfile,
            withCustomData=with_custom_data,
            withIdentities=with_identities,
            withDepartmentIds=with_department_ids,
        )
