"""What is said while staff have the conversation."""
