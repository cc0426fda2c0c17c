"""The calls of GenAuth, a module for each group: what they are declared as, and how they are made."""
