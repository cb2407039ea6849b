"""Build Block Kit, and text with nothing live in it."""
