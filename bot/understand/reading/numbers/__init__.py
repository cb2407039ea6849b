"""Read the numbers owners type, such as counts, levels, signs and yen."""
