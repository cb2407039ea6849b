"""Numbers in what owners type: counts, levels, signs and yen."""
