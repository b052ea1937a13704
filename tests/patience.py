"""How long tests wait for what is to happen where the time it takes is not the point."""

WITHIN_S = 120.0
"""Much longer than anything here takes: a machine may be slow, and busy with other things."""
