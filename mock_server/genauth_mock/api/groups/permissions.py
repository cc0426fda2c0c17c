"""Whether the signed-in user may act on data resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from genauth_mock.api.call import Call, reads, signed_in
from genauth_mock.engine.data_permissions import by_namespace, struct_of
from genauth_mock.engine.memberships import may
from genauth_mock.engine.value import json_shape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from genauth_mock.api.call import Data, Json
    from genauth_mock.engine.context import CallContext


@json_shape
class CheckPermission:
    """Body of the three calls ``POST /api/v3/check-permission-...-resource``."""

    action: str
    resources: list[str]


@json_shape
class ListPermissions:
    """Body of ``POST /api/v3/get-user-auth-resource-permission-list``."""

    resources: list[str]


@json_shape
class StructOfResource:
    """Body of ``POST /api/v3/get-user-auth-resource-struct``."""

    resource: str


def _checks(kind: str) -> Callable[[CallContext, CheckPermission], Data]:
    """Return what answers for one kind of resource; that unknown ones are said to be forbidden is assumed."""

    def check(context: CallContext, body: CheckPermission) -> Data:
        held = context.signed_in_user().memberships
        results: list[object] = []
        for resource in body.resources:
            allowed = may(held, kind, resource, body.action)
            results.append(
                {
                    "namespaceCode": "default" if allowed is None else allowed.namespace_code,
                    "action": body.action,
                    "resource": resource,
                    "enabled": allowed is not None,
                }
            )
        return {"checkResultList": results}

    return check


def permissions(context: CallContext, body: ListPermissions) -> Data:
    """``POST /api/v3/get-user-auth-resource-permission-list``: of resources without permission nothing is said."""
    wanted = {resource.strip("/") for resource in body.resources}
    return {
        "permissionList": [
            {
                "namespaceCode": each.namespace_code,
                "actions": list(each.actions),
                "resource": each.resource,
            }
            for each in context.signed_in_user().memberships.data_resources
            if each.resource in wanted
        ]
    }


def resources(context: CallContext, _: Mapping[str, str]) -> Data:
    """``GET /api/v3/get-user-auth-resource-list``."""
    user = context.signed_in_user()
    return {"userPermissionList": by_namespace(user.memberships, user.user_id)}


def struct(context: CallContext, body: StructOfResource) -> Json:
    """``POST /api/v3/get-user-auth-resource-struct``."""
    return struct_of(context.signed_in_user().memberships, body.resource)


CALLS: Final[tuple[Call, ...]] = (
    *(
        signed_in(
            f"/api/v3/check-permission-{kind}-resource", CheckPermission, _checks(kind.upper())
        )
        for kind in ("string", "array", "tree")
    ),
    signed_in("/api/v3/get-user-auth-resource-permission-list", ListPermissions, permissions),
    reads("/api/v3/get-user-auth-resource-list", resources),
    signed_in("/api/v3/get-user-auth-resource-struct", StructOfResource, struct),
)
