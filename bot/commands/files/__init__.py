"""Write what commands change into the knowledge files and the examples."""
