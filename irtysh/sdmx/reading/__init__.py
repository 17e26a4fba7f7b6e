"""Messages with data, read: every form that we write, to observations and flows.

Nothing in a message is believed: entities and the network are off, depth and size have limits,
and what cannot be read is named with its line.
"""
