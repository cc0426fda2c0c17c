"""Calls about what the signed-in user belongs to, and where and when they signed in."""

from __future__ import annotations

from typing import Final

from aiogenauth import given, shapes
from aiogenauth.calls.arguments import (
    choice_if_given,
    flag_if_given,
    number_if_given,
    text_if_given,
)
from aiogenauth.calls.endpoints import get
from aiogenauth.calls.group import CallGroup

GET_LOGIN_HISTORY: Final = get("get_login_history", "/api/v3/get-my-login-history")
GET_LOGGED_IN_APPS: Final = get("get_logged_in_apps", "/api/v3/get-my-logged-in-apps")
GET_ACCESSIBLE_APPS: Final = get("get_accessible_apps", "/api/v3/get-my-accessible-apps")
GET_TENANT_LIST: Final = get("get_tenant_list", "/api/v3/get-my-tenant-list")
GET_ROLE_LIST: Final = get("get_role_list", "/api/v3/get-my-role-list")
GET_GROUP_LIST: Final = get("get_group_list", "/api/v3/get-my-group-list")
GET_DEPARTMENT_LIST: Final = get("get_department_list", "/api/v3/get-my-department-list")
GET_AUTHORIZED_RESOURCES: Final = get(
    "get_authorized_resources", "/api/v3/get-my-authorized-resources"
)


class MembershipCalls(CallGroup):
    """What belongs to the signed-in user. All of these raise `NotSignedIn` without a good token."""

    async def get_login_history(  # noqa: PLR0913, PLR0917 - as the official SDK takes it
        self,
        app_id: str | None = None,
        client_ip: str | None = None,
        success: bool | None = None,  # noqa: FBT001 - the official SDK takes it so
        start: int | None = None,
        end: int | None = None,
        page: int | None = None,
        limit: int | None = None,
    ) -> shapes.LoginHistory:
        """List the sign-ins of the user, those that failed too, unless `success` says otherwise.

        Args:
            app_id: Only those to this application.
            client_ip: Only those from this address.
            success: Only those that went well, or only those that failed.
            start: Only those since this moment, in milliseconds since 1970.
            end: Only those until this moment, in milliseconds since 1970.
            page: From 1, which is also what GenAuth takes where it is left out.
            limit: Sign-ins on a page: 10 if left out, 50 at most.

        Source: API reference, get-my-login-history.
        """
        return await self._ask(
            GET_LOGIN_HISTORY,
            shapes.LoginHistory,
            appId=text_if_given(app_id, "app_id"),
            clientIp=text_if_given(client_ip, "client_ip"),
            success=flag_if_given(success, "success"),
            start=number_if_given(start, "start"),
            end=number_if_given(end, "end"),
            page=number_if_given(page, "page"),
            limit=number_if_given(limit, "limit"),
        )

    async def get_logged_in_apps(self) -> tuple[shapes.UserApp, ...]:
        """List the applications that the user is signed in to.

        Source: API reference, get-my-logged-in-apps.
        """
        return await self._ask(GET_LOGGED_IN_APPS, tuple[shapes.UserApp, ...])

    async def get_accessible_apps(self) -> tuple[shapes.UserApp, ...]:
        """List the applications that the user may sign in to.

        Source: API reference, get-my-accessible-apps.
        """
        return await self._ask(GET_ACCESSIBLE_APPS, tuple[shapes.UserApp, ...])

    async def get_tenant_list(self) -> tuple[shapes.Tenant, ...]:
        """List the tenants that the user is a member of.

        Source: API reference, get-my-tenant-list.
        """
        return await self._ask(GET_TENANT_LIST, tuple[shapes.Tenant, ...])

    async def get_role_list(self, namespace: str | None = None) -> tuple[shapes.Role, ...]:
        """List the roles of the user.

        Args:
            namespace: Only those of the permission space with this code.

        Source: API reference, get-my-role-list.
        """
        return await self._ask(
            GET_ROLE_LIST, tuple[shapes.Role, ...], namespace=text_if_given(namespace, "namespace")
        )

    async def get_group_list(self) -> tuple[shapes.Group, ...]:
        """List the groups that the user is in.

        Source: API reference, get-my-group-list.
        """
        return await self._ask(GET_GROUP_LIST, tuple[shapes.Group, ...])

    async def get_department_list(  # noqa: PLR0913, PLR0917 - as an official SDK takes it
        self,
        page: int | None = None,
        limit: int | None = None,
        with_custom_data: bool | None = None,  # noqa: FBT001 - an official SDK takes it so
        sort_by: given.DepartmentOrder | None = None,
        order_by: given.Direction | None = None,
    ) -> shapes.DepartmentPage:
        """List the departments that the user works in.

        The official SDK for GenAuth lacks this call; that for Authing has it.

        Args:
            page: From 1, which is also what GenAuth takes where it is left out.
            limit: Departments on a page: 10 if left out, 50 at most.
            with_custom_data: Include the fields that the console defines.
            sort_by: By what; by the time of joining if left out.
            order_by: `"Asc"` or `"Desc"`, which is what GenAuth takes where it is left out.

        Source: API reference, get-my-department-list.
        """
        return await self._ask(
            GET_DEPARTMENT_LIST,
            shapes.DepartmentPage,
            page=number_if_given(page, "page"),
            limit=number_if_given(limit, "limit"),
            withCustomData=flag_if_given(with_custom_data, "with_custom_data"),
            sortBy=choice_if_given(sort_by, given.DepartmentOrder, "sort_by"),
            orderBy=choice_if_given(order_by, given.Direction, "order_by"),
        )

    async def get_authorized_resources(
        self, namespace: str | None = None, resource_type: given.ResourceType | None = None
    ) -> shapes.AuthorizedResources:
        """List the resources that the user was given rights to, by roles and otherwise.

        Args:
            namespace: Only those of the permission space with this code.
            resource_type: Only those of this type.

        Raises:
            PermissionDenied: The application may not ask. Source: a live test of another SDK.

        Source: API reference, get-my-authorized-resources.
        """
        return await self._ask(
            GET_AUTHORIZED_RESOURCES,
            shapes.AuthorizedResources,
            namespace=text_if_given(namespace, "namespace"),
            resourceType=choice_if_given(resource_type, given.ResourceType, "resource_type"),
        )
