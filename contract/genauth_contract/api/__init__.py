"""The API as the contract calls it: requests, HTTP, the SDK, the OpenAPI document."""
