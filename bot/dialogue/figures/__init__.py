"""Ask for an owner's voluntary figures, take them, and draw them."""
