"""Whether an answer is the expected one."""
