"""How long what is texted works, for every scenario that waits for its end."""

CODE_LIFETIME_SECONDS = 300.0
"""Source: GenAuth's guide to SMS services: five minutes; remarks on two other calls say one."""
