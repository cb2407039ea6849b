"""Draw replies as LINE message objects, pure and within LINE's limits."""
