"""Nothing secret is kept: not in fields, not in names, not in texts, known or not."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from genauth_contract.api import openapi
from genauth_contract.outcomes.hiding import kind_of, masked
from genauth_contract.outcomes.models import PassCode, Phone, User
from genauth_contract.play.secrets import Redactor, Secrets
from genauth_contract.records.files import SecretFound, refuse_secrets, write_atomically

PHONE = Phone("18812348888")
VOCABULARY = openapi.declared().enumerated()

canaries = st.text("abcdefghij0123456789", min_size=8, max_size=20).map(
    lambda text: f"canary-7-{text}"  # a name that is letters alone is a field nobody knows yet
)
json_with: st.SearchStrategy[object] = st.deferred(
    lambda: st.one_of(
        canaries,
        st.integers(100000, 99999999),
        st.lists(json_with, max_size=3),
        st.dictionaries(
            st.one_of(
                st.sampled_from(["data", "phone", "status", "channel", "nickname"]), canaries
            ),
            json_with,
            max_size=3,
        ),
    )
)


def redactor(*known: tuple[str, str]) -> Redactor:
    secrets = Secrets()
    for kind, value in known:
        secrets.learn(kind, value)
    return Redactor(secrets, VOCABULARY)


@settings(deadline=None)  # a busy machine breaks no test
@given(answer=json_with)
def test_no_canary_planted_anywhere_is_kept(answer: object) -> None:
    kept = json.dumps(redactor().redacted({"data": answer}))
    assert "canary" not in kept
    assert not re.search(r"\d{6}", kept)


def test_identities_are_kept() -> None:
    one = redactor().redacted(
        {"phone": "18812348888", "newPhoneNumber": "18812348888", "phones": ["18812340000"]}
    )
    assert one == {"phone": "<phone:1>", "newPhoneNumber": "<phone:1>", "phones": ["<phone:2>"]}


def test_what_says_nothing_about_anybody_is_kept_in_clear() -> None:
    answer = {
        "statusCode": 499,
        "apiCode": 2001,
        "message": "验证码不正确",
        "data": {"isValid": False, "status": "Activated", "tokenExpiresIn": 60, "gender": None},
    }
    assert redactor().redacted(answer) == answer


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("requestId", "934108e5-9fbf-4d24-8da1-c330328abd6c", "<uuid:1>"),
        ("createdAt", "2026-01-01T00:00:00.000Z", "<time>"),
        ("loginsCount", 3, "<number>"),
        ("authorization", "Bearer some-token", "<token:1>"),
        ("nickname", "Somebody", "<text:1>"),
        ("channel", "CHANNEL_BIND_PHONE", "CHANNEL_BIND_PHONE"),
        ("message", "sent to 18812348888 and a@b.example", "sent to <hidden> and <hidden>"),
    ],
)
def test_a_field_is_kept_as_what_it_is(name: str, value: object, kept: object) -> None:
    assert redactor().redacted({name: value}) == {name: kept}


def test_a_known_secret_is_hidden_in_a_message_and_in_a_name() -> None:
    kept = redactor(("password", "hush-hush")).redacted(
        {"message": "not hush-hush", "hush-hush": True}
    )
    assert kept == {"message": "not <password>", "<name:1>": True}


def test_digits_are_secret_only_where_no_other_digit_touches_them() -> None:
    secrets = Secrets()
    secrets.learn("code", "123456")
    assert secrets.hide("code 123456, not 1234567") == "code <code>, not 1234567"
    assert secrets.found_in("1234567") == set()


def test_a_phone_is_known_in_every_form() -> None:
    secrets = Secrets()
    secrets.learn_phone(PHONE)
    for form in ("18812348888", "+8618812348888", "8618812348888", "008618812348888"):
        assert secrets.found_in(f"x {form} x") == {"phone"}


def test_short_values_are_no_secrets() -> None:
    secrets = Secrets()
    secrets.learn("code", "12")
    assert secrets.hide("12") == "12"


def test_secret_fields_are_learned_from_requests_and_answers() -> None:
    secrets = Secrets()
    secrets.learn_fields({"data": [{"access_token": "some-token"}], "passCode": "2718"})
    assert secrets.found_in("some-token 2718") == {"token", "code"}


@pytest.mark.parametrize("name", ["phoneCountryCode", "token_type", "phoneVerified", "gender"])
def test_a_name_that_only_sounds_secret_is_not(name: str) -> None:
    assert kind_of(name) == ""


def test_nobody_is_shown_by_repr_or_str() -> None:
    shown = f"{PHONE} {PHONE!r} {PassCode('271828')!r} {User('some-token')!r}"
    assert "18812348888" not in shown
    assert "271828" not in shown
    assert "some-token" not in shown
    assert str(PHONE) == "+86 188****8888"
    assert masked("1234") == "****"


def test_a_file_with_a_secret_is_refused_and_the_old_one_stays(tmp_path: Path) -> None:
    secrets, path = Secrets(), tmp_path / "deep" / "kept.json"
    secrets.learn("token", "some-token")
    write_atomically(path, "harmless", secrets)
    with pytest.raises(SecretFound, match="token"):
        write_atomically(path, "has some-token in it", secrets)
    assert path.read_text() == "harmless"
    assert [one.name for one in path.parent.iterdir()] == ["kept.json"]


def test_a_file_somebody_else_wrote_is_deleted_when_it_has_a_secret(tmp_path: Path) -> None:
    secrets, path = Secrets(), tmp_path / "junit.xml"
    secrets.learn("phone", "18812348888")
    path.write_text("<a>18812348888</a>")
    with pytest.raises(SecretFound):
        refuse_secrets(path, secrets, called="junit.xml")
    assert not path.exists()


def test_a_word_is_a_secret_where_it_stands_alone() -> None:
    secrets = Secrets()
    secrets.learn("username", "hann")
    assert secrets.hide("hann of the channel") == "<username> of the channel"
    assert secrets.found_in('"hann"') == {"username"}
    assert secrets.found_in("the channel") == set()


def test_a_secret_that_looks_like_one_is_found_inside_of_a_word_too() -> None:
    secrets = Secrets()
    secrets.learn("secret", "s3cret-of-ann")
    assert secrets.found_in("xs3cret-of-annx") == {"secret"}


def test_a_username_that_is_a_word_of_every_report_keeps_no_report_from_being_written() -> None:
    secrets = Secrets(lambda: "a code of other channels")
    secrets.learn("username", "other")
    assert secrets.found_in("whether a change takes codes of other channels") == set()
    assert secrets.hide("the user other is locked") == "the user <username> is locked"


def test_id_tokens_have_no_identity() -> None:
    tokens = {"one": {"id_token": "header.claims.sig"}, "other": {"id_token": "another.claims.sig"}}
    shown = {"id_token": "<id_token>"}
    assert redactor().redacted(tokens) == {"one": shown, "other": shown}
