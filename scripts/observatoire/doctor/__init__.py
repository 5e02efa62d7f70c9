"""Is everything in place, here and on the forge? What is missing, in words, and what to do."""
