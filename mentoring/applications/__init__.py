"""Applications: who may apply, submission and withdrawal."""
