"""Receive what Slack sends, verify it, and call its Web API."""
