"""Files of contacts and appointments: unpacked within bounds, read line by line, row by row.

A place in a file is a count of bytes behind a row, so who goes on reads no row twice; a file that
is packed is unpacked again up to there.
"""
