"""Questions of owners, answered from the FAQ, and whether that helped."""
