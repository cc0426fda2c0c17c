// The same website with Playwright Test of Node: genauth-mock exec -- npx playwright test
import { expect, test } from "@playwright/test";

import { passCode } from "./genauth.mjs"; // examples/end_to_end/node/genauth.mjs

test("a person binds a phone", async ({ page }) => {
  await page.goto("/");
  await page.getByLabel("Phone number").fill("18812348888");
  await page.getByRole("button", { name: "Send code" }).click();
  await page.getByLabel("Code").fill(await passCode("18812348888"));
  await page.getByRole("button", { name: "Bind" }).click();
  await expect(page.getByRole("status")).toHaveText("Bound.");
});
