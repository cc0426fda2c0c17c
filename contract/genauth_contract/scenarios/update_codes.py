"""The codes that prove both phones of a change, and the ones that do not."""

from __future__ import annotations

from genauth_contract.calls import UNBIND, get_profile, verify_update_phone_request
from genauth_contract.evidence import Evidence
from genauth_contract.outcomes.codes import (
    BURNED_CODE,
    EXPIRED_CODE,
    NO_CODE,
    SPENT_CODE,
    WRONG_CODE,
)
from genauth_contract.outcomes.requests import OK
from genauth_contract.people import PassCode
from genauth_contract.scenario import scenario
from genauth_contract.scenarios.update import both_proofs
from genauth_contract.world import World

_VERIFY = "API reference, verify-update-phone-request"


@scenario(Evidence.DOCS, _VERIFY)
def a_wrong_code_of_the_new_phone_is_refused(world: World) -> None:
    user, old = world.user_with_phone()
    new = world.fresh_phone()
    (_, new_code), old_proof = both_proofs(world, new, old)
    wrong = (new, new_code.but_wrong())
    world.expect(WRONG_CODE, verify_update_phone_request(user, wrong, old_proof))


@scenario(Evidence.DOCS, _VERIFY)
def a_wrong_code_of_the_old_phone_is_refused(world: World) -> None:
    user, old = world.user_with_phone()
    new = world.fresh_phone()
    new_proof, (_, old_code) = both_proofs(world, new, old)
    wrong = (old, old_code.but_wrong())
    world.expect(WRONG_CODE, verify_update_phone_request(user, new_proof, wrong))
    world.expect(OK.with_data(phone=old.number), get_profile(user))


@scenario(Evidence.ASSUMED, "codes of one request are used together or not at all")
def a_right_code_is_not_used_up_beside_a_wrong_one(world: World) -> None:
    user, old = world.user_with_phone()
    new_proof, (_, old_code) = both_proofs(world, world.fresh_phone(), old)
    wrong = (old, old_code.but_wrong())
    world.expect(WRONG_CODE, verify_update_phone_request(user, new_proof, wrong))
    world.expect(OK, verify_update_phone_request(user, new_proof, (old, old_code)))


@scenario(Evidence.ASSUMED, "as for bind-phone")
def burned_codes_prove_nothing(world: World) -> None:
    user, old = world.user_with_phone()
    new = world.fresh_phone()
    new_proof, old_proof = both_proofs(world, new, old)
    wrong = (new, new_proof[1].but_wrong())
    world.expect(WRONG_CODE, verify_update_phone_request(user, wrong, old_proof))
    world.expect(WRONG_CODE, verify_update_phone_request(user, wrong, old_proof))
    world.expect(BURNED_CODE, verify_update_phone_request(user, new_proof, old_proof))


@scenario(Evidence.ASSUMED, "as for bind-phone")
def expired_codes_prove_nothing(world: World) -> None:
    user, old = world.user_with_phone()
    new = world.fresh_phone()
    codes = both_proofs(world, new, old)
    world.advance(61)
    world.expect(EXPIRED_CODE, verify_update_phone_request(user, *codes))


@scenario(Evidence.ASSUMED, "as for bind-phone")
def used_codes_prove_nothing(world: World) -> None:
    user, old = world.user_with_phone()
    new = world.fresh_phone()
    codes = both_proofs(world, new, old)
    world.expect(OK, verify_update_phone_request(user, *codes))
    world.expect(SPENT_CODE, verify_update_phone_request(user, *codes))


@scenario(Evidence.ASSUMED, "a code is texted to one phone")
def a_new_phone_that_was_never_texted_proves_nothing(world: World) -> None:
    user, old = world.user_with_phone()
    codes = (world.fresh_phone(), PassCode("271828")), (old, world.text(old, UNBIND))
    world.expect(NO_CODE, verify_update_phone_request(user, *codes))
