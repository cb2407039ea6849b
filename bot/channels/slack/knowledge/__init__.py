"""Repair the bot's knowledge from Slack."""
