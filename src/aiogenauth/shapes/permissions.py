"""What the calls answer about what a user may do with data resources."""

from collections.abc import Mapping
from typing import Any, Optional

import attrs
from attrs import field, frozen

from aiogenauth.models import Result


@frozen
class PermissionCheck(Result):
    """Whether the user may do one thing. True in a condition if they may.

    Source: API reference, check-permission-string-resource.
    """

    enabled: bool
    namespace_code: str | None = None
    """Of the permission space that the resource belongs to."""
    action: str | None = None
    resource: str | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)

    def __bool__(self) -> bool:
        """Whether they may."""
        return self.enabled


@frozen
class PermissionChecks(Result):
    """Whether the user may do something: one answer for each resource and permission space."""

    check_result_list: tuple[PermissionCheck, ...]
    request_id: str | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class TextAuthorization(Result):
    """What the user may do with a resource that is a text."""

    value: str | None = None
    actions: tuple[str, ...] | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class ListAuthorization(Result):
    """What the user may do with a resource that is a list."""

    values: tuple[str, ...] | None = None
    actions: tuple[str, ...] | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class NodeAuthorization(Result):
    """What the user may do with a node of a tree. Source: API reference, TreeAuthBo."""

    node_path: str | None = None
    """Codes from the root down, such as `"/files/2024"`."""
    node_name: str | None = None
    node_actions: tuple[str, ...] | None = None
    node_value: str | None = None
    node_extend_field_value: object = field(hash=False, default=None)
    """Fields that the console defines. Source: newer SDKs of GenAuth."""
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class TreeAuthorization(Result):
    """What the user may do with the nodes of a tree."""

    auth_list: tuple[NodeAuthorization, ...] | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class DataResource(Result):
    """A data resource that the user may do something with. One of the three authorizations is there.

    Source: API reference, get-user-auth-resource-list, OpenResource.
    """

    resource_code: str | None = None
    resource_type: str | None = None
    """`"STRING"`, `"ARRAY"` or `"TREE"`."""
    str_authorize: TextAuthorization | None = None
    arr_authorize: ListAuthorization | None = None
    tree_authorize: TreeAuthorization | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class UserPermission(Result):
    """The data resources of one permission space. Source: API reference, get-user-auth-resource-list."""

    user_id: str | None = None
    namespace_code: str | None = None
    resource_list: tuple[DataResource, ...] | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class UserPermissions(Result):
    """All data resources of a user. Source: API reference, get-user-auth-resource-list."""

    user_permission_list: tuple[UserPermission, ...]
    request_id: str | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class ResourcePermission(Result):
    """What the user may do with one resource.

    Source: API reference, get-user-auth-resource-permission-list.
    """

    namespace_code: str | None = None
    actions: tuple[str, ...] | None = None
    resource: str | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class ResourcePermissions(Result):
    """What the user may do with some resources.

    Source: API reference, get-user-auth-resource-permission-list.
    """

    permission_list: tuple[ResourcePermission, ...]
    request_id: str | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class ResourceNode(Result):
    """A node of a tree, and those under it. Source: API reference, TreeStructs."""

    code: str | None = None
    name: str | None = None
    value: str | None = None
    actions: tuple[str, ...] | None = None
    children: Optional[tuple["ResourceNode", ...]] = None  # noqa: UP045 - names itself
    """Five levels at most."""
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


attrs.resolve_types(ResourceNode)


@frozen
class TreeNodes(Result):
    """The nodes of a tree that the user may do something with."""

    node_auth_action_list: tuple[ResourceNode, ...] | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)


@frozen
class ResourceStruct(Result):
    """A data resource with what the user may do with it. One of the three is there.

    Source: API reference, get-user-auth-resource-struct.
    """

    namespace_code: str | None = None
    resource_code: str | None = None
    resource_type: str | None = None
    """`"STRING"`, `"ARRAY"` or `"TREE"`."""
    str_resource_auth_action: TextAuthorization | None = None
    arr_resource_auth_action: ListAuthorization | None = None
    tree_resource_auth_action: TreeNodes | None = None
    request_id: str | None = None
    extra: Mapping[str, Any] = field(hash=False, factory=dict[str, Any], repr=False)
