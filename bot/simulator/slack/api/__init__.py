"""Answer the Web API methods as Slack does."""
