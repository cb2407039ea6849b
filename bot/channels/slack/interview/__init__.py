"""Run the interview with a caller in one Slack message."""
