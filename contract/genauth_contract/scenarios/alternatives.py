"""Answers that only some sources know: whichever a deployment gives, it means the same to a client."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from genauth_contract.api.calls.profile import get_profile
from genauth_contract.outcomes import EVERY_OUTCOME
from genauth_contract.outcomes.evidence import Evidence
from genauth_contract.outcomes.outcome import Outcome
from genauth_contract.outcomes.phones import UPDATE_TOKEN_INVALID
from genauth_contract.play.context import World
from genauth_contract.play.scenario import scenario


def _claims() -> Iterator[Outcome]:
    """Return each apiCode once, with the first outcome that claims it.

    What a code of an update token means hangs on the call, and is not asked here.
    """
    met: set[int] = set()
    for outcome in EVERY_OUTCOME:
        for reply in (outcome.default, *outcome.alternatives):
            is_told = outcome.sdk_error and outcome is not UPDATE_TOKEN_INVALID
            if is_told and reply.api_code and reply.api_code not in met:
                met.add(reply.api_code)
                message = reply.message or outcome.default.message or "no"
                yield attrs.evolve(outcome, default=attrs.evolve(reply, message=message))


@scenario(
    Evidence.CLIENT,
    "the alternatives of the catalogue",
    mock_only="a live deployment gives one answer, whichever it is",
    is_staged=True,
)
def a_code_that_only_some_sources_know_is_understood(world: World) -> None:
    user = world.user_without_phone()
    for outcome in _claims():
        world.mock.answer_next("get-profile", outcome.default)
        world.expect(outcome, get_profile(user))
