"""Receive Slack's requests, verify them, and call its Web API."""
