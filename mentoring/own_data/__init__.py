"""What is kept about a person, as they may read it, and who may have it erased."""
