"""The contract owns the evidence, the mock the answers: what stands beside an answer names what it rests on."""

from __future__ import annotations

import inspect
import re

import pytest

from genauth_contract.outcomes import EVERY_OUTCOME
from genauth_contract.outcomes.evidence import Field
from genauth_contract.outcomes.outcome import USUAL_HTTP, Outcome
from genauth_mock.engine import error_codes
from genauth_mock.engine.error_codes import ERROR_CODES
from genauth_mock.engine.outcomes import Outcome as MockOutcome

BY_NAME = {outcome.name: outcome for outcome in EVERY_OUTCOME}
COMMENTS = {
    name: " ".join(re.sub(r"^ *# ?", "", line) for line in comment.splitlines())
    for comment, name in re.findall(
        r"((?:^    #[^\n]*\n)+)    Outcome\.(\w+):", inspect.getsource(error_codes), re.MULTILINE
    )
}


def sourced(outcome: Outcome) -> str:
    """Write which source fixes which field, by the keys of the contract."""
    by_key: dict[str, list[str]] = {}
    for claim in outcome.claims:
        if (claim.field, claim.value) != (Field.HTTP, USUAL_HTTP):
            by_key.setdefault(claim.source.key, []).append(claim.field)
    fields = "; ".join(f"{', '.join(fields)}: {key}" for key, fields in by_key.items())
    return f"Source: {fields}."


@pytest.mark.parametrize("outcome", MockOutcome, ids=lambda one: one.name)
def test_the_comment_beside_an_answer_names_its_sources_field_by_field(
    outcome: MockOutcome,
) -> None:
    assert COMMENTS[outcome.name] == sourced(BY_NAME[outcome.name])


@pytest.mark.parametrize("outcome", MockOutcome, ids=lambda one: one.name)
def test_the_mock_answers_what_the_contract_holds_for_best(outcome: MockOutcome) -> None:
    row, best = ERROR_CODES[outcome], BY_NAME[outcome.name].default
    assert (row.http_status, row.status_code, row.api_code) == (
        best.http,
        best.status_code,
        best.api_code,
    )
    assert best.message in (None, row.chinese)


def test_every_row_has_a_comment_of_its_own() -> None:
    assert COMMENTS.keys() == MockOutcome.__members__.keys()
