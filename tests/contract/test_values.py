"""What a value has to be accepts what it should, and nothing of another kind."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from genauth_contract.checks import matchers

Fits = Callable[[object], bool]


CASES: list[tuple[Fits, list[object], list[object]]] = [
    (matchers.positive, [1, 0.5], [0, -1, True, "1", None]),
    (matchers.text, ["x"], ["", None, 1]),
    (matchers.bearer, ["bearer", "Bearer"], ["mac", "", None]),
    (matchers.ends_with("/oidc"), ["http://x/oidc"], ["/oidc/token", None]),
    (matchers.other_than("a"), ["b"], ["a", None, 1]),
    (matchers.each_has("a"), [[], [{"a": "x"}]], [None, [{"a": ""}], [{}], ["x"]]),
    (matchers.first_has(a=1), [[{"a": 1}, {}]], [[], [{}], [{"a": 2}], None]),
    (matchers.first_has(a=matchers.text), [[{"a": "x"}]], [[{"a": ""}]]),
    (matchers.having(a=1), [{"a": 1, "b": 2}], [{}, None, [{"a": 1}]]),
    (matchers.of_length(1), [["a"]], [[], ["a", "b"], None]),
    (matchers.same_text("a"), ["a"], ["b", None, 1]),
    (matchers.beyond(1), [2], [1, 0, "2", None, 2.5]),
    (matchers.beyond(None), [], [None, 1]),
    (matchers.absent_or("a"), ["a", None], ["b", ""]),
]
IDS = [
    *("positive", "text", "bearer", "ends_with", "other_than"),
    *(
        "each_has",
        "first_has",
        "first_fits",
        "having",
        "of_length",
        "same_text",
        "beyond",
        "none",
        "absent_or",
    ),
]


@pytest.mark.parametrize(("fits", "good", "bad"), CASES, ids=IDS)
def test_a_value_fits_or_does_not(fits: Fits, good: list[object], bad: list[object]) -> None:
    assert all(fits(one) for one in good)
    assert not any(fits(one) for one in bad)
