"""What is in the workspace, and how it changes; whoever calls holds its lock."""
