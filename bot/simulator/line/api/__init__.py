"""Answer the Messaging API endpoints as LINE does."""
