"""Calls about what the signed-in user may do with data resources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from aiogenauth import shapes
from aiogenauth.calls.arguments import text, texts
from aiogenauth.calls.endpoints import get, post_to_read
from aiogenauth.calls.group import CallGroup

CHECK_PERMISSION_BY_STRING_RESOURCE: Final = post_to_read(
    "check_permission_by_string_resource", "/api/v3/check-permission-string-resource"
)
CHECK_PERMISSION_BY_ARRAY_RESOURCE: Final = post_to_read(
    "check_permission_by_array_resource", "/api/v3/check-permission-array-resource"
)
CHECK_PERMISSION_BY_TREE_RESOURCE: Final = post_to_read(
    "check_permission_by_tree_resource", "/api/v3/check-permission-tree-resource"
)
GET_USER_AUTHORIZED_RESOURCES_LIST: Final = get(
    "get_user_authorized_resources_list", "/api/v3/get-user-auth-resource-list"
)
GET_USER_AUTH_RESOURCE_PERMISSION_LIST: Final = post_to_read(
    "get_user_auth_resource_permission_list", "/api/v3/get-user-auth-resource-permission-list"
)
GET_USER_AUTH_RESOURCE_STRUCT: Final = post_to_read(
    "get_user_auth_resource_struct", "/api/v3/get-user-auth-resource-struct"
)


class PermissionCalls(CallGroup):
    """What the signed-in user may do. A refusal of a permission is an answer, not an error."""

    async def check_permission_by_string_resource(
        self, resources: Sequence[str], action: str
    ) -> shapes.PermissionChecks:
        """Ask whether the user may do something with resources that are texts.

        Args:
            resources: Codes of the resources, such as `["report"]`.
            action: What they would do, such as `"read"`.

        Raises:
            NotSignedIn: No access token, or one that is no longer good.

        Source: API reference, check-permission-string-resource.
        """
        return await self._ask(
            CHECK_PERMISSION_BY_STRING_RESOURCE,
            shapes.PermissionChecks,
            resources=texts(resources, "resources"),
            action=text(action, "action"),
        )

    async def check_permission_by_array_resource(
        self, resources: Sequence[str], action: str
    ) -> shapes.PermissionChecks:
        """Ask whether the user may do something with resources that are lists.

        Args:
            resources: Codes of the resources, such as `["regions"]`.
            action: What they would do, such as `"read"`.

        Raises:
            NotSignedIn: No access token, or one that is no longer good.

        Source: API reference, check-permission-array-resource.
        """
        return await self._ask(
            CHECK_PERMISSION_BY_ARRAY_RESOURCE,
            shapes.PermissionChecks,
            resources=texts(resources, "resources"),
            action=text(action, "action"),
        )

    async def check_permission_by_tree_resource(
        self, resources: Sequence[str], action: str
    ) -> shapes.PermissionChecks:
        """Ask whether the user may do something with nodes of resources that are trees.

        Args:
            resources: Paths of the nodes, such as `["/files/2024/invoices"]`.
            action: What they would do, such as `"read"`.

        Raises:
            NotSignedIn: No access token, or one that is no longer good.

        Source: API reference, check-permission-tree-resource.
        """
        return await self._ask(
            CHECK_PERMISSION_BY_TREE_RESOURCE,
            shapes.PermissionChecks,
            resources=texts(resources, "resources"),
            action=text(action, "action"),
        )

    async def get_user_authorized_resources_list(self) -> shapes.UserPermissions:
        """List all data resources that the user may do something with.

        Raises:
            NotSignedIn: No access token, or one that is no longer good.

        Source: API reference, get-user-auth-resource-list.
        """
        return await self._ask(GET_USER_AUTHORIZED_RESOURCES_LIST, shapes.UserPermissions)

    async def get_user_auth_resource_permission_list(
        self, resources: Sequence[str]
    ) -> shapes.ResourcePermissions:
        """List what the user may do with some data resources.

        Args:
            resources: Codes of the resources; paths, for nodes of a tree.

        Raises:
            NotSignedIn: No access token, or one that is no longer good.

        Source: API reference, get-user-auth-resource-permission-list.
        """
        return await self._ask(
            GET_USER_AUTH_RESOURCE_PERMISSION_LIST,
            shapes.ResourcePermissions,
            resources=texts(resources, "resources"),
        )

    async def get_user_auth_resource_struct(self, resource: str) -> shapes.ResourceStruct:
        """Return one data resource with what the user may do with it, node by node.

        Args:
            resource: Code of the resource.

        Raises:
            NotSignedIn: No access token, or one that is no longer good.

        Source: API reference, get-user-auth-resource-struct.
        """
        return await self._ask(
            GET_USER_AUTH_RESOURCE_STRUCT,
            shapes.ResourceStruct,
            resource=text(resource, "resource"),
        )
