// Methods that nobody imitates.
import assert from "node:assert/strict";
import { App } from "./recorded.mjs";

/** Calls of 2025 that nobody imitates, each with what it is asked. */
const NOT_IMITATED = [
  ["geneCatchaCodeAndToken"],
  ["decryptDouyinMiniProgramData", {}],
  ["getEnablePermissionApplyApplicationList", {}],
  ["getEnablePermissionApplyRoleList", {}],
  ["createApproval", {}],
  ["getDetail", { number: "1" }],
  ["batchCreateApproval", {}],
  ["initiatedList", {}],
  ["getUniversalInvitationPublicConfig", { identifier: "some" }],
  ["signupByUniversal", {}],
  ["generateInviteToken", {}],
  ["getInviteCodeContext", { token: "some" }],
  ["verifyInviteCode", {}],
  ["signupByPolicy", {}],
  ["generateUniversalInvitationByMember"],
  ["clearMyAllUniversalInvitationLinks"],
  ["webAuthnAdminInitialize"],
  ["webAuthnAdminRegisterFinalize"],
  ["updateWebAuthnAdminCredential", "some", {}],
  ["deleteWebAuthnAdminCredential", "some", "user", "app"],
  ["listSubjectAuth"],
  ["listWebAuthnPersonCredentials", { userId: "some" }],
  ["webAuthnLoginInitalize"],
  ["webAuthnLoginFinalize", {}],
  ["webAuthnRegisterInitalize"],
  ["webAuthnRegisterFinalize"],
  ["webAuthnMfaBindInitialize"],
  ["webAuthnMfaVerifyInitalize"],
  ["listWebAuthnCredentials", {}],
  ["updateWebAuthnCredential", "some", {}],
  ["deleteWebAuthnCredential", "some"],
];

async function what_is_not_imitated_says_so() {
  const ada = await new App().as({ username: "ada" });
  for (const [method, ...asked] of NOT_IMITATED) {
    const told = await ada[method](...asked).catch((error) => error.response.data);
    assert.equal(told.statusCode, 501, `${method}: ${JSON.stringify(told)}`);
  }
}

export const stories = [
  what_is_not_imitated_says_so,
];
