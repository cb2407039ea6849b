"""Take cases over: card, thread, replies, receipts, deletion."""
