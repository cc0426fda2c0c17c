"""The contract between GenAuth, the mock and the SDK."""
