"""Read and print in a terminal."""
