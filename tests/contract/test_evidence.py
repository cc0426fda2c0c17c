"""What a scenario rests on: live passes are remembered for as long as it stands as it did."""

from __future__ import annotations

import datetime as dt
import json
from importlib import resources
from pathlib import Path

import attrs
import pytest

from genauth_contract.api.call import BIND
from genauth_contract.api.calls.phone import bind_phone, send_sms
from genauth_contract.checks.checker import Step
from genauth_contract.outcomes import EVERY_OUTCOME
from genauth_contract.outcomes.codes import NO_CODE, WRONG_CODE
from genauth_contract.outcomes.evidence import Evidence, Field, Generation, weakest
from genauth_contract.outcomes.outcome import ExpectedReply, Outcome
from genauth_contract.outcomes.requests import OK
from genauth_contract.outcomes.sources import EVERY_SOURCE, REFERENCE_CODES
from genauth_contract.play.context import World
from genauth_contract.play.run import Layer, Result
from genauth_contract.play.scenario import Scenario, scenario
from genauth_contract.records.ledger import Ledger, read_ledger
from genauth_contract.records.resume import Checkpoint
from genauth_contract.scenarios import bind_phone as bind_phone_scenarios
from genauth_contract.scenarios import every_scenario
from genauth_contract.scenarios import update as update_scenarios
from tests.contract.support.world import (
    CODE,
    PHONE,
    USER,
    answered,
    named,
)

T0 = dt.date(2026, 1, 1)


def result(of: Scenario, failure: str = "") -> Result:
    step = Step(send_sms(PHONE, BIND), answered(OK.default), OK, ())
    return Result(of, Layer.WIRE, failure, (step,))


def a_story(world: World) -> None:
    world.expect(NO_CODE, bind_phone(USER, PHONE, CODE))


STORY = scenario(Evidence.DOCS, "API reference")(a_story)


def test_a_live_pass_promotes_and_is_dated() -> None:
    ledger = Ledger().with_passes([result(STORY)], "genauth", T0)
    entry = ledger.proof_of(STORY)
    assert entry
    assert (entry.passed_on, entry.kind) == ("2026-01-01", "genauth")
    assert ledger.seen("send-sms", "OK") == {"200 / -"}


def test_neither_a_mock_pass_nor_a_live_failure_promotes() -> None:
    assert Ledger().with_passes([result(STORY)], "mock", T0).proof_of(STORY) is None
    assert Ledger().with_passes([result(STORY, "no")], "genauth", T0).proof_of(STORY) is None


def test_an_edited_scenario_loses_its_date() -> None:
    ledger = Ledger().with_passes([result(STORY)], "genauth", T0)
    edited = attrs.evolve(STORY, play=named("what_success").play)
    assert ledger.proof_of(edited) is None


def _story_helper() -> None:
    """Stand for a helper of scenarios that was edited."""


def test_an_edited_constant_or_helper_voids_the_date_of_who_uses_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    using, other = named("an_expired_code_is_refused"), named("a_used_code_is_refused")
    before = using.fingerprint, other.fingerprint
    monkeypatch.setattr(bind_phone_scenarios, "CODE_LIFETIME_SECONDS", 60.0)
    assert using.fingerprint != before[0]
    assert other.fingerprint == before[1]
    permitted = named("an_update_token_works_once")
    before_permit = permitted.fingerprint
    monkeypatch.setattr(update_scenarios, "_permit", _story_helper)
    assert permitted.fingerprint != before_permit


def test_a_fingerprint_never_looks_like_a_code() -> None:
    assert all(one.fingerprint.isalpha() for one in every_scenario())


def test_a_ledger_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "ledger.json"
    assert read_ledger(path) == Ledger()
    ledger = Ledger().with_passes([result(STORY)], "genauth", T0)
    path.write_text(ledger.to_json())
    assert read_ledger(path) == ledger


def test_the_committed_ledger_has_no_proof_by_a_stand_in() -> None:
    path = Path(str(resources.files("genauth_contract").joinpath("ledger.json")))
    assert all(entry["kind"] != "loopback" for entry in json.loads(path.read_text()).values())


def test_the_weakest_evidence_counts() -> None:
    assert weakest([Evidence.DOCS, Evidence.ASSUMED, Evidence.CLIENT]) is Evidence.ASSUMED
    assert weakest([]) is Evidence.UNKNOWN


@pytest.mark.parametrize("outcome", EVERY_OUTCOME, ids=lambda one: one.name)
def test_every_field_rests_on_what_says_just_that(outcome: Outcome) -> None:
    assert {claim.field: claim.value for claim in outcome.claims} == outcome.default.fields
    assert all(
        claim.source.supports(claim.field, claim.value)
        for claim in outcome.claims
        if claim.source.key != "assumed"
    )
    assert not idle(outcome)


def idle(outcome: Outcome) -> set[str]:
    """Name the sources that an outcome claims, and that fix none of its fields."""
    fields = outcome.default.fields.items()
    return {
        source.key
        for source in outcome.sources
        if not any(source.supports(field, value) for field, value in fields)
    }


def test_the_api_reference_is_not_claimed_for_what_it_does_not_fix() -> None:
    """It lists codes without their statusCode, and none for a wrong pass code."""
    unknown_app = Outcome("X", ExpectedReply(499, 2011, "no"), (REFERENCE_CODES,), "a guess")
    levels = {claim.field: claim.source.level for claim in unknown_app.claims}
    assert levels[Field.API_CODE] is Evidence.DOCS
    assert levels[Field.STATUS_CODE] is levels[Field.TEXT] is Evidence.ASSUMED
    assert unknown_app.evidence is Evidence.ASSUMED
    assert idle(attrs.evolve(unknown_app, default=WRONG_CODE.default)) == {REFERENCE_CODES.key}


def test_every_source_is_used_and_named_once() -> None:
    used = {claim.source.key for outcome in EVERY_OUTCOME for claim in outcome.claims}
    claimed = {source.key for outcome in EVERY_OUTCOME for source in outcome.sources}
    keys = [source.key for source in EVERY_SOURCE]
    assert len(keys) == len(set(keys))
    assert set(keys) == claimed | used - {"assumed"}


def test_what_a_source_supports_is_not_stretched() -> None:
    """What was held for stronger, or weaker, than it is."""
    by_name = {
        outcome.name: {c.field: c.source for c in outcome.claims} for outcome in EVERY_OUTCOME
    }
    assert by_name["SENT_TOO_RECENTLY"][Field.STATUS_CODE].key.startswith("authing-mfa-component@")
    assert by_name["EMAIL_SENT_TOO_RECENTLY"][Field.STATUS_CODE].level is Evidence.ASSUMED
    assert by_name["SENT_TOO_RECENTLY"][Field.API_CODE].level is Evidence.CLIENT
    assert by_name["HAS_PHONE_ALREADY"][Field.TEXT].generation is Generation.V2
    assert by_name["OLD_PHONE_MISMATCH"][Field.TEXT].generation is Generation.V2
    assert by_name["PHONE_TAKEN"][Field.TEXT].generation is Generation.V2
    assert by_name["NO_PHONE_BOUND"][Field.STATUS_CODE].level is Evidence.ASSUMED
    assert by_name["UNKNOWN_APP"][Field.STATUS_CODE].level is Evidence.ASSUMED
    assert by_name["UNKNOWN_APP"][Field.API_CODE].level is Evidence.DOCS
    assert by_name["STATED"][Field.HTTP].level is Evidence.CLIENT
    assert by_name["PASSWORD_NOT_DECRYPTED"][Field.STATUS_CODE].level is Evidence.DOCS
    assert by_name["PASSWORD_NOT_DECRYPTED"][Field.TEXT].level is Evidence.CLIENT
    assert by_name["INVALID_ARGUMENT"][Field.STATUS_CODE].level is Evidence.DOCS
    assert by_name["EMAIL_TAKEN"][Field.API_CODE].level is Evidence.ASSUMED
    assert by_name["WRONG_PASSWORD"][Field.API_CODE].level is Evidence.DOCS
    assert by_name["INVALID_GRANT"][Field.ERROR].level is Evidence.DOCS
    assert by_name["INVALID_CLIENT"][Field.ERROR].level is Evidence.DOCS
    assert by_name["INVALID_TOKEN"][Field.ERROR].key.startswith("oidc-provider@")
    assert by_name["NO_TOKEN"][Field.HTTP].level is Evidence.ASSUMED
    assert by_name["SENT_BACK"][Field.HTTP].key.startswith("oidc-provider@")
    assert by_name["WRONG_CODE"][Field.API_CODE].key == "developer's write-up of 2026-02"


def test_a_journal_knows_the_scenario_as_it_stands(tmp_path: Path) -> None:
    journal = Checkpoint(tmp_path / "journal.jsonl")
    assert not journal.passed(STORY)
    journal.note(STORY)
    assert journal.passed(STORY)
    assert not journal.passed(attrs.evolve(STORY, play=named("what_success").play))
