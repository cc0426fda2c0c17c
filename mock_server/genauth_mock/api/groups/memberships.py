"""What belongs to the signed-in user: roles, groups, departments, tenants, apps, resources, identities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from attrs import field

from genauth_mock.api.call import Call, reads, signed_in
from genauth_mock.api.queries import page_of
from genauth_mock.engine.memberships import App, in_namespace, shown
from genauth_mock.engine.profile import full_profile, timestamp, unlink
from genauth_mock.engine.value import json_shape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from genauth_mock.api.call import Data, Json
    from genauth_mock.engine.context import CallContext

    Query = Mapping[str, str]

_ORDERS: Final = {
    "DepartmentCreatedAt": "createdAt",
    "JoinDepartmentAt": "joinedAt",
    "DepartmentName": "name",
    "DepartmemtCode": "code",
}
"""The fields that departments are sorted by, the reference's slip included."""


@json_shape
class Unlink:
    """Body of ``POST /api/v3/unlink-extidp``."""

    ext_idp_id: str = field(alias="extIdpId")


def roles(context: CallContext, query: Query) -> Data:
    """``GET /api/v3/get-my-role-list``, of one namespace where one is named."""
    held = context.signed_in_user().memberships.roles
    return [shown(role) for role in in_namespace(held, query.get("namespace"))]


def groups(context: CallContext, _: Query) -> Data:
    """``GET /api/v3/get-my-group-list``. That only the user is named among the members is assumed."""
    user = context.signed_in_user()
    member = {name: value for name, value in full_profile(user).items() if name != "customData"}
    return [{**shown(group), "members": [member]} for group in user.memberships.groups]


def tenants(context: CallContext, _: Query) -> Data:
    """``GET /api/v3/get-my-tenant-list``."""
    user = context.signed_in_user()
    made = timestamp(user.created_at)
    return [
        {**shown(tenant), "joinAt": tenant.join_at or made} for tenant in user.memberships.tenants
    ]


def departments(context: CallContext, query: Query) -> Data:
    """``GET /api/v3/get-my-department-list``, sorted and in pages."""
    user = context.signed_in_user()
    made = timestamp(user.created_at)
    listed = [
        {
            **shown(each),
            "createdAt": each.created_at or made,
            "joinedAt": each.joined_at or made,
        }
        for each in user.memberships.departments
    ]
    if query.get("withCustomData", "").lower() != "true":
        for each in listed:
            del each["customData"]
    order = _ORDERS.get(query.get("sortBy", ""), "joinedAt")
    listed.sort(key=lambda each: str(each[order]), reverse=query.get("orderBy") == "Desc")
    return {"totalCount": len(listed), "list": page_of(listed, query)}


def accessible_apps(context: CallContext, _: Query) -> Data:
    """``GET /api/v3/get-my-accessible-apps``: the app that is asked is one of them."""
    return _with_own(context, context.signed_in_user().memberships.apps)


def logged_in_apps(context: CallContext, _: Query) -> Data:
    """``GET /api/v3/get-my-logged-in-apps``: the app that is asked, and those of the user that are active.

    Nobody signs in to another app here: that a user is signed in there is given, as the app itself is.
    """
    held = context.signed_in_user().memberships.apps
    return _with_own(context, [app for app in held if app.active])


def _with_own(context: CallContext, held: Sequence[App]) -> Data:
    apps = {app.app_id: app for app in (App(context.app_id), *held)}
    return [shown(app) for app in apps.values()]


def authorized_resources(context: CallContext, query: Query) -> Data:
    """``GET /api/v3/get-my-authorized-resources``, of one namespace or type where one is named."""
    held = context.signed_in_user().memberships.authorized_resources
    kind = query.get("resourceType")
    listed: list[Json] = []
    for each in in_namespace(held, query.get("namespace")):
        if kind in (None, "", each.resource_type):
            named = shown(each)
            del named["namespace"]
            listed.append(named)
    return {"totalCount": len(listed), "list": listed}


def identities(context: CallContext, _: Query) -> Data:
    """``GET /api/v3/get-identities``."""
    return [shown(identity) for identity in context.signed_in_user().memberships.identities]


def unlink_identity(context: CallContext, body: Unlink) -> None:
    """``POST /api/v3/unlink-extidp``; of what is not linked there is nothing to do. Source: C# SDK's live test."""
    unlink(context, body.ext_idp_id)


CALLS: Final[tuple[Call, ...]] = (
    reads("/api/v3/get-my-role-list", roles),
    reads("/api/v3/get-my-group-list", groups),
    reads("/api/v3/get-my-tenant-list", tenants),
    reads("/api/v3/get-my-department-list", departments),
    reads("/api/v3/get-my-accessible-apps", accessible_apps),
    reads("/api/v3/get-my-logged-in-apps", logged_in_apps),
    reads("/api/v3/get-my-authorized-resources", authorized_resources),
    reads("/api/v3/get-identities", identities),
    signed_in("/api/v3/unlink-extidp", Unlink, unlink_identity),
)
