"""Slack: staff run the interview, and see how the service is doing."""
