"""Keep an owner's figures, compute with them, and draw them.

Pure, and without any words of its own.
"""
