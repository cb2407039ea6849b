"""Find every fault of the content before owners do."""
