"""Let staff write to an owner from a form.

It offers saved replies, answers of the FAQ, a preview, and sending later.
"""
