"""Calls that ask what the signed-in user may do to data resources."""

from __future__ import annotations

from typing import Final

from genauth_contract.api.call import ApiCall, sent_to
from genauth_contract.api.endpoint import ANY_TEXT, FLAG, Endpoint, record, text
from genauth_contract.outcomes.models import User

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

CHECKS: Final = (CHECK_STRING_CALL, CHECK_ARRAY_CALL, CHECK_TREE_CALL)


def check_permission(endpoint: Endpoint, user: User, action: str, *resources: str) -> ApiCall:
    """Ask about an action on resources. Source: API reference, check-permission-string-resource."""
    return sent_to(endpoint, {"action": action, "resources": list(resources)}, user)


def list_permissions(user: User, *resources: str) -> ApiCall:
    """List permissions. Source: API reference, get-user-auth-resource-permission-list."""
    return sent_to(PERMISSIONS_CALL, {"resources": list(resources)}, user)
