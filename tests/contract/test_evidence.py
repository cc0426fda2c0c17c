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
from genauth_contract.outcomes.codes import NO_CODE
from genauth_contract.outcomes.evidence import Evidence, weakest
from genauth_contract.outcomes.requests import OK
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
    monkeypatch.setattr(bind_phone_scenarios, "CODE_LIFETIME_SECONDS", 300.0)
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


def test_a_journal_knows_the_scenario_as_it_stands(tmp_path: Path) -> None:
    journal = Checkpoint(tmp_path / "journal.jsonl")
    assert not journal.passed(STORY)
    journal.note(STORY)
    assert journal.passed(STORY)
    assert not journal.passed(attrs.evolve(STORY, play=named("what_success").play))
