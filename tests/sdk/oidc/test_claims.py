"""What a token has to say, at fixed times."""

from __future__ import annotations

import pytest

from aiogenauth import InvalidInput, TokenExpired, TokenNotYetValid
from aiogenauth.oidc.claims import Expected, TokenClaims, checked_leeway
from tests.sdk.oidc.tokens import APP, ISSUER, claims


def test_claims_tell_the_scope_and_the_end() -> None:
    said = TokenClaims(claims(scope="openid profile", exp=1000))
    assert said.scope == {"openid", "profile"}
    assert (said.sub, said.expires_at) == ("u-1", 1000)
    assert TokenClaims().scope == frozenset()
    assert repr(said) == "TokenClaims(sub='u-1', ...)"


@pytest.mark.parametrize("leeway", [0.0, 10.0])
def test_the_leeway_is_the_boundary_of_both_ends(leeway: float) -> None:
    expected = Expected(ISSUER, APP, None, leeway)
    said = claims(exp=1000, nbf=500)
    expected.check(said, 999.9 + leeway)
    with pytest.raises(TokenExpired):
        expected.check(said, 1000 + leeway)
    expected.check(said, 500 - leeway)
    with pytest.raises(TokenNotYetValid):
        expected.check(said, 499.9 - leeway)


@pytest.mark.parametrize("leeway", [-1, 601, True, "5", None, float("nan"), float("inf")], ids=repr)
def test_a_leeway_that_cannot_be_meant_is_refused(leeway: object) -> None:
    with pytest.raises(InvalidInput) as refused:
        checked_leeway(leeway)
    assert refused.value.field == "leeway"
