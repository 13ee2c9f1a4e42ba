"""The composition root: it alone knows the concrete classes, and hands them to each other."""
