"""Act as people in Slack: write, press, open forms, look at screens."""
