"""The conversation, the channels and the desk."""
