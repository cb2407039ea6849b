"""Tell notes among colleagues from words to the owner."""
