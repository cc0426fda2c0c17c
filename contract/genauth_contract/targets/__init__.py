"""How a scenario is set up on each kind of target."""
