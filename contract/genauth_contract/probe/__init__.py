"""The probe: a few harmless calls that settle how a deployment words its answers."""
