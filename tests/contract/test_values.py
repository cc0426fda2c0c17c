"""What a value has to be accepts what it should, and nothing of another kind."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from genauth_contract.checks import matchers

Fits = Callable[[object], bool]


CASES: dict[str, tuple[Fits, list[object], list[object]]] = {
    "positive": (matchers.positive, [1, 0.5], [0, -1, True, "1", None]),
    "text": (matchers.text, ["x"], ["", None, 1]),
    "bearer": (matchers.bearer, ["bearer", "Bearer"], ["mac", "", None]),
    "ends_with": (matchers.ends_with("/oidc"), ["http://x/oidc"], ["/oidc/token", None]),
    "other_than": (matchers.other_than("a"), ["b"], ["a", None, 1]),
    "each_has": (matchers.each_has("a"), [[], [{"a": "x"}]], [None, [{"a": ""}], [{}], ["x"]]),
    "listing": (
        matchers.listing("a", "x", "y"),
        [[{"a": "y"}, {"a": "x"}]],
        [[{"a": "x"}], [{"a": "x"}, {"a": "x"}], [{"a": "x"}, {"a": "y"}, {"a": "y"}], [], None],
    ),
    "first_has": (matchers.first_has(a=1), [[{"a": 1}, {}]], [[], [{}], [{"a": 2}], None]),
    "first_has, a predicate": (matchers.first_has(a=matchers.text), [[{"a": "x"}]], [[{"a": ""}]]),
    "having": (matchers.having(a=1), [{"a": 1, "b": 2}], [{}, None, [{"a": 1}]]),
    "of_length": (matchers.of_length(1), [["a"]], [[], ["a", "b"], None]),
    "same_text": (matchers.same_text("a"), ["a"], ["b", None, 1]),
    "beyond": (matchers.beyond(1), [2], [1, 0, "2", None, 2.5]),
    "beyond nothing": (matchers.beyond(None), [], [None, 1]),
    "absent_or": (matchers.absent_or("a"), ["a", None], ["b", ""]),
}


@pytest.mark.parametrize(("fits", "good", "bad"), CASES.values(), ids=CASES)
def test_a_value_fits_or_does_not(fits: Fits, good: list[object], bad: list[object]) -> None:
    assert all(fits(one) for one in good)
    assert not any(fits(one) for one in bad)
