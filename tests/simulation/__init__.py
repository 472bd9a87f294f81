"""A simulated year of a programme, in virtual time, from one seed.

The real rules, storage, timetable and delivery, in two copies on one database, against the sandbox's workspace in
process. People act, things fail, and a model that shares no code with the product says what must be said to whom, when,
and how often. Nothing here sleeps, starts a thread or draws a number that the seed does not give.
"""
