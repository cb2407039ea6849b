"""A fake LINE Messaging API that refuses what LINE refuses and forgives nothing."""
