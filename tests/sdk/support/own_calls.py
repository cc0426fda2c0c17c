"""Calls about what belongs to a user, and what GenAuth tells everybody."""

from __future__ import annotations

from typing import Any

from tests.sdk.support.answers import http, raw
from tests.sdk.support.sign_ins import Row

CHECKS = {"checkResultList": [{"resource": "r", "action": "read", "enabled": True}]}
DEVICES = [{"device": {"deviceId": "d-1", "type": "Mobile"}, "online": True}]
OWN_ANSWERS: dict[str, Any] = {
    "get-my-login-history": {"totalCount": 1, "list": [{"appId": "app-1", "success": True}]},
    "get-my-logged-in-apps": [{"appId": "app-1", "active": True}],
    "get-my-accessible-apps": [{"appId": "app-1"}],
    "get-my-tenant-list": [{"tenantId": "t-1", "joinAt": "2023"}],
    "get-my-role-list": [{"code": "admin", "namespace": "default"}],
    "get-my-group-list": [{"code": "developers", "members": []}],
    "get-my-department-list": {"totalCount": 1, "list": [{"departmentId": "d-1"}]},
    "get-my-authorized-resources": {"totalCount": 1, "list": [{"resourceCode": "ecs:1"}]},
    "check-permission-string-resource": CHECKS,
    "check-permission-array-resource": CHECKS,
    "check-permission-tree-resource": CHECKS,
    "get-user-auth-resource-list": {"userPermissionList": [{"namespaceCode": "default"}]},
    "get-user-auth-resource-permission-list": {"permissionList": [{"resource": "r"}]},
    "get-user-auth-resource-struct": {"resourceCode": "r", "resourceType": "STRING"},
    "list": DEVICES,
    "pub-userEvent": {"success": False, "errMsg": "no such event"},
    "system": raw(http(b'{"rsa": {"publicKey": "pem"}, "version": {"server": "2.0.0"}}')),
    "get-country-list": [{"alpha2": "CN", "phoneCountryCode": "+86", "name": {"zh-CN": {}}}],
}

OWN_CALLS: dict[str, Row] = {
    "get_login_history": (
        lambda c: c.get_login_history(success=False, start=1, end=2, page=1, limit=50),
        "GET /api/v3/get-my-login-history?success=false&start=1&end=2&page=1&limit=50",
        None,
    ),
    "get_login_history of an app": (
        lambda c: c.get_login_history("app-1", "203.0.113.7"),
        "GET /api/v3/get-my-login-history?appId=app-1&clientIp=203.0.113.7",
        None,
    ),
    "get_logged_in_apps": (
        lambda c: c.get_logged_in_apps(),
        "GET /api/v3/get-my-logged-in-apps",
        None,
    ),
    "get_accessible_apps": (
        lambda c: c.get_accessible_apps(),
        "GET /api/v3/get-my-accessible-apps",
        None,
    ),
    "get_tenant_list": (lambda c: c.get_tenant_list(), "GET /api/v3/get-my-tenant-list", None),
    "get_role_list": (
        lambda c: c.get_role_list("default"),
        "GET /api/v3/get-my-role-list?namespace=default",
        None,
    ),
    "get_group_list": (lambda c: c.get_group_list(), "GET /api/v3/get-my-group-list", None),
    "get_department_list": (
        lambda c: c.get_department_list(1, 10, sort_by="DepartmentName", order_by="Asc"),
        "GET /api/v3/get-my-department-list?page=1&limit=10&sortBy=DepartmentName&orderBy=Asc",
        None,
    ),
    "get_authorized_resources": (
        lambda c: c.get_authorized_resources("default", "API"),
        "GET /api/v3/get-my-authorized-resources?namespace=default&resourceType=API",
        None,
    ),
    "check_permission_by_string_resource": (
        lambda c: c.check_permission_by_string_resource(["r"], "read"),
        "POST /api/v3/check-permission-string-resource",
        {"resources": ["r"], "action": "read"},
    ),
    "check_permission_by_array_resource": (
        lambda c: c.check_permission_by_array_resource(("r",), "read"),
        "POST /api/v3/check-permission-array-resource",
        {"resources": ["r"], "action": "read"},
    ),
    "check_permission_by_tree_resource": (
        lambda c: c.check_permission_by_tree_resource(["/r/a"], "read"),
        "POST /api/v3/check-permission-tree-resource",
        {"resources": ["/r/a"], "action": "read"},
    ),
    "get_user_authorized_resources_list": (
        lambda c: c.get_user_authorized_resources_list(),
        "GET /api/v3/get-user-auth-resource-list",
        None,
    ),
    "get_user_auth_resource_permission_list": (
        lambda c: c.get_user_auth_resource_permission_list(["r"]),
        "POST /api/v3/get-user-auth-resource-permission-list",
        {"resources": ["r"]},
    ),
    "get_user_auth_resource_struct": (
        lambda c: c.get_user_auth_resource_struct("r"),
        "POST /api/v3/get-user-auth-resource-struct",
        {"resource": "r"},
    ),
    "list_devices": (
        lambda c: c.list_devices(1, 10),
        "GET /api/v3/mydevices/list?page=1&limit=10",
        None,
    ),
    "unbind_device": (
        lambda c: c.unbind_device("d-1"),
        "POST /api/v3/mydevices/unbind",
        {"deviceId": "d-1"},
    ),
    "revoke_device_session": (
        lambda c: c.revoke_device_session("d-1"),
        "POST /api/v3/mydevices/revoke-session",
        {"deviceId": "d-1"},
    ),
    "list": (lambda c: c.list(2), "GET /api/v3/mydevices/list?page=2", None),
    "unbind": (
        lambda c: c.unbind("d-1"),
        "POST /api/v3/mydevices/unbind",
        {"deviceId": "d-1"},
    ),
    "revoke": (
        lambda c: c.revoke("d-1"),
        "POST /api/v3/mydevices/revoke-session",
        {"deviceId": "d-1"},
    ),
    "put_event": (
        lambda c: c.put_event("custom_paid", {"order": 7, "to": "Ann"}),
        "POST /api/v3/pub-userEvent",
        {"eventType": "custom_paid", "eventData": '{"order": 7, "to": "Ann"}'},
    ),
    "get_system_info": (lambda c: c.get_system_info(), "GET /api/v3/system", None),
    "get_country_list": (
        lambda c: c.get_country_list(),
        "GET /api/v3/get-country-list",
        None,
    ),
}
