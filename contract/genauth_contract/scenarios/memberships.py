"""What belongs to the signed-in user, and what they may do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from genauth_contract.api.call import ApiCall, any_post, asked_of, sent_to
from genauth_contract.api.calls.memberships import (
    APPS_CALL,
    DEPARTMENTS_CALL,
    GROUPS_CALL,
    IDENTITIES_CALL,
    LISTS,
    LOGGED_IN_APPS_CALL,
    RESOURCES_CALL,
    ROLES_CALL,
    TENANTS_CALL,
    unlink_ext_idp,
)
from genauth_contract.api.calls.permissions import (
    CHECKS,
    check_permission,
    list_permissions,
    list_resources,
    struct_of,
)
from genauth_contract.api.endpoint import Endpoint
from genauth_contract.checks.matchers import Fits, each_has, first_has, having, listing
from genauth_contract.outcomes.accounts import NOT_SIGNED_IN, USER_SUSPENDED
from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.models import NOBODY, User, is_list, is_object
from genauth_contract.outcomes.outcome import Outcome
from genauth_contract.outcomes.own_things import UNKNOWN_RESOURCE
from genauth_contract.outcomes.requests import INVALID_ARGUMENT, OK
from genauth_contract.play.context import World
from genauth_contract.play.scenario import scenario
from genauth_contract.scenarios.reasons import MALFORMED, SUSPENDING, WANTS_SIGN_IN

_LISTS = "API reference, get-my-role-list and its neighbours"
_CHECKS = "API reference, check-permission-string-resource and its neighbours"
_TREES = "API reference, get-user-auth-resource-list and get-user-auth-resource-struct"
_GIVEN = "what a lent account belongs to is not ours to choose"

_NAMED_BY: Final[Mapping[str, str]] = {
    ROLES_CALL.name: "code",
    GROUPS_CALL.name: "code",
    TENANTS_CALL.name: "tenantId",
    DEPARTMENTS_CALL.name: "departmentId",
    APPS_CALL.name: "appId",
    LOGGED_IN_APPS_CALL.name: "appId",
    RESOURCES_CALL.name: "resourceCode",
    IDENTITIES_CALL.name: "extIdpId",
}
"""What each entry of a list has to have."""


@scenario(Evidence.DOCS, _LISTS)
def a_user_lists_what_belongs_to_them(world: World) -> None:
    user = world.user_without_phone()
    for endpoint in LISTS:
        world.expect(
            _listed(endpoint, each_has(_NAMED_BY[endpoint.name])), sent_to(endpoint, user=user)
        )


@scenario(Evidence.DOCS, _LISTS, mock_only=_GIVEN)
def what_was_given_to_a_user_is_listed(world: World) -> None:
    own = world.application.app_id
    user = world.mock.user(
        username="ada",
        roles=[{"code": "admin"}, {"code": "editor", "namespace": "blog"}],
        groups=[{"code": "staff"}],
        tenants=[{"tenantId": "t1"}],
        departments=[{"departmentId": "d1"}],
        apps=[{"appId": "crm"}, {"appId": "old", "active": False}],
        authorizedResources=[{"resourceCode": "orders", "actions": ["read"]}],
        identities=[{"extIdpId": "e1", "userIdInIdp": "u1"}],
    )
    for endpoint, names in (
        (ROLES_CALL, ["admin", "editor"]),
        (GROUPS_CALL, ["staff"]),
        (TENANTS_CALL, ["t1"]),
        (DEPARTMENTS_CALL, ["d1"]),
        (APPS_CALL, [own, "crm", "old"]),
        (LOGGED_IN_APPS_CALL, [own, "crm"]),
        (RESOURCES_CALL, ["orders"]),
        (IDENTITIES_CALL, ["e1"]),
    ):
        named = listing(_NAMED_BY[endpoint.name], *names)
        world.expect(_listed(endpoint, named), sent_to(endpoint, user=user))
    of_blog = OK.with_data(items=listing("code", "editor"))
    world.expect(of_blog, asked_of(ROLES_CALL, {"namespace": "blog"}, user))


@scenario(Evidence.DOCS, "API reference, get-my-department-list, page and limit", mock_only=_GIVEN)
def departments_come_in_pages(world: World) -> None:
    given = [{"departmentId": f"d{number}", "name": f"D{number}"} for number in range(3)]
    user = world.mock.user(username="ada", departments=given)
    first = OK.with_data(totalCount=3, list=listing("departmentId", "d0", "d1"))
    rest = OK.with_data(totalCount=3, list=listing("departmentId", "d2"))
    world.expect(first, asked_of(DEPARTMENTS_CALL, {"limit": "2"}, user))
    world.expect(rest, asked_of(DEPARTMENTS_CALL, {"limit": "2", "page": "2"}, user))


@scenario(
    Evidence.DOCS,
    "API reference, limit: 50 at most",
    wire_only=MALFORMED,
)
def a_page_that_cannot_be_is_refused(world: World) -> None:
    user = world.user_without_phone()
    for name, value in (("limit", "51"), ("page", "0")):
        asked = asked_of(DEPARTMENTS_CALL, {name: value}, user)
        world.expect(INVALID_ARGUMENT.naming(name), asked)


@scenario(Evidence.CLIENT, "C# SDK's live test: an unknown id is not an error")
def unlinking_what_is_not_linked_does_nothing(world: World) -> None:
    world.expect(OK, unlink_ext_idp(world.user_without_phone(), "no-such-provider"))


@scenario(Evidence.DOCS, "API reference, unlink-extidp", mock_only=_GIVEN)
def an_account_that_was_unlinked_is_listed_no_longer(world: World) -> None:
    linked = [{"extIdpId": name, "userIdInIdp": "u1"} for name in ("e1", "e2")]
    user = world.mock.user(username="ada", identities=linked)
    world.expect(OK, unlink_ext_idp(user, "e1"))
    left = OK.with_data(items=listing("extIdpId", "e2"))
    world.expect(left, sent_to(IDENTITIES_CALL, user=user))


@scenario(Evidence.DOCS, _CHECKS, mock_only=_GIVEN)
def a_user_may_do_what_was_allowed_and_nothing_else(world: World) -> None:
    for endpoint, kind in zip(CHECKS, ("STRING", "ARRAY", "TREE"), strict=True):
        held = [{"resource": "a/b", "resourceType": kind, "actions": ["get"]}]
        user = world.mock.user(username=kind, dataResources=held)
        allowed = OK.with_data(checkResultList=_are([True, False]))
        world.expect(allowed, check_permission(endpoint, user, "get", "a/b", "a"))
        world.expect(
            OK.with_data(checkResultList=_are([False])),
            check_permission(endpoint, user, "delete", "a/b"),
        )
        world.expect(OK.with_data(permissionList=_has_one), list_permissions(user, "a/b", "a"))


@scenario(Evidence.DOCS, _TREES, mock_only=_GIVEN)
def data_resources_are_shown_as_texts_lists_and_trees(world: World) -> None:
    user = world.mock.user(
        username="ada",
        dataResources=[
            {"resource": "motto", "value": "per aspera", "actions": ["read"]},
            {"resource": "ports", "resourceType": "ARRAY", "values": ["80"], "actions": ["use"]},
            {"resource": "files/2024", "resourceType": "TREE", "name": "Year", "actions": ["get"]},
        ],
    )
    listed = listing("resourceCode", "motto", "ports", "files")
    every = OK.with_data(userPermissionList=first_has(namespaceCode="default", resourceList=listed))
    world.expect(every, list_resources(user))
    text = having(value="per aspera", actions=["read"])
    world.expect(OK.with_data(strResourceAuthAction=text), struct_of(user, "motto"))
    many = having(values=["80"], actions=["use"])
    world.expect(OK.with_data(arrResourceAuthAction=many), struct_of(user, "ports"))
    node = having(nodeAuthActionList=first_has(code="2024", name="Year", actions=["get"]))
    tree = OK.with_data(resourceType="TREE", treeResourceAuthAction=node)
    world.expect(tree, struct_of(user, "files"))


@scenario(
    Evidence.ASSUMED, "no source says what a resource is answered that one may do nothing with"
)
def a_resource_that_one_may_do_nothing_with_is_not_shown(world: World) -> None:
    world.expect(UNKNOWN_RESOURCE, struct_of(world.user_without_phone(), "no-such-resource"))


def _listed(endpoint: Endpoint, fits: Fits) -> Outcome:
    """Expect a list: as the data, or on a page."""
    is_page = endpoint in (DEPARTMENTS_CALL, RESOURCES_CALL)
    return OK.with_data(list=fits) if is_page else OK.with_data(items=fits)


def _are(enabled: list[bool]) -> object:
    def fits(results: object) -> bool:
        return is_list(results) and enabled == [
            is_object(one) and one.get("enabled") for one in results
        ]

    return fits


def _has_one(permissions: object) -> bool:
    return is_list(permissions) and len(permissions) == 1


@scenario(Evidence.DOCS, _LISTS, wire_only=WANTS_SIGN_IN)
def listing_without_signing_in_is_refused(world: World) -> None:
    for call in _every_call(NOBODY):
        world.expect(NOT_SIGNED_IN, call)


@scenario(Evidence.ASSUMED, "API reference, UserDto.status", mock_only=SUSPENDING)
def a_suspended_user_lists_nothing(world: World) -> None:
    user = world.mock.user(username="asleep", status="Suspended")
    for call in _every_call(user):
        world.expect(USER_SUSPENDED, call)


@scenario(Evidence.DOCS, _CHECKS, wire_only=MALFORMED)
def asking_without_the_fields_is_refused(world: World) -> None:
    user = world.user_without_phone()
    for endpoint in CHECKS:
        refused = INVALID_ARGUMENT.naming("action", "resources")
        world.expect(refused, any_post(endpoint.name, {}, user))
    for field, call in (
        ("resources", "get-user-auth-resource-permission-list"),
        ("resource", "get-user-auth-resource-struct"),
        ("extIdpId", "unlink-extidp"),
    ):
        world.expect(INVALID_ARGUMENT.naming(field), any_post(call, {}, user))


def _every_call(user: User) -> Iterator[ApiCall]:
    for endpoint in LISTS:
        yield sent_to(endpoint, user=user)
    for endpoint in CHECKS:
        yield check_permission(endpoint, user, "get", "a")
    yield list_permissions(user, "a")
    yield unlink_ext_idp(user, "e1")
    yield list_resources(user)
    yield struct_of(user, "a")
