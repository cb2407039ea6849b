"""Deliver what turns queued, in order, exactly once, and again where it failed."""
