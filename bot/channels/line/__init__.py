"""Receive LINE's webhooks, send messages, and set up the channel."""
