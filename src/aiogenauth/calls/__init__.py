"""The calls of the API, one file for each group: methods in, checked `Call` values out."""
