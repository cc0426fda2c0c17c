import { defineConfig } from "@playwright/test";

export default defineConfig({
  use: { baseURL: "http://127.0.0.1:8000" },
  // Started by Playwright, inside of `genauth-mock exec`: so it finds GENAUTH_* in its environment.
  webServer: { command: "uvicorn website:app --port 8000", url: "http://127.0.0.1:8000" },
});
