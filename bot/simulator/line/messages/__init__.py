"""Judge messages as strictly as LINE does."""
