"""Malformed requests and answers, the same in every run of one seed."""
