"""Calls that ask what the signed-in user may do to data resources."""

from __future__ import annotations

from typing import Final

from genauth_contract.api.call import ApiCall, sent_to
from genauth_contract.api.endpoint import ANY_TEXT, FLAG, Endpoint, one_of, record, text
from genauth_contract.outcomes.models import User
from genauth_contract.outcomes.own_things import UNKNOWN_RESOURCE

_TEXTS: Final = {"type": "array", "items": ANY_TEXT}
_ASKED: Final = record("CheckPermission", {"action": text(), "resources": _TEXTS})
_RESULT: Final = record(
    "PermissionCheck",
    {"namespaceCode": ANY_TEXT, "action": ANY_TEXT, "resource": ANY_TEXT, "enabled": FLAG},
)
_RESULTS: Final = record(
    "PermissionChecks", {"checkResultList": {"type": "array", "items": _RESULT}}
)
_PERMISSION: Final = record(
    "Permission", {"namespaceCode": ANY_TEXT, "actions": _TEXTS, "resource": ANY_TEXT}
)


def _check(kind: str) -> Endpoint:
    return Endpoint(
        f"check-permission-{kind}-resource",
        f"Ask whether the user may act on resources of the kind {kind}.",
        request=_ASKED,
        data=_RESULTS,
        needs_user=True,
        sdk_method=f"check_permission_by_{kind}_resource",
    )


CHECK_STRING_CALL: Final = _check("string")
CHECK_ARRAY_CALL: Final = _check("array")
CHECK_TREE_CALL: Final = _check("tree")
PERMISSIONS_CALL: Final = Endpoint(
    "get-user-auth-resource-permission-list",
    "List what the user may do to resources.",
    request=record("ListPermissions", {"resources": _TEXTS}),
    data=record("Permissions", {"permissionList": {"type": "array", "items": _PERMISSION}}),
    needs_user=True,
)

_TEXT_ACTIONS: Final = record("TextActions", {"value": ANY_TEXT, "actions": _TEXTS})
_LIST_ACTIONS: Final = record("ListActions", {"values": _TEXTS, "actions": _TEXTS})
_NODE_OF_LIST: Final = record(
    "ListedNode",
    {"nodePath": ANY_TEXT, "nodeName": ANY_TEXT, "nodeActions": _TEXTS},
    {"nodeValue": ANY_TEXT},
)
_NODE: Final = record(
    "TreeNode",
    {"code": ANY_TEXT, "name": ANY_TEXT},
    {
        "value": ANY_TEXT,
        "actions": _TEXTS,
        "children": {"type": "array", "items": {"$ref": "#/components/schemas/TreeNode"}},
    },
)
_KIND: Final = one_of("TREE", "STRING", "ARRAY")
_RESOURCE: Final = record(
    "DataResource",
    {"resourceCode": ANY_TEXT, "resourceType": _KIND},
    {
        "strAuthorize": _TEXT_ACTIONS,
        "arrAuthorize": _LIST_ACTIONS,
        "treeAuthorize": record(
            "TreeActions", {"authList": {"type": "array", "items": _NODE_OF_LIST}}
        ),
    },
)
_NAMESPACE: Final = record(
    "NamespacePermissions",
    {"userId": ANY_TEXT, "namespaceCode": ANY_TEXT},
    {"resourceList": {"type": "array", "items": _RESOURCE}},
)
RESOURCE_LIST_CALL: Final = Endpoint(
    "get-user-auth-resource-list",
    "List all data resources that the user may do something with.",
    data=record("UserPermissions", {"userPermissionList": {"type": "array", "items": _NAMESPACE}}),
    needs_user=True,
    sdk_method="get_user_authorized_resources_list",
)
RESOURCE_STRUCT_CALL: Final = Endpoint(
    "get-user-auth-resource-struct",
    "Return one data resource, with what the user may do with it.",
    request=record("StructOfResource", {"resource": text()}),
    data=record(
        "ResourceStruct",
        {"namespaceCode": ANY_TEXT, "resourceCode": ANY_TEXT, "resourceType": _KIND},
        {
            "strResourceAuthAction": _TEXT_ACTIONS,
            "arrResourceAuthAction": _LIST_ACTIONS,
            "treeResourceAuthAction": record(
                "TreeNodes", {}, {"nodeAuthActionList": {"type": "array", "items": _NODE}}
            ),
        },
    ),
    needs_user=True,
    ends=(UNKNOWN_RESOURCE,),
)

CHECKS: Final = (CHECK_STRING_CALL, CHECK_ARRAY_CALL, CHECK_TREE_CALL)


def check_permission(endpoint: Endpoint, user: User, action: str, *resources: str) -> ApiCall:
    """Ask about an action on resources. Source: API reference, check-permission-string-resource."""
    return sent_to(endpoint, {"action": action, "resources": list(resources)}, user)


def list_permissions(user: User, *resources: str) -> ApiCall:
    """List permissions. Source: API reference, get-user-auth-resource-permission-list."""
    return sent_to(PERMISSIONS_CALL, {"resources": list(resources)}, user)


def list_resources(user: User) -> ApiCall:
    """List all data resources. Source: API reference, get-user-auth-resource-list."""
    return sent_to(RESOURCE_LIST_CALL, user=user)


def struct_of(user: User, resource: str) -> ApiCall:
    """Ask for one resource. Source: API reference, get-user-auth-resource-struct."""
    return sent_to(RESOURCE_STRUCT_CALL, {"resource": resource}, user)
