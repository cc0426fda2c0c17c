"""The calls of the API: arguments in, requests out."""
