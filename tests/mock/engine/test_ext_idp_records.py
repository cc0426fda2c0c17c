"""Connections to identity providers, as the setting extIdps has them: read, shown, and mistakes named."""

from __future__ import annotations

import pytest

from genauth_mock.engine.ext_idp_records import ExtIdp, read_ext_idps, show_ext_idp
from genauth_mock.engine.json_values import InvalidInput
from genauth_mock.engine.settings import Settings, read_settings, show_settings

GIVEN: list[dict[str, object]] = [
    {
        "identifier": "wx",
        "type": "wechat",
        "extIdpId": "idp",
        "appSecret": "hush",
        "accounts": [{"userIdInIdp": "o1", "code": "c1", "userInfo": {"nickname": "Ada"}}],
    },
    {"identifier": "dir", "type": "ldap", "accounts": []},
]


def test_what_is_read_is_shown_as_it_was_given() -> None:
    read = read_ext_idps(GIVEN)
    assert [show_ext_idp(each) for each in read] == GIVEN
    settings = read_settings({"extIdps": GIVEN}, Settings())
    assert show_settings(settings)["extIdps"] == GIVEN
    assert read_settings(show_settings(settings), Settings()) == settings


def test_a_provider_is_named_by_its_id_or_else_by_its_connection() -> None:
    wechat, directory = read_ext_idps(GIVEN)
    assert (wechat.provider_id, directory.provider_id) == ("idp", "dir")
    assert (wechat.kind, directory.kind) == ("social", "enterprise")


def test_secrets_are_not_shown_in_a_repr() -> None:
    shown = repr(read_ext_idps(GIVEN))
    assert "hush" not in shown
    assert "c1" not in shown


MISTAKES: list[tuple[object, str]] = [
        ("wx", "must be a list"),
        ([{"type": "wechat"}], "extIdps[0].identifier is missing"),
        ([{"identifier": "a", "type": "wechatt"}], "extIdps[0].type must be one of"),
        ([{"identifier": "a", "type": "qq", "acounts": []}], "unknown field"),
        ([{"identifier": "a", "type": "qq", "accounts": [{}]}], "accounts[0].userIdInIdp is missing"),
        ([{"identifier": "a", "type": "qq"}] * 2, "each identifier stands once"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "said"), MISTAKES)
def test_a_mistake_is_named_with_its_place(given: object, said: str) -> None:
    with pytest.raises(InvalidInput, match="extIdps") as wrong:
        read_settings({"extIdps": given}, Settings())
    assert said in str(wrong.value)


def test_a_code_finds_its_account() -> None:
    [wechat] = read_ext_idps(GIVEN[:1])
    assert isinstance(wechat, ExtIdp)
    found = wechat.account_with_code("c1")
    assert found is not None
    assert found.user_id_in_idp == "o1"
    assert wechat.account_with_code("c2") is None
