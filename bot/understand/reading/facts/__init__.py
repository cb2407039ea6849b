"""Hear which facts a message tells, of which question."""
