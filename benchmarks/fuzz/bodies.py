"""JSON of any kind for every call, drawn by Hypothesis: the fields of the call with values that do not fit."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, cast

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from benchmarks.fuzz.requests import BODIES

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

BODIES_OF: Final = {path: body for path, body in BODIES.items() if path != "/_mock/faults"}
"""The bodies that are varied; a fault made at random may ask for the 5xx that is looked for."""

_SCALARS: Final[SearchStrategy[Any]] = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
)
ANY_JSON: Final[SearchStrategy[Any]] = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=8,
)


def like(example: object) -> SearchStrategy[Any]:
    """Draw values that look like an example, or like nothing."""
    if isinstance(example, dict):
        fields = cast("dict[str, object]", example)
        shaped = {name: like(value) for name, value in fields.items()}
        return ANY_JSON | st.fixed_dictionaries({}, optional=shaped)
    return st.just(example) | ANY_JSON


def alike_in_every_run(number: int) -> settings:
    """Have Hypothesis draw so many examples, the same each time, and judge none of them."""
    return settings(
        max_examples=number,
        database=None,
        derandomize=True,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=cast("list[HealthCheck]", list(HealthCheck)),
    )


def generated(path: str, number: int) -> list[bytes]:
    """Give bodies for a call, the same in every run."""
    drawn: list[bytes] = []

    @alike_in_every_run(number)
    @given(like(BODIES_OF[path]))
    def draw(body: object) -> None:
        drawn.append(json.dumps(body).encode())

    draw()
    return drawn
