"""Define the data of the conversation.

These are incoming messages, outgoing replies, and everything kept of a person.
"""
