"""Repair what the bot knows from Slack."""
