"""Judge Block Kit as strictly as Slack does."""
