"""Act as people in Slack, who write, press and fill in forms."""
