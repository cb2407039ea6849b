"""Look up the public offices and helplines."""
