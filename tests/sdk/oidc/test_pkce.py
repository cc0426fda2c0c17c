"""Verifiers and challenges are as RFC 7636 has them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from aiogenauth import InvalidInput
from aiogenauth.oidc.pkce import challenge_for_link, challenge_of, new_verifier
from tests.sdk.support.canaries import shown

VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
"""Source: RFC 7636, appendix B."""


def test_the_example_of_the_rfc() -> None:
    assert challenge_of(VERIFIER) == challenge_of(VERIFIER, "S256") == CHALLENGE
    assert challenge_of(VERIFIER, "plain") == VERIFIER


@pytest.mark.parametrize("length", [43, 44, 128])
def test_a_verifier_has_the_length_asked_for_and_unreserved_characters(length: int) -> None:
    assert re.fullmatch(r"[A-Za-z0-9._~-]+", new_verifier(length))
    assert len(new_verifier(length)) == length


def test_no_two_verifiers_are_alike_and_all_characters_are_used() -> None:
    made = {new_verifier() for _ in range(200)}
    assert len(made) == 200
    assert len(set("".join(made))) == 66


@pytest.mark.parametrize("length", [42, 129, 0, -1, 43.0, True, "43", None], ids=repr)
def test_a_length_that_the_rfc_does_not_allow_is_refused(length: Any) -> None:  # noqa: ANN401 - anything
    with pytest.raises(InvalidInput) as refused:
        new_verifier(length)
    assert refused.value.field == "length"


@pytest.mark.parametrize(
    "verifier", ["a" * 42, "a" * 129, "ä" * 43, "a" * 42 + " ", "a" * 43 + "\n", None, 7], ids=repr
)
def test_what_is_no_verifier_is_refused_and_not_shown(verifier: Any) -> None:  # noqa: ANN401 - anything
    with pytest.raises(InvalidInput) as refused:
        challenge_of(verifier)
    assert refused.value.field == "code_challenge"
    assert not [text for text in shown(refused.value) if "a" * 42 in text]


@pytest.mark.parametrize("method", ["s256", "S512", "", 7], ids=repr)
def test_an_unknown_method_is_refused(method: Any) -> None:  # noqa: ANN401 - anything
    with pytest.raises(InvalidInput, match="S256") as refused:
        challenge_of(VERIFIER, method)
    assert refused.value.field == "method"


def test_a_link_has_a_challenge_unless_it_is_switched_off() -> None:
    made = challenge_for_link(None, None, is_wanted=True)
    assert made.verifier is not None
    assert made.sent == {
        "code_challenge": challenge_of(made.verifier),
        "code_challenge_method": "S256",
    }
    assert challenge_for_link(None, None, is_wanted=False).sent == {}


def test_a_challenge_of_the_caller_is_taken_as_s256_unless_they_say_plain() -> None:
    """Without a method a server would read it as plain. Source: RFC 7636, 4.3."""
    taken = challenge_for_link(CHALLENGE, None, is_wanted=True)
    assert taken.sent == {"code_challenge": CHALLENGE, "code_challenge_method": "S256"}
    assert taken.verifier is None
    plain = challenge_for_link(CHALLENGE, "plain", is_wanted=True)
    assert plain.sent["code_challenge_method"] == "plain"


def test_a_challenge_where_none_is_wanted_is_a_slip() -> None:
    with pytest.raises(InvalidInput) as refused:
        challenge_for_link(CHALLENGE, None, is_wanted=False)
    assert refused.value.field == "code_challenge"


def test_a_verifier_does_not_show_itself() -> None:
    made = challenge_for_link(None, None, is_wanted=True)
    assert str(made.verifier) not in repr(made)
