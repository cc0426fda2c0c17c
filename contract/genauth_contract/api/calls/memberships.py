"""Calls that read what belongs to the signed-in user."""

from __future__ import annotations

from typing import Final

from genauth_contract.api.call import ApiCall, sent_to
from genauth_contract.api.endpoint import (
    ANY_TEXT,
    FLAG,
    MOMENT,
    PROVIDERS,
    Endpoint,
    Named,
    number,
    one_of,
    record,
    text,
)
from genauth_contract.api.fields import USER
from genauth_contract.outcomes.models import User
from genauth_contract.outcomes.requests import INVALID_ARGUMENT

_TEXTS: Final = {"type": "array", "items": ANY_TEXT}


def _listed(name: str, item: Named) -> Named:
    return Named(name, {"type": "array", "items": item})


def _paged(name: str, item: Named) -> Named:
    return record(name, {"totalCount": number(), "list": {"type": "array", "items": item}})


_ROLE: Final = record(
    "Role",
    dict.fromkeys(("id", "code", "name", "description", "namespace", "namespaceName"), ANY_TEXT),
    {"status": ANY_TEXT},
)
_GROUP: Final = record(
    "Group",
    {
        **dict.fromkeys(("id", "code", "name", "description", "type"), ANY_TEXT),
        "metadataSource": _TEXTS,
        "members": {"type": "array", "items": USER},
    },
)
_DEPARTMENT: Final = record(
    "Department",
    {
        **dict.fromkeys(
            ("organizationCode", "departmentId", "name", "description", "code"), ANY_TEXT
        ),
        **dict.fromkeys(("isRoot", "isLeader", "isMainDepartment", "isVirtualNode"), FLAG),
        "createdAt": MOMENT,
        "joinedAt": MOMENT,
    },
    {"openDepartmentId": ANY_TEXT, "customData": {"type": "object"}},
)
_TENANT: Final = record(
    "Tenant", {"tenantId": ANY_TEXT, "tenantName": ANY_TEXT, "joinAt": ANY_TEXT}
)
_APP: Final = record(
    "UserApp",
    {**dict.fromkeys(("appId", "appName", "appLoginUrl", "appLogo"), ANY_TEXT), "active": FLAG},
)
_RESOURCE: Final = record(
    "AuthorizedResource",
    {
        "resourceCode": ANY_TEXT,
        "resourceType": one_of("DATA", "API", "MENU", "BUTTON", "UI"),
        "apiIdentifier": ANY_TEXT,
        "actions": _TEXTS,
        "effect": one_of("ALLOW", "DENY"),
    },
    {"description": ANY_TEXT},
)
_IDENTITY: Final = record(
    "Identity",
    {
        **dict.fromkeys(("identityId", "extIdpId", "type", "userIdInIdp"), ANY_TEXT),
        "provider": one_of(*PROVIDERS),
        "userInfoInIdp": {"type": "object"},
        "originConnIds": _TEXTS,
    },
    {"accessToken": ANY_TEXT, "refreshToken": ANY_TEXT},
)

ROLES_CALL: Final = Endpoint(
    "get-my-role-list",
    "List the roles.",
    data=_listed("Roles", _ROLE),
    needs_user=True,
    query={"namespace": ANY_TEXT},
    sdk_method="get_role_list",
)
GROUPS_CALL: Final = Endpoint(
    "get-my-group-list",
    "List the groups.",
    data=_listed("Groups", _GROUP),
    needs_user=True,
    sdk_method="get_group_list",
)
TENANTS_CALL: Final = Endpoint(
    "get-my-tenant-list",
    "List the tenants.",
    data=_listed("Tenants", _TENANT),
    needs_user=True,
    sdk_method="get_tenant_list",
)
DEPARTMENTS_CALL: Final = Endpoint(
    "get-my-department-list",
    "List the departments.",
    data=_paged("Departments", _DEPARTMENT),
    needs_user=True,
    ends=(INVALID_ARGUMENT,),
    flags=("withCustomData",),
    query={
        "page": number(),
        "limit": number(),
        "sortBy": one_of(
            "DepartmentCreatedAt", "JoinDepartmentAt", "DepartmentName", "DepartmemtCode"
        ),
        "orderBy": one_of("Asc", "Desc"),
    },
    sdk_method="get_department_list",
)
APPS_CALL: Final = Endpoint(
    "get-my-accessible-apps",
    "List the apps.",
    data=_listed("UserApps", _APP),
    needs_user=True,
    sdk_method="get_accessible_apps",
)
LOGGED_IN_APPS_CALL: Final = Endpoint(
    "get-my-logged-in-apps",
    "List the apps that the user is signed in to.",
    data=_listed("LoggedInApps", _APP),
    needs_user=True,
    sdk_method="get_logged_in_apps",
)
RESOURCES_CALL: Final = Endpoint(
    "get-my-authorized-resources",
    "List the resources.",
    data=_paged("AuthorizedResources", _RESOURCE),
    needs_user=True,
    query={
        "namespace": ANY_TEXT,
        "resourceType": one_of("DATA", "API", "MENU", "BUTTON", "UI"),
    },
    sdk_method="get_authorized_resources",
)
IDENTITIES_CALL: Final = Endpoint(
    "get-identities",
    "List the linked accounts.",
    data=_listed("Identities", _IDENTITY),
    needs_user=True,
)
UNLINK_CALL: Final = Endpoint(
    "unlink-extidp",
    "Unlink the accounts of one provider.",
    request=record("UnlinkExtIdp", {"extIdpId": text()}),
    needs_user=True,
    sdk_method="unlink_ext_idp",
)

LISTS: Final = (
    ROLES_CALL,
    GROUPS_CALL,
    TENANTS_CALL,
    DEPARTMENTS_CALL,
    APPS_CALL,
    LOGGED_IN_APPS_CALL,
    RESOURCES_CALL,
    IDENTITIES_CALL,
)
"""The calls that only read. Source: API reference, get-my-... and get-identities."""


def unlink_ext_idp(user: User, ext_idp_id: str) -> ApiCall:
    """Unlink the accounts of a provider. Source: API reference, unlink-extidp."""
    return sent_to(UNLINK_CALL, {"extIdpId": ext_idp_id}, user)
