"""Find the answer to a question an owner typed."""
