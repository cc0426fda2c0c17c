"""The calls of `AuthenticationClient` that read the account, a class of their own as for phones."""

from aiogenauth.calls import endpoints
from aiogenauth.models import SecurityLevel, UserProfile
from aiogenauth.sending.executor import Courier


class AccountCalls:
    """Reading the signed-in user, and how well their account is protected."""

    _courier: Courier

    async def get_profile(
        self,
        with_custom_data: bool | None = None,  # noqa: FBT001 - the official SDK takes it so
        with_identities: bool | None = None,  # noqa: FBT001
        with_department_ids: bool | None = None,  # noqa: FBT001
    ) -> UserProfile:
        """Read the signed-in user. Fields come as the scope of the access token allows.

        Args:
            with_custom_data: Include `custom_data`.
            with_identities: Include `identities`.
            with_department_ids: Include `department_ids`.

        Raises:
            NotSignedIn: No access token, or one that is no longer good.

        Source: API reference, get-profile.
        """
        call = endpoints.get_profile(
            with_custom_data=with_custom_data,
            with_identities=with_identities,
            with_department_ids=with_department_ids,
        )
        return await self._courier.carry(call)

    async def get_security_level(self) -> SecurityLevel:
        """Read how well the account of the signed-in user is protected.

        Raises:
            NotSignedIn: No access token, or one that is no longer good.

        Source: API reference, get-security-info.
        """
        return await self._courier.carry(endpoints.get_security_level())
