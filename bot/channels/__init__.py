"""Where owners and staff are: LINE, Slack, the terminal. None imports another."""
