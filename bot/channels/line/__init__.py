"""LINE: what comes in by webhook, what goes out as text, Flex and quick replies, and the set-up."""
