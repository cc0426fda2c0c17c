"""Accounts at identity providers elsewhere: offered, signed in with, linked; WeChat, Alipay, LDAP and AD."""

from __future__ import annotations

from typing import Final

from genauth_contract.api.call import any_post, sent_to
from genauth_contract.api.calls.ext_idps import (
    WECHAT_TOKENS,
    alipay_auth_info,
    decrypt_data,
    ext_idps,
    link_account,
    link_url,
    sign_in_by_wechat,
    wechat_token,
)
from genauth_contract.api.calls.memberships import IDENTITIES_CALL
from genauth_contract.api.calls.profile import get_profile
from genauth_contract.api.calls.sign_in import sign_in_by_directory, sign_in_by_password
from genauth_contract.checks.matchers import bearer, each_has, ends_with, first_has, same_text, text
from genauth_contract.outcomes.accounts import (
    NOT_SIGNED_IN,
    UNKNOWN_USER,
    USER_SUSPENDED,
    WRONG_ACCOUNT_OR_PASSWORD,
)
from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.ext_idps import EXT_IDP_REFUSED, EXT_IDP_TAKEN, UNKNOWN_EXT_IDP
from genauth_contract.outcomes.models import User
from genauth_contract.outcomes.requests import INVALID_ARGUMENT, NOT_IMITATED, OK
from genauth_contract.play.context import World
from genauth_contract.play.scenario import scenario
from genauth_contract.scenarios.reasons import MALFORMED, NO_CALL

_LIST = "API reference, get-application-enabled-extidps"
_MOBILE = "API reference, signin-by-mobile"
_LINK = "C# SDK's live test: 404 to what is not there"
_LINKED = "API reference, link-extidp"
_ELSEWHERE = "who has an account elsewhere is not ours to choose"
_NOT_HERE = "a GenAuth host asks the provider"
_OTHER = "the SDK takes a 501 for an error of another name"
_DIRECTORY, _PASSWORD = "my-ldap", "a-secret-of-ours"
_WECHAT, _APP, _SECRET = "my-wechat", "wx-app", "secret-of-wx"

_CONNECTIONS: Final = [
    {
        "identifier": _WECHAT,
        "type": "wechat",
        "extIdpId": "idp-wechat",
        "appId": _APP,
        "appSecret": _SECRET,
        "accounts": [
            {
                "userIdInIdp": "openid-of-ada",
                "code": "code-of-ada",
                "username": "ada",
                "data": {"phoneNumber": "13800000000"},
            },
            {
                "userIdInIdp": "openid-of-new",
                "code": "code-of-new",
                "userInfo": {"nickname": "Newcomer"},
            },
        ],
    },
    {"identifier": "my-alipay", "type": "alipay", "authInfo": "apiname=com.alipay.account.auth"},
    *(
        {
            "identifier": f"my-{kind}",
            "type": kind,
            "accounts": [{"userIdInIdp": "ada", "password": "of-directory", "username": "ada"}],
        }
        for kind in ("ldap", "ad")
    ),
]


def _connected(world: World) -> User:
    """Connect the app to providers; return the user who has an account there."""
    world.mock.change_settings(extIdps=_CONNECTIONS)
    return world.mock.user(userId="ada", username="ada")


@scenario(Evidence.DOCS, _LIST)
def providers_are_offered_to_everybody(world: World) -> None:
    world.expect(OK.with_data(items=each_has("identifier")), ext_idps())


@scenario(Evidence.DOCS, _LIST, mock_only=_ELSEWHERE)
def providers_that_were_connected_are_offered(world: World) -> None:
    _connected(world)
    first = first_has(
        identifier=_WECHAT, extIdpId="idp-wechat", type="wechat", extIdpType="social", bindUrl=text
    )
    world.expect(OK.with_data(items=first), ext_idps())


@scenario(Evidence.DOCS, _MOBILE, mock_only=_ELSEWHERE)
def a_code_of_wechat_signs_in_whom_it_stands_for(world: World) -> None:
    _connected(world)
    tokens = OK.with_data(access_token=text, token_type=bearer)
    answer = world.expect(tokens, sign_in_by_wechat(_WECHAT, "code-of-ada"))
    signed_in = User(world.field(answer, "access_token"))
    world.expect(OK.with_data(username="ada"), get_profile(signed_in))
    linked = first_has(extIdpId="idp-wechat", userIdInIdp="openid-of-ada", provider="wechat")
    world.expect(OK.with_data(items=linked), sent_to(IDENTITIES_CALL, user=signed_in))


@scenario(Evidence.DOCS, _MOBILE, mock_only=_ELSEWHERE)
def an_account_that_nobody_has_yet_makes_a_user_once(world: World) -> None:
    _connected(world)
    first, again = (
        User(
            world.field(world.expect(OK, sign_in_by_wechat(_WECHAT, "code-of-new")), "access_token")
        )
        for _ in range(2)
    )
    profile = world.expect(OK.with_data(nickname="Newcomer"), get_profile(first))
    same = OK.with_data(userId=profile.data.get("userId"))
    world.expect(same, get_profile(again))


@scenario(Evidence.ASSUMED, f"{_MOBILE}; no source says what is answered", mock_only=_ELSEWHERE)
def a_code_that_stands_for_nobody_is_refused(world: World) -> None:
    _connected(world)
    world.expect(EXT_IDP_REFUSED, sign_in_by_wechat(_WECHAT, "made-up"))
    world.expect(EXT_IDP_REFUSED, decrypt_data(_WECHAT, "made-up"))
    for endpoint in WECHAT_TOKENS:
        world.expect(EXT_IDP_REFUSED, wechat_token(endpoint, _APP, "not this one"))


@scenario(Evidence.CLIENT, _LINK, mock_only=_ELSEWHERE)
def a_connection_that_is_not_there_is_refused(world: World) -> None:
    _connected(world)
    app_id = world.application.app_id
    for call in (
        sign_in_by_wechat("no-such", "code-of-ada"),
        alipay_auth_info("no-such"),
        decrypt_data("no-such", "code-of-ada"),
        link_url("no-such", app_id, "an-id-token"),
        link_url(_WECHAT, "no-such-app", "an-id-token"),
    ):
        world.expect(UNKNOWN_EXT_IDP, call)


@scenario(Evidence.DOCS, "API reference, generate-link-extidp-url", mock_only=_ELSEWHERE)
def a_link_to_a_provider_is_made(world: World) -> None:
    _connected(world)
    app_id = world.application.app_id
    world.expect(OK.with_data(url=text), link_url(_WECHAT, app_id, "an-id-token"))


def _id_token_of(world: World, name: str) -> str:
    """Make a user, and sign them in; return their id token."""
    world.mock.user(userId=name, username=name, password=_PASSWORD)
    answer = world.expect(OK, sign_in_by_password({"username": name}, _PASSWORD))
    token = world.field(answer, "id_token")
    world.secrets.learn("token", token)
    return token


@scenario(Evidence.DOCS, _LINKED, mock_only=_ELSEWHERE, wire_only=NO_CALL)
def a_link_that_is_followed_links_the_account(world: World) -> None:
    world.mock.change_settings(extIdps=_CONNECTIONS)
    app_id, token = world.application.app_id, _id_token_of(world, "ada")
    for _ in range(2):  # who follows it again has linked it already
        world.expect(OK, link_account(_DIRECTORY, app_id, token))
    answer = world.expect(OK, sign_in_by_password({"username": "ada"}, _PASSWORD))
    ada = User(world.field(answer, "access_token"))
    linked = first_has(extIdpId=_DIRECTORY, userIdInIdp="ada", provider="ldap")
    world.expect(OK.with_data(items=linked), sent_to(IDENTITIES_CALL, user=ada))


@scenario(
    Evidence.ASSUMED, f"{_LINKED}; an account has one user", mock_only=_ELSEWHERE, wire_only=NO_CALL
)
def an_account_of_somebody_else_is_not_linked(world: World) -> None:
    _connected(world)
    token = _id_token_of(world, "bob")
    world.expect(EXT_IDP_TAKEN, link_account(_DIRECTORY, world.application.app_id, token))


@scenario(Evidence.ASSUMED, _LINKED, mock_only=_ELSEWHERE, wire_only=NO_CALL)
def a_link_is_followed_with_an_id_token_and_to_an_account_that_is_there(world: World) -> None:
    world.mock.change_settings(extIdps=_CONNECTIONS)
    app_id, token = world.application.app_id, _id_token_of(world, "ada")
    world.expect(NOT_SIGNED_IN, link_account(_DIRECTORY, app_id, "made-up"))
    world.expect(UNKNOWN_EXT_IDP, link_account("no-such", app_id, token))
    world.expect(EXT_IDP_REFUSED, link_account("my-alipay", app_id, token))
    several = link_account(_WECHAT, app_id, token)
    world.expect(INVALID_ARGUMENT.naming("userIdInIdp"), several)
    world.mock.change_user("ada", status="Suspended")
    world.expect(USER_SUSPENDED, link_account(_DIRECTORY, app_id, token))


@scenario(Evidence.DOCS, "API reference, get-alipay-authinfo", mock_only=_ELSEWHERE)
def alipay_is_started_with_what_the_connection_has(world: World) -> None:
    _connected(world)
    started = OK.with_data(authInfo=ends_with("alipay.account.auth"))
    world.expect(started, alipay_auth_info("my-alipay"))


@scenario(
    Evidence.DOCS,
    "API reference, decrypt-wechat-miniprogram-data",
    mock_only=_ELSEWHERE,
    wire_only="the SDK gives what WeChat says as a value of its own",
)
def data_of_a_mini_program_are_decrypted(world: World) -> None:
    _connected(world)
    data = OK.with_data(phoneNumber="13800000000")
    world.expect(data, decrypt_data(_WECHAT, "code-of-ada"))


@scenario(Evidence.DOCS, "API reference, get-wechat-access-token-info", mock_only=_ELSEWHERE)
def an_access_token_of_wechat_is_kept_as_long_as_it_is_good(world: World) -> None:
    _connected(world)
    kept: list[str] = []
    for endpoint in WECHAT_TOKENS:
        given = OK.with_data(accessToken=text, expiresAt=text)
        answer = world.expect(given, wechat_token(endpoint, _APP, _SECRET))
        kept.append(world.field(answer, "accessToken"))
    same = OK.with_data(accessToken=same_text(kept[0]))
    world.expect(same, wechat_token(WECHAT_TOKENS[1], _APP, _SECRET))


@scenario(Evidence.DOCS, "API reference, signin, ldapPayload and adPayload", mock_only=_ELSEWHERE)
def a_directory_signs_in_who_has_an_account_there(world: World) -> None:
    _connected(world)
    for kind in ("LDAP", "AD"):
        right = sign_in_by_directory(kind, "ada", "of-directory")
        answer = world.expect(OK.with_data(access_token=text), right)
        signed_in = User(world.field(answer, "access_token"))
        world.expect(OK.with_data(username="ada"), get_profile(signed_in))
        wrong = sign_in_by_directory(kind, "ada", "not this one")
        world.expect(WRONG_ACCOUNT_OR_PASSWORD, wrong)


@scenario(
    Evidence.ASSUMED,
    "API reference, UserDto.status; a switch of the console for signing up",
    mock_only=_ELSEWHERE,
)
def neither_a_suspended_user_nor_a_stranger_signs_in_from_elsewhere(world: World) -> None:
    world.mock.change_settings(extIdps=_CONNECTIONS, signUpEnabled=False)
    world.mock.user(username="ada", status="Suspended")
    world.expect(USER_SUSPENDED, sign_in_by_wechat(_WECHAT, "code-of-ada"))
    world.expect(UNKNOWN_USER, sign_in_by_wechat(_WECHAT, "code-of-new"))


@scenario(Evidence.ASSUMED, _MOBILE, mock_only=_NOT_HERE, wire_only=_OTHER)
def what_a_provider_would_say_is_not_imitated_unless_it_was_given(world: World) -> None:
    for call in (
        sign_in_by_wechat(_WECHAT, "code"),
        link_url(_WECHAT, world.application.app_id, "an-id-token"),
        link_account(_WECHAT, world.application.app_id, "an-id-token"),
        alipay_auth_info("my-alipay"),
        decrypt_data(_WECHAT, "code"),
        *(wechat_token(endpoint, _APP, _SECRET) for endpoint in WECHAT_TOKENS),
    ):
        world.expect(NOT_IMITATED, call)


@scenario(Evidence.DOCS, _MOBILE, mock_only=_ELSEWHERE, wire_only=MALFORMED)
def what_is_missing_from_a_call_about_providers_is_named(world: World) -> None:
    _connected(world)
    named = {"connection": "wechat", "extIdpConnidentifier": _WECHAT}
    for field, call in (
        ("connection", any_post("signin-by-mobile", {"extIdpConnidentifier": _WECHAT})),
        ("wechatPayload.code", any_post("signin-by-mobile", named)),
        ("extIdpConnidentifier", alipay_auth_info("")),
        ("id_token", link_url(_WECHAT, "app", "")),
        ("id_token", link_account(_WECHAT, "app", "")),
        ("encryptedData", any_post("decrypt-wechat-miniprogram-data", {"code": "c", "iv": "i"})),
        *(("appSecret", any_post(each.name, {"appId": _APP})) for each in WECHAT_TOKENS),
        ("ldapPayload", any_post("signin", {"connection": "LDAP"})),
        ("adPayload", any_post("signin", {"connection": "AD"})),
    ):
        world.expect(INVALID_ARGUMENT.naming(field), call)
