"""`mentor-bot programme`: a programme with its round in a file."""
