"""Write to an owner from a form: saved replies, answers of the FAQ, a preview, now or later."""
