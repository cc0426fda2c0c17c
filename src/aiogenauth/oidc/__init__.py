"""Signing in on the web: links, the exchange of codes, tokens that last and tokens that verify."""
