"""What belongs to the signed-in user, and what they may do."""

from __future__ import annotations

from genauth_contract.api.call import any_post, sent_to
from genauth_contract.api.calls.memberships import LISTS, unlink_ext_idp
from genauth_contract.api.calls.permissions import CHECKS, check_permission, list_permissions
from genauth_contract.outcomes.accounts import NOT_SIGNED_IN, USER_SUSPENDED
from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.models import NOBODY, is_list, is_object
from genauth_contract.outcomes.requests import INVALID_ARGUMENT, OK
from genauth_contract.play.context import World
from genauth_contract.play.scenario import scenario
from genauth_contract.scenarios.reasons import MALFORMED

_LISTS = "API reference, get-my-role-list and its neighbours"
_CHECKS = "API reference, check-permission-string-resource and its neighbours"
_GIVEN = "what a lent account belongs to is not ours to choose"
_NAMES = "the SDK's names of these calls are tested in its own suite"


@scenario(Evidence.DOCS, _LISTS, wire_only=_NAMES)
def a_user_lists_what_belongs_to_them(world: World) -> None:
    user = world.user_without_phone()
    for endpoint in LISTS:
        world.expect(OK, sent_to(endpoint, user=user))


@scenario(Evidence.DOCS, _LISTS, mock_only=_GIVEN, wire_only=_NAMES)
def what_was_given_to_a_user_is_listed(world: World) -> None:
    user = world.mock.user(
        username="ada",
        roles=[{"code": "admin"}],
        groups=[{"code": "staff"}],
        tenants=[{"tenantId": "t1"}],
        departments=[{"departmentId": "d1"}],
        apps=[{"appId": "crm"}],
        authorizedResources=[{"resourceCode": "orders", "actions": ["read"]}],
        identities=[{"extIdpId": "e1", "userIdInIdp": "u1"}],
    )
    for endpoint in LISTS:
        world.expect(OK, sent_to(endpoint, user=user))


@scenario(Evidence.CLIENT, "C# SDK's live test: an unknown id is not an error", wire_only=_NAMES)
def unlinking_what_is_not_linked_does_nothing(world: World) -> None:
    world.expect(OK, unlink_ext_idp(world.user_without_phone(), "no-such-provider"))


@scenario(Evidence.DOCS, _CHECKS, mock_only=_GIVEN, wire_only=_NAMES)
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


def _are(enabled: list[bool]) -> object:
    def fits(results: object) -> bool:
        return is_list(results) and enabled == [
            is_object(one) and one.get("enabled") for one in results
        ]

    return fits


def _has_one(permissions: object) -> bool:
    return is_list(permissions) and len(permissions) == 1


@scenario(Evidence.DOCS, _LISTS, wire_only="the SDK asks for a token before it sends")
def listing_without_signing_in_is_refused(world: World) -> None:
    for endpoint in LISTS:
        world.expect(NOT_SIGNED_IN, sent_to(endpoint, user=NOBODY))
    for endpoint in CHECKS:
        world.expect(NOT_SIGNED_IN, check_permission(endpoint, NOBODY, "get", "a"))
    world.expect(NOT_SIGNED_IN, list_permissions(NOBODY, "a"))
    world.expect(NOT_SIGNED_IN, unlink_ext_idp(NOBODY, "e1"))


@scenario(
    Evidence.ASSUMED,
    "API reference, UserDto.status",
    mock_only="suspending a live user needs the management API",
    wire_only=_NAMES,
)
def a_suspended_user_lists_nothing(world: World) -> None:
    user = world.mock.user(username="asleep", status="Suspended")
    for endpoint in LISTS:
        world.expect(USER_SUSPENDED, sent_to(endpoint, user=user))
    for endpoint in CHECKS:
        world.expect(USER_SUSPENDED, check_permission(endpoint, user, "get", "a"))
    world.expect(USER_SUSPENDED, list_permissions(user, "a"))
    world.expect(USER_SUSPENDED, unlink_ext_idp(user, "e1"))


@scenario(Evidence.DOCS, _CHECKS, wire_only=MALFORMED)
def asking_without_the_fields_is_refused(world: World) -> None:
    user = world.user_without_phone()
    for endpoint in CHECKS:
        refused = INVALID_ARGUMENT.naming("action", "resources")
        world.expect(refused, any_post(endpoint.name, {}, user))
    listed = any_post("get-user-auth-resource-permission-list", {}, user)
    world.expect(INVALID_ARGUMENT.naming("resources"), listed)
    world.expect(INVALID_ARGUMENT.naming("extIdpId"), any_post("unlink-extidp", {}, user))
