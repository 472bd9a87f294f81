"""Time comes in: the timetable, what falls due, and the delivery of what we owe people."""
