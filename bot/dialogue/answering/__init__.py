"""What an owner tells becomes answers: tapped, typed, volunteered in a story, or put to them."""
